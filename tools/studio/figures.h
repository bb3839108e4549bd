#pragma once
// Numbers as people read them.

#include <string>

#include "engine/core/figure_text.h"
#include "engine/scene/design_shape.h"

namespace stubble {

/// As many decimals as the key's range gives sense to, with its unit: "0.14 mm", "220 /cm²", "3 years".
std::string figureFor(const KeyShape& key, double value);
/// The shortest decimal of the value as a float, for typing.
std::string plainFigure(double value);

}  // namespace stubble
