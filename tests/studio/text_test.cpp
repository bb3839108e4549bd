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
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

std::string sources() {
    std::ostringstream all;
    for (const auto& entry : std::filesystem::directory_iterator(STUBBLE_SOURCE_DIR "/tools/studio"))
        if (entry.path().extension() == ".cpp") all << std::ifstream(entry.path()).rdbuf();
    return all.str();
}

TEST(Texts, EveryWordThatTheCodeNamesIsInTheTable) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string code = sources();
    const std::regex named(
        R"re("((?:menu|keys|camera|light|group|files|note|status|unsaved|rescue|step|viewport|file|label|hint|moment|tool|map)\.[A-Za-z0-9.]+)")re");
    int count = 0;
    for (auto match = std::sregex_iterator(code.begin(), code.end(), named); match != std::sregex_iterator();
         ++match) {
        EXPECT_TRUE(hasText((*match)[1].str())) << (*match)[1].str();
        ++count;
    }
    EXPECT_GT(count, 40);
}

TEST(Texts, EveryRowOfTheInspectorHasItsWords) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string code = sources();
    const std::regex row(R"re(rows\.(?:number|list|chips)\("([A-Za-z0-9.]+)")re");
    int count = 0;
    for (auto match = std::sregex_iterator(code.begin(), code.end(), row); match != std::sregex_iterator();
         ++match) {
        const std::string path = (*match)[1].str();
        const DesignKey* const key = findDesignKey(path);
        ASSERT_NE(key, nullptr) << path;
        EXPECT_TRUE(hasText("key." + path)) << path;
        EXPECT_TRUE(hasText("hint." + path)) << path;
        if (key->type == KeyType::choice) {
            for (const auto choice : key->choices)
                EXPECT_TRUE(hasText(fmt::format("choice.{}.{}", path, choice))) << choice;
        }
        if (!key->unit.empty()) {
            EXPECT_TRUE(hasText(fmt::format("unit.{}", key->unit))) << key->unit;
        }
        ++count;
    }
    EXPECT_GE(count, 12);
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
