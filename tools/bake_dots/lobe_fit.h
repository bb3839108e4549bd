#pragma once
// From radial profiles to Gaussians.

#include <span>

#include "engine/optics/dot_table.h"

namespace stubble {

/// Edges of the radial bins in which transport is scored, mm.
std::span<const float> profileRadiiMm();

/// Mean of exp(−r²/2σ²) over each of the rings between the edges.
std::vector<double> gaussianByRing(std::span<const float> radiiMm, double sigmaMm);

/// Least squares with the core widths of a dot and the shared tails, on the profile and on the light that
/// each ring loses; the whole integral is kept.
class LobeFit {
  public:
    LobeFit(float depthMm, float diameterMm);
    [[nodiscard]] BandLoss fit(std::span<const float> radialLoss, float lossMm2) const;

  private:
    double reachMm_;
    std::vector<std::vector<double>> lobes_;  ///< by lobe and ring
    std::vector<double> lobeAreasMm2_, ringsMm_, ringAreasMm2_;
};

}  // namespace stubble
