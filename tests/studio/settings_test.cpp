#include "tools/studio/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>

#include "engine/core/file.h"
#include "tests/support/temp_dir.h"
#include "tools/studio/user_folders.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

class SettingsTest : public TempDirTest {
  protected:
    std::string noteOn(const std::string& text) const {
        write("studio.json", text);
        return readSettings(dir_).note;
    }
};

TEST_F(SettingsTest, ReadsBackWhatWasWritten) {
    Settings settings{.recent = {"/a/b.json", "/c.json"},
                      .uiScale = 1.5f,
                      .windowWidth = 1600,
                      .windowHeight = 900,
                      .camera = "hairline",
                      .light = "daylight",
                      .mapShown = true,
                      .mapShare = 0.3f,
                      .divider = 0.25f};
    ASSERT_TRUE(writeSettings(settings, dir_ / "new/folder"));
    const ReadSettings read = readSettings(dir_ / "new/folder");
    EXPECT_EQ(read.note, "");
    EXPECT_EQ(read.settings, settings);
}

TEST_F(SettingsTest, WithoutAFileTheDefaults) {
    const ReadSettings read = readSettings(dir_ / "none");
    EXPECT_EQ(read.settings, Settings{});
    EXPECT_EQ(read.note, "");
}

TEST_F(SettingsTest, ABrokenFileIsSetAside) {
    const std::string broken = "{\"stubble\": \"settings\", \"uiSc";
    const std::string note = noteOn(broken);
    EXPECT_NE(note.find("line 1, column 30: not valid JSON"), std::string::npos) << note;
    EXPECT_NE(note.find("studio.json.broken"), std::string::npos) << note;
    EXPECT_EQ(readTextFile(dir_ / "studio.json.broken", 1000).value(), broken);
    EXPECT_EQ(readSettings(dir_).note, "") << "told again";
    EXPECT_EQ(readSettings(dir_).settings, Settings{});
    ASSERT_TRUE(writeSettings({}, dir_));
    EXPECT_EQ(readSettings(dir_).note, "");
}

TEST_F(SettingsTest, NamesTheFault) {
    const auto expectFault = [&](const std::string& member, const std::string& fault) {
        const std::string note = noteOn("{\"stubble\":\"settings\"," + member + "}");
        EXPECT_NE(note.find("studio.json: " + fault), std::string::npos) << note;
    };
    expectFault("\"uiScale\":9", "uiScale: found the number 9, expected a number from 0.5 to 4, or 0");
    expectFault("\"uiScale\":\"big\"",
                "uiScale: found the string \"big\", expected a number from 0.5 to 4, or 0");
    expectFault("\"windowWidth\":0", "windowWidth: found the number 0, expected a number from 320 to 16384");
    expectFault("\"windowWidth\":640.5",
                "windowWidth: found the number 640.5, expected a number from 320 to 16384");
    expectFault("\"light\":\"sun\"", "light: found the string \"sun\", expected one of studio, clinic");
    expectFault("\"camera\":3", "camera: found the number 3, expected one of front, back");
    expectFault("\"mapShown\":1", "mapShown: found the number 1, expected true or false");
    expectFault("\"mapShare\":0.9", "mapShare: found the number 0.9, expected a number from 0.2");
    expectFault("\"divider\":-1", "divider: found the number -1, expected a number from 0 to 1");
    expectFault("\"recent\":[1]", "recent: found an array, expected a list of paths");
    EXPECT_NE(noteOn("[]").find("studio.json: stubble: expected \"settings\""), std::string::npos);
}

TEST_F(SettingsTest, PassesOverWhatANewerStudioWrote) {
    EXPECT_EQ(noteOn(R"({"stubble":"settings","version":9,"paint":{"x":1},"uiScale":2})"), "");
    EXPECT_EQ(readSettings(dir_).settings.uiScale, 2);
}

TEST_F(SettingsTest, KeepsTenRecentFilesEachOnceAndMarksVanishedOnes) {
    Settings settings;
    const auto there = write("there.json", "{}");
    for (int i = 0; i < 12; ++i) addRecent(settings, "/gone/" + std::to_string(i) + ".json");
    addRecent(settings, there);
    addRecent(settings, "/gone/../gone/9.json");
    ASSERT_EQ(settings.recent.size(), kMaxRecentFiles);
    const auto files = recentFiles(settings);
    EXPECT_EQ(files[0].path, "/gone/9.json");
    EXPECT_FALSE(files[0].isThere);
    EXPECT_EQ(files[1].path, there);
    EXPECT_TRUE(files[1].isThere);
    EXPECT_EQ(files[2].path, "/gone/11.json");
    EXPECT_EQ(files[9].path, "/gone/3.json");
}

TEST_F(SettingsTest, AFolderThatCannotBeWrittenIsAnError) {
    write("file", "");
    const auto written = writeSettings({}, dir_ / "file/config");
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ExitCode::io);
}

/// Puts a variable back as it was.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        value ? ::setenv(name, value, 1) : ::unsetenv(name);
    }
    ~Variable() { before_ ? ::setenv(name_, before_->c_str(), 1) : ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::optional<std::string> before_;
};

TEST_F(SettingsTest, FoldersFollowTheEnvironment) {
    const std::string home = (dir_ / "home").string(), xdg = (dir_ / "xdg").string(),
                      own = (dir_ / "own").string();
    const Variable atHome("HOME", home.c_str());
    const Variable noState("STUBBLE_STATE_DIR", nullptr), noXdgState("XDG_STATE_HOME", nullptr);
    const Variable noConfig("STUBBLE_CONFIG_DIR", nullptr), noXdgConfig("XDG_CONFIG_HOME", nullptr);
    EXPECT_EQ(stateDir().value(), home + "/.local/state/stubble");
    EXPECT_EQ(configDir().value(), home + "/.config/stubble");
    EXPECT_TRUE(fs::is_directory(home + "/.local/state/stubble"));
    {
        const Variable state("XDG_STATE_HOME", xdg.c_str()), config("XDG_CONFIG_HOME", "not/absolute");
        EXPECT_EQ(stateDir().value(), xdg + "/stubble");
        EXPECT_EQ(configDir().value(), home + "/.config/stubble");
        const Variable ownState("STUBBLE_STATE_DIR", own.c_str());
        EXPECT_EQ(stateDir().value(), own);
    }
    const Variable homeless("HOME", "");
    EXPECT_EQ(stateDir().error().message,
              "no folder for what the studio keeps: set STUBBLE_STATE_DIR to one");
}

}  // namespace
}  // namespace stubble
