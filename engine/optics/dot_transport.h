#pragma once
// What dots of pigment in the skin take of the light that it gives back, by photon transport. Reference and
// source of the dot table; not for run time.

#include <functional>

#include "engine/optics/tissue.h"

namespace stubble {

/// How pigment thins out from a dot's axis.
enum class DotEdge {
    hard,  ///< a cylinder: even inside the diameter, nothing outside
    soft,  ///< Gaussian with a standard deviation of diameter ÷ 4: at the diameter e⁻² of the middle is left
};

/// An upright column of pigment between two depths; absorptions are scored from the same photons.
struct DotColumn {
    float topMm = 0, bottomMm = 0.1f, diameterMm = 0.12f;
    DotEdge edge = DotEdge::soft;
    std::vector<float> absorptionsPerMm;  ///< of the pigment, on the axis
    std::vector<std::size_t> skins;       ///< that it lies in, of those given to simulateDots
    float gridMm = 1;                     ///< for gridLoss: dots a step apart, not less than the diameter
};

/// Scores of one column; index skin · absorptions + absorption.
struct DotScores {
    std::vector<std::vector<float>>
        radialLoss;                    ///< share of bare skin's light that is missing, by radial bin
    std::vector<float> lossMm2;        ///< ∫ loss over the skin
    std::vector<float> gridLoss;       ///< mean loss where dots stand on an endless square grid
    std::vector<float> gridLossError;  ///< its standard error
};

struct DotTransport {
    std::vector<DotScores> columns;
    std::vector<float> bareReflectance;  ///< diffuse, one a skin
    std::vector<float> meanRadiusMm;     ///< of the exit from the entry, weighted by light, as above
    std::vector<float> reachedShare;     ///< of light that came down to a depth, index skin · depths + depth
};

/// One wavelength. The pigment only absorbs, so the paths are those of bare skin, and every dot, load and
/// tone is laid on the same photons: a photon that crosses the dot's depths is given a random dot that it
/// hits, and the loss is weighted by how likely that was. `radiiMm` are the bins' edges from 0. Deterministic
/// for any number of threads.
DotTransport simulateDots(float wavelengthNm, std::span<const DotColumn> columns,
                          std::span<const SkinAbsorption> skins, std::span<const float> radiiMm,
                          std::span<const float> depthsMm, std::uint64_t photons, std::uint64_t seed);

}  // namespace stubble
