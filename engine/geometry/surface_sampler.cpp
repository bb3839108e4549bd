// Progressive dart throwing with a shrinking radius: McCool and Fiume, "Hierarchical Poisson disk sampling
// distributions", 1992, on surfaces with the distance of Bowers, Wang, Wei and Maletz, 2010.
//
// Lengths are relative to d(x), the hexagonal spacing of the density at x. A dart x is accepted while
// distance(x, y) ≥ s · min(d(x), d(y)) for every accepted y; s starts so large that one point fills the
// surface and shrinks by a fixed factor a round until the wanted number is reached. The minimum (not the
// mean) of the two radii lets each density keep its own spacing right up to a border with a sparser one, and
// bounds the search by the dart's own radius. Because s only shrinks, every prefix keeps the larger s of its
// time.
//
// A refused dart is not lost: its nearest conflict says at which s it may be tried again, so it waits in that
// round's list. Rounds test their darts in parallel against what stood at their start, then accept serially
// in an order drawn by hash: the outcome does not depend on threads.

#include "engine/geometry/surface_sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/geometry/density_darts.h"
#include "engine/geometry/disk_grid.h"

namespace stubble {
namespace {

/// The finest spacing relative to the mesh's diagonal: a hundred steps of single precision.
constexpr float kFinestSpacing = 1e-5f;
constexpr std::size_t kMaxSamples = 8'000'000;  // about 1 GB of work space
/// Factor on s from round to round. The result hardly depends on it: 0.94 needs the same darts.
constexpr float kShrink = 0.97f;
/// Fresh darts for each sample on the way to the nominal spacing: more spread the prefixes better (about 0.66
/// at 6, 0.69 at 16) and take longer.
constexpr double kDartsPerSample = 6;
/// The spacing of the whole set where there is room; saturated random packing ends near 0.777.
constexpr float kNominalSpacing = 0.70f;
/// Where darts refused below this relative distance are forgotten.
constexpr float kKeepSpacing = 0.6f;
/// Where less room than this is left (many obstacles), placing fails instead of clumping.
constexpr float kSpacingFloor = 0.3f;
/// Spacing never exceeds this many typical spacings (7 mm at 140/cm²). In the last fringe of a feathered edge
/// the hexagonal spacing goes to infinity while the fringe holds less than a dot; there placing by chance
/// keeps the density right, where discs wider than the fringe would not.
constexpr float kMaxSpacings = 8;
/// Near an edge to which density fades, discs reach across into the void and do not limit the number either:
/// where the spacing exceeds this many fade lengths, fewer darts are thrown, down to as many as should stay.
/// Tuned on a feather of 8 mm to 140/cm²: its outer 2 mm held 1.5 times their due without this, 0.87 with it.
constexpr float kFadeReach = 1.0f;
constexpr float kRebuildFactor = 1.19f;  // grid cells are laid anew when s has shrunk by 2^(1/4)
/// At the nominal spacing this many more batches, of a dart a sample each, are thrown before it shrinks. Even
/// densities need about 9.
constexpr std::size_t kLastPasses = 24;
constexpr std::size_t kMinBatch = 64;
constexpr std::size_t kChunk = 256;

struct Dart {
    glm::vec3 positionMm;
    float spacingMm;
    glm::vec3 normal;
    float relative;  ///< to the nearest conflict known
    SurfacePoint point;
};

Result<void> checkInput(const TriMesh& mesh, std::span<const float> densities, const SampleOptions& options) {
    if (mesh.normals.size() != mesh.positionsMm.size())
        return fail(ExitCode::badInput, "surface sampler: {} normals for {} vertices, expected one a vertex",
                    mesh.normals.size(), mesh.positionsMm.size());
    if (densities.size() != mesh.positionsMm.size())
        return fail(ExitCode::badInput,
                    "surface sampler: {} densities for {} vertices, expected one a vertex", densities.size(),
                    mesh.positionsMm.size());
    for (std::size_t i = 0; i < densities.size(); ++i)
        if (!std::isfinite(densities[i]) || densities[i] < 0)
            return fail(ExitCode::badInput,
                        "surface sampler: density at vertex {} is {}, expected a finite number of at least 0",
                        i, densities[i]);
    for (std::size_t i = 0; i < options.keepClear.size(); ++i) {
        const KeepClear& disc = options.keepClear[i];
        const glm::vec3 sum = disc.positionMm + disc.normal;
        if (!std::isfinite(sum.x + sum.y + sum.z) || !std::isfinite(disc.radiusMm) || disc.radiusMm < 0)
            return fail(ExitCode::badInput,
                        "surface sampler: keep-clear disc {} must be finite with a radius of at least 0, got "
                        "radius {}",
                        i, disc.radiusMm);
    }
    return {};
}

/// The keep-clear discs that can reach the mesh.
DiskGrid obstacleGrid(const Bounds& bounds, std::span<const KeepClear> discs) {
    std::vector<KeepClear> near;
    Bounds all = bounds;
    float smallest = std::numeric_limits<float>::max(), largest = 0;
    for (const KeepClear& disc : discs) {
        if (disc.radiusMm <= 0) continue;
        if (glm::any(glm::lessThan(disc.positionMm, bounds.minMm - disc.radiusMm)) ||
            glm::any(glm::greaterThan(disc.positionMm, bounds.maxMm + disc.radiusMm)))
            continue;
        near.push_back(disc);
        smallest = std::min(smallest, disc.radiusMm), largest = std::max(largest, disc.radiusMm);
        all.minMm = glm::min(all.minMm, disc.positionMm);
        all.maxMm = glm::max(all.maxMm, disc.positionMm);
    }
    if (near.empty()) return {bounds, 1, 1};
    // Radii far below the largest share a level: that costs time, never correctness.
    const float finest = std::max(largest * 1e-4f, kFinestSpacing * glm::length(all.sizeMm()));
    DiskGrid grid(all, std::max(smallest, finest), std::max(largest, finest));
    for (const KeepClear& disc : near) grid.insert(disc.positionMm, disc.normal, disc.radiusMm);
    grid.rebuild(1);
    return grid;
}

class Placer {
  public:
    Placer(const TriMesh& mesh, const DensityDarts& darts, std::size_t count, const SampleOptions& options)
        : mesh_(mesh),
          darts_(darts),
          count_(count),
          seed_(options.seed),
          perExpected_(static_cast<double>(count) / darts.expectedCount()),
          maxSpacingMm_(kMaxSpacings * spacingMmOf(darts.typicalDensityPerCm2())),
          nominalRound_(static_cast<std::size_t>(
              std::ceil(std::log(kNominalSpacing / (1.1f * std::sqrt(static_cast<float>(count)))) /
                        std::log(kShrink)))),
          obstacles_(obstacleGrid(boundsOf(mesh), options.keepClear)),
          grid_(boundsOf(mesh), std::min(spacingMmOf(darts.maxDensityPerCm2()), maxSpacingMm_),
                maxSpacingMm_) {}

    Result<SurfaceSamples> place();

  private:
    [[nodiscard]] float spacingMmOf(double densityPerCm2) const {
        return hexagonalSpacingMm(static_cast<float>(densityPerCm2 * perExpected_));
    }
    [[nodiscard]] float spacingOfRound(std::size_t round) const {
        return kNominalSpacing *
               std::pow(kShrink, static_cast<float>(round) - static_cast<float>(nominalRound_));
    }
    [[nodiscard]] std::size_t batchOfRound(std::size_t round) const;
    void throwFresh(std::size_t round, std::size_t pass, std::size_t batch, std::vector<Dart>& darts) const;
    /// Accepts what it can of a round's darts; the rest waits for a later round.
    void playRound(std::size_t round, std::size_t pass, std::size_t batch, std::vector<Dart>& darts);
    void keepWaiting(std::size_t round, const Dart& dart);
    [[nodiscard]] float measureSpacing();

    const TriMesh& mesh_;
    const DensityDarts& darts_;
    std::size_t count_;
    std::uint64_t seed_;
    double perExpected_;  ///< count ÷ ∫ density dA
    float maxSpacingMm_;
    /// The round of kNominalSpacing. The first one's s is so large that one disc fills the surface.
    std::size_t nominalRound_;
    DiskGrid obstacles_;
    DiskGrid grid_;
    float hitRate_ = 1;  ///< of late, samples for each fresh dart
    std::vector<Dart> accepted_;
    std::vector<std::vector<Dart>> waiting_;  ///< by the round in which they may be tried again
};

std::size_t Placer::batchOfRound(std::size_t round) const {
    const double s = spacingOfRound(round), next = spacingOfRound(round + 1);
    const double share = kNominalSpacing * kNominalSpacing * (1 / (next * next) - 1 / (s * s));
    return std::max(kMinBatch,
                    static_cast<std::size_t>(kDartsPerSample * share * static_cast<double>(count_)));
}

void Placer::throwFresh(std::size_t round, std::size_t pass, std::size_t batch,
                        std::vector<Dart>& darts) const {
    const std::size_t old = darts.size();
    const std::uint64_t batchSeed = hashCounters(hashCounters(seed_, pass), round, 0x64617274);
    darts.resize(old + batch);
    parallelFor((batch + kChunk - 1) / kChunk,
                [&](std::size_t chunk) {
                    SurfacePoint points[kChunk];
                    const std::size_t first = chunk * kChunk, n = std::min(kChunk, batch - first);
                    darts_.draw(batchSeed, batch, first, {points, n});
                    for (std::size_t i = 0; i < n; ++i) {
                        Dart& dart = darts[old + first + i];
                        dart.point = points[i];
                        dart.positionMm = positionMmAt(mesh_, points[i]);
                        dart.normal = normalAt(mesh_, points[i]);
                        dart.relative = std::numeric_limits<float>::max();
                        const float spacingMm = spacingMmOf(darts_.densityPerCm2At(points[i]));
                        dart.spacingMm = std::min(spacingMm, maxSpacingMm_);
                        const float room =
                            std::min(maxSpacingMm_, kFadeReach * darts_.fadeLengthMm(points[i]));
                        if (spacingMm > room) {
                            const float share = room * room / (spacingMm * spacingMm);
                            const float keep = hitRate_ / (1 - share * (1 - hitRate_));
                            if (unitFloat(hashCounters(batchSeed, first + i, 1)) >= keep) dart.relative = -1;
                        }
                        if (obstacles_.size() > 0 &&
                            obstacles_.nearestRelative(dart.positionMm, dart.normal,
                                                       std::numeric_limits<float>::infinity(), 1) < 1)
                            dart.relative = -1;
                    }
                },
                4);
}

void Placer::keepWaiting(std::size_t round, const Dart& dart) {
    if (dart.relative < kKeepSpacing) return;
    const float rounds =
        static_cast<float>(nominalRound_) + std::log(dart.relative / kNominalSpacing) / std::log(kShrink);
    const std::size_t when = std::max(round + 1, static_cast<std::size_t>(std::ceil(std::max(rounds, 0.0f))));
    if (waiting_.size() <= when) waiting_.resize(when + 1);
    waiting_[when].push_back(dart);
}

void Placer::playRound(std::size_t round, std::size_t pass, std::size_t batch, std::vector<Dart>& darts) {
    throwFresh(round, pass, batch, darts);
    const std::size_t before = accepted_.size();
    const float s = spacingOfRound(round);
    if (grid_.maxScale() > kRebuildFactor * s || grid_.maxScale() < s) grid_.rebuild(s);
    parallelFor(darts.size(), [&](std::size_t i) {
        Dart& dart = darts[i];
        if (dart.relative >= 0)
            dart.relative =
                grid_.nearestRelative(dart.positionMm, dart.normal, dart.spacingMm, s, kKeepSpacing);
    });
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    for (std::size_t i = 0; i < darts.size(); ++i) {
        if (darts[i].relative >= s)
            order.emplace_back(hashCounters(seed_, round, i), i);
        else
            keepWaiting(round, darts[i]);
    }
    std::sort(order.begin(), order.end());
    for (const auto& [key, i] : order) {
        if (accepted_.size() == count_) break;
        Dart& dart = darts[i];
        dart.relative = grid_.nearestRelative(dart.positionMm, dart.normal, dart.spacingMm, s);
        if (dart.relative < s) {
            keepWaiting(round, dart);
            continue;
        }
        grid_.insert(dart.positionMm, dart.normal, dart.spacingMm);
        accepted_.push_back(dart);
    }
    const auto hits = static_cast<float>(accepted_.size() - before);
    hitRate_ = 0.5f * (hitRate_ + std::min(1.0f, hits / static_cast<float>(batch)));
}

float Placer::measureSpacing() {
    const Bounds bounds = boundsOf(mesh_);
    const float enough = 4 * glm::length(bounds.sizeMm()) / grid_.minRadiusMm();
    std::vector<float> nearest(accepted_.size());
    for (float scale = 0.8f;; scale *= 2) {
        grid_.rebuild(scale);
        parallelFor(accepted_.size(), [&](std::size_t i) {
            const Dart& dart = accepted_[i];
            nearest[i] = grid_.nearestRelative(dart.positionMm, dart.normal, dart.spacingMm, scale);
        });
        const float smallest = *std::min_element(nearest.begin(), nearest.end());
        if (smallest < scale) return smallest;
        if (scale > enough) return 0;  // a single sample, or each on a side of its own
    }
}

Result<SurfaceSamples> Placer::place() {
    accepted_.reserve(count_);
    for (std::size_t round = 0; accepted_.size() < count_; ++round) {
        if (spacingOfRound(round) < kSpacingFloor)
            return fail(
                ExitCode::badInput,
                "surface sampler: only {} of {} samples fit at {:.1f} of the hexagonal spacing; expected a "
                "smaller count or keep-clear discs that leave more room",
                accepted_.size(), count_, kSpacingFloor);
        std::vector<Dart> darts;
        if (round < waiting_.size()) darts = std::move(waiting_[round]);
        playRound(round, 0, batchOfRound(round), darts);
        if (round < waiting_.size()) waiting_[round] = {};
        if (round == nominalRound_)
            for (std::size_t pass = 1; pass <= kLastPasses && accepted_.size() < count_; ++pass) {
                darts.clear();
                playRound(round, pass, std::max(kMinBatch, count_), darts);
            }
    }
    waiting_.clear();

    SurfaceSamples samples;
    samples.expectedCount = darts_.expectedCount();
    samples.relativeSpacing = measureSpacing();
    samples.points.reserve(count_), samples.positionsMm.reserve(count_), samples.normals.reserve(count_);
    for (const Dart& dart : accepted_) {
        samples.points.push_back(dart.point);
        samples.positionsMm.push_back(dart.positionMm);
        samples.normals.push_back(dart.normal);
    }
    return samples;
}

}  // namespace

Result<SurfaceSamples> samplePoissonDisk(const TriMesh& mesh, std::span<const float> vertexDensityPerCm2,
                                         const SampleOptions& options) {
    STUBBLE_CHECK(checkInput(mesh, vertexDensityPerCm2, options));
    const DensityDarts darts(mesh, vertexDensityPerCm2);
    const double expected = darts.expectedCount();
    if (options.count.value_or(0) > kMaxSamples || (!options.count && expected > kMaxSamples + 0.5))
        return fail(ExitCode::badInput, "surface sampler: {:.0f} samples asked for, expected at most {}",
                    options.count ? static_cast<double>(*options.count) : expected, kMaxSamples);
    const std::size_t count = options.count.value_or(static_cast<std::size_t>(std::llround(expected)));
    SurfaceSamples none;
    none.expectedCount = expected;
    if (count == 0) return none;
    if (!(expected > 0))
        return fail(ExitCode::badInput,
                    "surface sampler: {} samples asked for where the density is 0 everywhere", count);
    const float finestMm = hexagonalSpacingMm(darts.maxDensityPerCm2() *
                                              static_cast<float>(static_cast<double>(count) / expected));
    const float sizeMm = glm::length(boundsOf(mesh).sizeMm());
    if (!(finestMm >= kFinestSpacing * sizeMm))
        return fail(
            ExitCode::badInput,
            "surface sampler: density peaks at {:.3g}/cm², a spacing of {:.3g} mm, finer than positions on a "
            "mesh of {:.3g} mm can hold",
            darts.maxDensityPerCm2(), finestMm, sizeMm);
    return Placer(mesh, darts, count, options).place();
}

}  // namespace stubble
