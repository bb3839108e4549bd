// L. Wang, S. L. Jacques and L. Zheng, "MCML: Monte Carlo modeling of light transport in multi-layered
// tissues", Computer Methods and Programs in Biomedicine 47, 1995; absorption laid on afterwards as in
// A. Kienle and M. S. Patterson, "Determination of the optical properties of turbid media from a single Monte
// Carlo simulation", Physics in Medicine and Biology 41, 1996.
#include "engine/optics/transport.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// In (0, 1]: a logarithm of it is finite.
float openUniform(RandomStream& random) {
    return 1.0f - random.uniform();
}

/// Turns a direction by Henyey and Greenstein's phase function ("Diffuse radiation in the galaxy", 1941).
glm::vec3 scattered(glm::vec3 d, float g, RandomStream& random) {
    float cosine = 2 * random.uniform() - 1;
    if (std::abs(g) > 1e-4f) {
        const float t = (1 - g * g) / (1 + g * cosine);
        cosine = std::clamp((1 + g * g - t * t) / (2 * g), -1.0f, 1.0f);
    }
    const float sine = std::sqrt(std::max(1 - cosine * cosine, 0.0f));
    // A uniform point on the circle without trigonometry (von Neumann's rejection).
    float x, y, s;
    do {
        x = 2 * random.uniform() - 1;
        y = 2 * random.uniform() - 1;
        s = x * x + y * y;
    } while (s > 1 || s < 1e-12f);
    const float c2 = (x * x - y * y) / s, s2 = 2 * x * y / s;
    // Duff et al., "Building an orthonormal basis, revisited", 2017.
    const float sign = std::copysign(1.0f, d.z), a = -1 / (sign + d.z), b = d.x * d.y * a;
    const glm::vec3 u(1 + sign * d.x * d.x * a, sign * b, -sign * d.x), v(b, sign + d.y * d.y * a, -d.y);
    return glm::normalize(cosine * d + sine * (c2 * u + s2 * v));
}

constexpr float kRouletteBelow = 0.02f, kRouletteSurvival = 0.2f;
constexpr int kMostSteps = 200000;  // a photon between mirrors that nothing absorbs

}  // namespace

float fresnelReflectance(float from, float to, float cosine, float& cosineOut) {
    const float sine2 = (from / to) * (from / to) * std::max(1 - cosine * cosine, 0.0f);
    if (sine2 >= 1) {
        cosineOut = 0;
        return 1;
    }
    cosineOut = std::sqrt(1 - sine2);
    if (from == to) return 0;
    const float s = (from * cosine - to * cosineOut) / (from * cosine + to * cosineOut);
    const float p = (from * cosineOut - to * cosine) / (from * cosineOut + to * cosine);
    return 0.5f * (s * s + p * p);
}

PhotonTracer::PhotonTracer(LayeredTissue layers, float recordAboveMm)
    : layers_(std::move(layers)), recordAboveMm_(recordAboveMm) {
    topsMm_.push_back(0);
    for (const TissueLayer& layer : layers_) topsMm_.push_back(topsMm_.back() + layer.thicknessMm);
    float inside = 0;
    specular_ = fresnelReflectance(1, layers_.front().refractiveIndex, 1, inside);
    path_.lengthsMm.resize(layers_.size());
}

float PhotonTracer::weight() const {
    float depth = 0;
    for (std::size_t i = 0; i < layers_.size(); ++i) depth += layers_[i].absorptionPerMm * path_.lengthsMm[i];
    return path_.survival * std::exp(-depth);
}

const PhotonPath& PhotonTracer::trace(RandomStream& random) {
    PhotonPath& path = path_;
    path.pieces.clear();
    std::ranges::fill(path.lengthsMm, 0.0f);
    path.survival = 1 - specular_;
    path.end = PhotonPath::End::lost;
    glm::vec3 place(0), direction(0, 0, 1);
    std::size_t layer = 0;
    float freeDepth = -std::log(openUniform(random));  // optical depth to the next scattering
    float absorbedDepth = 0, nextRoulette = -std::log(kRouletteBelow);
    for (int step = 0; step < kMostSteps; ++step) {
        const TissueLayer& tissue = layers_[layer];
        const float toScattering = tissue.scatteringPerMm > 0 ? freeDepth / tissue.scatteringPerMm
                                                              : std::numeric_limits<float>::infinity();
        const bool down = direction.z > 0;
        const float boundary = down ? topsMm_[layer + 1] : topsMm_[layer];
        const float toBoundary = direction.z != 0 ? std::max((boundary - place.z) / direction.z, 0.0f)
                                                  : std::numeric_limits<float>::infinity();
        const bool crosses = toBoundary <= toScattering;
        const float length = crosses ? toBoundary : toScattering;
        if (!std::isfinite(length)) return path;  // runs off between layers that do not scatter
        glm::vec3 to = place + length * direction;
        if (crosses) to.z = boundary;
        if (std::min(place.z, to.z) < recordAboveMm_) path.pieces.push_back({place, to});
        path.lengthsMm[layer] += length;
        absorbedDepth += tissue.absorptionPerMm * length;
        place = to;
        if (crosses) {
            freeDepth = std::max(freeDepth - length * tissue.scatteringPerMm, 0.0f);
            const bool leavesTop = !down && layer == 0, leavesBottom = down && layer + 1 == layers_.size();
            const float beyond =
                leavesTop || leavesBottom ? 1.0f : layers_[down ? layer + 1 : layer - 1].refractiveIndex;
            float cosineOut = 0;
            const float reflectance =
                fresnelReflectance(tissue.refractiveIndex, beyond, std::abs(direction.z), cosineOut);
            if (reflectance > 0 && random.uniform() < reflectance) {
                direction.z = -direction.z;
                continue;
            }
            if (leavesTop || leavesBottom) {
                path.end = leavesTop ? PhotonPath::End::top : PhotonPath::End::bottom;
                path.exitMm = place;
                path.exitCosine = cosineOut;
                return path;
            }
            if (tissue.refractiveIndex != beyond) {
                const float bend = tissue.refractiveIndex / beyond;
                direction = glm::normalize(
                    glm::vec3(bend * direction.x, bend * direction.y, down ? cosineOut : -cosineOut));
            }
            layer = down ? layer + 1 : layer - 1;
            continue;
        }
        if (absorbedDepth > nextRoulette) {
            if (random.uniform() >= kRouletteSurvival) return path;
            path.survival /= kRouletteSurvival;
            nextRoulette -= std::log(kRouletteSurvival);
        }
        direction = scattered(direction, tissue.anisotropy, random);
        freeDepth = -std::log(openUniform(random));
    }
    return path;
}

TransportTotals simulateTissue(const LayeredTissue& layers, std::uint64_t photons, std::uint64_t seed) {
    constexpr std::uint64_t kBatches = 64;  // a fixed number: sums do not depend on threads
    struct Sums {
        double top = 0, top2 = 0, bottom = 0, bottom2 = 0;
    };
    std::vector<Sums> batches(kBatches);
    parallelFor(
        kBatches,
        [&](std::size_t batch) {
            PhotonTracer tracer(layers);
            Sums& sums = batches[batch];
            const std::uint64_t from = photons * batch / kBatches, to = photons * (batch + 1) / kBatches;
            RandomStream random(seed, batch);
            for (std::uint64_t i = from; i < to; ++i) {
                const PhotonPath& path = tracer.trace(random);
                const double w = tracer.weight();
                if (path.end == PhotonPath::End::top) sums.top += w, sums.top2 += w * w;
                if (path.end == PhotonPath::End::bottom) sums.bottom += w, sums.bottom2 += w * w;
            }
        },
        1);
    Sums all;
    for (const Sums& s : batches)
        all.top += s.top, all.top2 += s.top2, all.bottom += s.bottom, all.bottom2 += s.bottom2;
    const auto n = static_cast<double>(photons);
    const auto error = [n](double sum, double squares) {
        return std::sqrt(std::max(squares / n - sum / n * (sum / n), 0.0) / n);
    };
    TransportTotals totals;
    totals.specular = PhotonTracer(layers).specular();
    totals.diffuse = all.top / n, totals.diffuseError = error(all.top, all.top2);
    totals.transmitted = all.bottom / n, totals.transmittedError = error(all.bottom, all.bottom2);
    return totals;
}

}  // namespace stubble
