// Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström and Fairchild, "FLIP: a difference evaluator for
// alternating images", 2020. Symbols and constants are the paper's.
#include "engine/perception/flip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/colour.h"
#include "engine/core/parallel.h"
#include "engine/perception/picture_check.h"
#include "engine/perception/plane.h"
#include "engine/perception/xyz.h"

namespace stubble {
namespace {

constexpr glm::dvec3 kWhite(0.950428545, 1.0, 1.088900371);
// Contrast sensitivity as sums of Gaussians a·√(π/b)·exp(−π²x²/b), x in degrees.
struct Lobe {
    double a, b;
};
constexpr std::array<std::array<Lobe, 2>, 3> kLobes = {
    {{{{1.0, 0.0047}, {0, 1e-5}}}, {{{1.0, 0.0053}, {0, 1e-5}}}, {{{34.1, 0.04}, {13.5, 0.025}}}}};
constexpr double kQc = 0.7, kPc = 0.4, kPt = 0.95, kQf = 0.5;
constexpr double kFeatureWidthDegrees = 0.082;
constexpr std::size_t kPixelGrain = 4096;

/// A linearised Lab: Y, red-green, blue-yellow.
glm::vec3 ycxczFromLinear(glm::vec3 linear) {
    const glm::dvec3 xyz = kXyzFromLinearSrgb * glm::dvec3(linear) / kWhite;
    return {116 * xyz.y - 16, 500 * (xyz.x - xyz.y), 200 * (xyz.y - xyz.z)};
}
glm::vec3 linearFromYcxcz(glm::vec3 c) {
    const double y = (double(c.x) + 16) / 116;
    const glm::dvec3 xyz = glm::dvec3(y + double(c.y) / 500, y, y - double(c.z) / 200) * kWhite;
    return glm::inverse(kXyzFromLinearSrgb) * xyz;
}

/// Chroma fades with lightness (Hunt).
glm::vec3 huntLab(glm::vec3 linear) {
    const glm::vec3 lab = labFromLinearSrgb(linear);
    return {lab.x, 0.01f * lab.x * lab.y, 0.01f * lab.x * lab.z};
}
/// HyAB: city-block in lightness, Euclidean in chroma (Abasi, Amani Tehran and Fairchild, 2020).
double hyab(glm::vec3 one, glm::vec3 two) {
    const glm::dvec3 d = glm::dvec3(one) - glm::dvec3(two);
    return std::abs(d.x) + std::hypot(d.y, d.z);
}

/// What an eye at that distance leaves of the picture, clamped to the gamut, in Hunt-adjusted Lab.
Image<glm::vec3> seenColours(const Image<glm::vec3>& ycxcz, double pixelsPerDegree) {
    Image<glm::vec3> filtered(ycxcz.width, ycxcz.height);
    for (int channel = 0; channel < 3; ++channel) {
        Plane plane(ycxcz.width, ycxcz.height);
        for (std::size_t i = 0; i < plane.pixels.size(); ++i) plane.pixels[i] = ycxcz.pixels[i][channel];
        const auto& lobes = kLobes[std::size_t(channel)];
        // In two dimensions a lobe's volume is a·√(π/b)·(b/π).
        const auto volume = [](const Lobe& l) { return l.a * std::sqrt(l.b / std::numbers::pi); };
        const double sum = volume(lobes[0]) + volume(lobes[1]);
        for (const Lobe& lobe : lobes) {
            if (lobe.a == 0) continue;
            const double sigmaDegrees = std::sqrt(lobe.b / 2) / std::numbers::pi;
            const Plane part = gaussianBlur(plane, sigmaDegrees * pixelsPerDegree);
            const auto weight = static_cast<float>(volume(lobe) / sum);
            for (std::size_t i = 0; i < part.pixels.size(); ++i)
                filtered.pixels[i][channel] += weight * part.pixels[i];
        }
    }
    parallelFor(
        filtered.pixels.size(),
        [&](std::size_t i) {
            const glm::vec3 linear = linearFromYcxcz(filtered.pixels[i]);
            filtered.pixels[i] = huntLab(glm::clamp(linear, 0.0f, 1.0f));
        },
        kPixelGrain);
    return filtered;
}

/// Lengths of the gradients of edges and of points.
struct Features {
    Plane edges, points;
};

Features features(const Image<glm::vec3>& ycxcz, double pixelsPerDegree) {
    const double sigma = 0.5 * kFeatureWidthDegrees * pixelsPerDegree;
    const int radius = static_cast<int>(std::ceil(3 * sigma));
    std::vector<float> blur, slope, bend;
    double blurSum = 0, slopeSum = 0, bendUp = 0, bendDown = 0;
    const auto g = [&](int x) { return std::exp(-0.5 * x * x / (sigma * sigma)); };
    const auto curve = [&](int x) { return (x * x / (sigma * sigma) - 1) * g(x); };
    for (int x = -radius; x <= radius; ++x) {
        blurSum += g(x);
        slopeSum += std::max(0.0, -x * g(x));
        bendUp += std::max(0.0, curve(x)), bendDown += std::max(0.0, -curve(x));
    }
    // Positive and negative weights sum to 1 and −1 each.
    for (int x = -radius; x <= radius; ++x) {
        blur.push_back(static_cast<float>(g(x) / blurSum));
        slope.push_back(static_cast<float>(-x * g(x) / slopeSum));
        bend.push_back(static_cast<float>(curve(x) / (curve(x) > 0 ? bendUp : bendDown)));
    }
    Plane lightness(ycxcz.width, ycxcz.height);
    for (std::size_t i = 0; i < lightness.pixels.size(); ++i)
        lightness.pixels[i] = (ycxcz.pixels[i].x + 16) / 116;
    const auto length = [&](const std::vector<float>& kernel) {
        Plane x = convolve(lightness, kernel, blur);
        const Plane y = convolve(lightness, blur, kernel);
        for (std::size_t i = 0; i < x.pixels.size(); ++i) x.pixels[i] = std::hypot(x.pixels[i], y.pixels[i]);
        return x;
    };
    return {length(slope), length(bend)};
}

}  // namespace

Result<FlipDifference> flipDifference(const ImageLinear& reference, const ImageLinear& test,
                                      double pixelsPerDegree) {
    STUBBLE_CHECK(checkPicture("FLIP: reference", reference, pixelsPerDegree));
    STUBBLE_CHECK(checkPicture("FLIP: test", test, pixelsPerDegree));
    if (reference.width != test.width || reference.height != test.height)
        return fail(ExitCode::badInput, "FLIP: test is {} x {} pixels, expected {} x {} as the reference",
                    test.width, test.height, reference.width, reference.height);
    const auto opponent = [](const ImageLinear& image) {
        Image<glm::vec3> out(image.width, image.height);
        for (std::size_t i = 0; i < out.pixels.size(); ++i)
            out.pixels[i] = ycxczFromLinear(glm::clamp(image.pixels[i], 0.0f, 1.0f));
        return out;
    };
    const Image<glm::vec3> one = opponent(reference), two = opponent(test);
    const Image<glm::vec3> seenOne = seenColours(one, pixelsPerDegree);
    const Image<glm::vec3> seenTwo = seenColours(two, pixelsPerDegree);
    const Features featuresOne = features(one, pixelsPerDegree), featuresTwo = features(two, pixelsPerDegree);

    const double largest = std::pow(hyab(huntLab({0, 1, 0}), huntLab({0, 0, 1})), kQc);
    FlipDifference result{Image<float>(test.width, test.height)};
    parallelFor(
        result.map.pixels.size(),
        [&](std::size_t i) {
            double colour = std::pow(hyab(seenOne.pixels[i], seenTwo.pixels[i]), kQc);
            const double knee = kPc * largest;
            colour =
                colour < knee ? kPt / knee * colour : kPt + (colour - knee) / (largest - knee) * (1 - kPt);
            const double edge = std::abs(featuresOne.edges.pixels[i] - featuresTwo.edges.pixels[i]);
            const double point = std::abs(featuresOne.points.pixels[i] - featuresTwo.points.pixels[i]);
            const double feature =
                std::clamp(std::pow(std::max(edge, point) / std::numbers::sqrt2, kQf), 0.0, 1.0);
            result.map.pixels[i] = static_cast<float>(std::pow(std::clamp(colour, 0.0, 1.0), 1 - feature));
        },
        kPixelGrain);
    for (const float value : result.map.pixels) result.mean += double(value);
    result.mean /= static_cast<double>(result.map.pixels.size());
    return result;
}

}  // namespace stubble
