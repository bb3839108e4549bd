#pragma once
// Filters for one-channel images. Beyond a border the outermost pixel goes on; kernels keep sums.

#include <span>
#include <vector>

#include "engine/core/image.h"

namespace stubble {

using Plane = Image<float>;

/// Samples of a Gaussian out to 3.5 standard deviations, odd in number, with the sum 1. `sigmaPx` > 0.
std::vector<float> gaussianKernel(double sigmaPx);

/// Correlates rows with one kernel and columns with another; both have an odd length.
Plane convolve(const Plane& in, std::span<const float> alongRows, std::span<const float> alongColumns);

/// Half the size, rounded up, blurred by the binomial (1 4 6 4 1)/16; pixel (x, y) lies where (2x, 2y) did
/// (Burt and Adelson, "The Laplacian pyramid as a compact image code", 1983).
Plane halved(const Plane& in);
/// Gain of `halved` at `cyclesPerPixel` of its input, along an axis.
double halvedGain(double cyclesPerPixel);

/// Gaussian blur by any `sigmaPx` > 0; a wide one is done on halved images, exact in variance.
Plane gaussianBlur(const Plane& in, double sigmaPx);

/// The image with pixels outside the mask (0 outside, 1 inside, the same size) filled smoothly from those
/// inside, so that a filter does not see the border (pull and push: Gortler et al., "The Lumigraph", 1996).
ImageLinear fillOutside(const ImageLinear& image, const Plane& mask);

}  // namespace stubble
