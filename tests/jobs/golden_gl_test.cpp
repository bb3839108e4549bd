// Golden images as data: tests/golden/cases.json. On failure the actual picture and a difference picture
// (eight times enlarged differences) stay in <build>/golden.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/core/png_file.h"
#include "engine/jobs/still.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {

struct GoldenCase {
    std::string name, camera = "three-quarter", light = "studio";
    std::string preset;
    std::vector<std::string> settings;
    int levels = 5;
    double share = 0.001;
};
void PrintTo(const GoldenCase& golden, std::ostream* out) {
    *out << golden.name;
}

namespace {

namespace fs = std::filesystem;
const fs::path kGoldenDir = fs::path(STUBBLE_SOURCE_DIR) / "tests/golden";

std::vector<GoldenCase> readCases() {
    const auto text = readTextFile(kGoldenDir / "cases.json", 1u << 20);
    const Json json = Json::parse(text.value());
    std::vector<GoldenCase> cases;
    for (const Json& entry : json.at("cases")) {
        GoldenCase golden;
        golden.name = entry.at("name");
        golden.camera = entry.value("camera", golden.camera);
        golden.light = entry.value("light", golden.light);
        golden.preset = entry.value("preset", golden.preset);
        golden.settings = entry.value("set", golden.settings);
        golden.levels = entry.value("levels", json.at("levels").get<int>());
        golden.share = entry.value("share", json.at("share").get<double>());
        cases.push_back(golden);
    }
    return cases;
}

class GoldenGLTest : public ::testing::TestWithParam<GoldenCase> {};

TEST_P(GoldenGLTest, LooksAsItDid) {
    const GoldenCase& golden = GetParam();
    const fs::path dir = fs::path(STUBBLE_BINARY_DIR) / "golden";
    fs::create_directories(dir);
    StillJob job;
    if (!golden.preset.empty()) {
        const auto preset = readPreset(golden.preset);
        ASSERT_TRUE(preset) << preset.error().message;
        job.design = *preset;
    }
    for (const std::string& setting : golden.settings) {
        const auto applied = applySetting(job.design, setting);
        ASSERT_TRUE(applied) << applied.error().message;
    }
    job.camera = golden.camera;
    job.light = golden.light;
    job.width = 480, job.height = 360;
    job.samples = 4;
    job.output = dir / (golden.name + ".actual.png");
    const auto report = renderStill(job);
    ASSERT_TRUE(report) << report.error().message;
    const auto actual = readPng(job.output);
    const auto expected = readPng(kGoldenDir / (golden.name + ".png"));
    ASSERT_TRUE(actual) << actual.error().message;
    ASSERT_TRUE(expected) << expected.error().message << "; see tests/golden/bless";
    ASSERT_EQ(actual->width, expected->width);
    ASSERT_EQ(actual->height, expected->height);

    ImageRgb8 difference(actual->width, actual->height);
    std::size_t differing = 0;
    int largest = 0;
    for (std::size_t i = 0; i < actual->pixels.size(); ++i) {
        int most = 0;
        for (int k = 0; k < 3; ++k) {
            const int d = std::abs(int(actual->pixels[i][k]) - int(expected->pixels[i][k]));
            difference.pixels[i][k] = static_cast<std::uint8_t>(std::min(8 * d, 255));
            most = std::max(most, d);
        }
        differing += most > golden.levels;
        largest = std::max(largest, most);
    }
    const double share = static_cast<double>(differing) / static_cast<double>(actual->pixels.size());
    const fs::path differenceFile = dir / (golden.name + ".difference.png");
    if (share > golden.share) (void)writePng(differenceFile, difference);
    EXPECT_LE(share, golden.share) << "largest difference " << largest << " of 255; rendered by "
                                   << report->renderer << "; see " << job.output << " and " << differenceFile;
}

INSTANTIATE_TEST_SUITE_P(Cases, GoldenGLTest, ::testing::ValuesIn(readCases()), [](const auto& param) {
    std::string name = param.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

}  // namespace
}  // namespace stubble
