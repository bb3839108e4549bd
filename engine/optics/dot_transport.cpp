// Perturbation of one set of photon paths by absorbers: C. K. Hayakawa et al., "Perturbation Monte Carlo
// methods to solve inverse photon migration problems in heterogeneous tissues", Optics Letters 26, 2001.
#include "engine/optics/dot_transport.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/core/parallel.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr std::size_t kBatches = 32;  // a fixed number: sums do not depend on threads

/// A path's piece inside a slab.
struct Chord {
    glm::vec3 from, to;
    float lengthMm;
};

/// Length of a chord inside an endless upright cylinder.
float insideCylinder(const Chord& chord, glm::vec2 centre, float radius2) {
    const glm::vec2 d = glm::vec2(chord.to) - glm::vec2(chord.from), f = glm::vec2(chord.from) - centre;
    const float a = glm::dot(d, d), b = glm::dot(f, d), c = glm::dot(f, f) - radius2;
    if (a < 1e-14f) return c < 0 ? chord.lengthMm : 0;
    const float discriminant = b * b - a * c;
    if (discriminant <= 0) return 0;
    const float root = std::sqrt(discriminant);
    const float enter = std::max((-b - root) / a, 0.0f), leave = std::min((-b + root) / a, 1.0f);
    return leave > enter ? (leave - enter) * chord.lengthMm : 0;
}

/// ∫ exp(−r²/2σ²) along a chord, r from an upright axis.
float throughSoft(const Chord& chord, glm::vec2 centre, float sigma) {
    const glm::vec2 d = glm::vec2(chord.to) - glm::vec2(chord.from), f = glm::vec2(chord.from) - centre;
    const float a = glm::dot(d, d), c = glm::dot(f, f), s2 = 2 * sigma * sigma;
    constexpr float kFar = 12;              // exponents beyond leave nothing
    if (c > 2 * (a + kFar * s2)) return 0;  // (|f| − |d|)² ≥ |f|²/2 − |d|²
    const float b = glm::dot(f, d);
    if (a < 0.25f * s2) {
        // Two-point Gauss quadrature is exact enough on a short chord, and faster.
        const auto at = [&](float t) { return std::exp(-(c + 2 * b * t + a * t * t) / s2); };
        constexpr float kNode = 0.211324865f;
        return 0.5f * chord.lengthMm * (at(kNode) + at(1 - kNode));
    }
    const float across = (c - b * b / a) / s2;
    if (across > kFar) return 0;
    const float scale = std::sqrt(a / s2), from = b / a * scale, to = from + scale;
    if (from > 4 || to < -4) return 0;
    constexpr float kHalfRootPi = 0.886226925f;
    return chord.lengthMm * std::exp(-across) * kHalfRootPi * (std::erf(to) - std::erf(from)) / scale;
}

/// A dot's shape seen from above.
struct Outline {
    DotEdge edge;
    float sizeMm;  ///< radius, or standard deviation
    explicit Outline(const DotColumn& column)
        : edge(column.edge), sizeMm(column.diameterMm * (edge == DotEdge::hard ? 0.5f : 0.25f)) {}
    [[nodiscard]] float areaMm2() const { return (edge == DotEdge::hard ? 1 : 2) * kPi * sizeMm * sizeMm; }
    [[nodiscard]] float reachMm() const { return edge == DotEdge::hard ? sizeMm : 4.9f * sizeMm; }
    [[nodiscard]] float lengthIn(const Chord& chord, glm::vec2 centre) const {
        return edge == DotEdge::hard ? insideCylinder(chord, centre, sizeMm * sizeMm)
                                     : throughSoft(chord, centre, sizeMm);
    }
    /// A place drawn by the pigment's own density around the axis.
    [[nodiscard]] glm::vec2 draw(RandomStream& random) const {
        const float u = 1 - random.uniform(), turn = 2 * kPi * random.uniform();
        const float r = sizeMm * (edge == DotEdge::hard ? std::sqrt(u) : std::sqrt(-2 * std::log(u)));
        return r * glm::vec2(std::cos(turn), std::sin(turn));
    }
    /// For dots on a square grid around the centre.
    [[nodiscard]] float lengthInGrid(const Chord& chord, glm::vec2 centre, float gridMm) const {
        const glm::vec2 low = glm::min(glm::vec2(chord.from), glm::vec2(chord.to)) - reachMm() - centre;
        const glm::vec2 high = glm::max(glm::vec2(chord.from), glm::vec2(chord.to)) + reachMm() - centre;
        float sum = 0;
        for (float y = std::ceil(low.y / gridMm); y <= std::floor(high.y / gridMm); ++y)
            for (float x = std::ceil(low.x / gridMm); x <= std::floor(high.x / gridMm); ++x)
                sum += lengthIn(chord, centre + gridMm * glm::vec2(x, y));
        return sum;
    }
};

struct Slab {
    float topMm, bottomMm;
    std::vector<std::size_t> columns;
};

std::vector<Slab> slabsOf(std::span<const DotColumn> columns) {
    std::map<std::pair<float, float>, std::vector<std::size_t>> byDepth;
    for (std::size_t i = 0; i < columns.size(); ++i)
        byDepth[{columns[i].topMm, columns[i].bottomMm}].push_back(i);
    std::vector<Slab> slabs;
    for (auto& [depth, list] : byDepth) slabs.push_back({depth.first, depth.second, std::move(list)});
    return slabs;
}

/// Sums of one batch. Of a column: (bins, whole, grid, grid²) · skin · absorption: what a photon adds to lies
/// side by side.
struct Sums {
    std::vector<double> dots, bare, radius, reached;
};

class Scorer {
  public:
    Scorer(std::span<const DotColumn> columns, std::span<const SkinAbsorption> skins,
           std::span<const float> radiiMm, std::span<const float> depthsMm)
        : columns_(columns), skins_(skins), radiiMm_(radiiMm), depthsMm_(depthsMm), slabs_(slabsOf(columns)) {
        std::size_t at = 0;
        for (const DotColumn& column : columns) {
            starts_.push_back(at);
            at += column.skins.size() * column.absorptionsPerMm.size() * (bins() + 3);
        }
        starts_.push_back(at);
        weights_.resize(skins.size());
    }
    [[nodiscard]] std::size_t bins() const { return radiiMm_.size() - 1; }
    [[nodiscard]] std::size_t start(std::size_t column) const { return starts_[column]; }
    [[nodiscard]] Sums emptySums() const {
        return {std::vector<double>(starts_.back()), std::vector<double>(skins_.size()),
                std::vector<double>(skins_.size()), std::vector<double>(skins_.size() * depthsMm_.size())};
    }

    void score(const PhotonPath& path, RandomStream& random, Sums& sums) {
        if (path.end != PhotonPath::End::top) return;
        const float exitRadius = std::hypot(path.exitMm.x, path.exitMm.y);
        float deepestMm = 0;
        for (const PathPiece& piece : path.pieces) deepestMm = std::max(deepestMm, piece.toMm.z);
        for (std::size_t i = 0; i < skins_.size(); ++i) {
            weights_[i] = path.survival * std::exp(-skins_[i].epidermisPerMm * path.lengthsMm[0] -
                                                   skins_[i].dermisPerMm * path.lengthsMm[1]);
            sums.bare[i] += double(weights_[i]), sums.radius[i] += double(weights_[i] * exitRadius);
            for (std::size_t k = 0; k < depthsMm_.size(); ++k)
                if (deepestMm > depthsMm_[k]) sums.reached[i * depthsMm_.size() + k] += double(weights_[i]);
        }
        for (const Slab& slab : slabs_) {
            const float inSlabMm = clip(path, slab);
            if (inSlabMm <= 0) continue;
            for (const std::size_t i : slab.columns)
                scoreDot(path, columns_[i], inSlabMm, random, &sums.dots[starts_[i]]);
        }
    }

  private:
    float clip(const PhotonPath& path, const Slab& slab) {
        chords_.clear();
        float sum = 0;
        for (const PathPiece& piece : path.pieces) {
            const float z0 = piece.fromMm.z, z1 = piece.toMm.z;
            if (std::max(z0, z1) <= slab.topMm || std::min(z0, z1) >= slab.bottomMm) continue;
            const glm::vec3 d = piece.toMm - piece.fromMm;
            float t0 = 0, t1 = 1;
            if (std::abs(d.z) > 1e-9f) {
                const float a = (slab.topMm - z0) / d.z, b = (slab.bottomMm - z0) / d.z;
                t0 = std::max(t0, std::min(a, b)), t1 = std::min(t1, std::max(a, b));
            }
            if (t1 <= t0) continue;
            const float length = (t1 - t0) * glm::length(d);
            chords_.push_back({piece.fromMm + t0 * d, piece.fromMm + t1 * d, length});
            sum += length;
        }
        return sum;
    }

    void scoreDot(const PhotonPath& path, const DotColumn& column, float inSlabMm, RandomStream& random,
                  double* sums) {
        const Outline outline(column);
        // A dot that the path hits: around a random point of its pieces.
        float along = random.uniform() * inSlabMm;
        std::size_t piece = 0;
        while (piece + 1 < chords_.size() && along > chords_[piece].lengthMm)
            along -= chords_[piece++].lengthMm;
        const Chord& chosen = chords_[piece];
        const float t = std::min(along / std::max(chosen.lengthMm, 1e-12f), 1.0f);
        const glm::vec2 point = glm::mix(glm::vec2(chosen.from), glm::vec2(chosen.to), t);
        const glm::vec2 centre = point + outline.draw(random);
        float insideMm = 0, insideGridMm = 0;
        for (const Chord& chord : chords_) insideMm += outline.lengthIn(chord, centre);
        if (column.gridMm > 0)
            for (const Chord& chord : chords_)
                insideGridMm += outline.lengthInGrid(chord, centre, column.gridMm);
        // Rounding can leave the very point outside.
        if (insideMm <= 0) return;
        const float areaMm2 = outline.areaMm2();
        const float exitRadius = glm::distance(glm::vec2(path.exitMm), centre);
        const auto bin =
            static_cast<std::size_t>(std::ranges::upper_bound(radiiMm_, exitRadius) - radiiMm_.begin());
        const std::size_t loads = column.absorptionsPerMm.size(), row = loads * column.skins.size();
        losses_.resize(row);
        const auto spread = [&](float lengthMm) {
            const float scale = inSlabMm * areaMm2 / lengthMm;
            for (std::size_t a = 0; a < loads; ++a) {
                const float loss = -scale * std::expm1(-column.absorptionsPerMm[a] * lengthMm);
                for (std::size_t k = 0; k < column.skins.size(); ++k)
                    losses_[k * loads + a] = weights_[column.skins[k]] * loss;
            }
        };
        const auto add = [&](std::size_t slot) {
            double* to = sums + slot * row;
            for (std::size_t i = 0; i < row; ++i) to[i] += double(losses_[i]);
        };
        spread(insideMm);
        if (bin - 1 < bins()) add(bin - 1);
        add(bins());
        if (column.gridMm > 0) {
            spread(std::max(insideGridMm, insideMm));
            add(bins() + 1);
            double* to = sums + (bins() + 2) * row;
            for (std::size_t i = 0; i < row; ++i) to[i] += double(losses_[i]) * losses_[i];
        }
    }

    std::span<const DotColumn> columns_;
    std::span<const SkinAbsorption> skins_;
    std::span<const float> radiiMm_, depthsMm_;
    std::vector<Slab> slabs_;
    std::vector<std::size_t> starts_;
    std::vector<Chord> chords_;
    std::vector<float> weights_, losses_;
};

}  // namespace

DotTransport simulateDots(float wavelengthNm, std::span<const DotColumn> columns,
                          std::span<const SkinAbsorption> skins, std::span<const float> radiiMm,
                          std::span<const float> depthsMm, std::uint64_t photons, std::uint64_t seed) {
    // Roulette counts with the least absorption of all skins.
    SkinAbsorption least{1e9f, 1e9f};
    const auto lower = [&](const SkinAbsorption& skin) {
        least.epidermisPerMm = std::min(least.epidermisPerMm, skin.epidermisPerMm);
        least.dermisPerMm = std::min(least.dermisPerMm, skin.dermisPerMm);
    };
    float deepest = 0;
    for (const SkinAbsorption& skin : skins) lower(skin);
    for (const DotColumn& column : columns) deepest = std::max(deepest, column.bottomMm);
    for (const float depth : depthsMm) deepest = std::max(deepest, depth);
    const LayeredTissue layers = skinLayers(least, wavelengthNm);
    const Scorer prototype(columns, skins, radiiMm, depthsMm);
    std::vector<Sums> batches(kBatches);
    parallelFor(
        kBatches,
        [&](std::size_t batch) {
            Scorer scorer = prototype;
            PhotonTracer tracer(layers, deepest);
            batches[batch] = scorer.emptySums();
            RandomStream random(seed, batch);
            const std::uint64_t from = photons * batch / kBatches, to = photons * (batch + 1) / kBatches;
            for (std::uint64_t i = from; i < to; ++i)
                scorer.score(tracer.trace(random), random, batches[batch]);
        },
        1);
    Sums all = prototype.emptySums();
    for (const Sums& s : batches) {
        const auto add = [](std::vector<double>& to, const std::vector<double>& from) {
            for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
        };
        add(all.dots, s.dots), add(all.bare, s.bare), add(all.radius, s.radius), add(all.reached, s.reached);
    }
    const auto n = static_cast<double>(photons);
    DotTransport result;
    for (std::size_t i = 0; i < skins.size(); ++i) {
        result.bareReflectance.push_back(float(all.bare[i] / n));
        result.meanRadiusMm.push_back(float(all.radius[i] / all.bare[i]));
        for (std::size_t k = 0; k < depthsMm.size(); ++k)
            result.reachedShare.push_back(float(all.reached[i * depthsMm.size() + k] / all.bare[i]));
    }
    const std::size_t bins = prototype.bins();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        DotScores scores;
        const std::size_t loads = columns[c].absorptionsPerMm.size(), row = loads * columns[c].skins.size();
        const auto at = [&](std::size_t slot, std::size_t i) {
            return all.dots[prototype.start(c) + slot * row + i];
        };
        const double cellMm2 = std::max(double(columns[c].gridMm) * columns[c].gridMm, 1e-12);
        for (std::size_t i = 0; i < row; ++i) {
            // Light from bare skin per mm² is its reflectance: one photon enters per mm².
            const double bare = all.bare[columns[c].skins[i / loads]];
            std::vector<float>& radial = scores.radialLoss.emplace_back(bins);
            for (std::size_t b = 0; b < bins; ++b) {
                const double areaMm2 =
                    double(kPi) * (double(radiiMm[b + 1]) * radiiMm[b + 1] - double(radiiMm[b]) * radiiMm[b]);
                radial[b] = float(at(b, i) / bare / areaMm2);
            }
            scores.lossMm2.push_back(float(at(bins, i) / bare));
            const double mean = at(bins + 1, i) / n;
            const double variance = std::max(at(bins + 2, i) / n - mean * mean, 0.0);
            scores.gridLoss.push_back(float(mean * n / bare / cellMm2));
            scores.gridLossError.push_back(float(std::sqrt(variance / n) * n / bare / cellMm2));
        }
        result.columns.push_back(std::move(scores));
    }
    return result;
}

}  // namespace stubble
