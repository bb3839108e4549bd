#include "tools/studio/folder_opener.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <fstream>
#include <thread>

namespace stubble {
namespace {
namespace fs = std::filesystem;

/// A folder with a program xdg-open in it, which alone is found while this lives.
class FakeDesktop {
  public:
    explicit FakeDesktop(const std::string& script) {
        const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
        folder = fs::path(testing::TempDir()) / ("stubble-folder-" + name);
        fs::remove_all(folder);
        fs::create_directories(folder / "two words");
        if (!script.empty()) {
            std::ofstream(folder / "xdg-open") << "#!/bin/sh\n" << script << '\n';
            fs::permissions(folder / "xdg-open", fs::perms::owner_all);
        }
        ::setenv("PATH", folder.c_str(), 1);
    }
    ~FakeDesktop() {
        ::setenv("PATH", before_.c_str(), 1);
        fs::remove_all(folder);
    }
    fs::path folder;

  private:
    std::string before_ = ::getenv("PATH");
};

/// What the opener says once it is no more waited for.
std::optional<Error> answerOf(FolderOpener& opener) {
    for (int i = 0; i < 500; ++i) {
        if (const auto error = opener.takeError()) return error;
        if (opener.due() > 1) return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ADD_FAILURE() << "no answer";
    return std::nullopt;
}

TEST(FolderOpener, HandsTheFolderOverWithoutAShell) {
    const FakeDesktop desktop(R"(echo "$#:$1" > "$0.said")");
    FolderOpener opener;
    const fs::path folder = desktop.folder / "two words";
    ASSERT_TRUE(opener.open(folder));
    EXPECT_FALSE(answerOf(opener));
    std::ifstream said(desktop.folder / "xdg-open.said");
    std::string line;
    std::getline(said, line);
    EXPECT_EQ(line, "1:" + folder.string());
}

TEST(FolderOpener, TellsThatTheDesktopKnowsNoWay) {
    const FakeDesktop desktop("exit 3");
    FolderOpener opener;
    ASSERT_TRUE(opener.open(desktop.folder));
    const auto error = answerOf(opener);
    ASSERT_TRUE(error);
    EXPECT_EQ(error->message, "xdg-open " + desktop.folder.string() + ": ended with 3");
}

TEST(FolderOpener, TellsThatThereIsNoSuchProgram) {
    const FakeDesktop desktop("");
    FolderOpener opener;
    const auto opened = opener.open(desktop.folder);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message, "xdg-open: cannot be started: No such file or directory");
}

}  // namespace
}  // namespace stubble
