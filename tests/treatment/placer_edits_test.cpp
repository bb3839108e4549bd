// Whatever edits came before, what is placed is what a fresh placer places.

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <map>

#include "engine/core/random.h"
#include "engine/scalp/hair_loss.h"
#include "engine/scalp/skull.h"
#include "tests/treatment/placing.h"

namespace stubble {
namespace {

/// Everything a placer is told.
struct Inputs {
    SmpDesign smp;
    HairlineDesign hairline;
    Norwood norwood = Norwood::VI;
    float hairDiameterMm = 0.08f;
    std::vector<Scar> scars;
};

const std::vector<glm::vec3>& roots() {
    static const std::vector<glm::vec3> all = [] {
        const Candidates sparse = test::candidatesOf(test::ellipsoidHead(), 12, 77);
        return sparse.positionsMm;
    }();
    return all;
}

/// The hair of an input, measured once.
const std::vector<float>& shareOf(Norwood norwood) {
    static std::map<Norwood, std::vector<float>> known;
    const auto [entry, fresh] = known.try_emplace(norwood);
    if (fresh) entry->second = hairShare(test::ellipsoidHead(), norwood);
    return entry->second;
}

void tell(ImpressionPlacer& placer, const Inputs& inputs) {
    const Head& head = *test::sharedEllipsoidHead();
    placer.setSmp(inputs.smp);
    placer.setHairline(Hairline::build(head, inputs.hairline, 3).value());
    std::vector<HairRoot> hairs;
    for (const glm::vec3& p : roots())
        hairs.push_back({p, glm::normalize(p - head.chart.centreMm()), inputs.hairDiameterMm});
    placer.setHair(shareOf(inputs.norwood), std::move(hairs));
    placer.setScars(inputs.scars);
}

Result<Impressions> afresh(const Candidates& candidates, const Inputs& inputs) {
    ImpressionPlacer placer(test::sharedEllipsoidHead(), candidates);
    tell(placer, inputs);
    STUBBLE_CHECK(placer.update());
    return placer.impressions();
}

/// One edit as a person makes them.
void edit(Inputs& inputs, RandomStream& random) {
    const auto upTo = [&](int count) {
        return static_cast<int>(random.uniform() * static_cast<float>(count));
    };
    const auto place = [&] {
        return glm::vec2(0.8f * random.uniform() - 0.4f, 1.4f * random.uniform() - 0.6f);
    };
    SmpDesign& smp = inputs.smp;
    switch (upTo(16)) {
        case 0:
            smp.densityPerCm2 = 80 * random.uniform();
            break;
        case 1:
        case 2:
        case 3:
            smp.strokes.push_back(
                {{place()}, 2 + 8 * random.uniform(), 2 * random.uniform() - 1, random.uniform()});
            break;
        case 4:
            smp.strokes.push_back({{place(), place()}, 4, -0.7f, 0.5f});
            break;
        case 5:
            if (!smp.strokes.empty()) smp.strokes.pop_back();
            break;
        case 6:
            if (!smp.strokes.empty())
                smp.strokes.erase(smp.strokes.begin() + upTo(static_cast<int>(smp.strokes.size())));
            break;
        case 7: {
            Hairline line = Hairline::build(test::ellipsoidHead(), inputs.hairline, 3).value();
            inputs.hairline.points = line.points();
            const std::size_t middle = inputs.hairline.points.size() / 2;
            inputs.hairline.points[middle].y += 0.04f * (random.uniform() - 0.5f);
            break;
        }
        case 8:
            inputs.hairline.points.clear();
            inputs.hairline.style = static_cast<HairlineStyle>(upTo(kHairlineStyleCount));
            break;
        case 9:
            smp.zones[static_cast<std::size_t>(upTo(kTreatedZoneCount))] = {2 * random.uniform(), 1.2f, 0.8f};
            break;
        case 10:
            smp.count = random.uniform() < 0.7f ? 0 : 1 + upTo(6000);
            break;
        case 11:
            smp.pattern = static_cast<DotPattern>(upTo(3));
            break;
        case 12:
            smp.diameterMm = 0.05f + 0.3f * random.uniform();
            break;
        case 13:
            smp.gradientMm = 60 * random.uniform();
            smp.sessions = 1 + upTo(6);
            break;
        case 14:
            inputs.norwood = random.uniform() < 0.5f ? Norwood::VI : Norwood::VII;
            inputs.hairDiameterMm = 0.05f + 0.1f * random.uniform();
            break;
        case 15:
            smp.enabled = !smp.enabled || random.uniform() < 0.7f;
            if (random.uniform() < 0.5f)
                inputs.scars.push_back({{place(), place()}, 1 + 6 * random.uniform(), 0.6f});
            else
                inputs.scars.clear();
            break;
    }
}

TEST(PlacerEdits, OneAfterTheOtherLeadToTheBytesOfAFreshStart) {
    const Candidates candidates = test::candidatesOf(*test::sharedEllipsoidHead(), 40);
    ImpressionPlacer placer(test::sharedEllipsoidHead(), candidates);
    Inputs inputs;
    inputs.smp.densityPerCm2 = 30;
    RandomStream random(11);
    std::size_t refused = 0, empty = 0;
    for (int i = 0; i < 300; ++i) {
        edit(inputs, random);
        if (random.uniform() < 0.2f) edit(inputs, random);
        tell(placer, inputs);
        const auto done = placer.update();
        const auto expected = afresh(candidates, inputs);
        ASSERT_EQ(done.has_value(), expected.has_value()) << i;
        if (!expected) {
            EXPECT_EQ(done.error().message, expected.error().message);
            ++refused;
            continue;
        }
        empty += expected->size() == 0;
        ASSERT_EQ(placer.impressions().size(), expected->size()) << i;
        ASSERT_TRUE(placer.impressions() == *expected) << i;
    }
    EXPECT_LT(refused + empty, 200u);
}

TEST(PlacerEdits, AreTheSameForAnyNumberOfThreads) {
    const Candidates candidates = test::candidatesOf(*test::sharedEllipsoidHead(), 40);
    std::vector<std::vector<Impressions>> runs;
    for (const std::size_t threads : {1, 2, 8}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        std::vector<Impressions>& run = runs.emplace_back();
        ImpressionPlacer placer(test::sharedEllipsoidHead(), candidates);
        Inputs inputs;
        RandomStream random(5);
        for (int i = 0; i < 25; ++i) {
            edit(inputs, random);
            tell(placer, inputs);
            if (placer.update()) run.push_back(placer.impressions());
        }
    }
    EXPECT_GT(runs[0].size(), 10u);
    EXPECT_TRUE(runs[0] == runs[1]);
    EXPECT_TRUE(runs[0] == runs[2]);
}

TEST(PlacerEdits, ADabLeavesAllDotsElsewhereAlone) {
    const Candidates candidates = test::candidatesOf(*test::sharedEllipsoidHead(), 40);
    Inputs inputs;
    const glm::vec3 dab = *skullOf(test::ellipsoidHead())->tracer().positionMm({0, 0});
    const Impressions before = afresh(candidates, inputs).value();
    inputs.smp.strokes.push_back({{{0, 0}}, 6, -1, 0.5f});
    const Impressions after = afresh(candidates, inputs).value();
    ASSERT_LT(after.size(), before.size());
    // What is left is what was there, in its order.
    std::size_t k = 0;
    for (std::size_t i = 0; i < before.size() && k < after.size(); ++i)
        if (before.positionsMm[i] == after.positionsMm[k]) {
            if (glm::distance(before.positionsMm[i], dab) > 6) {
                EXPECT_EQ(before.loads[i], after.loads[k]);
            }
            ++k;
        }
    EXPECT_EQ(k, after.size());
}

}  // namespace
}  // namespace stubble
