// Marschner, Jensen, Cammarano, Worley and Hanrahan, "Light scattering from human hair fibers", 2003: paths
// R, TT and TRT, their shifts and widths. D'Eon, Francois, Hill, Letteri and Aubry, "An energy-conserving
// hair reflectance model", 2011: longitudinal lobes. Chiang, Bitterli, Tappan and Burley, "A practical and
// controllable hair and fur model for production path tracing", 2016: azimuthal logistic, the rest of the
// paths, melanin.
#include "engine/optics/fibre.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/optics/transport.h"

namespace stubble {
namespace {

constexpr double kTau = 2 * std::numbers::pi;
constexpr int kPathCount = 4;

// Chiang et al. give absorption per radius; concentrations are held to mean a shaft of 65 µm (Bionumbers).
constexpr double kMelaninRadiusMm = 0.0325;
constexpr glm::dvec3 kEumelanin{0.419, 0.697, 1.37}, kPheomelanin{0.187, 0.4, 1.05};
// These colours are of 610, 550 and 465 nm: powers of the wavelength that run through them.
constexpr double kEumelaninExponent = -4.3, kPheomelaninExponent = -6.3;

// Offsets across the hair that a ray may enter at: half of them, since the other half mirrors it. Midpoints
// in the angle, which crowd towards the edge, where Fresnel's reflectance rises.
constexpr int kOffsetCount = 256;

double logBessel0(double x) {
    if (x > 12) return x + 0.5 * (std::log(1 / (kTau * x)) + 1 / (4 * x));  // its asymptote
    return std::log(std::cyl_bessel_i(0.0, x));
}

// Logistic of a standard deviation, cut off at half a turn and made up to 1 (Chiang et al., section 4.1).
double azimuthalLobe(double radians, double width) {
    const double x = std::abs(std::remainder(radians, kTau));
    const double scale = width * std::sqrt(3.0) / std::numbers::pi;
    const double e = std::exp(-x / scale), kept = std::tanh(0.5 * std::numbers::pi / scale);
    return e / (scale * (1 + e) * (1 + e) * kept);
}

// A ray that enters at sine `offset` across the hair: what leaves by each path.
struct Ray {
    double outside, inside;  // azimuths of incidence and refraction
    std::array<glm::dvec3, kPathCount> share;
};
Ray rayAt(const Fibre& fibre, double offset, double sinView, double cosView) {
    const double index = fibre.refractiveIndex;
    const double sinInside = sinView / index, cosInside = std::sqrt(1 - sinInside * sinInside);
    // Bravais: seen along the hair the cylinder is a disc of higher index, index · cosInside ÷ cosView.
    const double sinAzimuth = offset * cosView / (index * cosInside);
    const double cosAzimuth = std::sqrt(1 - sinAzimuth * sinAzimuth);
    Ray ray;
    ray.outside = std::asin(offset);
    ray.inside = std::asin(sinAzimuth);
    float refracted = 0;
    const double f =
        fresnelReflectance(1, static_cast<float>(index),
                           static_cast<float>(cosView * std::sqrt(1 - offset * offset)), refracted);
    const glm::dvec3 kept = glm::exp(-fibre.absorptionPerDiameter * (cosAzimuth / cosInside));
    ray.share[0] = glm::dvec3(f);
    ray.share[1] = (1 - f) * (1 - f) * kept;
    ray.share[2] = ray.share[1] * f * kept;
    // At full grazing all is reflected, and nothing is left to divide.
    ray.share[3] = ray.share[2] * f * kept / glm::max(1.0 - f * kept, glm::dvec3(1e-12));
    return ray;
}

template <typename Visit>
void forEachOffset(const Visit& visit) {
    for (int i = 0; i < kOffsetCount; ++i) {
        const double angle = (i + 0.5) * (0.25 * kTau / kOffsetCount);
        visit(std::sin(angle), std::cos(angle) * (0.25 * kTau / kOffsetCount));
    }
}

}  // namespace

glm::dvec3 hairAbsorptionPerMm(const HairMelanin& melanin) {
    return (melanin.eumelanin * kEumelanin + melanin.pheomelanin * kPheomelanin) / kMelaninRadiusMm;
}

double hairAbsorptionPerMm(const HairMelanin& melanin, double wavelengthNm) {
    const double x = wavelengthNm / 550;
    return (melanin.eumelanin * kEumelanin.g * std::pow(x, kEumelaninExponent) +
            melanin.pheomelanin * kPheomelanin.g * std::pow(x, kPheomelaninExponent)) /
           kMelaninRadiusMm;
}

// D'Eon et al. 2011, equation 7, in logarithms: the terms alone leave the range of a double for smooth hair.
double longitudinalLobe(double sinLight, double cosLight, double sinView, double cosView, double variance) {
    const double norm = std::log(variance) + std::log1p(-std::exp(-2 / variance)) + 1 / variance;
    return std::exp(logBessel0(cosLight * cosView / variance) - sinLight * sinView / variance - norm);
}

FibreScattering fibreScattering(const Fibre& fibre, const FibreAngles& angles) {
    std::array<glm::dvec3, kPathCount> around{};
    forEachOffset([&](double offset, double weight) {
        const Ray ray = rayAt(fibre, offset, angles.sinView, angles.cosView);
        for (int p = 0; p < kPathCount - 1; ++p) {
            const double turn = p * (2 * ray.inside + std::numbers::pi) - 2 * ray.outside;
            const double lobe = azimuthalLobe(angles.azimuthRad - turn, fibre.azimuthalRad) +
                                azimuthalLobe(angles.azimuthRad + turn, fibre.azimuthalRad);
            around[p] += ray.share[p] * (0.5 * weight * lobe);
        }
        around[3] += ray.share[3] * (weight / kTau);
    });
    // Marschner et al. 2003, table 1: scales shift the paths' lobes by −2, 1 and 3 times their tilt.
    constexpr std::array<double, kPathCount> kShift{-2, 1, 3, 0}, kWidth{1, 0.5, 2, 2};
    std::array<double, kPathCount> along{};
    for (int p = 0; p < kPathCount; ++p) {
        const double shift = kShift[p] * fibre.scaleTiltRad;
        const double sinTilted = angles.sinView * std::cos(shift) - angles.cosView * std::sin(shift);
        const double cosTilted = angles.cosView * std::cos(shift) + angles.sinView * std::sin(shift);
        const double width = kWidth[p] * fibre.longitudinalRad;
        along[p] =
            longitudinalLobe(angles.sinLight, angles.cosLight, sinTilted, std::abs(cosTilted), width * width);
    }
    return {around[0].x * along[0], around[1] * along[1], around[2] * along[2], around[3] * along[3]};
}

FibreScattering fibreAlbedo(const Fibre& fibre, double sinView, double cosView) {
    FibreScattering albedo;
    forEachOffset([&](double offset, double weight) {
        const Ray ray = rayAt(fibre, offset, sinView, cosView);
        albedo.reflected += weight * ray.share[0].x;
        albedo.through += weight * ray.share[1];
        albedo.inner += weight * ray.share[2];
        albedo.rest += weight * ray.share[3];
    });
    return albedo;
}

}  // namespace stubble
