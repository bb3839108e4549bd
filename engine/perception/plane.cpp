#include "engine/perception/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr double kTail = 3.5;         // standard deviations; beyond them lie 0.05 %
constexpr double kDirectSigma = 3.0;  // wider Gaussians are done on the halved image
// Of what a wide blur does twice: the binomial has a variance of 1 pixel², linear interpolation of 1/2.
constexpr double kHalvingVariance = 1.5;
constexpr std::array<float, 5> kBinomial = {1.0f / 16, 4.0f / 16, 6.0f / 16, 4.0f / 16, 1.0f / 16};
constexpr std::size_t kRowGrain = 16;
// Pixels summed side by side: a fixed count that compilers turn into vector instructions.
constexpr int kLane = 8;

void convolveRow(const float* in, int width, std::span<const float> kernel, std::vector<float>& padded,
                 float* out) {
    const int radius = static_cast<int>(kernel.size()) / 2;
    padded.resize(static_cast<std::size_t>(width + 2 * radius + kLane));
    std::fill_n(padded.begin(), radius, in[0]);
    std::copy_n(in, width, padded.begin() + radius);
    std::fill(padded.begin() + radius + width, padded.end(), in[width - 1]);
    for (int x = 0; x < width; x += kLane) {
        std::array<float, kLane> sum{};
        for (std::size_t k = 0; k < kernel.size(); ++k) {
            const float* source = padded.data() + x + static_cast<int>(k);
            for (int i = 0; i < kLane; ++i) sum[std::size_t(i)] += kernel[k] * source[i];
        }
        std::copy_n(sum.begin(), std::min(kLane, width - x), out + x);
    }
}

Plane convolveRows(const Plane& in, std::span<const float> kernel) {
    Plane out(in.width, in.height);
    parallelFor(
        static_cast<std::size_t>(in.height),
        [&](std::size_t y) {
            static thread_local std::vector<float> padded;
            const std::size_t begin = y * static_cast<std::size_t>(in.width);
            convolveRow(in.pixels.data() + begin, in.width, kernel, padded, out.pixels.data() + begin);
        },
        kRowGrain);
    return out;
}

Plane convolveColumns(const Plane& in, std::span<const float> kernel) {
    Plane out(in.width, in.height);
    const int radius = static_cast<int>(kernel.size()) / 2;
    parallelFor(
        static_cast<std::size_t>(in.height),
        [&](std::size_t row) {
            const int y = static_cast<int>(row);
            const auto source = [&](int tap) {
                return &in.at(0, std::clamp(y + tap - radius, 0, in.height - 1));
            };
            const int taps = static_cast<int>(kernel.size());
            int x = 0;
            for (; x + kLane <= in.width; x += kLane) {
                std::array<float, kLane> sum{};
                for (int k = 0; k < taps; ++k) {
                    const float* from = source(k) + x;
                    for (int i = 0; i < kLane; ++i) sum[std::size_t(i)] += kernel[std::size_t(k)] * from[i];
                }
                std::copy_n(sum.begin(), kLane, &out.at(x, y));
            }
            for (; x < in.width; ++x) {
                float sum = 0;
                for (int k = 0; k < taps; ++k) sum += kernel[std::size_t(k)] * source(k)[x];
                out.at(x, y) = sum;
            }
        },
        kRowGrain);
    return out;
}

/// Linear interpolation of a halved image back to the given size.
Plane doubled(const Plane& in, int width, int height) {
    Plane out(width, height);
    parallelFor(
        static_cast<std::size_t>(height),
        [&](std::size_t row) {
            const int y = static_cast<int>(row), y0 = y / 2, y1 = std::min((y + 1) / 2, in.height - 1);
            for (int x = 0; x < width; ++x) {
                const int x0 = x / 2, x1 = std::min((x + 1) / 2, in.width - 1);
                out.at(x, y) = 0.25f * (in.at(x0, y0) + in.at(x1, y0) + in.at(x0, y1) + in.at(x1, y1));
            }
        },
        kRowGrain);
    return out;
}

/// Premultiplied colours with their weight in w, 2 × 2 to 1, then down to the finest level again.
void pullPush(Image<glm::vec4>& level) {
    if (level.width == 1 && level.height == 1) return;
    Image<glm::vec4> coarse((level.width + 1) / 2, (level.height + 1) / 2);
    for (int y = 0; y < level.height; ++y)
        for (int x = 0; x < level.width; ++x) coarse.at(x / 2, y / 2) += level.at(x, y);
    for (glm::vec4& c : coarse.pixels)
        if (c.w > 1) c /= c.w;
    pullPush(coarse);
    // Bilinear between the middles of coarse pixels: a fine pixel lies a quarter away from the nearer one.
    const auto shift = [](int fine, int count) {
        return std::clamp(fine / 2 + (fine % 2 == 0 ? -1 : 1), 0, count - 1);
    };
    for (int y = 0; y < level.height; ++y)
        for (int x = 0; x < level.width; ++x) {
            glm::vec4& fine = level.at(x, y);
            if (fine.w >= 1) continue;
            const int x0 = x / 2, y0 = y / 2, x1 = shift(x, coarse.width), y1 = shift(y, coarse.height);
            fine += (1 - fine.w) * (0.5625f * coarse.at(x0, y0) + 0.1875f * coarse.at(x1, y0) +
                                    0.1875f * coarse.at(x0, y1) + 0.0625f * coarse.at(x1, y1));
        }
}

}  // namespace

std::vector<float> gaussianKernel(double sigmaPx) {
    const int radius = std::max(1, static_cast<int>(std::ceil(kTail * sigmaPx)));
    std::vector<double> samples;
    double sum = 0;
    for (int i = -radius; i <= radius; ++i) {
        samples.push_back(std::exp(-0.5 * i * i / (sigmaPx * sigmaPx)));
        sum += samples.back();
    }
    std::vector<float> kernel;
    for (const double s : samples) kernel.push_back(static_cast<float>(s / sum));
    return kernel;
}

Plane convolve(const Plane& in, std::span<const float> alongRows, std::span<const float> alongColumns) {
    return convolveColumns(convolveRows(in, alongRows), alongColumns);
}

Plane halved(const Plane& in) {
    Plane out((in.width + 1) / 2, (in.height + 1) / 2);
    parallelFor(
        static_cast<std::size_t>(out.height),
        [&](std::size_t row) {
            static thread_local std::vector<float> column;
            column.resize(static_cast<std::size_t>(in.width));
            std::array<const float*, 5> from{};
            for (int k = 0; k < 5; ++k)
                from[std::size_t(k)] =
                    &in.at(0, std::clamp(2 * static_cast<int>(row) + k - 2, 0, in.height - 1));
            for (std::size_t x = 0; x < column.size(); ++x)
                column[x] = kBinomial[0] * (from[0][x] + from[4][x]) +
                            kBinomial[1] * (from[1][x] + from[3][x]) + kBinomial[2] * from[2][x];
            const auto at = [&](int x) { return column[std::size_t(std::clamp(x, 0, in.width - 1))]; };
            for (int x = 0; x < out.width; ++x)
                out.at(x, static_cast<int>(row)) = kBinomial[0] * (at(2 * x - 2) + at(2 * x + 2)) +
                                                   kBinomial[1] * (at(2 * x - 1) + at(2 * x + 1)) +
                                                   kBinomial[2] * at(2 * x);
        },
        kRowGrain);
    return out;
}

double halvedGain(double cyclesPerPixel) {
    const double c = std::cos(std::numbers::pi * cyclesPerPixel);
    return c * c * c * c;
}

Plane gaussianBlur(const Plane& in, double sigmaPx) {
    if (sigmaPx <= kDirectSigma) {
        const auto kernel = gaussianKernel(sigmaPx);
        return convolve(in, kernel, kernel);
    }
    const double left = std::sqrt((sigmaPx * sigmaPx - kHalvingVariance) / 4);
    return doubled(gaussianBlur(halved(in), left), in.width, in.height);
}

ImageLinear fillOutside(const ImageLinear& image, const Plane& mask) {
    Image<glm::vec4> level(image.width, image.height);
    for (std::size_t i = 0; i < level.pixels.size(); ++i)
        level.pixels[i] = mask.pixels[i] > 0 ? mask.pixels[i] * glm::vec4(image.pixels[i], 1) : glm::vec4(0);
    pullPush(level);
    ImageLinear out(image.width, image.height);
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {
        // Inside, pixels stay as they are.
        out.pixels[i] = mask.pixels[i] >= 1 ? image.pixels[i]
                                            : glm::vec3(level.pixels[i]) / std::max(level.pixels[i].w, 1e-6f);
    }
    return out;
}

}  // namespace stubble
