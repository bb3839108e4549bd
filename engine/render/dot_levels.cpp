// A hierarchy of points that stand for their children (Rusinkiewicz and Levoy, "QSplat", 2000), each with
// their integral, centre of mass and second moment, so that tone stays.
#include "engine/render/dot_levels.h"

#include <algorithm>
#include <array>
#include <bit>
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
    std::array<std::uint8_t, 2 * kSplatGroup> first{}, last{};
    for (std::size_t i = 0; i < count; ++i) first[i] = last[i] = static_cast<std::uint8_t>(i);
    // The narrowest first, then the first: positive floats sort as the integers that have their bits.
    std::array<std::uint64_t, 2 * kSplatGroup> gaps{};
    for (std::size_t i = 0; i + 1 < count; ++i) {
        const glm::vec3 off = parts[i + 1].positionMm - parts[i].positionMm;
        gaps[i] = std::uint64_t{std::bit_cast<std::uint32_t>(glm::dot(off, off))} << 8 | i;
    }
    const auto gapsEnd = gaps.begin() + static_cast<std::ptrdiff_t>(count > 0 ? count - 1 : 0);
    std::sort(gaps.begin(), gapsEnd);
    // Runs: first[] holds at their last, last[] at their first. Where no two may be joined any more, two runs
    // in a row are longer than the longest, so that less than half as many are left.
    std::size_t toJoin = count / 2;
    for (auto gap = gaps.begin(); gap != gapsEnd && toJoin > 0; ++gap) {
        const auto place = static_cast<std::uint8_t>(*gap);
        const std::uint8_t from = first[place], to = last[place + 1u];
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

/// A level of the hierarchy: groups [first, end) and what they merge.
struct Level {
    std::uint32_t first = 0, end = 0;
    std::vector<Part> parts;
};

/// Appends the groups of the next level.
Level coarser(const Level& fine, std::vector<DotGroup>& groups) {
    Level level{fine.end, fine.end, {}};
    level.parts.reserve(fine.parts.size() / 2 + 1);
    for (std::uint32_t child = fine.first; child < fine.end; child += 2) {
        const std::size_t from = std::size_t{child - fine.first} * kSplatGroup,
                          count = std::min(2 * kSplatGroup, fine.parts.size() - from),
                          made = level.parts.size();
        mergeHalf(std::span(fine.parts).subspan(from, count), level.parts);
        const std::uint32_t children = std::min(fine.end - child, 2u);
        DotGroup parent = parentOf(groups[child], groups[child + children - 1],
                                   std::span<const Part>(level.parts).subspan(made));
        parent.firstChild = child, parent.childCount = children;
        groups.push_back(parent);
        ++level.end;
    }
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
    const DenormalsAreZero mode;
    DotRecords records;
    std::vector<DotGroup>& groups = records.tree.groups;
    Level level;
    level.parts.resize(dots.size());
    std::vector<glm::vec3> placesMm(dots.size()), normals(dots.size());
    for (std::size_t i = 0; i < dots.size(); ++i) {
        level.parts[i] = dots[i]->gaussian;
        placesMm[i] = level.parts[i].positionMm, normals[i] = level.parts[i].normal;
        records.dots.push_back(dots[i]->dot), records.lobes.push_back(dots[i]->lobes);
    }
    for (const SplatGroup& group : splatGroups(placesMm, normals)) groups.push_back({group});
    level.end = static_cast<std::uint32_t>(groups.size());
    records.dots.resize(groups.size() * kSplatGroup, shared::Dot{});
    records.lobes.resize(groups.size() * kSplatGroup, shared::DotLobes{});
    for (std::size_t count = 1; count < kMostLevels && level.end - level.first > 1; ++count) {
        level = coarser(level, groups);
        for (const Part& part : level.parts) records.dots.push_back(recordOf(part));
        records.dots.resize(groups.size() * kSplatGroup, shared::Dot{});
    }
    for (std::uint32_t root = level.first; root < level.end; ++root) records.tree.roots.push_back(root);
    return records;
}

DotRecords joined(std::span<const DotRecords* const> parts) {
    struct Share {
        std::uint32_t fine, all, firstFine, firstMerged;  ///< groups
    };
    std::vector<Share> shares;
    std::uint32_t fine = 0, merged = 0;
    for (const DotRecords* part : parts) {
        const Share share{static_cast<std::uint32_t>(part->lobes.size() / kSplatGroup),
                          static_cast<std::uint32_t>(part->tree.groups.size()), fine, merged};
        shares.push_back(share);
        fine += share.fine, merged += share.all - share.fine;
    }
    DotRecords all;
    all.dots.resize((fine + merged) * kSplatGroup), all.lobes.resize(fine * kSplatGroup);
    all.tree.groups.resize(fine + merged);
    const auto placeOf = [fine](const Share& share, std::uint32_t group) {
        return group < share.fine ? share.firstFine + group : fine + share.firstMerged + group - share.fine;
    };
    parallelFor(
        parts.size(),
        [&](std::size_t p) {
            const Share& share = shares[p];
            const DotRecords& part = *parts[p];
            const auto copy = [](const auto& from, std::size_t begin, std::size_t end, auto& to,
                                 std::size_t at) {
                std::copy(from.begin() + static_cast<std::ptrdiff_t>(begin),
                          from.begin() + static_cast<std::ptrdiff_t>(end),
                          to.begin() + static_cast<std::ptrdiff_t>(at));
            };
            copy(part.lobes, 0, part.lobes.size(), all.lobes, share.firstFine * kSplatGroup);
            copy(part.dots, 0, part.lobes.size(), all.dots, share.firstFine * kSplatGroup);
            copy(part.dots, part.lobes.size(), part.dots.size(), all.dots,
                 (fine + share.firstMerged) * kSplatGroup);
            for (std::uint32_t g = 0; g < share.all; ++g) {
                DotGroup group = part.tree.groups[g];
                if (group.childCount > 0) group.firstChild = placeOf(share, group.firstChild);
                all.tree.groups[placeOf(share, g)] = group;
            }
        },
        4);
    for (std::size_t p = 0; p < parts.size(); ++p)
        for (const std::uint32_t root : parts[p]->tree.roots)
            all.tree.roots.push_back(placeOf(shares[p], root));
    return all;
}

std::vector<std::uint32_t> visibleDotGroups(const DotTree& tree, const GroupCuller& culler,
                                            const shared::FrameBlock& frame, float mostError) {
    std::vector<std::uint32_t> visible;
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
    const auto visit = [&](const auto& self, std::uint32_t g) -> void {
        const DotGroup& group = tree.groups[g];
        if (!culler.mayShow(group)) return;
        if (group.childCount == 0 || mayMerge(group))
            visible.push_back(g);
        else
            for (std::uint32_t k = 0; k < group.childCount; ++k) self(self, group.firstChild + k);
    };
    for (const std::uint32_t root : tree.roots) visit(visit, root);
    return visible;
}

}  // namespace stubble
