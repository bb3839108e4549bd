#pragma once
// The fine relief of skin as one tileable texture.

#include "engine/gpu/objects.h"

namespace stubble {

/// Width of the tile; shaders/skin/skin.glsl uses the same figure.
inline constexpr float kReliefTileMm = 16.0f;

struct Relief {
    /// Slope in xy and its mean square in z, with mipmaps that average both: what a pixel cannot resolve
    /// stays known as variance (Toksvig, "Mipmapping normal maps", 2005). RGBA16F, linear, repeating.
    GlTexture texture;
    float meanSquareSlope = 0;  ///< of the whole tile
};

Relief makeRelief();

}  // namespace stubble
