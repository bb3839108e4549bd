// Freeman and Adelson, "The design and use of steerable filters", 1991: the second derivative of a Gaussian
// in any direction is a sum of three. On a pyramid it is a set of bands of about 1.3 octaves. The mean square
// of such an even filter over a patch is the power; the odd partner of a quadrature pair would only smooth
// it.
#include "engine/perception/oriented_power.h"

#include <cmath>
#include <numbers>

namespace stubble {
namespace {

constexpr double kSigmaPx = 1.0;  // of the Gaussian, at each level
constexpr int kRadius = 4;
using Kernel = std::array<float, 2 * kRadius + 1>;

/// f²·exp(−2π²σ²f²) is largest here.
const double kPeakCyclesPerPixel = 1 / (std::numbers::sqrt2 * std::numbers::pi * kSigmaPx);

struct Kernels {
    Kernel blur{}, slope{}, bend{};  // a Gaussian, its first and second derivative
};

Kernels makeKernels() {
    std::array<double, 2 * kRadius + 1> g{}, b{};
    double sum = 0, mean = 0;
    for (int x = -kRadius; x <= kRadius; ++x) {
        const auto i = std::size_t(x + kRadius);
        g[i] = std::exp(-0.5 * x * x / (kSigmaPx * kSigmaPx));
        sum += g[i];
    }
    for (int x = -kRadius; x <= kRadius; ++x) {
        const auto i = std::size_t(x + kRadius);
        b[i] = (x * x / (kSigmaPx * kSigmaPx) - 1) * g[i] / sum;
        mean += b[i] / (2 * kRadius + 1);
    }
    double gain = 0;  // of a grating along x at the peak
    for (int x = -kRadius; x <= kRadius; ++x) {
        double& bend = b[std::size_t(x + kRadius)];
        bend -= mean;  // a flat picture has no contrast
        gain += bend * std::cos(2 * std::numbers::pi * kPeakCyclesPerPixel * x);
    }
    Kernels k;
    for (int x = -kRadius; x <= kRadius; ++x) {
        const auto i = std::size_t(x + kRadius);
        k.blur[i] = static_cast<float>(g[i] / sum);
        k.bend[i] = static_cast<float>(b[i] / std::abs(gain));
        k.slope[i] = static_cast<float>(x / kSigmaPx * g[i] / sum / std::sqrt(std::abs(gain)));
    }
    return k;
}

/// Sums over a patch of the products of the three basis responses.
struct Moments {
    double weight = 0;
    std::array<double, 6> sums{};  // xx·xx, xx·xy, xx·yy, xy·xy, xy·yy, yy·yy

    /// Mean square of cos²·xx + 2 cos·sin·xy + sin²·yy.
    [[nodiscard]] double power(double radians) const {
        const double c = std::cos(radians), s = std::sin(radians);
        const double a = c * c, b = 2 * c * s, d = s * s;
        const double sum = a * a * sums[0] + 2 * a * b * sums[1] + 2 * a * d * sums[2] + b * b * sums[3] +
                           2 * b * d * sums[4] + d * d * sums[5];
        return weight > 0 ? std::max(sum / weight, 0.0) : 0;
    }
};

std::vector<Moments> momentsOf(const Plane& level, const Plane& mask, const PatchGrid& grid, int shrink) {
    static const Kernels k = makeKernels();
    const Plane xx = convolve(level, k.bend, k.blur), xy = convolve(level, k.slope, k.slope),
                yy = convolve(level, k.blur, k.bend);
    const bool isMasked = !mask.pixels.empty();
    std::vector<Moments> moments(std::size_t(grid.columns) * std::size_t(grid.rows));
    forPatchRuns(grid, level.width, level.height, shrink, [&](std::size_t patch, int y, int begin, int end) {
        std::array<float, 6> sums{};
        float weight = 0;
        for (int x = begin; x < end; ++x) {
            const float w = isMasked ? mask.at(x, y) : 1.0f;
            const float a = xx.at(x, y), b = xy.at(x, y), d = yy.at(x, y);
            weight += w;
            sums[0] += w * a * a, sums[1] += w * a * b, sums[2] += w * a * d;
            sums[3] += w * b * b, sums[4] += w * b * d, sums[5] += w * d * d;
        }
        Moments& into = moments[patch];
        into.weight += double(weight);
        for (std::size_t i = 0; i < 6; ++i) into.sums[i] += double(sums[i]);
    });
    return moments;
}

}  // namespace

std::vector<OrientedBand> orientedBands(const Plane& image, const Plane& mask, const PatchGrid& grid,
                                        double finestCyclesPerPixel) {
    std::vector<OrientedBand> bands;
    Plane level = image, levelMask = mask;
    for (int shrink = 1;; shrink *= 2) {
        const double cyclesPerPixel = kPeakCyclesPerPixel / shrink;
        if (bands.size() == kMaxBands || cyclesPerPixel * grid.patchPx < 1) return bands;
        if (cyclesPerPixel <= finestCyclesPerPixel) {
            double gain = 1;  // what halving has taken from this band
            for (int s = 1; s < shrink; s *= 2) gain *= halvedGain(cyclesPerPixel * s);
            OrientedBand band{cyclesPerPixel, {}};
            for (const Moments& m : momentsOf(level, levelMask, grid, shrink)) {
                auto& amplitudes = band.amplitudes.emplace_back();
                for (int o = 0; o < kOrientations; ++o)
                    amplitudes[std::size_t(o)] =
                        std::sqrt(2 * m.power(o * std::numbers::pi / kOrientations)) / gain;
            }
            bands.push_back(std::move(band));
        }
        level = halved(level);
        if (!mask.pixels.empty()) levelMask = halved(levelMask);
    }
}

}  // namespace stubble
