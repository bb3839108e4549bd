#include "engine/jobs/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "engine/core/random.h"
#include "engine/jobs/pigment_figures.h"
#include "engine/jobs/placement_stats.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace {

using ::testing::HasSubstr;
using Rules = std::set<std::string_view>;
using Settings = std::vector<std::string>;

std::shared_ptr<const Head> mannequin() {
    static const auto head = std::make_shared<const Head>(loadHead({}).value().head);
    return head;
}

Design designWith(const Settings& settings) {
    Design design;
    for (const std::string& setting : settings) {
        const auto applied = applySetting(design, setting);
        EXPECT_TRUE(applied) << applied.error().message;
    }
    return design;
}

Scene sceneWith(const Settings& settings) {
    auto scene = bakeScene(mannequin(), designWith(settings));
    EXPECT_TRUE(scene) << scene.error().message;
    return *std::move(scene);
}

Rules rulesOf(const std::vector<LintNote>& notes) {
    Rules rules;
    for (const LintNote& note : notes) rules.insert(note.rule);
    return rules;
}

/// The note of a rule, or an empty one.
LintNote noteOf(std::string_view rule, const std::vector<LintNote>& notes) {
    for (const LintNote& note : notes)
        if (note.rule == rule) return note;
    return {};
}

/// Dots 0.7 mm apart on a flat square of skin, each shifted at random by up to so much.
Impressions latticeOf(bool isHexagonal, float jitterMm) {
    Impressions dots;
    RandomStream random(1);
    const auto jitter = [&] { return jitterMm * (static_cast<float>(random.bits() % 2001) / 1000 - 1); };
    for (int row = 0; row < 50; ++row)
        for (int column = 0; column < 50; ++column) {
            const float shift = isHexagonal && row % 2 == 1 ? 0.35f : 0;
            const float rowMm = isHexagonal ? 0.606f : 0.7f;
            dots.positionsMm.emplace_back(0.7f * static_cast<float>(column) + shift + jitter(), 0,
                                          rowMm * static_cast<float>(row) + jitter());
            dots.normals.emplace_back(0, 1, 0);
            dots.diametersMm.push_back(0.15f);
            dots.depthsMm.push_back(0.14f);
            dots.loads.push_back(0.6f);
            dots.sessions.push_back(0);
            dots.zones.push_back(static_cast<std::uint8_t>(Zone::crown));
        }
    return dots;
}

TEST(Lint, HasNothingToSayOfTheDefaultDesign) {
    EXPECT_EQ(rulesOf(lint(sceneWith({}))), Rules{});
}

TEST(Lint, EachRuleIsTrippedByWhatItIsAboutAndNotByItsNeighbour) {
    struct Case {
        std::string_view rule;
        Settings trips, passes;
        std::string sentence;
    };
    const std::vector<Case> cases = {
        {"hairline.low",
         {"hairline.heightMm=58"},
         {"hairline.heightMm=70"},
         "The hairline is 58 mm above the glabella; practice keeps 70 to 100 mm."},
        {"hairline.flat",
         {"hairline.style=rounded", "hair.norwood=III"},
         {"hairline.style=natural"},
         "The line turns back only 2 mm at the temples; the frontotemporal angle is never flattened"},
        {"hairline.straight",
         {"hairline.irregularityMm=0.2"},
         {"hairline.irregularityMm=1.6"},
         "The edge strays 0.10 mm from a ruled line"},
        {"hairline.perfect",
         {"hairline.irregularityMm=0.8"},
         {"hairline.irregularityMm=1.2"},
         "Left and right mirror each other to 0.5 mm"},
        {"hairline.sharp",
         {"hairline.featherMm=2"},
         {"hairline.featherMm=5"},
         "The edge fades in over 2.0 mm; practice keeps a transition of 5 to 10 mm."},
        {"hairline.youthful",
         {"hairline.style=rounded"},
         {"hairline.style=receded"},
         "At Norwood VI the temples are filled down to 72 mm; a line that ages well leaves them open to 80 "
         "mm."},
        {"dots.dark",
         {"smp.diameterMm=0.22"},
         {"smp.diameterMm=0.16"},
         "of the skin's light; the client's own shaved hair"},
        {"dots.dense",
         {"smp.densityPerCm2=380"},
         {"smp.densityPerCm2=280"},
         "dots/cm²; hair of this kind grows 226/cm²"},
        {"dots.faint",
         {"skin.monk=9", "hair.colour=black"},
         {"skin.monk=5", "hair.colour=black"},
         "of the light of this skin, where less than"},
        {"dots.merged",
         {"smp.diameterMm=0.6", "smp.densityPerCm2=300"},
         {"smp.diameterMm=0.25", "smp.densityPerCm2=300"},
         "of the dots run into a neighbour; above 5 % they read as a stain."},
        {"dots.blue",
         {"smp.depthMm=0.5"},
         {"smp.depthMm=0.28"},
         "The pigment lies 0.50 mm deep; practice keeps 0.10 to 0.30 mm, and deeper pigment looks blue."},
        {"dots.helmet",
         {"smp.frontDensity=1", "hairline.featherMm=1"},
         {"smp.frontDensity=1", "hairline.featherMm=8"},
         "as dark as the middle, behind an edge of 1.0 mm: like a helmet."},
        {"skin.shine", {"skin.shine=0.9"}, {"skin.shine=0.6"}, "The skin's shine is 0.90 of 1; above 0.75"},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.rule);
        const auto notes = lint(sceneWith(c.trips));
        const LintNote note = noteOf(c.rule, notes);
        EXPECT_EQ(note.rule, c.rule) << ::testing::PrintToString(rulesOf(notes));
        EXPECT_THAT(note.sentence, HasSubstr(c.sentence));
        EXPECT_NE(note.measured, note.limit);
        EXPECT_NE(note.source, "");
        EXPECT_TRUE(findDesignKey(note.key)) << note.key;
        EXPECT_FALSE(rulesOf(lint(sceneWith(c.passes))).contains(c.rule));
    }
}

TEST(Lint, RowsAreSeenAndDisorderIsNot) {
    Scene scene = sceneWith({});
    for (const bool isHexagonal : {false, true}) {
        scene.impressions = latticeOf(isHexagonal, 0);
        const LintNote exact = noteOf("dots.grid", lint(scene));
        EXPECT_GT(exact.measured, 0.9);
        EXPECT_THAT(exact.sentence, HasSubstr("The dots stand in rows"));
        scene.impressions = latticeOf(isHexagonal, 0.05f);
        EXPECT_TRUE(rulesOf(lint(scene)).contains("dots.grid")) << "an unsteady hand's grid is one";
        scene.impressions = latticeOf(isHexagonal, 0.3f);
        EXPECT_FALSE(rulesOf(lint(scene)).contains("dots.grid"));
    }
}

TEST(Lint, AHandDrawnLineIsToBeMendedByItsPoints) {
    Design design = designWith({"hairline.heightMm=55"});
    design.hairline.points = hairlinePoints(*mannequin(), design.hairline).value();
    design.hairline.heightMm = 80;  // does not count any more
    const auto scene = bakeScene(mannequin(), design);
    ASSERT_TRUE(scene);
    const LintNote note = noteOf("hairline.low", lint(*scene));
    EXPECT_EQ(note.key, "hairline.points");
    EXPECT_NEAR(note.measured, 55, 0.5);
}

TEST(Lint, FreshPigmentAndPigmentUnderHairMayBeDarker) {
    const auto isDark = [](const Settings& settings) {
        return rulesOf(lint(sceneWith(settings))).contains("dots.dark");
    };
    EXPECT_TRUE(isDark({"smp.diameterMm=0.22", "time.days=60"}));
    EXPECT_FALSE(isDark({"smp.diameterMm=0.22", "time.days=3"}));
    EXPECT_FALSE(isDark({"smp.diameterMm=0.22", "hair.lengthMm=3"}));
    EXPECT_FALSE(isDark({"smp.diameterMm=0.22", "hair.lengthMm=0.05", "hair.hoursSinceShave=120"}));
}

TEST(Lint, FaintPigmentIsNotTooDarkForFairHair) {
    const Settings fair = {"hair.greyShare=1", "smp.dilution=20"};
    Settings faint = fair;
    faint.push_back("smp.densityPerCm2=40");
    EXPECT_TRUE(rulesOf(lint(sceneWith(fair))).contains("dots.dark"));
    EXPECT_FALSE(rulesOf(lint(sceneWith(faint))).contains("dots.dark"));
}

TEST(Lint, ThinHairIsNoReasonForFewerDots) {
    EXPECT_FALSE(rulesOf(lint(sceneWith({"hair.densityPerCm2=60"}))).contains("dots.dense"));
    EXPECT_FALSE(
        rulesOf(lint(sceneWith({"hair.densityPerCm2=330", "smp.densityPerCm2=380"}))).contains("dots.dense"));
    EXPECT_TRUE(
        rulesOf(lint(sceneWith({"hair.ancestry=african", "smp.densityPerCm2=240"}))).contains("dots.dense"));
}

TEST(Lint, PigmentShowsLessOnDarkSkinAndLessDilutionShowsMore) {
    const auto faint = [](const Settings& settings) {
        return noteOf("dots.faint", lint(sceneWith(settings)));
    };
    const Settings dark = {"skin.monk=9", "hair.colour=black"};
    Settings diluted = dark, removed = dark;
    diluted.emplace_back("smp.dilution=20"), removed.emplace_back("time.laserSessions=1");
    const LintNote usual = faint(dark);
    EXPECT_LT(faint(diluted).measured, usual.measured);
    EXPECT_EQ(faint(diluted).limit, usual.limit);
    EXPECT_GT(usual.limit, faint({"skin.monk=7", "smp.dilution=20", "hair.colour=black"}).limit);
    EXPECT_EQ(faint(removed).rule, "");  // it was meant to
    // As boards and lists measure it, where the area is known.
    const Scene scene = sceneWith(dark);
    const double cm2 = measureTreated(scene.head->mesh, scene.impressions).whole.areaCm2;
    const double all = measurePigment(scene.impressions, *scene.looks, scene.design, cm2).darkening;
    EXPECT_NEAR(usual.measured / 100, all, 0.1 * all);
}

TEST(Lint, WithoutATreatmentThereIsNothingToJudge) {
    EXPECT_TRUE(lint(sceneWith({"smp.enabled=false", "skin.shine=1", "hairline.heightMm=50"})).empty());
}

TEST(Lint, ALineThatNothingFramesIsNotJudged) {
    EXPECT_EQ(rulesOf(lint(sceneWith({"hairline.heightMm=50", "hairline.featherMm=0",
                                      "smp.zones.frontEdge.density=0", "smp.zones.transition.density=0"}))),
              Rules{});
}

TEST(Lint, SaysTheSameTwice) {
    const Scene scene = sceneWith({"hairline.style=edgeUp", "smp.pattern=random"});
    const auto once = lint(scene), again = lint(scene);
    ASSERT_EQ(once.size(), again.size());
    for (std::size_t i = 0; i < once.size(); ++i) {
        EXPECT_EQ(once[i].sentence, again[i].sentence);
        EXPECT_EQ(once[i].measured, again[i].measured);
    }
}

TEST(Lint, PresetsEarnTheNotesThatTheyAreExamplesOf) {
    const std::map<std::string, Rules> expected = {
        {"afro-pattern", {"hairline.straight", "hairline.sharp", "dots.faint"}},  // a defined line, asked for
        {"defined-edge-up", {"hairline.straight", "hairline.sharp", "dots.faint", "dots.helmet"}},
        {"grafts-with-smp", {"dots.dense"}},
        {"pluggy-hairline", {"hairline.low", "hairline.straight", "hairline.youthful"}},
        // It keeps the old line, and hides plugs.
        {"pluggy-hairline-repaired",
         {"hairline.low", "hairline.straight", "hairline.youthful", "dots.dark", "dots.dense"}},
        {"too-deep-blue",
         {"hairline.low", "hairline.straight", "hairline.sharp", "hairline.youthful", "dots.blue"}},
    };
    const auto presets = readPresets();
    ASSERT_TRUE(presets) << presets.error().message;
    for (const Preset& preset : *presets) {
        const auto scene = bakeScene(mannequin(), preset.design);
        ASSERT_TRUE(scene) << scene.error().message;
        const auto notes = expected.find(preset.name);
        EXPECT_EQ(rulesOf(lint(*scene)), notes == expected.end() ? Rules{} : notes->second) << preset.name;
    }
}

}  // namespace
}  // namespace stubble
