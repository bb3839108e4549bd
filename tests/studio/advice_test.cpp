#include <fmt/format.h>
#include <gmock/gmock.h>

#include "engine/scene/design_keys.h"
#include "tools/studio/advice_panel.h"
#include "tools/studio/inspector_table.h"
#include "tools/studio/text.h"

namespace stubble {
namespace {

LintNote note(std::string_view rule, LintSeverity severity = LintSeverity::warning) {
    return {rule, severity, "smp.depthMm", 0.456, 0.3, "mm", "The engine's own words.", "source"};
}

/// Figures that break every rule at once.
std::vector<LintNote> everyNote() {
    Design design;
    design.hair.norwood = Norwood::VI;
    design.skin.shine = 1;
    LintFigures figures;
    figures.hairline = HairlineFigures{50, 1, 0.1f, 0.1f, 60, 1};
    figures.dots = TreatmentFigures{500, 0.6f, 0.5f, 0.9f, 0.6f, 0.1f, 200, 50, 1};
    std::vector<LintNote> notes = lint(design, figures);
    figures.hairline->irregularityMm = 1;  // then it is no ruled line any more, but may mirror itself
    for (const LintNote& other : lint(design, figures))
        if (other.rule == "hairline.perfect") notes.push_back(other);
    design.skin.monk = 9;
    figures.dots->darkness = 0, figures.dots->darkening = 0.05f, figures.dots->noticedDarkening = 0.2f;
    for (const LintNote& other : lint(design, figures))
        if (other.rule == "dots.faint") notes.push_back(other);
    return notes;
}

TEST(Advice, EveryRuleHasASentenceInTheTableAndAControlToGoTo) {
    ASSERT_TRUE(loadTexts("en"));
    const std::vector<LintNote> notes = everyNote();
    EXPECT_EQ(notes.size(), 14);
    for (const LintNote& given : notes) {
        EXPECT_TRUE(hasText(fmt::format("advice.{}", given.rule))) << given.rule;
        EXPECT_NE(adviceSentence(given), given.sentence) << given.rule;
        EXPECT_THAT(adviceSentence(given), testing::Not(testing::HasSubstr("{")));
        EXPECT_FALSE(rowFor(given.key).empty()) << given.key;
    }
}

TEST(Advice, TellsFigureLimitAndUnit) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string sentence = adviceSentence(note("dots.blue"));
    EXPECT_THAT(sentence, testing::HasSubstr("0.46 mm"));
    EXPECT_THAT(sentence, testing::HasSubstr("0.3 mm "));
    EXPECT_EQ(adviceSentence(note("rule.of.tomorrow")), "The engine's own words.");
}

TEST(Advice, PutsAsideByRuleUntilAnotherDesign) {
    AdvicePanel panel;
    panel.show({note("dots.dense", LintSeverity::hint), note("dots.blue")});
    ASSERT_EQ(panel.shown().size(), 2);
    EXPECT_EQ(panel.shown()[0]->rule, "dots.blue");  // warnings first
    panel.putAside("dots.blue");
    panel.show({note("dots.dense", LintSeverity::hint), note("dots.blue")});  // after another edit
    ASSERT_EQ(panel.shown().size(), 1);
    EXPECT_EQ(panel.asideCount(), 1);
    panel.bringBack();
    EXPECT_EQ(panel.shown().size(), 2);
    panel.putAside("dots.blue");
    panel.reset();
    panel.show({note("dots.blue")});
    EXPECT_EQ(panel.shown().size(), 1);
}

TEST(InspectorTable, OffersKeysOfTheDesignByControlsThatSuitThem) {
    std::size_t rows = 0;
    for (const InspectorSection& section : inspectorSections())
        for (const InspectorRow& row : section.rows) {
            ++rows;
            if (row.kind == RowKind::zones) continue;
            const DesignKey* const key = findDesignKey(row.path);
            ASSERT_NE(key, nullptr) << row.path;
            const bool isNumber = key->type == KeyType::number || key->type == KeyType::integer;
            if (row.kind == RowKind::slider) {
                EXPECT_TRUE(isNumber && !key->orNull) << row.path;
            }
            if (row.kind == RowKind::typical) {
                EXPECT_TRUE(key->orNull) << row.path;
            }
            if (row.kind == RowKind::chips || row.kind == RowKind::list || row.kind == RowKind::style) {
                EXPECT_EQ(key->type, KeyType::choice) << row.path;
            }
            if (row.kind == RowKind::toggle) {
                EXPECT_EQ(key->type, KeyType::flag) << row.path;
            }
        }
    EXPECT_GT(rows, 40);
}

TEST(InspectorTable, FindsTheRowOfAKeyOrTheFirstOfItsGroup) {
    EXPECT_EQ(rowFor("smp.frontDensity"), "smp.frontDensity");
    EXPECT_EQ(sectionOf("smp.frontDensity"), "dots");
    EXPECT_EQ(rowFor("hairline.points"), "hairline.style");
    EXPECT_EQ(rowFor("smp.zones.crown.density"), "smp.zones");
    EXPECT_EQ(sectionOf("smp.zones.crown.density"), "zones");
    EXPECT_EQ(rowFor("seed"), "");
    EXPECT_EQ(sectionOf("seed"), "");
}

}  // namespace
}  // namespace stubble
