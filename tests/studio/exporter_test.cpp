#include "tools/studio/exporter.h"

#include <gmock/gmock.h>

#include <fstream>
#include <numbers>

#include "tools/studio/preset_gallery.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;

TEST(Exports, AreWhatTheCommandLineMakesOfANamedCamera) {
    const ExportOrder order{ExportKind::still, 3840, 2160, 32};
    EXPECT_THAT(exportArguments("/a/client.json", {"front", {}, "clinic"}, order, "/a/out.png", false),
                ElementsAre("render", "/a/client.json", "-o", "/a/out.png", "--quiet", "--light", "clinic",
                            "--size", "3840x2160", "--samples", "32", "--camera", "front"));
    EXPECT_THAT(exportArguments("/a/client.json", {"front", {}, "clinic"}, order, "/a/b.png", true),
                Contains("smp.enabled=false"));
}

TEST(Exports, OfSheetsAndBoardsLeaveViewAndLightToThem) {
    const ExportOrder sheet{.kind = ExportKind::sheet, .suffix = ".pdf"};
    EXPECT_THAT(exportArguments("/a/client.json", {"front", {}, "clinic"}, sheet, "/a/plan.pdf", false),
                ElementsAre("plan", "/a/client.json", "-o", "/a/plan.pdf", "--quiet"));
    const ExportOrder board{.kind = ExportKind::board, .board = "density-ladder"};
    EXPECT_THAT(exportArguments("/a/client.json", {"front", {}, "clinic"}, board, "/a/board.png", false),
                ElementsAre("board", "/a/client.json", "-o", "/a/board.png", "--quiet", "--preset",
                            "density-ladder"));
}

TEST(Exports, PutAPairOnAPageInOneGo) {
    const ExportOrder page{.kind = ExportKind::pair, .suffix = ".html"};
    EXPECT_THAT(exportArguments("/a/client.json", {"front", {}, "clinic"}, page, "/a/pair.html", false),
                ElementsAre("pair", "/a/client.json", "-o", "/a/pair.html", "--quiet", "--light", "clinic",
                            "--size", "1920x1080", "--samples", "8", "--camera", "front"));
}

TEST(Exports, TellAFreeCameraInAllItsDigits) {
    const Camera own{{-100.1f, 0.3333333f, 750}, {1e-7f, 2, 3}, {0, 1, 0}, 0.4321987f};
    const auto arguments = exportArguments("d.json", {"", own, "studio"}, {}, "o.png", false);
    EXPECT_THAT(arguments, Not(Contains("--camera")));
    EXPECT_THAT(arguments, Contains("--eye-mm=-100.1,0.3333333,750"));
    EXPECT_THAT(arguments, Contains("--target-mm=1e-07,2,3"));
    EXPECT_EQ(static_cast<float>(std::stod(arguments.back()) * std::numbers::pi / 180), own.fieldOfView);
}

TEST(Exports, NeverPutThePictureBeforeOverAFile) {
    const fs::path folder = fs::temp_directory_path() / "stubble-exporter-test";
    fs::remove_all(folder);
    fs::create_directories(folder);
    EXPECT_EQ(beforeFile(folder / "x-after.png"), folder / "x-before.png");
    EXPECT_EQ(beforeFile(folder / "x.png"), folder / "x-before.png");
    std::ofstream(folder / "x-before.png") << "mine";
    EXPECT_EQ(beforeFile(folder / "x.png"), folder / "x-before-2.png");
    EXPECT_NE(beforeFile(folder / "x-before.png"), folder / "x-before.png");
    fs::remove_all(folder);
}

TEST(Presets, KeepTheClientsHeadAndWords) {
    Design client, preset;
    client.head = "/clients/a.obj";
    client.name = "A. Client";
    preset.name = "Afro pattern";
    preset.smp.pattern = DotPattern::afro;
    preset.skin.monk = 7;
    const Design design = withPreset(client, preset);
    EXPECT_EQ(design.head, client.head);
    EXPECT_EQ(design.name, client.name);
    EXPECT_EQ(design.smp, preset.smp);
    EXPECT_EQ(design.skin, preset.skin);
}

TEST(Presets, AreShownFromWhereTheyAreAbout) {
    EXPECT_EQ(previewCamera({}), "three-quarter");
    for (const char* const back : {"strip-scar", "fue-dots-camouflaged", "scar-camouflage"})
        EXPECT_EQ(previewCamera(*readPreset(back)), "back") << back;
    for (const char* const front : {"pluggy-hairline", "grafts-with-smp"})
        EXPECT_EQ(previewCamera(*readPreset(front)), "three-quarter") << front;
    EXPECT_EQ(previewCamera(*readPreset("thinning-top-ludwig2")), "top");
}

}  // namespace
}  // namespace stubble
