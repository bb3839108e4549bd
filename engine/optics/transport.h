#pragma once
// Light in layered tissue, photon by photon: the project's reference for what pigment looks like. Not for run
// time.

#include <cstdint>
#include <glm/glm.hpp>
#include <limits>
#include <span>
#include <vector>

#include "engine/core/random.h"

namespace stubble {

/// A plane layer; z points into the tissue, from 0 at the surface.
struct TissueLayer {
    float thicknessMm = std::numeric_limits<float>::infinity();  ///< the last one may be infinite
    float absorptionPerMm = 0;
    float scatteringPerMm = 1;  ///< µs, not reduced
    float anisotropy = 0;       ///< g: mean cosine of the Henyey–Greenstein phase function, −0.99 to 0.99
    float refractiveIndex = 1;
};

/// Layers from the top down, in a surrounding of index 1. At least one.
using LayeredTissue = std::vector<TissueLayer>;

/// A straight piece of a photon's path inside one layer.
struct PathPiece {
    glm::vec3 fromMm, toMm;
};

/// One photon that entered at the origin straight down. Absorption does not bend a path, so the path is
/// traced without, and any absorption is laid on afterwards as exp(−Σ absorption · length).
struct PhotonPath {
    enum class End { top, bottom, lost };
    End end = End::lost;
    glm::vec3 exitMm{0};
    float exitCosine = 1;           ///< to the surface's normal, outside
    float survival = 1;             ///< weight that roulette gave those it let live, and loss at the entry
    std::vector<float> lengthsMm;   ///< by layer
    std::vector<PathPiece> pieces;  ///< those that touch the depths above `recordAboveMm`
};

/// Traces photons. `layers[i].absorptionPerMm` is what roulette counts with: give the least absorption that
/// is going to be laid on a path. Not thread-safe: one a thread.
class PhotonTracer {
  public:
    /// `recordAboveMm`: keep the pieces of paths above this depth; 0 keeps none.
    explicit PhotonTracer(LayeredTissue layers, float recordAboveMm = 0);
    const PhotonPath& trace(RandomStream& random);
    /// exp(−Σ absorption · length) · survival of the last path, for the tracer's own layers.
    [[nodiscard]] float weight() const;
    /// Share of light that never enters.
    [[nodiscard]] float specular() const { return specular_; }

  private:
    LayeredTissue layers_;
    std::vector<float> topsMm_;  ///< of each layer, and the bottom of the last
    float recordAboveMm_, specular_;
    PhotonPath path_;
};

/// Fresnel reflectance of unpolarised light for a cosine ≥ 0 on the side of index `from`; `cosineOut` is what
/// Snell makes of it. 1 beyond the critical angle.
float fresnelReflectance(float from, float to, float cosine, float& cosineOut);

/// Shares of the light that falls on a tissue, with their standard errors.
struct TransportTotals {
    double specular = 0, diffuse = 0, transmitted = 0;
    double diffuseError = 0, transmittedError = 0;
};

/// Deterministic for any number of threads. photons ≥ 1.
TransportTotals simulateTissue(const LayeredTissue& layers, std::uint64_t photons, std::uint64_t seed);

}  // namespace stubble
