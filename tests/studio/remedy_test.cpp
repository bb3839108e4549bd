#include "tools/studio/remedy.h"

#include <gtest/gtest.h>

#include "engine/scalp/head_load.h"
#include "engine/scalp/skull.h"
#include "engine/scene/design_json.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/scene.h"
#include "tools/studio/hairline_edit.h"

namespace stubble {
namespace {

std::shared_ptr<const Head> mannequin() {
    static const auto head = std::make_shared<const Head>(loadHead({}).value().head);
    return head;
}

std::optional<LintNote> noteOf(std::string_view rule, const Design& design) {
    const auto scene = bakeScene(mannequin(), design);
    EXPECT_TRUE(scene);
    for (const LintNote& note : lint(*scene))
        if (note.rule == rule) return note;
    return std::nullopt;
}

double valueOf(const Design& design, std::string_view key) {
    return findDesignKey(key)->get(design).get<double>();
}

TEST(Remedy, AnswersTheNoteAndHardlyMore) {
    struct Case {
        std::string_view rule;
        std::vector<std::string> settings;
        double least, most;  ///< of the key's value
    };
    const std::vector<Case> cases = {
        {"hairline.low", {"hairline.heightMm=58"}, 70, 70},
        {"hairline.straight", {"hairline.irregularityMm=0.2"}, 0.5, 0.8},
        {"hairline.perfect", {"hairline.irregularityMm=0.8"}, 0.8, 1.2},
        {"hairline.sharp", {"hairline.featherMm=2"}, 5, 5.5},
        {"hairline.sharp", {"hairline.featherMm=2", "hairline.style=defined"}, 10, 16},
        {"dots.dark", {"smp.diameterMm=0.22"}, 7, 14},
        {"dots.dark", {"smp.dilution=3", "smp.diameterMm=0.17"}, 3.5, 8},
        {"dots.dense", {"smp.densityPerCm2=380"}, 280, 300},
        {"dots.dense", {"smp.densityPerCm2=240", "hair.ancestry=african", "hair.colour=black"}, 190, 212},
        {"dots.blue", {"smp.depthMm=0.5"}, 0.27, 0.3},
        {"skin.shine", {"skin.shine=0.9"}, 0.75, 0.75},
    };
    for (const Case& c : cases) {
        SCOPED_TRACE(c.rule);
        Design design;
        for (const std::string& setting : c.settings) ASSERT_TRUE(applySetting(design, setting));
        const auto note = noteOf(c.rule, design);
        ASSERT_TRUE(note);
        const auto remedy = remedyFor(*note, design);
        ASSERT_TRUE(remedy);
        EXPECT_GE(remedy->value, c.least - 1e-6);
        EXPECT_LE(remedy->value, c.most + 1e-6);
        const Design better = remedied(design, *remedy);
        EXPECT_FLOAT_EQ(static_cast<float>(valueOf(better, remedy->key)), static_cast<float>(remedy->value));
        EXPECT_FALSE(noteOf(c.rule, better)) << remedy->key << " = " << remedy->value;
    }
}

TEST(Remedy, RaisesADrawnLineAsAWhole) {
    Design design;
    design.hairline.heightMm = 55;
    const SkullGuides& guides = skullOf(*mannequin())->guides();
    design.hairline =
        withPoints(design.hairline, hairlinePoints(*mannequin(), design.hairline).value(), guides);
    const auto note = noteOf("hairline.low", design);
    ASSERT_TRUE(note);
    const auto remedy = remedyFor(*note, design);
    ASSERT_TRUE(remedy);
    Design better = remedied(design, *remedy);
    letPointsFollow(better.hairline, remedy->key, guides);
    EXPECT_EQ(better.hairline.points.size(), design.hairline.points.size());
    EXPECT_FALSE(noteOf("hairline.low", better));
}

TEST(Remedy, StaysAwayWhereOneKeyWillNotDo) {
    Design design;
    for (const std::string_view rule :
         {"dots.grid", "dots.merged", "dots.faint", "dots.helmet", "hairline.flat"})
        EXPECT_FALSE(remedyFor({rule, LintSeverity::hint, "", 1, 0.5, "", "", ""}, design)) << rule;
    // Beyond the key's range, and what cannot be divided by.
    EXPECT_FALSE(remedyFor({"dots.dark", LintSeverity::warning, "", 99.9, 1, "%", "", ""}, design));
    EXPECT_FALSE(remedyFor({"hairline.sharp", LintSeverity::hint, "", 0, 5, "mm", "", ""}, design));
}

}  // namespace
}  // namespace stubble
