#pragma once
// The fine relief of skin as one tileable texture.

#include <glm/glm.hpp>
#include <vector>

#include "engine/gpu/objects.h"

namespace stubble {

/// Width of the tile; shaders/skin/skin.glsl uses the same figure.
inline constexpr float kReliefTileMm = 16.0f;

/// Mean square slope over the whole tile: what a pixel that shows no relief has to know of it.
inline constexpr float kReliefMeanSquareSlope = 0.0139767192f;

/// Slope in xy and its square in z, rows of a square tile. Kept in the disk cache.
std::vector<glm::vec4> reliefSlopes();

/// Slope in xy and its mean square in z, with mipmaps that average both: what a pixel cannot resolve
/// stays known as variance (Toksvig, "Mipmapping normal maps", 2005). RGBA16F, linear, repeating.
GlTexture makeRelief();

}  // namespace stubble
