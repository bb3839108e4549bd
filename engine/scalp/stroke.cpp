#include "engine/scalp/stroke.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stubble {
namespace {

constexpr float kTraceStepMm = 1;
constexpr float kChordToleranceMm = 0.01f;     // of a trace's points that are left out
constexpr std::size_t kMaxChordSteps = 32;     // of a trace in one chord
constexpr std::size_t kRunSegments = 16;       // that share a box
constexpr float kCellMm = 10, kMaxCells = 48;  // of the grid: about a brush's width, and along an axis

Bounds nowhere() {
    constexpr float kFar = std::numeric_limits<float>::infinity();
    return {glm::vec3(kFar), glm::vec3(-kFar)};
}

void add(Bounds& bounds, glm::vec3 place) {
    bounds.minMm = glm::min(bounds.minMm, place);
    bounds.maxMm = glm::max(bounds.maxMm, place);
}

float distanceToSegment(glm::vec3 place, glm::vec3 a, glm::vec3 b) {
    const glm::vec3 ab = b - a;
    const float squared = glm::dot(ab, ab);
    const float t = squared > 0 ? std::clamp(glm::dot(place - a, ab) / squared, 0.0f, 1.0f) : 0;
    return glm::distance(place, a + t * ab);
}

/// Leaves out points while the chord over them stays within the tolerance of each.
std::vector<glm::vec3> withoutNeedless(std::span<const glm::vec3> line) {
    std::vector<glm::vec3> kept;
    for (std::size_t from = 0; from < line.size();) {
        kept.push_back(line[from]);
        const auto isCloseTo = [&](std::size_t to) {
            return std::ranges::all_of(line.subspan(from + 1, to - from - 1), [&](glm::vec3 point) {
                return distanceToSegment(point, line[from], line[to]) <= kChordToleranceMm;
            });
        };
        std::size_t to = from + 1;
        while (to + 1 < line.size() && to - from < kMaxChordSteps && isCloseTo(to + 1)) ++to;
        from = to;
    }
    return kept;
}

}  // namespace

StrokeOnSkin::StrokeOnSkin(std::span<const glm::vec3> lineMm, float radiusMm, float softness)
    : radiusMm_(radiusMm), coreMm_(radiusMm * (1 - softness)) {
    if (lineMm.empty()) return;
    if (radiusMm_ > coreMm_) inverseFadeMm_ = 1 / (radiusMm_ - coreMm_);
    const std::size_t segments = std::max<std::size_t>(lineMm.size() - 1, 1);
    const auto point = [&](std::size_t i) { return lineMm[std::min(i, lineMm.size() - 1)]; };
    for (std::size_t first = 0; first < segments; first += kRunSegments) {
        const std::size_t end = std::min(first + kRunSegments, segments);
        Bounds bounds = nowhere();
        Run run{.first = static_cast<std::uint32_t>(lanes_.size())};
        for (std::size_t k = first; k < end; k += kLanes) {
            Lanes& lanes = lanes_.emplace_back();
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                const std::size_t i = std::min(k + lane, end - 1);
                const glm::vec3 a = point(i), ab = point(i + 1) - a;
                const float squared = glm::dot(ab, ab);
                lanes.ax[lane] = a.x, lanes.ay[lane] = a.y, lanes.az[lane] = a.z;
                lanes.abx[lane] = ab.x, lanes.aby[lane] = ab.y, lanes.abz[lane] = ab.z;
                lanes.inverseSquared[lane] = squared > 0 ? 1 / squared : 0;
                add(bounds, a);
                add(bounds, a + ab);
            }
        }
        run.end = static_cast<std::uint32_t>(lanes_.size());
        run.low = Float4{bounds.minMm.x, bounds.minMm.y, bounds.minMm.z, 0};
        run.high = Float4{bounds.maxMm.x, bounds.maxMm.y, bounds.maxMm.z, 0};
        runs_.push_back(run);
    }
    boundsMm_ = nowhere();
    for (const Bounds& box : boxesMm()) {
        add(boundsMm_, box.minMm);
        add(boundsMm_, box.maxMm);
    }
}

std::vector<Bounds> StrokeOnSkin::boxesMm() const {
    std::vector<Bounds> boxes;
    for (const Run& run : runs_)
        boxes.push_back({glm::vec3(run.low[0], run.low[1], run.low[2]) - radiusMm_,
                         glm::vec3(run.high[0], run.high[1], run.high[2]) + radiusMm_});
    return boxes;
}

float StrokeOnSkin::squaredDistance(glm::vec3 positionMm, float belowSquared, float enoughSquared) const {
    const auto all = [](float value) { return Float4{value, value, value, value}; };
    const Float4 px = all(positionMm.x), py = all(positionMm.y), pz = all(positionMm.z);
    const Float4 zero = all(0), one = all(1);
    const Float4 place = {positionMm.x, positionMm.y, positionMm.z, 0};
    Float4 best = all(belowSquared);
    float nearest = belowSquared;
    for (const Run& run : runs_) {
        const Float4 below = run.low - place, above = place - run.high;
        Float4 off = below > above ? below : above;
        off = off > zero ? off : zero;
        off *= off;
        if (off[0] + off[1] + off[2] >= nearest) continue;
        for (std::uint32_t k = run.first; k < run.end; ++k) {
            const Lanes& s = lanes_[k];
            const Float4 x = px - s.ax, y = py - s.ay, z = pz - s.az;
            Float4 t = (x * s.abx + y * s.aby + z * s.abz) * s.inverseSquared;
            t = t > zero ? t : zero;
            t = t < one ? t : one;
            const Float4 dx = x - t * s.abx, dy = y - t * s.aby, dz = z - t * s.abz;
            const Float4 squared = dx * dx + dy * dy + dz * dz;
            best = squared < best ? squared : best;
        }
        nearest = std::min(std::min(best[0], best[1]), std::min(best[2], best[3]));
        if (nearest <= enoughSquared) break;
    }
    return nearest;
}

float StrokeOnSkin::distanceMm(glm::vec3 positionMm) const {
    return std::sqrt(squaredDistance(positionMm, std::numeric_limits<float>::infinity(), 0));
}

float StrokeOnSkin::shareAt(glm::vec3 positionMm) const {
    const float outer = radiusMm_ * radiusMm_, inner = coreMm_ * coreMm_;
    const float squared = squaredDistance(positionMm, outer, inner);
    if (squared >= outer) return 0;
    if (squared <= inner) return 1;
    const float t = (radiusMm_ - std::sqrt(squared)) * inverseFadeMm_;
    return t * t * (3 - 2 * t);
}

StrokeOnSkin layStroke(const SkullTracer& tracer, std::span<const glm::vec2> chartPoints, float radiusMm,
                       float softness) {
    return {withoutNeedless(tracer.trace(chartPoints, false, kTraceStepMm)), radiusMm, softness};
}

StrokeGrid::StrokeGrid(std::span<const StrokeOnSkin> strokes) {
    Bounds all = nowhere();
    for (const StrokeOnSkin& stroke : strokes) {
        if (stroke.empty()) continue;
        add(all, stroke.boundsMm().minMm);
        add(all, stroke.boundsMm().maxMm);
    }
    if (all.minMm.x > all.maxMm.x) return;
    boundsMm_ = all;
    inverseCellMm_ = 1.0f / glm::max(all.sizeMm() / kMaxCells, glm::vec3(kCellMm));
    size_ = cellOf(all.maxMm) + 1;
    const auto cells = static_cast<std::size_t>(size_.x) * size_.y * size_.z;

    // Once to count, once to fill; a stroke is put into a cell once.
    constexpr std::uint32_t kNone = ~0u;
    const auto eachCell = [&](const auto& visit) {
        std::vector<std::uint32_t> last(cells, kNone);
        for (std::uint32_t i = 0; i < strokes.size(); ++i)
            for (const Bounds& box : strokes[i].boxesMm()) {
                const glm::ivec3 low = cellOf(box.minMm), high = cellOf(box.maxMm);
                for (int z = low.z; z <= high.z; ++z)
                    for (int y = low.y; y <= high.y; ++y)
                        for (int x = low.x; x <= high.x; ++x)
                            if (const std::size_t cell = indexOf({x, y, z}); last[cell] != i) {
                                last[cell] = i;
                                visit(cell, i);
                            }
            }
    };
    starts_.assign(cells + 1, 0);
    eachCell([&](std::size_t cell, std::uint32_t) { ++starts_[cell + 1]; });
    for (std::size_t i = 0; i < cells; ++i) starts_[i + 1] += starts_[i];
    strokes_.resize(starts_.back());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    eachCell([&](std::size_t cell, std::uint32_t stroke) { strokes_[next[cell]++] = stroke; });
}

glm::ivec3 StrokeGrid::cellOf(glm::vec3 positionMm) const {
    return glm::ivec3((positionMm - boundsMm_.minMm) * inverseCellMm_);
}

std::size_t StrokeGrid::indexOf(glm::ivec3 cell) const {
    return (static_cast<std::size_t>(cell.z) * size_.y + cell.y) * size_.x + cell.x;
}

std::span<const std::uint32_t> StrokeGrid::near(glm::vec3 positionMm) const {
    const bool inside = glm::all(glm::greaterThanEqual(positionMm, boundsMm_.minMm)) &&
                        glm::all(glm::lessThanEqual(positionMm, boundsMm_.maxMm));
    if (!inside) return {};
    const std::size_t cell = indexOf(cellOf(positionMm));
    return {strokes_.data() + starts_[cell], strokes_.data() + starts_[cell + 1]};
}

}  // namespace stubble
