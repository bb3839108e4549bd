#pragma once
// How a hair scatters light, seen from afar: the project's reference. Not for run time (fibre_lobes.h is).

#include <glm/glm.hpp>

#include "engine/core/units.h"

namespace stubble {

/// Melanin of a hair, in the units of Chiang et al. 2016. 0: grey (white) hair; eumelanin 1.3: brown, 8:
/// black.
struct HairMelanin {
    double eumelanin = 0;
    double pheomelanin = 0;
};

/// What makes the part of a shaved hair in the skin absorb 60/mm of green light. Working default.
inline constexpr HairMelanin kDarkBrownHair{2.8, 0};

/// Absorption inside a hair by red, green and blue, 1/mm.
glm::dvec3 hairAbsorptionPerMm(const HairMelanin& melanin);

/// The same at a wavelength, 400 to 700 nm, 1/mm.
double hairAbsorptionPerMm(const HairMelanin& melanin, double wavelengthNm);

/// A dielectric cylinder with an absorbing inside and scales tilted towards the root. Angles in radians.
struct Fibre {
    double longitudinalRad = 7.5 * std::numbers::pi / 180;  ///< width of R along the hair; TT half, TRT twice
    double azimuthalRad = 0.2;                              ///< width around the hair of each ray's spread
    double scaleTiltRad = 3 * std::numbers::pi / 180;
    double refractiveIndex = 1.55;
    glm::dvec3 absorptionPerDiameter{0};  ///< absorption per mm × diameter in mm
};

/// Where the light comes from and where it is seen from: inclinations to the plane across the hair (positive
/// towards the tip; each sine with its cosine ≥ 0), and the azimuth between them around the hair, 0 when both
/// are on the same side.
struct FibreAngles {
    double sinLight = 0, cosLight = 1;
    double sinView = 0, cosView = 1;
    double azimuthRad = 0;
};

/// Scattering by path: reflected, straight through, once reflected inside, and all the rest.
struct FibreScattering {
    double reflected = 0;  ///< R: has no colour
    glm::dvec3 through{0}, inner{0}, rest{0};
    [[nodiscard]] glm::dvec3 sum() const { return glm::dvec3(reflected) + through + inner + rest; }
};

/// BCSDF × cosine of the light's inclination, 1/sr: radiance, averaged across the hair's width, per
/// irradiance on a plane that faces the lamp. Over all directions of light it integrates to the albedo.
FibreScattering fibreScattering(const Fibre& fibre, const FibreAngles& angles);

/// Share of an even surrounding that a hair seen at this inclination gives back, by path.
FibreScattering fibreAlbedo(const Fibre& fibre, double sinView, double cosView);

/// Longitudinal lobe of a variance: ∫ lobe cos θ dθ = 1 for either angle; symmetric in the two.
double longitudinalLobe(double sinLight, double cosLight, double sinView, double cosView, double variance);

}  // namespace stubble
