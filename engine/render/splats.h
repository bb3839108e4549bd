#pragma once
// Impressions and shaved hairs as the Gaussians that are drawn.

#include <vector>

#include "engine/render/shared_structs.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Two Gaussians a dot (core and halo), three a hair (the same in the skin, and the stub above
/// it), two a brow hair; in this order.
std::vector<shared::Splat> splatsOf(const Scene& scene);

}  // namespace stubble
