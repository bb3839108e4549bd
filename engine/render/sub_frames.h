#pragma once
// Where the sub-frames of a picture look through its pixels and from where the lamps shine on each.

#include <glm/glm.hpp>

namespace stubble {

/// Variance of a pixel's filter, pixel²: a Gaussian of half a pixel.
inline constexpr float kPixelFilterVariance = 0.25f;

/// What of it the splats' own filter has, pixel². One sub-frame looks through pixel centres and filters it
/// all; of more, each lies elsewhere and filters less, so that the picture is filtered alike for any number.
/// The more there are, the finer each sees what lies over what. samples ≥ 1.
float splatFilterVariance(int samples);

/// Offset of a sub-frame from the pixel centres, pixels: normal, with what of the filter's variance the
/// splats leave. In pairs that lie opposite: neither all of them nor the half that draws dots shifts the
/// picture.
glm::vec2 subFrameOffset(int sample, int samples);

/// Dots carry their own filter and lie flat in their skin: sub-frames can share a sum of them. Half do.
bool drawsDots(int sample);

/// Even points on the unit disc (Vogel, "A better way to construct the sunflower head", 1979). turn: of the
/// whole, 0 to 1.
glm::vec2 discPoint(int index, int count, float turn);

/// The point of the lens that a sub-frame looks through, on the unit disc.
glm::vec2 lensPoint(int sample, int samples);

/// The sub-frame whose point on a lamp a sub-frame uses: the key lamp moves every time, the others every
/// second time, which spares a third of the shadow maps.
int shadowSample(int light, int sample);

}  // namespace stubble
