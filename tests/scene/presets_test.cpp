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

TEST(Presets, SuggestsTheNearestName) {
    const auto preset = readPreset("widow-peak");
    ASSERT_FALSE(preset);
    EXPECT_EQ(preset.error().code, ExitCode::usage);
    EXPECT_EQ(preset.error().message,
              "widow-peak: unknown preset, did you mean widows-peak? (`stubble presets` lists them)");
}

}  // namespace
}  // namespace stubble
