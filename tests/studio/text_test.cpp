#include "tools/studio/text.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "engine/hair/length.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"
#include "engine/scalp/zones.h"
#include "engine/scene/design_keys.h"
#include "tools/studio/inspector_table.h"

namespace stubble {
namespace {

std::string sources() {
    std::ostringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(STUBBLE_SOURCE_DIR "/tools/studio"))
        if (entry.path().extension() == ".cpp") all << std::ifstream(entry.path()).rdbuf();
    // Names for tests are no words.
    return std::regex_replace(all.str(), std::regex(R"re(probe::\w+\("[^"]*")re"), "");
}

TEST(Texts, EveryWordThatTheCodeNamesIsInTheTable) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string code = sources();
    const std::regex named(
        R"re("((?:menu|keys|camera|light|group|files|note|status|unsaved|rescue|step|viewport|file|label|hint|moment|advice|choice|compare|sessions|unit|blend|tool|map|presets|export|guide)\.[A-Za-z0-9.]+)")re");
    int count = 0;
    for (auto match = std::sregex_iterator(code.begin(), code.end(), named); match != std::sregex_iterator();
         ++match) {
        EXPECT_TRUE(hasText((*match)[1].str())) << (*match)[1].str();
        ++count;
    }
    EXPECT_GT(count, 40);
}

TEST(Texts, EveryFaultSaysWhatToDo) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string code = sources();
    const std::regex fault(R"re("(note\.\w+(?:Failed|NotKept|Gone))")re");
    int count = 0;
    for (auto match = std::sregex_iterator(code.begin(), code.end(), fault); match != std::sregex_iterator();
         ++match, ++count)
        EXPECT_TRUE(hasText((*match)[1].str() + ".more")) << (*match)[1].str();
    EXPECT_GT(count, 10);
}

void expectWordsOf(const DesignKey& key) {
    for (const auto choice : key.choices)
        if (key.type == KeyType::choice) {
            EXPECT_TRUE(hasText(fmt::format("choice.{}.{}", key.path, choice))) << choice;
        }
    if (!key.unit.empty()) {
        EXPECT_TRUE(hasText(fmt::format("unit.{}", key.unit))) << key.unit;
    }
}

TEST(Texts, EveryRowOfTheInspectorHasItsWords) {
    ASSERT_TRUE(loadTexts("en"));
    for (const InspectorSection& section : inspectorSections()) {
        EXPECT_TRUE(hasText(fmt::format("group.{}", section.name))) << section.name;
        for (const InspectorRow& row : section.rows) {
            if (row.kind == RowKind::zones) continue;
            EXPECT_TRUE(hasText(fmt::format("key.{}", row.path))) << row.path;
            EXPECT_TRUE(hasText(fmt::format("hint.{}", row.path))) << row.path;
            expectWordsOf(*findDesignKey(row.path));
        }
    }
    for (int i = 0; i < kTreatedZoneCount; ++i) {
        const auto zone = zoneKey(static_cast<Zone>(i));
        EXPECT_TRUE(hasText(fmt::format("choice.zone.{}", zone))) << zone;
        for (const char* const factor : {"density", "size", "shade"}) {
            EXPECT_TRUE(hasText(fmt::format("key.zone.{}", factor))) << factor;
            EXPECT_TRUE(hasText(fmt::format("hint.zone.{}", factor))) << factor;
            EXPECT_TRUE(hasText(fmt::format("key.smp.zones.{}.{}", zone, factor))) << zone;  // names the step
        }
    }
}

TEST(Texts, CamerasLightsAndGuardsHaveNames) {
    ASSERT_TRUE(loadTexts("en"));
    for (const auto name : cameraNames()) EXPECT_TRUE(hasText(fmt::format("camera.{}", name))) << name;
    for (const auto name : lightNames()) EXPECT_TRUE(hasText(fmt::format("light.{}", name))) << name;
    for (const auto& guard : kClipperSettings)
        EXPECT_TRUE(hasText(fmt::format("choice.guard.{}", guard.name))) << guard.name;
}

TEST(Texts, AnUnknownKeyShowsItself) {
    EXPECT_STREQ(text("no.such.key"), "no.such.key");
    EXPECT_FALSE(hasText("no.such.key"));
}

TEST(Texts, AMissingLanguageIsAnErrorThatNamesTheFile) {
    const auto loaded = loadTexts("xx");
    ASSERT_FALSE(loaded);
    EXPECT_NE(loaded.error().message.find("xx.json"), std::string::npos);
}

}  // namespace
}  // namespace stubble
