// Samples by dart throwing with a shrinking radius (McCool and Fiume, "Hierarchical Poisson disk sampling
// distributions", 1992), in parallel over cells of like colour (Wei, "Parallel Poisson disk sampling", 2008),
// on surfaces, from pools of candidates that hold their distance to the nearest sample.
//
// Levels: a sample of level k keeps radius r(max of the two levels) from every other, r falling from level to
// level by a fixed factor. Within a level samples come in random order. A prefix that ends in level k so has
// a smallest distance of at least r(k) and leaves no gap much wider than r(k − 1).
//
// Stages: the levels of one halving of the radius are thrown together. A stage cuts the surface into cells of
// a few hundred samples to come, and does a cell with all the stage's levels at a time, so that work stays in
// the cache; cells whose neighbours must not change meanwhile come in eight phases by the parity of their
// place. What a cell finds finished next to it it keeps off by the rule above, so the order of cells costs a
// little evenness where they meet, never distance.

#include "engine/geometry/blue_noise.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/geometry/patch_filler.h"
#include "engine/geometry/surface_cells.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxSamples = 16'000'000;  // some 1.5 GB of work space

/// Candidates for each sample to come. More let samples pack more closely and leave smaller holes, and take
/// longer: ranked sets reach 0.706 of the hexagonal spacing with 20, 0.712 with 36.
constexpr double kRankedPool = 22;
/// Relative spacing at which the last level of a ranked set ends.
constexpr double kRankedSpacing = 0.698;
/// Levels for each halving of the radius: a prefix that ends between two has up to half a step, 2 %, less.
constexpr int kLevelsPerHalving = 16;
/// From the first radius of a stage to its last. Where cells meet, a prefix that ends inside a stage may lack
/// a sample that the neighbour already reckons with; the shorter the stage, the smaller the gap. At 2 the
/// largest one was 1.07 spacings, at √2 1.01, at 2^(1/4) 0.93; each halving of the step costs a third more
/// time.
constexpr double kStageRatio = std::numbers::sqrt2;
constexpr double kFirstStageCount = 4000;  ///< below, there is one stage, and one cell
constexpr double kFirstCount = 8;          ///< samples that the first level could place
/// Cells of about 350 samples: their pools stay in a second-level cache.
constexpr double kCellSpacings = 18;
constexpr float kLeastSpacing = 0.5f, kMostSpacing = 0.76f;  ///< that can be asked for
/// Samples use as much room as if the surface went on by this many spacings beyond its border. Measured on
/// squares, 200 to 18,000 samples: 0.21 to 0.32, mean 0.26.
constexpr double kBorderSpacings = 0.26;
/// The finest spacing relative to the mesh's largest coordinate: a hundred steps of single precision.
constexpr float kFinestSpacing = 1e-5f;
/// Further stages where a surface of odd shape holds fewer samples than most: a few at the same distance,
/// then each 1 % closer.
constexpr int kStagesAtSameRadius = 3, kMostExtraStages = 80;

struct Stage {
    std::vector<float> radiiMm;
    float poolPerMm2 = 0;
    float cellMm = 0;  ///< 0: one for all
};

/// Places are never negative but in the neighbours of the first ones: one is added.
std::uint64_t placeKey(glm::ivec3 place) {
    return static_cast<std::uint64_t>(place.x + 1) << 42 | static_cast<std::uint64_t>(place.y + 1) << 21 |
           static_cast<std::uint64_t>(place.z + 1);
}

class Sampler {
  public:
    Sampler(const TriMesh& mesh, std::span<const std::uint32_t> triangles, std::uint64_t seed)
        : mesh_(mesh), triangles_(triangles), seed_(seed), fillers_([&] { return PatchFiller(mesh); }) {}

    void run(const Stage& stage);
    [[nodiscard]] std::vector<PlacedSample>& samples() { return samples_; }

  private:
    struct Neighbourhood;
    void fillCell(const SurfaceCells& cells, std::uint32_t cell, const Stage& stage,
                  std::vector<std::vector<PlacedSample>>& placed);

    const TriMesh& mesh_;
    std::span<const std::uint32_t> triangles_;
    std::uint64_t seed_;
    std::vector<PlacedSample> samples_;
    std::vector<std::uint64_t> olderKeys_;  ///< of the samples of earlier stages, sorted
    std::uint16_t firstLevel_ = 0;
    tbb::enumerable_thread_specific<PatchFiller> fillers_;
};

void Sampler::fillCell(const SurfaceCells& cells, std::uint32_t cell, const Stage& stage,
                       std::vector<std::vector<PlacedSample>>& placed) {
    const SurfaceCells::Cell& here = cells.cells()[cell];
    PatchFiller& filler = fillers_.local();
    std::vector<std::uint32_t> around;
    for (int k = 0; k < 27; ++k)
        if (const auto found = cells.find(here.place + glm::ivec3(k % 3, k / 3 % 3, k / 9) - 1))
            around.push_back(*found);
    std::array<std::pair<std::size_t, std::size_t>, 9> older;
    for (int k = 0; k < 9; ++k) {
        // Three places in a row along z are neighbours in the order, too.
        const std::uint64_t row = placeKey(here.place + glm::ivec3(k % 3, k / 3, 0) - glm::ivec3(1, 1, 1));
        const auto first = std::lower_bound(olderKeys_.begin(), olderKeys_.end(), row);
        const auto last = std::lower_bound(first, olderKeys_.end(), row + 3);
        older[static_cast<std::size_t>(k)] = {first - olderKeys_.begin(), last - olderKeys_.begin()};
    }
    for (const SurfacePatch& patch : cells.patchesOf(here)) {
        filler.begin(cells, patch, stage.poolPerMm2, stage.radiiMm.back(),
                     hashCounters(seed_, firstLevel_, (static_cast<std::uint64_t>(cell) << 3) | patch.side));
        if (filler.empty()) continue;
        const auto keepOff = [&](const PlacedSample& sample, float radiusMm) {
            const Bounds& bounds = filler.boundsMm();
            const glm::vec3 out =
                glm::max(bounds.minMm - sample.positionMm, sample.positionMm - bounds.maxMm);
            return std::max({out.x, out.y, out.z}) < radiusMm && filler.keepOff(sample, radiusMm);
        };
        for (const auto& [first, last] : older)
            for (std::size_t i = first; i < last; ++i) keepOff(samples_[i], stage.radiiMm.front());
        for (const std::uint32_t other : around) {
            for (PlacedSample& sample : placed[other])
                if (keepOff(sample, stage.radiiMm[sample.level - firstLevel_]))
                    // Other cells of the phase may be saying the same.
                    std::atomic_ref(sample.leanedOn).store(1, std::memory_order_relaxed);
        }
        filler.fill(stage.radiiMm, firstLevel_, placed[cell]);
    }
}

void Sampler::run(const Stage& stage) {
    const float wholeMm = 2 * glm::length(boundsOf(mesh_).sizeMm());
    const SurfaceCells cells(mesh_, triangles_, stage.cellMm > 0 ? stage.cellMm : wholeMm);
    const std::size_t count = cells.cells().size();

    // Older samples in the order of the places they lie in.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys(samples_.size());
    parallelFor(samples_.size(), [&](std::size_t i) {
        keys[i] = {placeKey(cells.placeOf(samples_[i].positionMm)), static_cast<std::uint32_t>(i)};
    });
    tbb::parallel_sort(keys.begin(), keys.end());
    std::vector<PlacedSample> sorted(samples_.size());
    olderKeys_.resize(samples_.size());
    parallelFor(keys.size(), [&](std::size_t i) {
        sorted[i] = samples_[keys[i].second];
        olderKeys_[i] = keys[i].first;
    });
    samples_ = std::move(sorted);

    std::vector<std::vector<std::uint32_t>> phases(8);
    for (std::uint32_t i = 0; i < count; ++i) {
        const glm::ivec3 odd = cells.cells()[i].place & 1;
        phases[static_cast<std::size_t>(odd.x + 2 * odd.y + 4 * odd.z)].push_back(i);
    }
    std::vector<std::vector<PlacedSample>> placed(count);
    for (const auto& phase : phases)
        parallelFor(
            phase.size(), [&](std::size_t i) { fillCell(cells, phase[i], stage, placed); }, 1);
    for (const auto& some : placed) samples_.insert(samples_.end(), some.begin(), some.end());
    firstLevel_ = static_cast<std::uint16_t>(firstLevel_ + stage.radiiMm.size());
}

/// The hexagonal spacing of so many points.
double hexagonalMm(double areaMm2, double count) {
    return std::sqrt(2 * areaMm2 / (std::sqrt(3.0) * count));
}

/// One stage for all. Its first levels are few and coarse, against the crowding at the smallest distance that
/// throwing at one radius ends in; the last ones are fine, so that those to drop are of a kind.
std::vector<Stage> plainStages(double areaMm2, double count, double spacing) {
    // Measured: n candidates a sample, thrown at one radius, reach 0.777 − 0.22/√n; coarse levels cost up to
    // 0.024 more.
    const double tight = std::clamp((spacing - 0.70) / 0.05, 0.0, 1.0);
    const double wanted = spacing + 0.024 * (1 - tight * tight * tight) + 0.001;
    const double pool = std::max(8.0, std::pow(0.22 / (0.777 - wanted), 2));
    const double d = hexagonalMm(areaMm2, count), last = spacing * d;
    const double top = glm::mix(1.3, 1.01, tight);
    Stage stage;
    for (const double factor : {top, 1 + 2 * (top - 1) / 3, 1 + (top - 1) / 3, 1.01, 1.005, 1.0})
        stage.radiiMm.push_back(static_cast<float>(factor * last));
    stage.poolPerMm2 = static_cast<float>(pool * count / areaMm2);
    stage.cellMm = static_cast<float>(kCellSpacings * d);
    return {stage};
}

std::vector<Stage> rankedStages(double areaMm2, double count) {
    std::vector<Stage> stages;
    double end = kRankedSpacing * hexagonalMm(areaMm2, count);
    for (double n = count;; n /= kStageRatio * kStageRatio) {
        Stage stage;
        const bool first = n < kFirstStageCount;
        const double start =
            first ? std::max(2 * end, kRankedSpacing * hexagonalMm(areaMm2, kFirstCount)) : kStageRatio * end;
        const int steps = static_cast<int>(std::ceil(kLevelsPerHalving * std::log2(start / end)));
        for (int k = 1; k <= steps; ++k)
            stage.radiiMm.push_back(
                static_cast<float>(start * std::pow(end / start, static_cast<double>(k) / steps)));
        stage.poolPerMm2 = static_cast<float>(kRankedPool * n / areaMm2);
        stage.cellMm = first ? 0 : static_cast<float>(kCellSpacings * end / kRankedSpacing);
        stages.push_back(stage);
        if (first) break;
        end = start;
    }
    std::reverse(stages.begin(), stages.end());
    return stages;
}

/// Drops all but `count` samples: those of late levels, and by chance within a level. One that a neighbouring
/// patch leans on stays if that can be: without it there would be a gap.
void keepCount(std::vector<PlacedSample>& samples, std::size_t count) {
    std::vector<std::uint32_t> free;
    for (std::uint32_t i = 0; i < samples.size(); ++i)
        if (!samples[i].leanedOn) free.push_back(i);
    const std::size_t excess = samples.size() - count;
    if (free.size() < excess) {
        free.resize(samples.size());
        std::iota(free.begin(), free.end(), 0u);
    }
    std::nth_element(free.begin(), free.begin() + static_cast<std::ptrdiff_t>(excess), free.end(),
                     [&](std::uint32_t a, std::uint32_t b) {
                         return std::tuple(samples[a].level, samples[a].order, a) >
                                std::tuple(samples[b].level, samples[b].order, b);
                     });
    free.resize(excess);
    std::ranges::sort(free);
    std::size_t kept = 0, next = 0;
    for (std::uint32_t i = 0; i < samples.size(); ++i) {
        if (next < free.size() && free[next] == i)
            ++next;
        else
            samples[kept++] = samples[i];
    }
    samples.resize(kept);
}

/// Sorts by level, then by chance.
std::vector<PlacedSample> ranked(const std::vector<PlacedSample>& samples) {
    std::vector<std::size_t> starts(2, 0);
    for (const PlacedSample& sample : samples) {
        if (sample.level + 2u > starts.size()) starts.resize(sample.level + 2u, 0);
        ++starts[sample.level + 1u];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::pair<std::uint32_t, std::uint32_t>> order(samples.size());
    std::vector<std::size_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t i = 0; i < samples.size(); ++i)
        order[next[samples[i].level]++] = {samples[i].order, i};
    parallelFor(
        next.size(),
        [&](std::size_t level) {
            std::sort(order.begin() + static_cast<std::ptrdiff_t>(starts[level]),
                      order.begin() + static_cast<std::ptrdiff_t>(starts[level + 1]));
        },
        1);
    std::vector<PlacedSample> sorted(samples.size());
    parallelFor(sorted.size(), [&](std::size_t i) { sorted[i] = samples[order[i].second]; });
    return sorted;
}

/// The triangles asked for, checked.
Result<std::vector<std::uint32_t>> chosenTriangles(const TriMesh& mesh, const BlueNoiseOptions& options) {
    if (mesh.normals.size() != mesh.positionsMm.size())
        return fail(ExitCode::badInput, "samples: {} normals for {} vertices, expected one a vertex",
                    mesh.normals.size(), mesh.positionsMm.size());
    if (options.count > kMaxSamples)
        return fail(ExitCode::badInput, "samples: {} asked for, expected at most {}", options.count,
                    kMaxSamples);
    if (!(options.spacing >= kLeastSpacing && options.spacing <= kMostSpacing))
        return fail(ExitCode::badInput, "samples: a relative spacing of {}, expected {} to {}",
                    options.spacing, kLeastSpacing, kMostSpacing);
    std::vector<std::uint32_t> triangles(options.triangles.begin(), options.triangles.end());
    if (triangles.empty()) {
        triangles.resize(mesh.triangles.size());
        std::iota(triangles.begin(), triangles.end(), 0u);
    }
    for (const std::uint32_t i : triangles)
        if (i >= mesh.triangles.size())
            return fail(ExitCode::badInput, "samples: triangle {} of {}", i, mesh.triangles.size());
    return triangles;
}

BlueNoise assemble(const TriMesh& mesh, double areaMm2, const std::vector<PlacedSample>& samples) {
    BlueNoise out;
    out.areaMm2 = areaMm2;
    out.points.resize(samples.size());
    out.positionsMm.resize(samples.size());
    out.normals.resize(samples.size());
    parallelFor(samples.size(), [&](std::size_t i) {
        out.points[i] = pointOf(samples[i]);
        out.positionsMm[i] = samples[i].positionMm;
        out.normals[i] = normalAt(mesh, out.points[i]);
    });
    return out;
}

}  // namespace

SampledRegion::SampledRegion(const TriMesh& mesh, std::span<const std::uint32_t> triangles) {
    std::vector<std::uint64_t> edges;
    edges.reserve(3 * triangles.size());
    for (const std::uint32_t i : triangles) {
        areaMm2 += triangleAreaMm2(mesh, i);
        for (int k = 0; k < 3; ++k) {
            const std::uint32_t a = mesh.triangles[i][k], b = mesh.triangles[i][(k + 1) % 3];
            edges.push_back(static_cast<std::uint64_t>(std::min(a, b)) << 32 | std::max(a, b));
        }
    }
    tbb::parallel_sort(edges.begin(), edges.end());
    for (std::size_t i = 0; i < edges.size();) {
        std::size_t next = i + 1;
        while (next < edges.size() && edges[next] == edges[i]) ++next;
        if (next == i + 1)
            borderMm += glm::distance(mesh.positionsMm[edges[i] >> 32],
                                      mesh.positionsMm[static_cast<std::uint32_t>(edges[i])]);
        i = next;
    }
}

double SampledRegion::densityPerCm2(double prefix) const {
    if (!(prefix > 0)) return 0;
    return 100 * prefix / (areaMm2 + kBorderSpacings * hexagonalMm(areaMm2, prefix) * borderMm);
}

Result<BlueNoise> sampleBlueNoise(const TriMesh& mesh, const BlueNoiseOptions& options) {
    STUBBLE_TRY(const std::vector<std::uint32_t> triangles, chosenTriangles(mesh, options));
    double areaMm2 = 0;
    for (const std::uint32_t i : triangles) areaMm2 += triangleAreaMm2(mesh, i);
    if (options.count == 0) return assemble(mesh, areaMm2, {});
    if (!(areaMm2 > 0) || !std::isfinite(areaMm2))
        return fail(ExitCode::badInput, "samples: {} asked for of an area of {}", options.count, areaMm2);
    const auto count = static_cast<double>(options.count);
    const Bounds bounds = boundsOf(mesh);
    const glm::vec3 farthest = glm::max(glm::abs(bounds.minMm), glm::abs(bounds.maxMm));
    if (hexagonalMm(areaMm2, count) < kFinestSpacing * std::max({farthest.x, farthest.y, farthest.z}))
        return fail(ExitCode::badInput,
                    "samples: {} on an area of {} lie closer than positions so far from the origin can tell",
                    options.count, areaMm2);
    Sampler sampler(mesh, triangles, options.seed);
    Stage last;
    for (const Stage& stage :
         options.ranked ? rankedStages(areaMm2, count) : plainStages(areaMm2, count, options.spacing)) {
        sampler.run(stage);
        last = stage;
    }
    std::vector<PlacedSample>& samples = sampler.samples();
    for (int more = 0; samples.size() < options.count; ++more) {
        if (more == kMostExtraStages)
            return fail(ExitCode::badInput, "samples: only {} of {} found room", samples.size(),
                        options.count);
        // At first at the same distance in a fresh pool, then closer.
        const float radiusMm = last.radiiMm.back();
        if (more < kStagesAtSameRadius)
            last.radiiMm = {radiusMm};
        else
            last.radiiMm = {0.995f * radiusMm, 0.99f * radiusMm};
        sampler.run(last);
    }
    keepCount(samples, options.count);
    return assemble(mesh, areaMm2, options.ranked ? ranked(samples) : samples);
}

}  // namespace stubble
