#include "engine/render/dot_store.h"

#include <algorithm>
#include <utility>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

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
      widestSigmaMm(std::ranges::max(skinDot.profile.coreSigmaMm)) {}

void DotStore::findImpressions(const Scene& scene, StoredDots& result) {
    const Impressions &before = impressions_, &now = scene.impressions;
    // Both in the order of candidates' ranks, so that those which stay are met in the same order.
    constexpr std::size_t kAhead = 32;
    std::vector<std::uint32_t> slots(now.size()), fresh;
    std::size_t i = 0;
    const auto giveUpTo = [&](std::size_t end) {
        for (; i < end; ++i) {
            result.gone.push_back(dots_[slots_[i]].tail);
            free_.push_back(slots_[i]);
        }
    };
    for (std::size_t j = 0; j < now.size(); ++j) {
        const std::size_t end = std::min(i + kAhead, before.size());
        std::size_t found = i;
        while (found < end && !sameDot(before, found, now, j)) ++found;
        if (found < end) {
            giveUpTo(found);
            slots[j] = slots_[i++];
        } else {
            fresh.push_back(static_cast<std::uint32_t>(j));
        }
    }
    giveUpTo(before.size());
    for (const std::uint32_t j : fresh) {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(dots_.size()));
            dots_.emplace_back();
        }
        slots[j] = free_.back();
        free_.pop_back();
    }
    parallelFor(
        fresh.size(),
        [&](std::size_t k) { dots_[slots[fresh[k]]] = StoredDot(map_, skinDotOf(scene, fresh[k])); }, 64);
    for (const std::uint32_t j : fresh) result.come.push_back(&dots_[slots[j]]);
    slots_ = std::move(slots);
    impressions_ = now;
}

StoredDots DotStore::of(const Scene& scene, std::uint64_t looks, ContentHash hairs) {
    const std::size_t count = scene.impressions.size(), hairCount = scene.follicles.size();
    const bool sameLooks = looks == std::exchange(looks_, looks);
    StoredDots dots;
    dots.anew = !sameLooks || hairs != hairs_;
    if (!sameLooks) impressions_ = {}, slots_.clear(), free_.clear(), dots_.clear();
    if (dots.anew) {
        hairDots_.resize(hairCount);
        parallelFor(hairCount,
                    [&](std::size_t k) { hairDots_[k] = StoredDot(map_, skinDotOf(scene, count + k)); });
        hairs_ = hairs;
    }
    findImpressions(scene, dots);
    dots.all.resize(count + hairCount);
    parallelFor(dots.all.size(),
                [&](std::size_t i) { dots.all[i] = i < count ? &dots_[slots_[i]] : &hairDots_[i - count]; });
    return dots;
}

}  // namespace stubble
