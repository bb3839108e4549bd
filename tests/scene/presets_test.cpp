#include "engine/scene/presets.h"

#include <gtest/gtest.h>

#include "engine/scene/design_json.h"

namespace stubble {
namespace {

TEST(Presets, AllParseAndSayWhatTheyAre) {
    const auto presets = readPresets();
    ASSERT_TRUE(presets) << presets.error().message;
    EXPECT_GE(presets->size(), 8u);
    for (const Preset& preset : *presets) {
        EXPECT_FALSE(preset.design.name.empty()) << preset.name;
        EXPECT_FALSE(preset.design.description.empty()) << preset.name;
    }
}

TEST(Presets, TheDefaultLookIsADesignOfDefaults) {
    auto preset = readPreset("buzz-norwood6");
    ASSERT_TRUE(preset) << preset.error().message;
    preset->name.clear();
    preset->description.clear();
    EXPECT_EQ(formatDesign(*preset), formatDesign(Design{}));
}

/// How wide the preset's mean dot is on its day, mm.
float dotWidthMm(std::string_view preset) {
    const Design design = readPreset(preset).value();
    const Ageing ageing(design.time, design.smp.pigment, design.smp.sessions);
    return ageing
        .of({.diameterMm = design.smp.diameterMm, .depthMm = design.smp.depthMm}, design.smp.sessions - 1)
        .diameterMm;
}

TEST(Presets, ThoseOfTimeShowWhatTheyTell) {
    EXPECT_GT(dotWidthMm("fresh-session"), 0.2f);
    EXPECT_NEAR(dotWidthMm("buzz-norwood6"), 0.15f, 0.002f);
    EXPECT_GT(dotWidthMm("faded-five-years"), dotWidthMm("buzz-norwood6"));
    EXPECT_NEAR(dotWidthMm("too-deep-blue"), 0.4f, 0.05f) << "blown out by its depth alone";
    // One treatment at several times: nothing but the day, the laser and the clipper differ.
    for (const char* name : {"fresh-session", "healing-week", "faded-five-years", "laser-three-sessions"}) {
        Design design = readPreset(name).value();
        design.name.clear(), design.description.clear();
        design.time = {}, design.hair = {};
        EXPECT_EQ(formatDesign(design), formatDesign(Design{})) << name;
    }
}

TEST(Presets, BeforeAndAfterAreOneClient) {
    const std::pair<const char*, const char*> pairs[] = {{"pluggy-hairline", "pluggy-hairline-repaired"},
                                                         {"strip-scar", "strip-scar-camouflaged"},
                                                         {"fue-dots", "fue-dots-camouflaged"}};
    for (const auto& [before, after] : pairs) {
        Design bare = readPreset(before).value(), treated = readPreset(after).value();
        EXPECT_FALSE(bare.smp.enabled) << before;
        EXPECT_TRUE(treated.smp.enabled) << after;
        for (Design* design : {&bare, &treated}) {
            design->name.clear(), design->description.clear();
            design->smp = {}, design->time = {};
            design->hair.lengthMm = 0;
            design->hairline.featherMm = 0;
        }
        EXPECT_EQ(formatDesign(bare), formatDesign(treated)) << after;
    }
}

TEST(Presets, SuggestsTheNearestName) {
    const auto preset = readPreset("widow-peak");
    ASSERT_FALSE(preset);
    EXPECT_EQ(preset.error().code, ExitCode::usage);
    EXPECT_EQ(preset.error().message,
              "widow-peak: unknown preset, did you mean widows-peak? (`stubble presets` lists them)");
}

TEST(Presets, HairOfAfricanTypeIsBlack) {
    const auto presets = readPresets();
    ASSERT_TRUE(presets) << presets.error().message;
    int count = 0;
    for (const Preset& preset : *presets)
        if (preset.design.hair.ancestry == Ancestry::african) {
            EXPECT_EQ(preset.design.hair.colour, HairColour::black) << preset.name;
            ++count;
        }
    EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace stubble
