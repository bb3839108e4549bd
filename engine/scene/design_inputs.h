#pragma once
// Parts of a design as what a stage of the bake is keyed by.

#include <string_view>

#include "engine/core/bytes.h"
#include "engine/scene/design.h"

namespace stubble {

/// Adds the values of all design keys that begin with `group`: "smp.".
void addKeys(ByteWriter& inputs, const Design& design, std::string_view group);

/// Adds what strands depend on besides their follicles.
void addStrandKeys(ByteWriter& inputs, const Design& design);

}  // namespace stubble
