// A hierarchy of points that stand for their children (Rusinkiewicz and Levoy, "QSplat", 2000), each with
// their integral, centre of mass and second moment, so that tone stays.
#include "engine/render/dot_levels.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/render/packing.h"

namespace stubble {
namespace {

static_assert(kCoreLobes == STUBBLE_CORE_LOBES);

constexpr std::size_t kMostLevels = 5;
/// Neighbours that become one at a time; 3 or more. Working default.
constexpr int kLongestRun = 4;
/// One that is merged is drawn as a point behind the pixel filter (as small.comp), pixels.
constexpr float kMostSigma = 0.7f;

glm::uvec2 packGaussian(glm::vec3 loss, float sigmaMm) {
    return {glm::packHalf2x16({loss.r, loss.g}), glm::packHalf2x16({loss.b, sigmaMm})};
}

using Part = DotGaussian;

float weightOf(const Part& part) {
    return std::max(part.loss.r + part.loss.g + part.loss.b, 1e-12f);
}

float mostLoss(const Part& part) {
    return std::max(std::abs(part.loss.r), std::max(std::abs(part.loss.g), std::abs(part.loss.b)));
}

/// One Gaussian with the integral and (weighted by the integrals of all channels) the second moment of a
/// dot's cores.
Part partOf(const SkinDot& dot) {
    const DotProfile& profile = dot.profile;
    Part part{dot.positionMm, dot.normal};
    float moment = 0, widest = 0;
    for (std::size_t i = 0; i < kCoreLobes; ++i) {
        const float variance = profile.coreSigmaMm[i] * profile.coreSigmaMm[i];
        const glm::vec3 share = variance * profile.coreLoss[i];
        part.loss += share;
        moment += variance * (share.r + share.g + share.b);
        widest = std::max(widest, variance);
    }
    // Losses of both signs may add up to a second moment that no Gaussian has.
    const float sum = part.loss.r + part.loss.g + part.loss.b;
    part.varianceMm2 = sum > 0 ? std::clamp(moment / sum, 0.25f * widest, widest) : widest;
    return part;
}

shared::Dot recordOf(const Part& part) {
    const glm::uvec3 place = glm::floatBitsToUint(part.positionMm);
    const glm::uvec2 merged = part.varianceMm2 > 0
                                  ? packGaussian(part.loss / part.varianceMm2, std::sqrt(part.varianceMm2))
                                  : glm::uvec2(0);
    return {{place.x, place.y}, {place.z, octahedral(part.normal)}, merged};
}

Part merged(const Part& a, const Part& b) {
    const float share = weightOf(a) / (weightOf(a) + weightOf(b));
    Part both;
    both.positionMm = glm::mix(b.positionMm, a.positionMm, share);
    const glm::vec3 normal = glm::mix(b.normal, a.normal, share), off = a.positionMm - b.positionMm;
    const float length = glm::length(normal);
    both.normal = length > 0 ? normal / length : a.normal;
    both.loss = a.loss + b.loss;
    const float across = 0.5f * share * (1 - share) * glm::dot(off, off);
    both.varianceMm2 = glm::mix(b.varianceMm2, a.varianceMm2, share) + across;
    both.addedMm2 = glm::mix(b.addedMm2, a.addedMm2, share) + across;
    return both;
}

/// Half as many, rounded up, of at most two groups: the nearest neighbours in the order of cells are merged.
void mergeHalf(std::span<const Part> parts, std::vector<Part>& out) {
    const std::size_t count = parts.size();
    std::array<float, 2 * kSplatGroup> gapsMm2{};
    std::array<std::uint8_t, 2 * kSplatGroup> order{}, first{}, last{};
    for (std::size_t i = 0; i < count; ++i) order[i] = first[i] = last[i] = static_cast<std::uint8_t>(i);
    for (std::size_t i = 0; i + 1 < count; ++i) {
        const glm::vec3 off = parts[i + 1].positionMm - parts[i].positionMm;
        gapsMm2[i] = glm::dot(off, off);
    }
    const auto gapsEnd = order.begin() + static_cast<std::ptrdiff_t>(count > 0 ? count - 1 : 0);
    std::sort(order.begin(), gapsEnd, [&](std::uint8_t a, std::uint8_t b) {
        return gapsMm2[a] != gapsMm2[b] ? gapsMm2[a] < gapsMm2[b] : a < b;
    });
    // Runs: first[] holds at their last, last[] at their first. Where no two may be joined any more, two runs
    // in a row are longer than the longest, so that less than half as many are left.
    std::size_t toJoin = count / 2;
    for (auto gap = order.begin(); gap != gapsEnd && toJoin > 0; ++gap) {
        const std::uint8_t from = first[*gap], to = last[*gap + 1u];
        if (to - from >= kLongestRun) continue;
        last[from] = to, first[to] = from;
        --toJoin;
    }
    for (std::size_t i = 0; i < count; i = last[i] + 1u) {
        Part run = parts[i];
        for (std::size_t j = i + 1; j <= last[i]; ++j) run = merged(run, parts[j]);
        out.push_back(run);
    }
}

DotGroup parentOf(const DotGroup& a, const DotGroup& b, std::span<const Part> parts) {
    DotGroup parent;
    parent.centreMm = 0.5f * (a.centreMm + b.centreMm);
    parent.radiusMm = 0.5f * glm::distance(a.centreMm, b.centreMm) + std::max(a.radiusMm, b.radiusMm);
    const glm::vec3 sum = a.axis + b.axis;
    const float length = glm::length(sum);
    parent.axis = length > 1e-3f ? sum / length : a.axis;
    const auto within = [&](const DotGroup& child) {
        return std::acos(std::clamp(glm::dot(parent.axis, child.axis), -1.0f, 1.0f)) + child.coneRadians;
    };
    parent.coneRadians = std::max(within(a), within(b));
    float squares = 0;
    for (const Part& part : parts) {
        const float detail = 2 * kPi * mostLoss(part) * part.addedMm2;
        squares += detail * detail;
        parent.varianceMm2 = std::max(parent.varianceMm2, part.varianceMm2);
    }
    parent.detailMm4 = std::sqrt(squares / static_cast<float>(std::max<std::size_t>(parts.size(), 1)));
    return parent;
}

/// Takes the parts of one level for those of the next.
DotLevel coarser(const DotLevel& fine, std::vector<Part>& parts) {
    const std::size_t groups = (fine.groups.size() + 1) / 2, count = parts.size();
    const std::size_t inLast = count - (groups - 1) * 2 * kSplatGroup;
    std::vector<Part> all((groups - 1) * kSplatGroup + (inLast + 1) / 2);
    DotLevel level{fine.firstGroup + static_cast<std::uint32_t>(fine.groups.size()),
                   std::vector<DotGroup>(groups)};
    parallelForRanges(
        groups,
        [&](std::size_t begin, std::size_t end) {
            std::vector<Part> some;
            for (std::size_t g = begin; g < end; ++g) {
                const std::size_t from = 2 * g * kSplatGroup, to = std::min(from + 2 * kSplatGroup, count);
                some.clear();
                mergeHalf(std::span(parts).subspan(from, to - from), some);
                std::ranges::copy(some, all.begin() + static_cast<std::ptrdiff_t>(g * kSplatGroup));
                const std::size_t second = std::min(2 * g + 1, fine.groups.size() - 1);
                level.groups[g] = parentOf(fine.groups[2 * g], fine.groups[second], some);
            }
        },
        16);
    parts = std::move(all);
    return level;
}

}  // namespace

PackedDot::PackedDot(const SkinDot& skinDot) : gaussian(partOf(skinDot)), dot(recordOf(gaussian)) {
    const DotProfile& profile = skinDot.profile;
    for (std::size_t k = 0; k < kCoreLobes; ++k)
        lobes.gaussians[k] = packGaussian(profile.coreLoss[k], profile.coreSigmaMm[k]);
}

DotRecords dotRecords(std::span<const SkinDot> dots) {
    std::vector<PackedDot> packed(dots.size());
    std::vector<const PackedDot*> places(dots.size());
    parallelFor(dots.size(), [&](std::size_t i) {
        packed[i] = PackedDot(dots[i]);
        places[i] = &packed[i];
    });
    return dotRecords(places);
}

DotRecords dotRecords(std::span<const PackedDot* const> dots) {
    DotRecords records;
    records.lobes.resize(dots.size());
    std::vector<Part> parts(dots.size());
    std::vector<glm::vec3> placesMm(dots.size()), normals(dots.size());
    const std::size_t filled = (dots.size() + kSplatGroup - 1) / kSplatGroup * kSplatGroup;
    records.dots.resize(filled, shared::Dot{});
    parallelFor(dots.size(), [&](std::size_t i) {
        const PackedDot& dot = *dots[i];
        parts[i] = dot.gaussian;
        placesMm[i] = dot.gaussian.positionMm, normals[i] = dot.gaussian.normal;
        records.dots[i] = dot.dot, records.lobes[i] = dot.lobes;
    });
    DotLevel& finest = records.levels.emplace_back();
    for (const SplatGroup& group : splatGroups(placesMm, normals)) finest.groups.push_back({group});
    while (records.levels.size() < kMostLevels && records.levels.back().groups.size() > 1) {
        records.levels.push_back(coarser(records.levels.back(), parts));
        const std::size_t start = records.dots.size();
        const std::size_t whole = (parts.size() + kSplatGroup - 1) / kSplatGroup * kSplatGroup;
        records.dots.resize(start + whole, shared::Dot{});
        parallelFor(parts.size(), [&](std::size_t i) { records.dots[start + i] = recordOf(parts[i]); });
    }
    return records;
}

std::vector<std::uint32_t> visibleDotGroups(std::span<const DotLevel> levels, const GroupCuller& culler,
                                            const shared::FrameBlock& frame, float mostError) {
    std::vector<std::uint32_t> visible;
    if (levels.empty()) return visible;
    const glm::vec3 eyeMm(frame.eyeMm), forward(frame.viewForward);
    const float focal = frame.eyeMm.w, filterVariance = frame.viewForward.w;
    const auto mayMerge = [&](const DotGroup& group) {
        const float nearestMm = glm::dot(group.centreMm - eyeMm, forward) - group.radiusMm;
        if (nearestMm <= 0 || mostError <= 0) return false;
        const float pixelMm = nearestMm / focal, pixelMm2 = pixelMm * pixelMm;
        if (group.varianceMm2 > kMostSigma * kMostSigma * pixelMm2) return false;
        // Two in a line under a filter of variance v become round: half the variance that was added goes from
        // one axis to the other, which moves the filter by ∂xx − ∂yy of it: at most 2 ÷ (e v) of its peak, 1
        // ÷ 2πv.
        const float v = filterVariance * pixelMm2;
        constexpr float kEuler = 2.7182818f;
        return group.detailMm4 / (2 * kPi * kEuler * v * v) <= mostError;
    };
    const auto visit = [&](const auto& self, std::size_t level, std::size_t g) -> void {
        const DotGroup& group = levels[level].groups[g];
        if (!culler.mayShow(group)) return;
        if (level == 0 || mayMerge(group)) {
            visible.push_back(levels[level].firstGroup + static_cast<std::uint32_t>(g));
            return;
        }
        self(self, level - 1, 2 * g);
        if (2 * g + 1 < levels[level - 1].groups.size()) self(self, level - 1, 2 * g + 1);
    };
    const std::size_t coarsest = levels.size() - 1;
    for (std::size_t g = 0; g < levels[coarsest].groups.size(); ++g) visit(visit, coarsest, g);
    return visible;
}

}  // namespace stubble
