// CIEDE2000 after Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula: implementation notes,
// supplementary test data, and mathematical observations", 2005, equations 2 to 22.
// sRGB primaries and D65 white from IEC 61966-2-1; CIELAB from CIE 15.
#include "engine/core/colour.h"

#include <cmath>
#include <numbers>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr glm::dvec3 kWhite(0.95047, 1.0, 1.08883);
constexpr double kKnee = 6.0 / 29;

// Columns are the primaries' XYZ.
const glm::dmat3 kXyzFromLinear(0.4124564, 0.2126729, 0.0193339,  //
                                0.3575761, 0.7151522, 0.1191920,  //
                                0.1804375, 0.0721750, 0.9503041);

double labCurve(double t) {
    return t > kKnee * kKnee * kKnee ? std::cbrt(t) : t / (3 * kKnee * kKnee) + 4.0 / 29;
}
double labCurveInverse(double f) {
    return f > kKnee ? f * f * f : 3 * kKnee * kKnee * (f - 4.0 / 29);
}

constexpr double kPiD = std::numbers::pi;

double hueDegrees(double a, double b) {
    if (a == 0 && b == 0) return 0;
    const double h = std::atan2(b, a) * 180 / kPiD;
    return h < 0 ? h + 360 : h;
}
double cosDegrees(double degrees) {
    return std::cos(degrees * kPiD / 180);
}
double pow7(double x) {
    return std::pow(x, 7);
}

}  // namespace

glm::vec3 labFromLinearSrgb(glm::vec3 linear) {
    const glm::dvec3 xyz = kXyzFromLinear * glm::dvec3(linear) / kWhite;
    const double x = labCurve(xyz.x), y = labCurve(xyz.y), z = labCurve(xyz.z);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

glm::vec3 linearSrgbFromLab(glm::vec3 lab) {
    const double y = (double(lab.x) + 16) / 116;
    const glm::dvec3 xyz(labCurveInverse(y + double(lab.y) / 500), labCurveInverse(y),
                         labCurveInverse(y - double(lab.z) / 200));
    return glm::inverse(kXyzFromLinear) * (xyz * kWhite);
}

float deltaE2000(glm::vec3 lab1, glm::vec3 lab2) {
    const glm::dvec3 one(lab1), two(lab2);
    const double meanC7 = pow7(0.5 * (std::hypot(one.y, one.z) + std::hypot(two.y, two.z)));
    constexpr double k25To7 = 6103515625.0;
    const double g = 0.5 * (1 - std::sqrt(meanC7 / (meanC7 + k25To7)));
    const double a1 = (1 + g) * one.y, a2 = (1 + g) * two.y;
    const double c1 = std::hypot(a1, one.z), c2 = std::hypot(a2, two.z);
    const double h1 = hueDegrees(a1, one.z), h2 = hueDegrees(a2, two.z);

    const bool grey = c1 * c2 == 0;
    double dh = grey ? 0 : h2 - h1;
    if (dh > 180) dh -= 360;
    if (dh < -180) dh += 360;
    const double dL = two.x - one.x, dC = c2 - c1;
    const double dH = 2 * std::sqrt(c1 * c2) * std::sin(0.5 * dh * kPiD / 180);

    const double meanL = 0.5 * (one.x + two.x), meanC = 0.5 * (c1 + c2);
    double meanH = h1 + h2;
    if (!grey) {
        if (std::abs(h1 - h2) > 180) meanH += meanH < 360 ? 360 : -360;
        meanH *= 0.5;
    }
    const double t = 1 - 0.17 * cosDegrees(meanH - 30) + 0.24 * cosDegrees(2 * meanH) +
                     0.32 * cosDegrees(3 * meanH + 6) - 0.20 * cosDegrees(4 * meanH - 63);
    const double away = (meanH - 275) / 25;
    const double turn = 30 * std::exp(-away * away);
    const double c7 = pow7(meanC);
    const double rotationC = 2 * std::sqrt(c7 / (c7 + k25To7));
    const double fromGrey = (meanL - 50) * (meanL - 50);
    const double sL = 1 + 0.015 * fromGrey / std::sqrt(20 + fromGrey);
    const double sC = 1 + 0.045 * meanC, sH = 1 + 0.015 * meanC * t;
    const double rotation = -std::sin(2 * turn * kPiD / 180) * rotationC;
    const double l = dL / sL, c = dC / sC, h = dH / sH;
    return static_cast<float>(std::sqrt(l * l + c * c + h * h + rotation * c * h));
}

float itaDegrees(glm::vec3 lab) {
    return degreesFromRadians(std::atan((lab.x - 50) / lab.z));
}

}  // namespace stubble
