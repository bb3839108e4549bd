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

std::uint64_t hashKey(std::uint64_t key) {
    key *= 0x9e3779b97f4a7c15ull;
    return key ^ (key >> 32);
}

/// 19 bits an axis and 5 of the level: cells are at least a millionth of the bounds.
std::uint64_t brickKey(glm::uvec3 cell, std::uint32_t level) {
    return static_cast<std::uint64_t>(cell.x >> 2) | static_cast<std::uint64_t>(cell.y >> 2) << 19 |
           static_cast<std::uint64_t>(cell.z >> 2) << 38 | static_cast<std::uint64_t>(level) << 57;
}

std::uint32_t cellInBrick(glm::uvec3 cell) {
    return (cell.x & 3u) | (cell.y & 3u) << 2 | (cell.z & 3u) << 4;
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

glm::uvec3 DiskGrid::cellOf(glm::vec3 positionMm, int level) const {
    const Level& grid = levels_[static_cast<std::size_t>(level)];
    return glm::uvec3(glm::ivec3((positionMm - originMm_) * grid.inverseCellMm));
}

const DiskGrid::Brick* DiskGrid::findBrick(std::uint64_t key) const {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hashKey(key) & mask;; i = (i + 1) & mask) {
        if (slots_[i].key == key) return &bricks_[slots_[i].brick];
        if (slots_[i].key == kNoKey) return nullptr;
    }
}

std::uint32_t& DiskGrid::headOf(glm::uvec3 cell, int level) {
    const std::uint64_t key = brickKey(cell, static_cast<std::uint32_t>(level));
    if (2 * bricks_.size() >= slots_.size()) growSlots();
    const std::size_t mask = slots_.size() - 1;
    std::size_t i = hashKey(key) & mask;
    while (slots_[i].key != key && slots_[i].key != kNoKey) i = (i + 1) & mask;
    if (slots_[i].key == kNoKey) {
        slots_[i] = {key, static_cast<std::uint32_t>(bricks_.size())};
        bricks_.emplace_back().heads.fill(kNone);
    }
    return bricks_[slots_[i].brick].heads[cellInBrick(cell)];
}

void DiskGrid::growSlots() {
    std::vector<Slot> old(std::max<std::size_t>(64, 2 * slots_.size()));
    old.swap(slots_);
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.key == kNoKey) continue;
        std::size_t i = hashKey(slot.key) & mask;
        while (slots_[i].key != kNoKey) i = (i + 1) & mask;
        slots_[i] = slot;
    }
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
    std::uint32_t& head = headOf(cellOf(entry.positionMm, level), level);
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
    std::fill(slots_.begin(), slots_.end(), Slot{});
    if (slots_.empty()) slots_.resize(64);
    bricks_.clear();
    blockLevels_.assign(levelCount_ > 1 ? kBlockSlots : 0, 0);
    for (std::uint32_t i = 0; i < entries_.size(); ++i) link(i);

    // Lay the discs in the order of bricks, cells and chains, so that a query reads few pieces of memory.
    std::vector<Entry> sorted;
    sorted.reserve(entries_.capacity());
    for (Brick& brick : bricks_) {
        for (std::uint32_t& head : brick.heads) {
            if (head == kNone) continue;
            std::uint32_t i = head;
            head = static_cast<std::uint32_t>(sorted.size());
            for (; i != kNone; i = entries_[i].next) {
                sorted.push_back(entries_[i]);
                sorted.back().next = static_cast<std::uint32_t>(sorted.size());
            }
            sorted.back().next = kNone;
        }
    }
    entries_ = std::move(sorted);
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
        const glm::uvec3 own{glm::ivec3(place)};
        // Along each axis the nearer neighbour is met; squares of the way to it, in cells.
        const glm::vec3 within = place - glm::vec3(own);
        const glm::vec3 way = glm::min(within, 1.0f - within), square = way * way;
        const glm::uvec3 turn{within.x < 0.5f ? ~0u : 1u, within.y < 0.5f ? ~0u : 1u,
                              within.z < 0.5f ? ~0u : 1u};
        const float reach =
            std::min(radiusMm, levels_[level].maxRadiusMm) * levels_[level].inverseCellMm * kMargin;
        std::uint64_t key = kNoKey;
        const Brick* brick = nullptr;
        for (std::uint32_t k = 0; k < 8; ++k) {
            const std::uint32_t x = k & 1u, y = (k >> 1) & 1u, z = k >> 2;
            const float away = (x ? square.x : 0) + (y ? square.y : 0) + (z ? square.z : 0);
            if (away > best * best * reach * reach) continue;
            const glm::uvec3 cell = own + glm::uvec3(x, y, z) * turn;
            if (const std::uint64_t cellKey = brickKey(cell, level); cellKey != key) {
                key = cellKey;
                brick = findBrick(key);
            }
            if (brick == nullptr) continue;
            for (std::uint32_t i = brick->heads[cellInBrick(cell)]; i != kNone; i = entries_[i].next) {
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
