// What hairs cover of a picture: against the same hairs drawn 16 times as large, and against the gap fraction
// of canopies.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/hair/canopy.h"
#include "engine/perception/flip.h"
#include "tests/hair/add_hair.h"
#include "tests/render/patch_scene.h"
#include "tests/render/renderer_test.h"

namespace stubble {
namespace {

constexpr float kDiameterUm = 65;

/// Hairs without order, black, all of one length, that lean about `riseDegrees` over the skin towards +Y.
Scene hairyPatch(float widthMm, float hairsPerMm2, float lengthMm, float riseDegrees, float spreadDegrees,
                 float curvaturePerMm, std::uint64_t seed = 3) {
    Scene scene = patchScene(widthMm, 1, 0.1f, 0.15f);
    scene.impressions = {};
    scene.design.hair.lengthMm = lengthMm;
    Follicles& hairs = scene.follicles;
    RandomStream random(seed);
    const auto count = static_cast<std::size_t>(hairsPerMm2 * widthMm * widthMm);
    for (std::size_t i = 0; i < count; ++i) {
        const float x = (random.uniform() - 0.5f) * widthMm, y = (random.uniform() - 0.5f) * widthMm;
        const float rise = radiansFromDegrees(riseDegrees + spreadDegrees * (2 * random.uniform() - 1));
        const float turn = radiansFromDegrees(spreadDegrees * (2 * random.uniform() - 1));
        const glm::vec3 direction(std::cos(rise) * std::sin(turn), std::cos(rise) * std::cos(turn),
                                  std::sin(rise));
        addHair(hairs, {x, y, 0}, direction, {.diameterUm = kDiameterUm, .curvaturePerMm = curvaturePerMm});
    }
    return scene;
}

double mean(const Image<float>& image) {
    double sum = 0;
    for (const float value : image.pixels) sum += value;
    return sum / double(image.pixels.size());
}

class HairCoverageGLTest : public RendererTest {
  protected:
    /// Mean over the sub-frames, as the picture is.
    Image<float> coverageOf(const GpuScene& scene, float pixelsPerMm, int size, float tiltDegrees,
                            int samples = 1) {
        View view;
        view.camera = patchCamera(pixelsPerMm, size, tiltDegrees);
        view.light = *namedLight("clinic");
        view.width = view.height = size;
        view.samples = samples;
        Image<float> sum(size, size);
        renderer_->listenToPasses([&](std::string_view pass) {
            if (pass != "light") return;
            const Image<float> one = renderer_->hairCoverage();
            for (std::size_t i = 0; i < sum.pixels.size(); ++i)
                sum.pixels[i] += one.pixels[i] / static_cast<float>(samples);
        });
        const auto image = renderer_->render(scene, view);
        renderer_->listenToPasses({});
        EXPECT_TRUE(image) << image.error().message;
        return sum;
    }
};

/// The fine picture as the coarse one's pixels filter it: a Gaussian of half a pixel.
Image<float> filtered(const Image<float>& fine, int scale) {
    const int size = fine.width / scale, reach = 2 * scale;
    const float sigma = 0.5f * static_cast<float>(scale);
    std::vector<float> kernel;
    for (int i = -reach; i < reach; ++i)
        kernel.push_back(std::exp(-0.5f * (float(i) + 0.5f) * (float(i) + 0.5f) / (sigma * sigma)));
    const auto along = [&](const auto& at, int middle) {
        float sum = 0, weights = 0;
        for (int i = -reach; i < reach; ++i) {
            const int place = middle + i;
            if (place < 0 || place >= fine.width) continue;
            sum += kernel[static_cast<std::size_t>(i + reach)] * at(place);
            weights += kernel[static_cast<std::size_t>(i + reach)];
        }
        return sum / weights;
    };
    Image<float> rows(size, fine.height), out(size, size);
    for (int y = 0; y < fine.height; ++y)
        for (int x = 0; x < size; ++x)
            rows.at(x, y) = along([&](int at) { return fine.at(at, y); }, x * scale + scale / 2);
    for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x)
            out.at(x, y) = along([&](int at) { return rows.at(x, at); }, y * scale + scale / 2);
    return out;
}

/// Black hair on white, without the border, where the fine picture lacks what lies outside it.
ImageLinear blackOnWhite(const Image<float>& coverage, int border) {
    ImageLinear image(coverage.width - 2 * border, coverage.height - 2 * border);
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            image.at(x, y) = glm::vec3(1 - coverage.at(x + border, y + border));
    return image;
}

double meanDark(const ImageLinear& image) {
    double sum = 0;
    for (const glm::vec3 pixel : image.pixels) sum += 1.0 - double(pixel.r);
    return sum / double(image.pixels.size());
}

TEST_F(HairCoverageGLTest, AgreesWith256TimesSupersampling) {
    constexpr int kSize = 120, kScale = 16, kBorder = 4, kSubFrames = 64, kPatches = 2;
    struct Case {
        float pixelsPerMm, lengthMm, tiltDegrees;
    };
    // The whole head, a hairline, a few cm; a hair is 0.25, 0.8 and 2.6 pixels wide.
    for (const Case c : {Case{3.8f, 3, 0}, Case{3.8f, 0.75f, 35}, Case{12, 3, 35}, Case{40, 1.5f, 0}}) {
        double seen = 0, expected = 0, flip = 0;
        for (std::uint64_t patch = 0; patch < kPatches; ++patch) {
            const float patchMm = 2.2f * kSize / c.pixelsPerMm + 8;
            const GpuScene scene(hairyPatch(patchMm, 2, c.lengthMm, 40, 15, 0.1f, 3 + patch));
            const ImageLinear picture =
                blackOnWhite(coverageOf(scene, c.pixelsPerMm, kSize, c.tiltDegrees, kSubFrames), kBorder);
            const ImageLinear reference = blackOnWhite(
                filtered(coverageOf(scene, c.pixelsPerMm * kScale, kSize * kScale, c.tiltDegrees), kScale),
                kBorder);
            seen += meanDark(picture), expected += meanDark(reference);
            const auto difference = flipDifference(reference, picture, 67);
            ASSERT_TRUE(difference) << difference.error().message;
            flip += difference->mean / double(kPatches);
        }
        const std::string name = fmt::format("{} pixels a mm, {} mm", c.pixelsPerMm, c.lengthMm);
        EXPECT_NEAR(seen / expected, 1, 0.01) << name;
        EXPECT_LE(flip, 0.03) << name;
        RecordProperty(name,
                       fmt::format("coverage {:.4f} of the reference's, FLIP {:.4f}", seen / expected, flip));
    }
}

TEST_F(HairCoverageGLTest, LeavesTheGapsOfACanopy) {
    constexpr int kSize = 256;
    constexpr float kHairsPerMm2 = 1.9f, kRiseDegrees = 40, kPixelsPerMm = 4;
    for (const float lengthMm : {0.5f, 1.5f, 3.0f, 6.0f}) {
        // Over three patches: a single throw of hairs scatters by more than the bound.
        std::array<double, 3> seen{}, expected{};
        constexpr std::array kTilts = {0.0f, 30.0f, 60.0f};
        constexpr int kPatches = 3;
        for (int patch = 0; patch < kPatches; ++patch) {
            const GpuScene scene(hairyPatch(160, kHairsPerMm2, lengthMm, kRiseDegrees, 0, 0,
                                            11 + static_cast<std::uint64_t>(patch)));
            HairCanopy canopy;
            canopy.hairsPerMm2 = kHairsPerMm2;
            canopy.diameterMm = kDiameterUm * 1e-3f;
            canopy.lengthMm = lengthMm;
            const float rise = radiansFromDegrees(kRiseDegrees);
            canopy.direction = {0, std::cos(rise), std::sin(rise)};
            for (std::size_t t = 0; t < kTilts.size(); ++t) {
                const Camera camera = patchCamera(kPixelsPerMm, kSize, kTilts[t]);
                seen[t] += mean(coverageOf(scene, kPixelsPerMm, kSize, kTilts[t])) / kPatches;
                expected[t] = 1 - gapFraction(canopy, glm::normalize(camera.eyeMm));
            }
        }
        for (std::size_t t = 0; t < kTilts.size(); ++t)
            EXPECT_NEAR(seen[t] / expected[t], 1, 0.03)
                << lengthMm << " mm seen from " << kTilts[t] << " degrees: covered " << seen[t];
    }
}

}  // namespace
}  // namespace stubble
