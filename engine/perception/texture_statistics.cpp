// Colour after Zhang and Wandell, "A spatial extension of CIELAB for digital color image reproduction", 1996;
// contrast as band-pass amplitude ÷ local mean after Peli, "Contrast in complex images", 1990;
// local orientation by the structure tensor: Bigün and Granlund, "Optimal orientation detection of linear
// symmetry", 1987.
#include "engine/perception/texture_statistics.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "engine/core/colour.h"
#include "engine/perception/contrast_sensitivity.h"
#include "engine/perception/oriented_power.h"
#include "engine/perception/picture_check.h"
#include "engine/perception/xyz.h"

namespace stubble {
namespace {

constexpr int kSmallestPatchPx = 16;
constexpr double kLeastCover = 0.5;  // of a patch, working default
// Nobody sees finer gratings (Campbell and Green, "Optical and retinal factors affecting visual resolution",
// 1965).
constexpr double kFinestCyclesPerDegree = 60;
// Contrast is relative to at least this luminance, white being 1: in the dark it is not seen. Working
// default.
constexpr double kDarkest = 1e-3;
// Lines are told from dots over this standard deviation: a few dots wide at 75 cm. Working default.
constexpr double kCoherenceWindowDegrees = 0.05;

/// Power-weighted double-angle vector ÷ power.
double anisotropy(const PatchStatistics& patch, std::size_t bands) {
    std::complex<double> vector;
    double power = kOrientations;  // one threshold in each direction
    for (std::size_t b = 0; b < bands; ++b)
        for (int o = 0; o < kOrientations; ++o) {
            const double c = patch.contrast[b][std::size_t(o)];
            vector += c * c * std::polar(1.0, 2 * std::numbers::pi * o / kOrientations);
            power += c * c;
        }
    // The filters' power falls with the angle as cos⁴, so a grating reaches 2/3.
    return std::min(1.5 * std::abs(vector) / power, 1.0);
}

struct Run {
    double weight = 0, luminance = 0, coherent = 0, power = 0, colours = 0;
    glm::dvec3 lab{0};
};

}  // namespace

Result<TextureStatistics> textureStatistics(const ImageLinear& image, const Plane& mask,
                                            double pixelsPerDegree, int patchPx) {
    STUBBLE_CHECK(checkPicture("texture", image, pixelsPerDegree));
    if (patchPx < kSmallestPatchPx)
        return fail(ExitCode::badInput, "texture: patches of {} pixels, expected at least {}", patchPx,
                    kSmallestPatchPx);
    const PatchGrid grid{patchPx, image.width / patchPx, image.height / patchPx};
    if (grid.columns < 1 || grid.rows < 1)
        return fail(ExitCode::badInput, "texture: {} x {} pixels hold no patch of {}", image.width,
                    image.height, patchPx);
    const bool isMasked = !mask.pixels.empty();
    if (isMasked && (mask.width != image.width || mask.height != image.height))
        return fail(ExitCode::badInput, "texture: the mask is {} x {} pixels, expected {} x {}", mask.width,
                    mask.height, image.width, image.height);
    for (std::size_t i = 0; i < mask.pixels.size(); ++i)
        if (!(mask.pixels[i] >= 0 && mask.pixels[i] <= 1))
            return fail(ExitCode::badInput, "texture: the mask's pixel ({}, {}) is {}, expected 0 to 1",
                        i % std::size_t(mask.width), i / std::size_t(mask.width), mask.pixels[i]);

    const ImageLinear filled = isMasked ? fillOutside(image, mask) : image;
    const ImageLinear seen = opponentBlur(filled, pixelsPerDegree);
    Plane y(image.width, image.height), seenY(image.width, image.height);
    for (std::size_t i = 0; i < y.pixels.size(); ++i) {
        y.pixels[i] = luminance(filled.pixels[i]);
        seenY.pixels[i] = luminance(seen.pixels[i]);
    }

    // The structure tensor of what is seen.
    Plane jxx(image.width, image.height), jxy = jxx, jyy = jxx;
    parallelFor(
        std::size_t(image.height),
        [&](std::size_t row) {
            const int v = static_cast<int>(row), up = std::max(v - 1, 0),
                      down = std::min(v + 1, image.height - 1);
            for (int u = 0; u < image.width; ++u) {
                const int left = std::max(u - 1, 0), right = std::min(u + 1, image.width - 1);
                const float dx = 0.5f * (seenY.at(right, v) - seenY.at(left, v));
                const float dy = 0.5f * (seenY.at(u, down) - seenY.at(u, up));
                jxx.at(u, v) = dx * dx, jxy.at(u, v) = dx * dy, jyy.at(u, v) = dy * dy;
            }
        },
        16);
    const double window = kCoherenceWindowDegrees * pixelsPerDegree;
    jxx = gaussianBlur(jxx, window), jxy = gaussianBlur(jxy, window), jyy = gaussianBlur(jyy, window);

    // What is blurred is as well known from every few pixels.
    const int step = std::clamp(static_cast<int>(finestBlurDegrees() * pixelsPerDegree), 1, 4);
    std::vector<Run> runs(std::size_t(grid.columns) * std::size_t(grid.rows));
    forPatchRuns(grid, image.width, image.height, 1, [&](std::size_t patch, int v, int begin, int end) {
        Run& sum = runs[patch];
        for (int u = begin; u < end; ++u) {
            const double w = isMasked ? double(mask.at(u, v)) : 1.0;
            sum.weight += w;
            sum.luminance += w * double(y.at(u, v));
        }
    });
    forPatchRuns(
        grid, image.width, image.height, 1,
        [&](std::size_t patch, int v, int begin, int end) {
            Run& sum = runs[patch];
            for (int u = begin; u < end; u += step) {
                const double w = isMasked ? double(mask.at(u, v)) : 1.0;
                if (w == 0) continue;
                const double xx = double(jxx.at(u, v)), xy = double(jxy.at(u, v)), yy = double(jyy.at(u, v));
                sum.colours += w;
                sum.lab += w * glm::dvec3(labFromLinearSrgb(seen.at(u, v)));
                sum.coherent += w * std::hypot(xx - yy, 2 * xy);
                sum.power += w * (xx + yy);
            }
        },
        step);

    TextureStatistics result{pixelsPerDegree, patchPx, grid.columns, grid.rows, {}, {}};
    result.patches.resize(runs.size());
    bool isAnyInside = false;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const Run& sum = runs[i];
        PatchStatistics& patch = result.patches[i];
        const double cover = sum.weight / (double(patchPx) * patchPx);
        if (cover < kLeastCover || sum.colours == 0) continue;
        isAnyInside = true;
        patch.weight = cover;
        patch.lab = sum.lab / sum.colours;
        if (sum.power > 0) patch.orientationCoherence = sum.coherent / sum.power;
    }
    if (!isAnyInside)
        return fail(ExitCode::badInput, "texture: the mask leaves no patch of {} pixels half covered",
                    patchPx);

    const auto bands = orientedBands(y, mask, grid, kFinestCyclesPerDegree / pixelsPerDegree);
    for (std::size_t b = 0; b < bands.size(); ++b) {
        result.bandCyclesPerDegree.push_back(bands[b].cyclesPerPixel * pixelsPerDegree);
        const double sensitivity = contrastSensitivity(result.bandCyclesPerDegree.back());
        for (std::size_t i = 0; i < runs.size(); ++i) {
            if (result.patches[i].weight == 0) continue;
            const double mean = std::max(runs[i].luminance / runs[i].weight, kDarkest);
            for (std::size_t o = 0; o < kOrientations; ++o)
                result.patches[i].contrast[b][o] = sensitivity * bands[b].amplitudes[i][o] / mean;
        }
    }
    for (PatchStatistics& patch : result.patches) patch.orientationEnergy = anisotropy(patch, bands.size());
    return result;
}

}  // namespace stubble
