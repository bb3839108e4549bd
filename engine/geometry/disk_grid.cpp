#include "engine/geometry/disk_grid.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/geometry/surface_sampler.h"

namespace stubble {
namespace {

constexpr std::uint32_t kBlockSlots = 1u << 14;  // 64 KiB: stays in the second-level cache
constexpr float kMargin = 1.001f;                // cells are larger than reach by more than rounding

std::uint32_t hashCell(std::uint32_t x, std::uint32_t y, std::uint32_t z, std::uint32_t salt) {
    // Primes of Teschner et al., "Optimized spatial hashing for collision detection", 2003.
    std::uint32_t h = (x * 73856093u) ^ (y * 19349663u) ^ (z * 83492791u) ^ (salt * 0x9e3779b9u);
    h ^= h >> 15;
    h *= 0x2c1b3c6du;
    return h ^ (h >> 13);
}

}  // namespace

DiskGrid::DiskGrid(const Bounds& boundsMm, float minRadiusMm, float maxRadiusMm)
    : boundsMinMm_(boundsMm.minMm), minRadiusMm_(minRadiusMm), levelCount_(1) {
    levelCount_ = kMaxLevels;
    levelCount_ = levelOf(maxRadiusMm) + 1;
    levels_.resize(static_cast<std::size_t>(levelCount_));
    for (int l = 0; l < levelCount_; ++l)
        levels_[static_cast<std::size_t>(l)].maxRadiusMm =
            std::max(minRadiusMm * std::exp2(0.5f * static_cast<float>(l + 1)) * kMargin,
                     l + 1 == levelCount_ ? maxRadiusMm * kMargin : 0.0f);
    rebuild(1);
}

int DiskGrid::levelOf(float radiusMm) const {
    const int level = static_cast<int>(2 * std::log2(std::max(radiusMm / minRadiusMm_, 1.0f)));
    return std::min(level, levelCount_ - 1);
}

std::uint32_t DiskGrid::bucketOf(glm::vec3 positionMm, int level) const {
    const glm::uvec3 cell(
        glm::ivec3((positionMm - originMm_) * levels_[static_cast<std::size_t>(level)].inverseCellMm));
    return hashCell(cell.x, cell.y, cell.z, static_cast<std::uint32_t>(level)) & bucketMask_;
}

void DiskGrid::markBlocks(glm::vec3 positionMm, int level) {
    if (levelCount_ == 1) return;
    const float reachMm = maxScale_ * levels_[static_cast<std::size_t>(level)].maxRadiusMm * kMargin;
    const glm::ivec3 low((positionMm - reachMm - originMm_) * inverseBlockMm_);
    const glm::ivec3 high((positionMm + reachMm - originMm_) * inverseBlockMm_);
    for (int z = low.z; z <= high.z; ++z)
        for (int y = low.y; y <= high.y; ++y)
            for (int x = low.x; x <= high.x; ++x) {
                const glm::uvec3 block(glm::ivec3(x, y, z));
                blockLevels_[hashCell(block.x, block.y, block.z, 77) % kBlockSlots] |= 1u << level;
            }
}

void DiskGrid::link(std::uint32_t index) {
    Entry& entry = entries_[index];
    const int level = levelOf(entry.radiusMm);
    std::uint32_t& head = heads_[bucketOf(entry.positionMm, level)];
    entry.next = head;
    head = index;
    markBlocks(entry.positionMm, level);
}

void DiskGrid::rebuild(float maxScale) {
    maxScale_ = maxScale;
    // Twice the reach: the eight cells nearest to a place hold all that it can conflict with.
    float largestCellMm = 0;
    for (Level& level : levels_) {
        largestCellMm = 2 * maxScale * level.maxRadiusMm * kMargin;
        level.inverseCellMm = 1 / largestCellMm;
    }
    originMm_ = boundsMinMm_ - 2 * largestCellMm;  // so that cell coordinates are never negative
    inverseBlockMm_ = 1 / largestCellMm;
    bucketMask_ =
        std::bit_ceil(static_cast<std::uint32_t>(std::max<std::size_t>(2 * entries_.size(), 64))) - 1;
    heads_.assign(bucketMask_ + 1u, kNone);
    blockLevels_.assign(levelCount_ > 1 ? kBlockSlots : 0, 0);

    // Sort by bucket, so that a chain lies in one piece.
    std::vector<std::uint32_t> bucketStarts(bucketMask_ + 2u, 0), buckets(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        buckets[i] = bucketOf(entries_[i].positionMm, levelOf(entries_[i].radiusMm));
        ++bucketStarts[buckets[i] + 1u];
    }
    for (std::size_t b = 1; b < bucketStarts.size(); ++b) bucketStarts[b] += bucketStarts[b - 1];
    std::vector<Entry> sorted(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) sorted[bucketStarts[buckets[i]]++] = entries_[i];
    entries_ = std::move(sorted);
    for (auto i = static_cast<std::uint32_t>(entries_.size()); i-- > 0;) link(i);
}

void DiskGrid::insert(glm::vec3 positionMm, glm::vec3 normal, float radiusMm) {
    entries_.push_back({positionMm, radiusMm, normal, kNone});
    link(static_cast<std::uint32_t>(entries_.size() - 1));
}

float DiskGrid::nearestRelative(glm::vec3 positionMm, glm::vec3 normal, float radiusMm, float scale,
                                float enough) const {
    std::uint32_t present = 1;
    if (levelCount_ > 1) {
        const glm::uvec3 block(glm::ivec3((positionMm - originMm_) * inverseBlockMm_));
        present = blockLevels_[hashCell(block.x, block.y, block.z, 77) % kBlockSlots];
    }
    float best = scale;
    for (; present != 0; present &= present - 1) {
        const auto level = static_cast<std::uint32_t>(std::countr_zero(present));
        const glm::vec3 place = (positionMm - originMm_) * levels_[level].inverseCellMm;
        const glm::uvec3 own{glm::ivec3(place)}, low{glm::ivec3(place - 0.5f)};
        const glm::uvec3 bits = own - low;
        const std::uint32_t ownCorner = bits.x | bits.y << 1 | bits.z << 2;
        for (std::uint32_t k = 0; k < 8; ++k) {
            const std::uint32_t corner = k ^ ownCorner;  // the query's own cell first
            const std::uint32_t bucket =
                hashCell(low.x + (corner & 1u), low.y + ((corner >> 1) & 1u), low.z + (corner >> 2), level) &
                bucketMask_;
            for (std::uint32_t i = heads_[bucket]; i != kNone; i = entries_[i].next) {
                const Entry& entry = entries_[i];
                const glm::vec3 step = entry.positionMm - positionMm;
                const float squared = glm::dot(step, step);
                const float shared = std::min(radiusMm, entry.radiusMm);
                const float limit = best * shared;
                // The surface distance is never less than the straight one.
                if (squared >= limit * limit || (squared == 0 && entry.radiusMm == radiusMm)) continue;
                best = std::min(
                    best, surfaceDistanceMm(positionMm, normal, entry.positionMm, entry.normal) / shared);
                if (best < enough) return best;
            }
        }
    }
    return best;
}

}  // namespace stubble
