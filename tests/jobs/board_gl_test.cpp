// A board's cells are stills of their designs, and its figures are those of the other commands.
#include "engine/jobs/board.h"

#include <gtest/gtest.h>

#include "engine/core/png_file.h"
#include "engine/jobs/mismatch_job.h"
#include "engine/jobs/picture.h"
#include "engine/jobs/placement.h"
#include "engine/jobs/still.h"
#include "engine/perception/xyz.h"
#include "engine/scene/design_json.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

Design designWith(std::initializer_list<const char*> settings) {
    Design design;
    for (const char* setting : settings) EXPECT_TRUE(applySetting(design, setting)) << setting;
    return design;
}

BoardJob jobOf(const Design& design, std::vector<BoardSweep> sweeps) {
    BoardJob job;
    job.design = design;
    job.spec = *boardOfSweeps(std::move(sweeps), 0);
    job.cellWidth = 240, job.cellHeight = 200, job.samples = 2;
    return job;
}

class BoardGLTest : public TempDirTest {
  protected:
    /// What `stubble render` makes of a cell's whole view.
    [[nodiscard]] ImageRgb8 stillOf(const BoardJob& job, const Design& design, int width, int height) const {
        StillJob still;
        still.design = design;
        still.camera = job.camera;
        still.width = width, still.height = height, still.samples = job.samples;
        still.output = dir_ / "still.png";
        const auto done = renderStill(still);
        EXPECT_TRUE(done) << done.error().message;
        return *readPng(still.output);
    }
};

TEST_F(BoardGLTest, EveryPictureIsItsDesignsStill) {
    const BoardJob job = jobOf(designWith({"smp.densityPerCm2=30"}),
                               {{"smp.diameterMm", {"0.1", "0.4"}}, {"skin.monk", {"3", "8"}}});
    const auto board = renderBoard(job);
    ASSERT_TRUE(board) << board.error().message;
    ASSERT_EQ(board->pictures.size(), 4u);
    for (const BoardPicture& picture : board->pictures)
        EXPECT_EQ(picture.image.pixels, stillOf(job, picture.design, 240, 200).pixels);
    EXPECT_NE(board->pictures[0].image.pixels, board->pictures[1].image.pixels);
}

TEST_F(BoardGLTest, CropIsAPartOfTheLargerStill) {
    BoardJob job = jobOf(designWith({"smp.densityPerCm2=30"}), {{"hair.lengthMm", {"0.2"}}});
    job.crop = {0.25f, 0.1f, 0.5f, 0.4f};
    const auto board = renderBoard(job);
    ASSERT_TRUE(board) << board.error().message;
    const ImageRgb8 whole = stillOf(job, board->pictures[0].design, 480, 500),
                    &cell = board->pictures[0].image;
    constexpr int kStampPx = 30;  // its rows at the bottom
    for (int y = 0; y < cell.height - kStampPx; ++y)
        for (int x = 0; x < cell.width; ++x)
            ASSERT_EQ(cell.at(x, y), whole.at(x + 120, y + 50)) << x << ", " << y;
}

TEST_F(BoardGLTest, FiguresAreThoseOfPlaceAndMismatch) {
    BoardJob job = jobOf(designWith({"smp.densityPerCm2=60", "hair.densityPerCm2=150"}),
                         {{"hair.lengthMm", {"razor", "1"}}});
    job.mismatchDistanceCm = 75;
    const auto board = renderBoard(job);
    ASSERT_TRUE(board) << board.error().message;
    for (const BoardPicture& picture : board->pictures) {
        const auto placed = placeDesign({picture.design, {}});
        ASSERT_TRUE(placed);
        const PlacementStats stats = measurePlacement(placed->head->mesh, placed->impressions);
        const CellFigures& figures = picture.figures;
        EXPECT_EQ(figures.treated.dots, stats.whole.dots);
        EXPECT_EQ(figures.treated.areaCm2, stats.whole.areaCm2);
        const PigmentFigures pigment =
            measurePigment(placed->impressions, *placed->looks, picture.design, stats.whole.areaCm2);
        EXPECT_EQ(figures.pigment->coverage, pigment.coverage);
        EXPECT_EQ(figures.pigment->darkening, pigment.darkening);
    }
    MismatchJob mismatch;
    mismatch.design = board->pictures[1].design;
    mismatch.map = false;
    const auto report = runMismatch(mismatch);
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_TRUE(board->pictures[1].figures.mismatch);
    EXPECT_EQ(board->pictures[1].figures.mismatch->dPrime, report->window->dPrime);
    EXPECT_GT(board->pictures[1].figures.mismatch->dPrime, board->pictures[0].figures.mismatch->dPrime);
}

TEST_F(BoardGLTest, SaysWhyAMismatchCouldNotBeMeasured) {
    BoardJob job = jobOf(designWith({"smp.densityPerCm2=20"}), {{"hair.norwood", {"none"}}});
    job.mismatchDistanceCm = 75;
    const auto board = renderBoard(job);
    ASSERT_TRUE(board) << board.error().message;
    EXPECT_FALSE(board->pictures[0].figures.mismatch);
    EXPECT_TRUE(board->pictures[0].figures.mismatchFault.starts_with("no hair was lost"));
}

TEST_F(BoardGLTest, DarkeningIsWhatAPictureShows) {
    // Bald, matt, evenly treated skin from close up, with pigment and without.
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context);
    const auto head = std::make_shared<const Head>(loadHead({"builtin:mannequin", "", {}})->head);
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer);
    const View view{*namedCamera("macro", *head), *namedLight("clinic"), 400, 400, 2, {}, false};
    const auto lightOf = [&](const Scene& scene) {
        const auto light = renderLight(*renderer, GpuScene(scene), view);
        double sum = 0;
        for (const glm::vec3 pixel : light->pixels) sum += double{luminance(pixel)};
        return sum;
    };
    Design design = designWith({"hair.norwood=VII", "smp.frontDensity=1", "smp.gradientMm=0", "smp.blendMm=0",
                                "hairline.featherMm=0", "skin.shine=0", "skin.redness=0", "hair.lengthMm=0"});
    for (const char* setting : {"smp.diameterMm=0.1", "smp.diameterMm=0.2", "smp.depthMm=0.5"}) {
        ASSERT_TRUE(applySetting(design, setting));
        const Scene treated = *bakeScene(head, design);
        Design bare = design;
        bare.smp.enabled = false;
        const double seen = 1 - lightOf(treated) / lightOf(*bakeScene(head, bare));
        const double areaCm2 = measureTreated(head->mesh, treated.impressions).whole.areaCm2;
        const double told = measurePigment(treated.impressions, *treated.looks, design, areaCm2).darkening;
        EXPECT_GT(told, 0.05) << setting;
        // Even matt skin reflects a little at its surface, and density varies by some percent over the head.
        EXPECT_NEAR(seen / told, 1, 0.1) << setting;
    }
}

}  // namespace
}  // namespace stubble
