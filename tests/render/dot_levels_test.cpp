#include "engine/render/dot_levels.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "engine/core/random.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kEverything = std::numeric_limits<float>::max();

/// Dots of many sizes over a dome, neighbours near one another.
std::vector<SkinDot> domeDots(std::size_t count) {
    RandomStream random(5);
    std::vector<SkinDot> dots(count);
    for (std::size_t i = 0; i < count; ++i) {
        const float turn = 0.02f * static_cast<float>(i),
                    down = static_cast<float>(i) / static_cast<float>(count);
        const glm::vec3 normal = glm::normalize(glm::vec3(std::cos(turn) * down, std::sin(turn) * down, 1));
        dots[i] = {90.0f * normal, normal, {}};
        dots[i].profile.coreSigmaMm[0] = 0.04f + 0.05f * random.uniform();
        dots[i].profile.coreLoss[0] = glm::vec3(0.8f, 0.6f, 0.3f) * random.uniform();
        dots[i].profile.coreSigmaMm[1] = 0.2f;
        dots[i].profile.coreLoss[1] = glm::vec3(0.02f, 0.02f, -0.01f);
    }
    return dots;
}

glm::dvec3 lossMm2(std::span<const shared::Dot> dots) {
    glm::dvec3 sum(0);
    for (const shared::Dot& dot : dots) {
        const glm::vec2 rg = glm::unpackHalf2x16(dot.merged.x), bs = glm::unpackHalf2x16(dot.merged.y);
        sum += 2.0 * double(kPi) * double(bs.y) * double(bs.y) * glm::dvec3(rg.x, rg.y, bs.x);
    }
    return sum;
}

/// Groups by how many levels they merge.
std::vector<std::vector<std::uint32_t>> levelsOf(const DotTree& tree) {
    std::vector<std::vector<std::uint32_t>> levels;
    std::vector<std::size_t> levelOf(tree.groups.size(), 0);
    for (std::uint32_t g = 0; g < tree.groups.size(); ++g) {
        const DotGroup& group = tree.groups[g];
        if (group.childCount > 0) levelOf[g] = levelOf[group.firstChild] + 1;
        if (levels.size() <= levelOf[g]) levels.resize(levelOf[g] + 1);
        levels[levelOf[g]].push_back(g);
    }
    return levels;
}

std::vector<shared::Dot> recordsOf(const DotRecords& records, std::span<const std::uint32_t> groups) {
    std::vector<shared::Dot> dots;
    for (const std::uint32_t g : groups)
        dots.insert(dots.end(), records.dots.begin() + g * kSplatGroup,
                    records.dots.begin() + (g + 1) * kSplatGroup);
    return dots;
}

shared::FrameBlock frameAt(float distanceMm, float focalPixels) {
    shared::FrameBlock frame{};
    frame.eyeMm = glm::vec4(0, 0, 90 + distanceMm, focalPixels);
    frame.viewForward = glm::vec4(0, 0, -1, 0.25f);
    frame.viewRight = glm::vec4(1, 0, 0, 500);
    frame.viewUp = glm::vec4(0, 1, 0, 500);
    frame.tile = glm::ivec4(0, 0, 1000, 1000);
    frame.size = glm::ivec4(1000, 1000, 0, 0);
    frame.box = glm::ivec4(0, 0, 1000, 1000);
    return frame;
}

/// The finest groups that a list of groups stands for, each as often as it does.
std::multiset<std::uint32_t> finestOf(const DotTree& tree, std::span<const std::uint32_t> visible) {
    std::multiset<std::uint32_t> finest;
    const auto visit = [&](const auto& self, std::uint32_t g) -> void {
        if (tree.groups[g].childCount == 0) finest.insert(g);
        for (std::uint32_t k = 0; k < tree.groups[g].childCount; ++k)
            self(self, tree.groups[g].firstChild + k);
    };
    for (const std::uint32_t g : visible) visit(visit, g);
    return finest;
}

std::size_t wholeGroups(std::size_t dots) {
    return (dots + kSplatGroup - 1) / kSplatGroup;
}

TEST(DotLevels, EachLevelHasHalfAsManyThatTakeAsMuch) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{64}, std::size_t{129}, std::size_t{20011}}) {
        const DotRecords records = dotRecords(domeDots(count));
        ASSERT_EQ(records.lobes.size(), wholeGroups(count) * kSplatGroup);
        ASSERT_EQ(records.dots.size(), records.tree.groups.size() * kSplatGroup);
        const auto levels = levelsOf(records.tree);
        EXPECT_EQ(levels.back(), records.tree.roots);
        const glm::dvec3 expected = lossMm2(recordsOf(records, levels[0]));
        EXPECT_GT(expected.g, 0);
        std::size_t left = count;
        for (std::size_t level = 1; level < levels.size(); ++level) {
            std::size_t used = 0;
            const std::vector<shared::Dot> dots = recordsOf(records, levels[level]);
            for (const shared::Dot& dot : dots) used += dot.merged != glm::uvec2(0);
            // Of each two groups half, rounded up.
            EXPECT_LE(used, left / 2 + 1);
            EXPECT_GE(used, left / 2);
            left = used;
            const glm::dvec3 sum = lossMm2(dots);
            for (int k = 0; k < 3; ++k)  // halves are right to 5e-4, their errors of either sign
                EXPECT_NEAR(sum[k] / expected[k], 1, 1e-3) << "level " << level << ", channel " << k;
        }
        EXPECT_EQ(levels.size() > 1, count > kSplatGroup);
    }
}

/// Two heaps of dots, one of them of many groups.
std::vector<DotRecords> heaps() {
    return {dotRecords(domeDots(20011)), dotRecords(domeDots(0)), dotRecords(domeDots(100))};
}

DotRecords joinedOf(const std::vector<DotRecords>& parts) {
    std::vector<const DotRecords*> places;
    for (const DotRecords& part : parts) places.push_back(&part);
    return joined(places);
}

TEST(DotLevels, AGroupHoldsThoseItStandsFor) {
    const DotTree tree = joinedOf(heaps()).tree;
    std::size_t checked = 0;
    for (const DotGroup& group : tree.groups)
        for (std::uint32_t k = 0; k < group.childCount; ++k, ++checked) {
            const DotGroup& child = tree.groups[group.firstChild + k];
            EXPECT_LE(glm::distance(group.centreMm, child.centreMm) + child.radiusMm,
                      group.radiusMm * 1.0001f);
            EXPECT_LE(std::acos(std::min(glm::dot(group.axis, child.axis), 1.0f)) + child.coneRadians,
                      group.coneRadians + 1e-3f);
        }
    EXPECT_EQ(checked + tree.roots.size(), tree.groups.size()) << "each is a root or one's child";
}

TEST(DotLevels, JoinedDotsAreThoseOfTheParts) {
    const std::vector<DotRecords> parts = heaps();
    const DotRecords all = joinedOf(parts);
    const auto levels = levelsOf(all.tree);
    ASSERT_EQ(all.lobes.size(), parts[0].lobes.size() + parts[2].lobes.size());
    ASSERT_EQ(all.dots.size(), parts[0].dots.size() + parts[2].dots.size());
    EXPECT_EQ(levels[0].size() * kSplatGroup, all.lobes.size());
    EXPECT_EQ(levels[0].back() + 1, levels[0].size()) << "those given come first";
    for (std::size_t level = 0; level < levels.size(); ++level) {
        glm::dvec3 expected(0);
        for (const DotRecords& part : parts) {
            const auto of = levelsOf(part.tree);
            if (level < of.size()) expected += lossMm2(recordsOf(part, of[level]));
        }
        const glm::dvec3 sum = lossMm2(recordsOf(all, levels[level]));
        for (int k = 0; k < 3; ++k) EXPECT_NEAR(sum[k], expected[k], 1e-9 * expected[k]) << level;
    }
}

TEST(DotLevels, EveryDotIsDrawnOnceHoweverCoarse) {
    const DotTree tree = joinedOf(heaps()).tree;
    const std::size_t groups = levelsOf(tree)[0].size();
    std::size_t before = std::numeric_limits<std::size_t>::max();
    bool mixed = false;
    for (const float focal : {20000.0f, 6000.0f, 3000.0f, 1000.0f, 20.0f}) {
        const shared::FrameBlock frame = frameAt(400, focal);
        const GroupCuller culler(frame, 0, kEverything, -1);
        const auto visible = visibleDotGroups(tree, culler, frame, 0.05f);
        const std::multiset<std::uint32_t> finest = finestOf(tree, visible);
        EXPECT_EQ(finest.size(), groups) << focal;
        EXPECT_EQ(std::set<std::uint32_t>(finest.begin(), finest.end()).size(), groups) << focal;
        EXPECT_LE(visible.size(), before) << "wider pixels ask for no more";
        mixed |= visible.size() < groups && visible.size() > tree.roots.size();
        before = visible.size();
        EXPECT_EQ(visibleDotGroups(tree, culler, frame, 0).size(), groups) << "none merged in a still";
    }
    EXPECT_EQ(before, tree.roots.size());
    EXPECT_TRUE(mixed) << "some levels in between";
}

}  // namespace
}  // namespace stubble
