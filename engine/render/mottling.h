#pragma once
// The unevenness of skin over 1 to 12 mm as one tileable block of noise.

#include <cstdint>
#include <glm/glm.hpp>
#include <vector>

#include "engine/gpu/objects.h"

namespace stubble {

/// Width of the block; shaders/skin/skin.glsl uses the same figure.
inline constexpr float kMottlingTileMm = 48.0f;

/// Texels of that block, x fastest. Kept in the disk cache.
std::vector<glm::u8vec4> mottlingTexels();

/// Four channels without correlation, of mean 0 and standard deviation 0.25 over the block, stored as 0.5 +
/// 0.5 · value: two slopes of relief, blood, melanin. RGBA8 in three dimensions, linear, repeating, with
/// mipmaps. In space rather than on the surface, one look-up needs neither seams nor a parametrisation
/// (Perlin, "An image synthesizer", 1985).
GlTexture makeMottling();

/// Smooth noise in −1…1 that never repeats, with features of about `scaleMm`, of two octaves.
float softNoise(glm::vec3 positionMm, float scaleMm, std::uint64_t stream);

}  // namespace stubble
