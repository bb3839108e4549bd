#include "engine/jobs/picture.h"

#include <gtest/gtest.h>

#include "engine/gpu/context.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {
namespace {

TEST(TilesOf, CoverThePictureOnce) {
    for (const glm::ivec2 size : {glm::ivec2(1, 1), {1920, 1080}, {4096, 2304}, {16384, 9216}, {16384, 3}}) {
        const auto tiles = tilesOf(size.x, size.y, 1000 * 1000);
        std::int64_t pixels = 0;
        for (const PixelRect& tile : tiles) {
            EXPECT_LE(std::int64_t{tile.width} * tile.height, 1000 * 1000);
            pixels += std::int64_t{tile.width} * tile.height;
            for (const PixelRect& other : tiles) {
                if (&other == &tile) continue;
                EXPECT_FALSE(tile.x < other.x + other.width && other.x < tile.x + tile.width &&
                             tile.y < other.y + other.height && other.y < tile.y + tile.height);
            }
        }
        EXPECT_EQ(pixels, std::int64_t{size.x} * size.y);
    }
}

struct TiledPicture {
    const char* camera;
    int width, height, samples;  // wider than a cell of the surface pass
};
void PrintTo(const TiledPicture& picture, std::ostream* out) {
    *out << picture.camera;
}

/// Hair of 2 mm and dots.
class TilesGLTest : public ::testing::TestWithParam<TiledPicture> {};

TEST_P(TilesGLTest, EqualTheWholeByteForByte) {
    auto loaded = loadHead({});
    ASSERT_TRUE(loaded);
    const auto head = std::make_shared<const Head>(std::move(loaded->head));
    Design design;
    design.hair.lengthMm = 2;
    const auto scene = bakeScene(head, design);
    ASSERT_TRUE(scene) << scene.error().message;
    const auto context = GlContext::createHeadless();
    ASSERT_TRUE(context) << context.error().message;
    auto renderer = Renderer::create();
    ASSERT_TRUE(renderer) << renderer.error().message;
    const GpuScene gpuScene(*scene);
    View view;
    view.camera = *namedCamera(GetParam().camera, *head);
    view.light = *namedLight("studio");
    view.width = GetParam().width, view.height = GetParam().height;
    view.samples = GetParam().samples;
    const auto whole = renderPicture(*renderer, gpuScene, view, nullptr, view.width * view.height);
    ASSERT_TRUE(whole) << whole.error().message;
    for (const int side : {1300, 430}) {
        const auto tiled = renderPicture(*renderer, gpuScene, view, nullptr, side * side);
        ASSERT_TRUE(tiled) << tiled.error().message;
        EXPECT_EQ(whole->pixels, tiled->pixels) << "tiles of " << side;
    }
    const auto light = renderLight(*renderer, gpuScene, view, nullptr, view.width * view.height);
    const auto tiledLight = renderLight(*renderer, gpuScene, view, nullptr, 900 * 900);
    ASSERT_TRUE(light && tiledLight);
    EXPECT_EQ(light->pixels, tiledLight->pixels);
    // Something is in it.
    EXPECT_NE(light->at(view.width / 2, view.height / 2), light->at(3, 3));
}
INSTANTIATE_TEST_SUITE_P(Cameras, TilesGLTest,
                         ::testing::Values(TiledPicture{"three-quarter", 4096, 2304, 1},
                                           TiledPicture{"hairline", 2305, 1297, 2},
                                           TiledPicture{"macro", 2305, 1297, 2}));

}  // namespace
}  // namespace stubble
