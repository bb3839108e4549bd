#include "lobe_fit.h"

#include <algorithm>
#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr int kLobes = kCoreLobes + kTailLobes;
constexpr std::array<float, 38> kRadiiMm = {
    0,     0.01f, 0.02f,  0.03f, 0.04f,  0.05f, 0.06f,  0.07f, 0.08f,  0.1f, 0.12f, 0.14f, 0.16f,
    0.18f, 0.2f,  0.225f, 0.25f, 0.275f, 0.3f,  0.325f, 0.35f, 0.375f, 0.4f, 0.45f, 0.5f,  0.55f,
    0.6f,  0.7f,  0.8f,   1,     1.25f,  1.6f,  2,      2.6f,  3.4f,   4.5f, 6,     9};

/// Normal equations, built row by row.
struct LeastSquares {
    double a[kLobes][kLobes] = {}, b[kLobes] = {};
    void add(const double (&row)[kLobes], double value) {
        for (int i = 0; i < kLobes; ++i) {
            b[i] += row[i] * value;
            for (int j = 0; j < kLobes; ++j) a[i][j] += row[i] * row[j];
        }
    }
    /// Gauss with pivots; the ridge keeps it regular.
    void solve(double (&x)[kLobes]) {
        for (int k = 0; k < kLobes; ++k) {
            int pivot = k;
            for (int i = k + 1; i < kLobes; ++i)
                if (std::abs(a[i][k]) > std::abs(a[pivot][k])) pivot = i;
            std::swap(a[k], a[pivot]), std::swap(b[k], b[pivot]);
            for (int i = k + 1; i < kLobes; ++i) {
                const double f = a[i][k] / a[k][k];
                for (int j = k; j < kLobes; ++j) a[i][j] -= f * a[k][j];
                b[i] -= f * b[k];
            }
        }
        for (int k = kLobes - 1; k >= 0; --k) {
            x[k] = b[k];
            for (int j = k + 1; j < kLobes; ++j) x[k] -= a[k][j] * x[j];
            x[k] /= a[k][k];
        }
    }
};

}  // namespace

std::span<const float> profileRadiiMm() {
    return kRadiiMm;
}

std::vector<double> gaussianByRing(std::span<const float> radiiMm, double sigmaMm) {
    std::vector<double> means;
    const double s2 = 2 * sigmaMm * sigmaMm;
    for (std::size_t i = 0; i + 1 < radiiMm.size(); ++i) {
        const double from = double(radiiMm[i]) * radiiMm[i], to = double(radiiMm[i + 1]) * radiiMm[i + 1];
        means.push_back(s2 * (std::exp(-from / s2) - std::exp(-to / s2)) / (to - from));
    }
    return means;
}

LobeFit::LobeFit(float depthMm, float diameterMm) : reachMm_(std::max(2 * double(diameterMm), 0.5)) {
    std::vector<float> sigmas;
    for (const float sigma : coreSigmasMm(depthMm, diameterMm)) sigmas.push_back(sigma);
    for (const float sigma : kTailSigmaMm) sigmas.push_back(sigma);
    for (const double sigma : sigmas) {
        lobes_.push_back(gaussianByRing(kRadiiMm, sigma));
        lobeAreasMm2_.push_back(2 * double(kPi) * sigma * sigma);
    }
    for (std::size_t i = 0; i + 1 < kRadiiMm.size(); ++i) {
        const double from = kRadiiMm[i], to = kRadiiMm[i + 1];
        ringsMm_.push_back(to - from);
        ringAreasMm2_.push_back(double(kPi) * (to * to - from * from));
    }
}

BandLoss LobeFit::fit(std::span<const float> radialLoss, float lossMm2) const {
    double peak = 0;
    for (std::size_t i = 0; i < 5; ++i) peak += radialLoss[i] / 5;
    peak = std::max(peak, 0.02);
    // Equal care for the shape near the dot and, in units of its peak, for the light that is lost by ring:
    // the rings far out are faint but make the tone. Weights are a choice.
    constexpr double kRingCare = 0.3, kWholeCare = 10, kLeastRidge = 0.005;
    LeastSquares system;
    for (std::size_t i = 0; i < ringsMm_.size(); ++i) {
        double row[kLobes];
        const double shape =
            std::sqrt(ringsMm_[i] / reachMm_) * (kRadiiMm[i + 1] <= 1.01 * reachMm_ ? 1 : 0.5);
        for (int k = 0; k < kLobes; ++k) row[k] = lobes_[std::size_t(k)][i] * shape;
        system.add(row, double(radialLoss[i]) * shape);
        const double light = kRingCare * ringAreasMm2_[i] / lossMm2 * peak;
        for (int k = 0; k < kLobes; ++k) row[k] = lobes_[std::size_t(k)][i] * light;
        system.add(row, double(radialLoss[i]) * light);
    }
    double whole[kLobes];
    for (int k = 0; k < kLobes; ++k) whole[k] = kWholeCare * lobeAreasMm2_[std::size_t(k)] / lossMm2 * peak;
    system.add(whole, kWholeCare * peak);
    BandLoss loss{.lossMm2 = lossMm2};
    // Where few photons leave the profile to chance, lobes would cancel each other: a stiffer fit then.
    constexpr double kMostShare = 8;
    for (double ridge = kLeastRidge;; ridge *= 4) {
        LeastSquares stiff = system;
        for (int k = 0; k < kLobes; ++k) stiff.a[k][k] += ridge * ridge;
        double peaks[kLobes], sum = 0, most = 0;
        stiff.solve(peaks);
        const bool last = ridge > 1e3;  // nothing but noise: then no lobe gives light back
        if (last)
            for (double& height : peaks) height = std::max(height, 0.0);
        for (int k = 0; k < kLobes; ++k) sum += peaks[k] * lobeAreasMm2_[std::size_t(k)];
        for (int k = 0; k < kLobes; ++k) {
            const double share = peaks[k] * lobeAreasMm2_[std::size_t(k)] / sum;
            loss.shares[std::size_t(k)] = float(share);
            most = std::max(most, std::abs(share));
        }
        if (most <= kMostShare || last) break;
    }
    return loss;
}

}  // namespace stubble
