#include "tools/studio/document.h"

#include <gtest/gtest.h>

#include "engine/core/file.h"
#include "engine/scene/design_json.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

class DocumentTest : public TempDirTest {
  protected:
    static void setDepth(Document& document, float depthMm) {
        Design design = document.design();
        design.smp.depthMm = depthMm;
        document.history().change(std::move(design), "smp.depthMm");
    }
    static std::string textOf(const fs::path& path) { return readTextFile(path, 1 << 24).value(); }
    fs::path designOn(const std::string& name, const std::string& head) const {
        Design design;
        design.head = head;
        return write(name, formatDesign(design));
    }
};

TEST_F(DocumentTest, ANewOneIsUntitledAndUnchanged) {
    Document document;
    EXPECT_FALSE(document.hasUnsavedChanges());
    EXPECT_EQ(document.title("Untitled"), "Untitled");
    setDepth(document, 0.2f);
    EXPECT_EQ(document.title("Untitled"), "Untitled*");
    const auto saved = document.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().message, "the design has no file yet: expected a path to save to");
}

TEST_F(DocumentTest, UnsavedOnlyWhileItDiffersFromTheFile) {
    Document document;
    setDepth(document, 0.2f);
    ASSERT_TRUE(document.saveAs(dir_ / "client.json"));
    EXPECT_FALSE(document.hasUnsavedChanges());
    EXPECT_EQ(document.title("Untitled"), "client.json");
    document.history().undo();
    EXPECT_TRUE(document.hasUnsavedChanges());
    document.history().redo();
    EXPECT_FALSE(document.hasUnsavedChanges());
    setDepth(document, 0.3f);
    EXPECT_TRUE(document.hasUnsavedChanges());
    setDepth(document, 0.2f);
    EXPECT_FALSE(document.hasUnsavedChanges());
    setDepth(document, 0.3f);
    ASSERT_TRUE(document.save());
    const auto again = Document::open(dir_ / "client.json");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->design(), document.design());
    EXPECT_FALSE(again->hasUnsavedChanges());
    EXPECT_EQ(textOf(dir_ / "client.json"), formatDesign(document.design()));
}

TEST_F(DocumentTest, SavingEndsADrag) {
    Document document;
    document.history().begin("smp.depthMm");
    setDepth(document, 0.2f);
    ASSERT_TRUE(document.saveAs(dir_ / "a.json"));
    EXPECT_FALSE(document.history().inGesture());
    EXPECT_TRUE(document.history().undo());
}

TEST_F(DocumentTest, AFaultyFileIsNamed) {
    EXPECT_EQ(Document::open(dir_ / "none.json").error().message,
              (dir_ / "none.json").string() + ": cannot be read: No such file or directory");
    const auto path = write("bad.json", R"({"stubble":"design","version":1,"smp":{"depthMm":9}})");
    EXPECT_EQ(Document::open(path).error().message,
              path.string() + ": smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm");
}

TEST_F(DocumentTest, ASaveThatFailsLeavesFileAndFlagAsTheyWere) {
    Document document;
    ASSERT_TRUE(document.saveAs(dir_ / "a.json"));
    const std::string before = textOf(dir_ / "a.json");
    setDepth(document, 0.2f);
    {
        const FileSizeLimit fullDisk(100);
        const auto saved = document.save();
        ASSERT_FALSE(saved);
        EXPECT_EQ(saved.error().code, ExitCode::io);
    }
    EXPECT_TRUE(document.hasUnsavedChanges());
    EXPECT_EQ(textOf(dir_ / "a.json"), before);
    EXPECT_FALSE(document.saveAs(dir_ / "no/such/folder.json"));
    EXPECT_EQ(document.path(), dir_ / "a.json");
}

TEST_F(DocumentTest, WhatCouldNotBeOpenedAgainIsNotSaved) {
    Document document;
    ASSERT_TRUE(document.saveAs(dir_ / "a.json"));
    setDepth(document, 9);
    const auto saved = document.save();
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().message,
              (dir_ / "a.json").string() +
                  ": smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(textOf(dir_ / "a.json"), formatDesign(Design{}));
}

TEST_F(DocumentTest, AHeadIsFoundFromWhereverTheDesignIsSaved) {
    fs::create_directories(dir_ / "other");
    const auto path = designOn("a.json", "scans/client.obj");
    Document document = Document::open(path).value();
    EXPECT_EQ(document.design().head, (dir_ / "scans/client.obj").string());
    ASSERT_TRUE(document.save());
    EXPECT_EQ(textOf(path), textOf(designOn("same.json", "scans/client.obj")));
    ASSERT_TRUE(document.saveAs(dir_ / "other/a.json"));
    EXPECT_EQ(readDesign(dir_ / "other/a.json")->head, "../scans/client.obj");
    EXPECT_EQ(Document::open(dir_ / "other/a.json")->design(), document.design());
}

TEST_F(DocumentTest, ARelativeHeadOfANewDesignIsMeantFromTheWorkingFolder) {
    Design design;
    design.head = "client.obj";
    Document document(design);
    ASSERT_TRUE(document.saveAs(dir_ / "a.json"));
    EXPECT_EQ(Document::open(dir_ / "a.json")->design().head, (fs::current_path() / "client.obj").string());
}

TEST_F(DocumentTest, AnAbsoluteHeadStaysAbsolute) {
    Document document = Document::open(designOn("a.json", "/scans/client.obj")).value();
    ASSERT_TRUE(document.save());
    EXPECT_EQ(readDesign(dir_ / "a.json")->head, "/scans/client.obj");
}

TEST_F(DocumentTest, ARescueIsAnUnsavedStepAfterItsFile) {
    const auto path = write("a.json", formatDesign(Design{}));
    Design design;
    design.seed = 7;
    Document document = Document::rescued(design, path);
    EXPECT_EQ(document.design(), design);
    EXPECT_EQ(document.path(), path);
    EXPECT_TRUE(document.hasUnsavedChanges());
    EXPECT_TRUE(document.history().undo());
    EXPECT_FALSE(document.hasUnsavedChanges());

    for (const fs::path& lost : {fs::path(), dir_ / "gone.json"}) {
        const Document orphan = Document::rescued(design, lost);
        EXPECT_EQ(orphan.design(), design);
        EXPECT_EQ(orphan.path(), lost);
        EXPECT_TRUE(orphan.hasUnsavedChanges());
    }
}

}  // namespace
}  // namespace stubble
