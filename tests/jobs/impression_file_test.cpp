#include "engine/jobs/impression_file.h"

#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

namespace stubble {
namespace {

Impressions two() {
    Impressions dots;
    dots.positionsMm = {{1, 2, 3}, {-0.1f, 0, 1e-7f}};
    dots.normals = {{0, 1, 0}, {0, 0, 1}};
    dots.diametersMm = {0.11f, 0.12f};
    dots.depthsMm = {0.2f, 0.25f};
    dots.loads = {0.5f, 1};
    dots.sessions = {0, 2};
    dots.zones = {1, 4};
    return dots;
}

TEST(ImpressionFile, CsvHasOneLineADot) {
    EXPECT_EQ(formatImpressionsCsv(two()),
              "x_mm,y_mm,z_mm,nx,ny,nz,diameter_mm,depth_mm,load_percent,session,zone\n"
              "1,2,3,0,1,0,0.11,0.2,0.5,1,transition\n"
              "-0.1,0,1e-07,0,0,1,0.12,0.25,1,3,crown\n");
}

TEST(ImpressionFile, PlyHoldsTheSameNumbers) {
    const std::string ply = formatImpressionsPly(two());
    const std::string end = "end_header\n";
    const std::size_t body = ply.find(end) + end.size();
    constexpr std::size_t kBytesADot = 9 * sizeof(float) + 2;
    ASSERT_EQ(ply.size() - body, 2 * kBytesADot);
    EXPECT_NE(ply.find("element vertex 2\n"), std::string::npos);
    EXPECT_NE(ply.find("comment zone 4 crown\n"), std::string::npos);
    float x = 0, diameter = 0;
    std::memcpy(&x, ply.data() + body + kBytesADot, sizeof x);
    std::memcpy(&diameter, ply.data() + body + kBytesADot + 6 * sizeof(float), sizeof diameter);
    EXPECT_EQ(x, -0.1f);
    EXPECT_EQ(diameter, 0.12f);
    EXPECT_EQ(ply[ply.size() - 2], 3);
    EXPECT_EQ(ply.back(), 4);
}

TEST(ImpressionFile, JsonHoldsTheSameNumbersUnderTheSameNames) {
    const auto json = nlohmann::json::parse(formatImpressionsJson(two(), "a \"head\".ply"));
    EXPECT_EQ(json["stubble"], "impressions");
    EXPECT_EQ(json["version"], 1);
    EXPECT_EQ(json["head"], "a \"head\".ply");
    EXPECT_EQ(json["count"], 2);
    ASSERT_EQ(json["dots"].size(), 2u);
    EXPECT_EQ(json["dots"][0].dump(),
              R"({"depth_mm":0.2,"diameter_mm":0.11,"load_percent":0.5,"nx":0,"ny":1,"nz":0,"session":1,)"
              R"("x_mm":1,"y_mm":2,"z_mm":3,"zone":"transition"})");
    EXPECT_EQ(json["dots"][1]["z_mm"].get<float>(), 1e-7f);
    EXPECT_EQ(json["dots"][1]["zone"], "crown");
    EXPECT_EQ(nlohmann::json::parse(formatImpressionsJson({}, "h"))["dots"].size(), 0u);
}

}  // namespace
}  // namespace stubble
