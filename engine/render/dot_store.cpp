#include "engine/render/dot_store.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/core/parallel.h"
#include "engine/render/cell_order.h"

namespace stubble {
namespace {

/// Large enough for few of a tile's groups to be filled in part, small enough for a line that moves across
/// the head to touch few tiles. Working default.
constexpr float kTileMm = 20;
constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

bool sameDot(const Impressions& a, std::size_t i, const Impressions& b, std::size_t j) {
    return a.positionsMm[i] == b.positionsMm[j] && a.loads[i] == b.loads[j] &&
           a.sessions[i] == b.sessions[j] && a.diametersMm[i] == b.diametersMm[j] &&
           a.depthsMm[i] == b.depthsMm[j] && a.normals[i] == b.normals[j];
}

}  // namespace

StoredDot::StoredDot(const TailMap& map, const SkinDot& skinDot)
    : packed(skinDot),
      tail(map, skinDot),
      lossMm2(glm::max(integratedLossMm2(skinDot.profile), glm::vec3(1e-9f))),
      reachable(skinDot.profile.reachable),
      widestSigmaMm(std::ranges::max(skinDot.profile.coreSigmaMm)) {
    constexpr float kSide = 1024;  // cubes, of cellCode
    const glm::vec3 place = glm::clamp(skinDot.positionMm / kTileMm + kSide / 2, 0.0f, kSide - 0.5f);
    const glm::vec3 cube = glm::floor(place);
    tile = cellCode(glm::uvec3(cube));
    cell = cellCode(glm::uvec3(glm::min((place - cube) * kSide, kSide - 1)));
}

std::uint32_t DotStore::newSlot() {
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(dots_.size()));
        dots_.emplace_back(), places_.emplace_back();
    }
    const std::uint32_t slot = free_.back();
    free_.pop_back();
    return slot;
}

void DotStore::findImpressions(const Scene& scene) {
    const Impressions &before = impressions_, &now = scene.impressions;
    // Both in the order of candidates' ranks, so that those which stay are met in the same order.
    constexpr std::size_t kAhead = 32;
    std::vector<std::uint32_t> slots(now.size());
    std::size_t i = 0;
    for (std::size_t j = 0; j < now.size(); ++j) {
        const std::size_t end = std::min(i + kAhead, before.size());
        std::size_t found = i;
        while (found < end && !sameDot(before, found, now, j)) ++found;
        if (found < end) {
            gone_.insert(gone_.end(), slots_.begin() + static_cast<std::ptrdiff_t>(i),
                         slots_.begin() + static_cast<std::ptrdiff_t>(found));
            slots[j] = slots_[found];
            i = found + 1;
        } else {
            slots[j] = newSlot();
            come_.push_back(slots[j]);
        }
        places_[slots[j]] = static_cast<std::uint32_t>(j);
    }
    gone_.insert(gone_.end(), slots_.begin() + static_cast<std::ptrdiff_t>(i), slots_.end());
    slots_ = std::move(slots);
    impressions_ = now;
}

void DotStore::update(const Scene& scene, std::uint64_t looks, ContentHash hairs) {
    const std::size_t count = scene.impressions.size();
    if (looks != std::exchange(looks_, looks)) {
        impressions_ = {}, hairs_ = {};
        slots_.clear(), hairSlots_.clear(), dots_.clear(), places_.clear();
        free_.clear(), gone_.clear(), tiles_.clear();
    }
    free_.insert(free_.end(), gone_.begin(), gone_.end());
    come_.clear(), gone_.clear();
    findImpressions(scene);
    if (hairs != std::exchange(hairs_, hairs)) {
        gone_.insert(gone_.end(), hairSlots_.begin(), hairSlots_.end());
        hairSlots_.resize(scene.follicles.size());
        for (std::uint32_t& slot : hairSlots_) come_.push_back(slot = newSlot());
    }
    for (std::size_t k = 0; k < hairSlots_.size(); ++k)
        places_[hairSlots_[k]] = static_cast<std::uint32_t>(count + k);
    parallelFor(
        come_.size(),
        [&](std::size_t k) { dots_[come_[k]] = StoredDot(map_, skinDotOf(scene, places_[come_[k]])); }, 64);
    for (const std::uint32_t slot : gone_) places_[slot] = kGone, tiles_[dots_[slot].tile].stale = true;
    for (const std::uint32_t slot : come_) {
        DotTile& tile = tiles_[dots_[slot].tile];
        tile.slots.push_back(slot), tile.stale = true;
    }

    std::vector<DotTile*> stale;
    for (auto& [code, tile] : tiles_)
        if (tile.stale) stale.push_back(&tile);
    parallelFor(
        stale.size(), [&](std::size_t k) { write(*stale[k]); }, 1);
    std::erase_if(tiles_, [](const auto& entry) { return entry.second.slots.empty(); });
    std::vector<std::pair<std::uint32_t, const DotTile*>> byCode;
    for (const auto& [code, tile] : tiles_) byCode.emplace_back(code, &tile);
    std::sort(byCode.begin(), byCode.end());
    inOrder_.clear();
    for (const auto& [code, tile] : byCode) inOrder_.push_back(tile);
}

void DotStore::write(DotTile& tile) const {
    // By cells, and within one in the scene's order, whatever came first.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    for (const std::uint32_t slot : tile.slots)
        if (places_[slot] != kGone)
            order.emplace_back(std::uint64_t{dots_[slot].cell} << 32 | places_[slot], slot);
    std::sort(order.begin(), order.end());
    tile = {};
    std::vector<const PackedDot*> packed;
    for (const auto& [key, slot] : order) {
        const StoredDot& dot = dots_[slot];
        tile.slots.push_back(slot);
        packed.push_back(&dot.packed);
        const glm::dvec3 loss(dot.lossMm2);
        tile.lossMm2 += loss, tile.reachedMm2 += loss * glm::dvec3(dot.reachable);
        tile.widestSigmaMm = std::max(tile.widestSigmaMm, dot.widestSigmaMm);
        tile.tails.add(dot.tail);
    }
    tile.records = dotRecords(packed);
    tile.stale = false;
}

std::vector<const TailDot*> DotStore::tailsOf(const std::vector<std::uint32_t>& slots) const {
    std::vector<const TailDot*> tails(slots.size());
    for (std::size_t i = 0; i < slots.size(); ++i) tails[i] = &dots_[slots[i]].tail;
    return tails;
}

std::vector<const TailDot*> DotStore::tails() const {
    std::vector<const TailDot*> all = tailsOf(slots_);
    const std::vector<const TailDot*> hairs = tailsOf(hairSlots_);
    all.insert(all.end(), hairs.begin(), hairs.end());
    return all;
}

}  // namespace stubble
