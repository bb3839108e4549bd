#pragma once
// What a texture is like, patch by patch, to an eye that does not compare it pixel by pixel.

#include <array>
#include <vector>

#include "engine/core/result.h"
#include "engine/perception/plane.h"

namespace stubble {

inline constexpr int kMaxBands = 8;      ///< octaves of spatial frequency
inline constexpr int kOrientations = 4;  ///< of the waves: 0, 45, 90, 135° from the picture's x towards its y

struct PatchStatistics {
    /// Share of the patch inside the mask; 0 where less than half is, and then nothing else counts.
    double weight = 0;
    glm::dvec3 lab{0};  ///< mean CIELAB after the eye's blur
    /// Amplitude of luminance contrast by band and orientation, in multiples of what is just seen: a grating
    /// of that frequency and direction whose amplitude ÷ mean is the threshold has 1.
    std::array<std::array<double, kOrientations>, kMaxBands> contrast{};
    /// Anisotropy of the visible power, 0: all directions alike, 1: a grating.
    double orientationEnergy = 0;
    /// Coherence of the structure tensor after the eye's blur, weighted by power, 0: dots or nothing, 1:
    /// lines, whatever way each runs. It does not ask whether they are strong enough to be seen.
    double orientationCoherence = 0;
};

/// Patches stand side by side from the picture's top left; what is left over at the right and bottom is
/// not looked at.
struct TextureStatistics {
    double pixelsPerDegree = 0;
    int patchPx = 0;
    int columns = 0, rows = 0;
    std::vector<double> bandCyclesPerDegree;  ///< middles, falling, at most kMaxBands
    std::vector<PatchStatistics> patches;     ///< rows · columns, row by row
};

/// Statistics of `image` (linear sRGB, 1 = white) inside `mask` (0 to 1, the same size; an empty one: all of
/// it). `patchPx` is at least 16. Fails on values that are not finite, and where no patch is half inside the
/// mask. Same result for any number of threads.
Result<TextureStatistics> textureStatistics(const ImageLinear& image, const Plane& mask,
                                            double pixelsPerDegree, int patchPx);

}  // namespace stubble
