// One still in every kind of file: the same picture, mark and provenance.
#include "engine/jobs/still.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/jobs/display_image.h"
#include "engine/scene/design_json.h"
#include "tests/support/image_files.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

class StillGLTest : public TempDirTest {
  protected:
    [[nodiscard]] StillJob jobFor(const char* name) const {
        StillJob job;
        EXPECT_TRUE(applySetting(job.design, "smp.densityPerCm2=20"));
        job.width = 240, job.height = 180, job.samples = 2;
        job.output = dir_ / name;
        job.metadata = {{"Software", "stubble test"}};
        return job;
    }
};

TEST_F(StillGLTest, EveryKindOfFileHoldsTheSamePicture) {
    StillJob png8 = jobFor("a.png"), png16 = jobFor("b.png"), tiff8 = jobFor("a.tif"),
             tiff16 = jobFor("b.TIFF"), exr = jobFor("a.exr");
    png16.bits = tiff16.bits = 16;
    png16.dpi = tiff16.dpi = tiff8.dpi = 600;
    for (const StillJob& job : {png8, png16, tiff8, tiff16, exr}) {
        const auto report = renderStill(job);
        ASSERT_TRUE(report) << report.error().message;
    }
    const StoredImage eight = readStoredPng(png8.output), sixteen = readStoredPng(png16.output),
                      printed8 = readStoredTiff(tiff8.output), printed16 = readStoredTiff(tiff16.output),
                      light = readStoredExr(exr.output);
    EXPECT_EQ(eight.bits, 8);
    EXPECT_EQ(sixteen.bits, 16);
    EXPECT_EQ(printed8.bits, 8);
    EXPECT_EQ(printed16.bits, 16);
    EXPECT_EQ(eight.dpi, 0);
    EXPECT_NEAR(sixteen.dpi, 600, 0.02);
    EXPECT_EQ(printed16.dpi, 600);
    EXPECT_EQ(eight.values, printed8.values);
    EXPECT_EQ(sixteen.values, printed16.values);
    double darkest = 255, lightest = 0;
    for (std::size_t i = 0; i < eight.values.size(); i += 3) {
        const glm::vec3 lit(light.values[i], light.values[i + 1], light.values[i + 2]);
        const glm::vec3 shown = 255.0f * shownFromScene(lit);
        for (std::size_t k = 0; k < 3; ++k) {
            const double fine = sixteen.values[i + k] / 257;
            // The display's dither moves a value by up to a level, the mark rounds it once more.
            ASSERT_NEAR(fine, eight.values[i + k], 1.6) << i;
            // Half floats and 16 bits: a twentieth of a level in the middle of the curve.
            ASSERT_NEAR(double(shown[static_cast<int>(k)]), fine, 0.12) << i;
            darkest = std::min(darkest, fine), lightest = std::max(lightest, fine);
        }
    }
    EXPECT_LT(darkest, 50);
    EXPECT_GT(lightest, 180);
    for (const char* key : {"Software", "Description", "Design", "View", "Source"}) {
        EXPECT_EQ(eight.text.at(key), sixteen.text.at(key));
        if (key != std::string("Software")) {
            EXPECT_NE(printed16.text.at("ImageDescription").find(key + (": " + eight.text.at(key))),
                      std::string::npos);
        }
        std::string lower = key;
        lower[0] = static_cast<char>(std::tolower(lower[0]));
        EXPECT_EQ(light.text.at(lower), eight.text.at(key));
    }
    EXPECT_EQ(light.text.at("values").find("linear light x exposure "), 0u);
}

TEST_F(StillGLTest, RefusesTheProcessorWhereAGraphicsCardIsRequired) {
    StillJob job = jobFor("a.png");
    job.gl.requireGpu = true;
    const auto software =
        GlContext::createHeadless().map([](const GlContext& context) { return context.device().software; });
    ASSERT_TRUE(software) << software.error().message;
    const auto report = renderStill(job);
    EXPECT_EQ(report.has_value(), !*software);
    if (!report) {
        EXPECT_EQ(report.error().code, ExitCode::noOpenGl);
    }
    EXPECT_EQ(std::filesystem::exists(job.output), !*software);
}

}  // namespace
}  // namespace stubble
