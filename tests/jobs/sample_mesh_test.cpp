#include "engine/jobs/sample_mesh.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(SampleMesh, RefusesBadCounts) {
    for (const std::size_t count : {std::size_t{0}, kMaxMeshSamples + 1}) {
        const auto samples = sampleMesh({.mesh = "none.ply", .count = count});
        ASSERT_FALSE(samples);
        EXPECT_EQ(samples.error().code, ExitCode::usage);
        EXPECT_EQ(samples.error().message, fmt::format("count {}: expected 1 to 16000000", count));
    }
}

TEST(SampleMesh, SaysWhatCannotBeRead) {
    const auto samples = sampleMesh({.mesh = "none.ply", .count = 1});
    ASSERT_FALSE(samples);
    EXPECT_EQ(samples.error().message, "none.ply: there is no such file");
}

TEST(SampleFile, HoldsOneLineOrVertexASample) {
    MeshSamples samples;
    samples.samples.points.resize(2);
    samples.samples.positionsMm = {{1, 2, 3}, {-0.1f, 0, 1e-7f}};
    samples.samples.normals = {{0, 1, 0}, {0, 0, 1}};
    EXPECT_EQ(formatSamplesCsv(samples), "x,y,z,nx,ny,nz\n1,2,3,0,1,0\n-0.1,0,1e-07,0,0,1\n");
    EXPECT_EQ(formatSamplesPly(samples).find("ranked"), std::string::npos);
    samples.ranked = true;
    const std::string ply = formatSamplesPly(samples), end = "end_header\n";
    EXPECT_NE(ply.find("comment ranked: "), std::string::npos);
    EXPECT_EQ(ply.size() - ply.find(end) - end.size(), 2 * 6 * sizeof(float));
}

}  // namespace
}  // namespace stubble
