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

/// The first and the last record of a level.
std::span<const shared::Dot> recordsOf(const DotRecords& records, std::size_t level) {
    const DotLevel& of = records.levels[level];
    return std::span(records.dots).subspan(of.firstGroup * kSplatGroup, of.groups.size() * kSplatGroup);
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
std::multiset<std::size_t> finestOf(const DotRecords& records, std::span<const std::uint32_t> visible) {
    std::multiset<std::size_t> finest;
    for (const std::uint32_t slot : visible) {
        std::size_t level = 0;
        while (level + 1 < records.levels.size() && records.levels[level + 1].firstGroup <= slot) ++level;
        const std::size_t g = slot - records.levels[level].firstGroup, span = std::size_t{1} << level;
        for (std::size_t i = g * span; i < (g + 1) * span && i < records.levels[0].groups.size(); ++i)
            finest.insert(i);
    }
    return finest;
}

TEST(DotLevels, EachLevelHasHalfAsManyThatTakeAsMuch) {
    for (const std::size_t count : {std::size_t{1}, std::size_t{64}, std::size_t{129}, std::size_t{20011}}) {
        const DotRecords records = dotRecords(domeDots(count));
        ASSERT_EQ(records.lobes.size(), count);
        const glm::dvec3 expected = lossMm2(recordsOf(records, 0));
        EXPECT_GT(expected.g, 0);
        std::size_t left = count;
        for (std::size_t level = 1; level < records.levels.size(); ++level) {
            std::size_t used = 0;
            for (const shared::Dot& dot : recordsOf(records, level)) used += dot.merged != glm::uvec2(0);
            // Of each two groups half, rounded up.
            EXPECT_LE(used, left / 2 + 1);
            EXPECT_GE(used, left / 2);
            left = used;
            const glm::dvec3 sum = lossMm2(recordsOf(records, level));
            for (int k = 0; k < 3; ++k)  // halves are right to 5e-4, their errors of either sign
                EXPECT_NEAR(sum[k] / expected[k], 1, 1e-3) << "level " << level << ", channel " << k;
        }
        EXPECT_EQ(records.levels.size() > 1, count > kSplatGroup);
    }
}

TEST(DotLevels, AGroupHoldsThoseItStandsFor) {
    const DotRecords records = dotRecords(domeDots(20011));
    for (std::size_t level = 1; level < records.levels.size(); ++level)
        for (std::size_t g = 0; g < records.levels[level].groups.size(); ++g) {
            const DotGroup& group = records.levels[level].groups[g];
            const std::vector<DotGroup>& finer = records.levels[level - 1].groups;
            for (std::size_t child = 2 * g; child < std::min(2 * g + 2, finer.size()); ++child) {
                EXPECT_LE(glm::distance(group.centreMm, finer[child].centreMm) + finer[child].radiusMm,
                          group.radiusMm * 1.0001f);
                EXPECT_LE(std::acos(std::min(glm::dot(group.axis, finer[child].axis), 1.0f)) +
                              finer[child].coneRadians,
                          group.coneRadians + 1e-3f);
            }
        }
}

TEST(DotLevels, EveryDotIsDrawnOnceHoweverCoarse) {
    const DotRecords records = dotRecords(domeDots(20011));
    const std::size_t groups = records.levels[0].groups.size();
    std::size_t before = std::numeric_limits<std::size_t>::max();
    bool mixed = false;
    for (const float focal : {20000.0f, 6000.0f, 3000.0f, 1000.0f, 20.0f}) {
        const shared::FrameBlock frame = frameAt(400, focal);
        const GroupCuller culler(frame, 0, kEverything, -1);
        const auto visible = visibleDotGroups(records.levels, culler, frame, 0.05f);
        const std::multiset<std::size_t> finest = finestOf(records, visible);
        EXPECT_EQ(finest.size(), groups) << focal;
        EXPECT_EQ(std::set<std::size_t>(finest.begin(), finest.end()).size(), groups) << focal;
        EXPECT_LE(visible.size(), before) << "wider pixels ask for no more";
        mixed |= visible.size() < groups && visible.size() > records.levels.back().groups.size();
        before = visible.size();
        EXPECT_EQ(visibleDotGroups(records.levels, culler, frame, 0).size(), groups)
            << "none merged in a still";
    }
    EXPECT_EQ(before, records.levels.back().groups.size());
    EXPECT_TRUE(mixed) << "some levels in between";
}

}  // namespace
}  // namespace stubble
