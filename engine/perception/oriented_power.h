#pragma once
// Power of a picture by octave of spatial frequency and by direction, patch by patch.

#include "engine/perception/patch_grid.h"
#include "engine/perception/texture_statistics.h"

namespace stubble {

/// Amplitudes of one octave in each patch: √2 · root mean square, so that a grating of the band's middle
/// frequency running in one of the directions has its own amplitude there.
struct OrientedBand {
    double cyclesPerPixel = 0;
    std::vector<std::array<double, kOrientations>> amplitudes;  ///< one a patch
};

/// Octaves from the finest whose middle is at most `finestCyclesPerPixel` to the coarsest with a period
/// within a patch, kMaxBands at most. `mask` weighs pixels; an empty one weighs all alike.
std::vector<OrientedBand> orientedBands(const Plane& image, const Plane& mask, const PatchGrid& grid,
                                        double finestCyclesPerPixel);

}  // namespace stubble
