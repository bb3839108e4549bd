#include "engine/scalp/stroke.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stubble {
namespace {

constexpr float kTraceStepMm = 1;
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

float squaredDistanceTo(const Bounds& bounds, glm::vec3 place) {
    const glm::vec3 off = glm::max(glm::max(bounds.minMm - place, place - bounds.maxMm), glm::vec3(0));
    return glm::dot(off, off);
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
        Run run{nowhere(), static_cast<std::uint32_t>(lanes_.size()), 0};
        for (std::size_t k = first; k < end; k += kLanes) {
            Lanes& lanes = lanes_.emplace_back();
            for (std::size_t lane = 0; lane < kLanes; ++lane) {
                const std::size_t i = std::min(k + lane, end - 1);
                const glm::vec3 a = point(i), ab = point(i + 1) - a;
                const float squared = glm::dot(ab, ab);
                lanes.ax[lane] = a.x, lanes.ay[lane] = a.y, lanes.az[lane] = a.z;
                lanes.abx[lane] = ab.x, lanes.aby[lane] = ab.y, lanes.abz[lane] = ab.z;
                lanes.inverseSquared[lane] = squared > 0 ? 1 / squared : 0;
                add(run.boundsMm, a);
                add(run.boundsMm, a + ab);
            }
        }
        run.end = static_cast<std::uint32_t>(lanes_.size());
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
        boxes.push_back({run.boundsMm.minMm - radiusMm_, run.boundsMm.maxMm + radiusMm_});
    return boxes;
}

float StrokeOnSkin::squaredDistance(glm::vec3 positionMm, float belowSquared, float enoughSquared) const {
    std::array<float, kLanes> best;
    best.fill(belowSquared);
    float nearest = belowSquared;
    for (const Run& run : runs_) {
        if (squaredDistanceTo(run.boundsMm, positionMm) >= nearest) continue;
        for (std::uint32_t k = run.first; k < run.end; ++k) {
            const Lanes& s = lanes_[k];
            for (std::size_t i = 0; i < kLanes; ++i) {
                const float x = positionMm.x - s.ax[i], y = positionMm.y - s.ay[i],
                            z = positionMm.z - s.az[i];
                float t = (x * s.abx[i] + y * s.aby[i] + z * s.abz[i]) * s.inverseSquared[i];
                t = t > 0 ? t : 0;
                t = t < 1 ? t : 1;
                const float dx = x - t * s.abx[i], dy = y - t * s.aby[i], dz = z - t * s.abz[i];
                const float squared = dx * dx + dy * dy + dz * dz;
                best[i] = squared < best[i] ? squared : best[i];
            }
        }
        nearest = *std::min_element(best.begin(), best.end());
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
    return {tracer.trace(chartPoints, false, kTraceStepMm), radiusMm, softness};
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
