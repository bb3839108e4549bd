#include "engine/scalp/head_load.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>

#include "engine/core/file.h"
#include "engine/geometry/rays.h"
#include "engine/geometry/subdivide.h"
#include "engine/scalp/landmark_file.h"
#include "tests/support/mesh_files.h"
#include "tests/support/synthetic_head.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class HeadLoadTest : public TempDirTest {
  protected:
    void SetUp() override {
        TempDirTest::SetUp();
        const char* old = std::getenv("STUBBLE_CACHE_DIR");
        if (old) oldCache_ = old;
        ::setenv("STUBBLE_CACHE_DIR", (dir_ / "cache").c_str(), 1);
    }
    void TearDown() override {
        if (oldCache_.empty())
            ::unsetenv("STUBBLE_CACHE_DIR");
        else
            ::setenv("STUBBLE_CACHE_DIR", oldCache_.c_str(), 1);
        TempDirTest::TearDown();
    }
    fs::path writeHead(float mmPerUnit = 1000) const {
        PolygonMesh mesh = syntheticHead(2.4f).mesh;
        for (glm::vec3& p : mesh.positions) p /= mmPerUnit;
        return write("client.obj", objText(mesh));
    }
    std::vector<fs::path> cacheFiles() const {
        std::vector<fs::path> files;
        for (const auto& entry : fs::directory_iterator(dir_ / "cache")) files.push_back(entry.path());
        return files;
    }
    static LoadedHead load(const HeadSource& source) {
        auto loaded = loadHead(source);
        EXPECT_TRUE(loaded) << loaded.error().message;
        return loaded ? *std::move(loaded) : LoadedHead{};
    }
    static std::string refusal(const HeadSource& source) {
        const auto loaded = loadHead(source);
        if (loaded) return "accepted";
        EXPECT_EQ(loaded.error().code, ExitCode::badInput);
        return loaded.error().message;
    }

  private:
    std::string oldCache_;
};

void expectSame(const LoadedHead& a, const LoadedHead& b) {
    EXPECT_EQ(a.head.name, b.head.name);
    EXPECT_EQ(a.head.mesh.positionsMm, b.head.mesh.positionsMm);
    EXPECT_EQ(a.head.mesh.normals, b.head.mesh.normals);
    EXPECT_EQ(a.head.mesh.triangles, b.head.mesh.triangles);
    EXPECT_EQ(a.head.scalpMask, b.head.scalpMask);
    EXPECT_EQ(a.head.craniumMask, b.head.craniumMask);
    EXPECT_EQ(a.head.chartPositions, b.head.chartPositions);
    EXPECT_EQ(a.head.landmarks.positionsMm, b.head.landmarks.positionsMm);
    EXPECT_EQ(a.head.landmarks.confidence, b.head.landmarks.confidence);
    EXPECT_EQ(a.head.chart.centreMm(), b.head.chart.centreMm());
    EXPECT_EQ(a.importReport.text(), b.importReport.text());
}

TEST_F(HeadLoadTest, SecondLoadComesFromTheCacheAndIsTheSame) {
    const HeadSource source{writeHead().string(), {}, {}};
    const LoadedHead cold = load(source);
    EXPECT_FALSE(cold.fromCache);
    EXPECT_EQ(cold.importReport.mmPerUnit, 1000);
    EXPECT_EQ(cacheFiles().size(), 1u);
    const LoadedHead warm = load(source);
    EXPECT_TRUE(warm.fromCache);
    expectSame(cold, warm);
}

TEST_F(HeadLoadTest, DamagedCacheIsIgnoredAndRewritten) {
    const HeadSource source{writeHead().string(), {}, {}};
    const LoadedHead cold = load(source);
    ASSERT_EQ(cacheFiles().size(), 1u);
    const fs::path file = cacheFiles()[0];
    const auto good = readFile(file, 1u << 30).value();
    auto flipped = good;
    flipped[flipped.size() / 2] ^= std::byte{1};
    auto cut = good;
    cut.resize(cut.size() / 3);
    for (const auto& bad : {flipped, cut, std::vector<std::byte>{}}) {
        ASSERT_TRUE(writeFileAtomically(file, bad));
        const LoadedHead again = load(source);
        EXPECT_FALSE(again.fromCache);
        expectSame(cold, again);
        EXPECT_EQ(readFile(file, 1u << 30).value().size(), good.size()) << "not rewritten";
        EXPECT_TRUE(load(source).fromCache);
    }
}

TEST_F(HeadLoadTest, AnyChangeOfFileOrOptionsIsAnotherHead) {
    HeadSource source{writeHead().string(), {}, {}};
    load(source);
    source.import.mmPerUnit = 1000.0f;
    EXPECT_FALSE(load(source).fromCache);
    source.import.crop = {{1, true, -0.14f}};
    EXPECT_FALSE(load(source).fromCache);
    writeHead(100);
    source.import = {};
    const LoadedHead other = load(source);
    EXPECT_FALSE(other.fromCache);
    EXPECT_EQ(other.importReport.mmPerUnit, 100);
}

TEST_F(HeadLoadTest, GivenLandmarksRuleAndTheRestIsGuessed) {
    HeadSource source{writeHead().string(), {}, {}};
    const LoadedHead guessed = load(source);
    source.landmarks = write("l.json", R"({"inion": [0, 0.012, -0.093]})");
    const LoadedHead given = load(source);
    EXPECT_FALSE(given.fromCache);
    const auto at = static_cast<std::size_t>(Landmark::inion);
    EXPECT_EQ(given.head.landmarks.confidence[at], 1);
    EXPECT_LT(guessed.head.landmarks.confidence[at], 1);
    EXPECT_GT(glm::distance(given.head.landmarks[Landmark::inion], guessed.head.landmarks[Landmark::inion]),
              4);
    EXPECT_EQ(given.head.landmarks.confidence[0], guessed.head.landmarks.confidence[0]);
    write("l.json", R"({"inion": [0, 0.5, -0.092]})");
    EXPECT_THAT(refusal(source), HasSubstr("l.json: inion: [0, 0.5, -0.092] lies "));
}

TEST_F(HeadLoadTest, LandmarksBesideTheMeshAreFoundAndReadBackTheSame) {
    const fs::path mesh = writeHead();
    const HeadSource source{mesh.string(), {}, {}};
    const LoadedHead found = load(source);
    EXPECT_TRUE(found.landmarkFile.empty());
    // Somebody puts the inion elsewhere, and writes it in the file's coordinates.
    const auto hit =
        RayScene(found.head.mesh).closestPoint(found.head.landmarks[Landmark::inion] + glm::vec3(0, 12, 0));
    ASSERT_TRUE(hit);
    const glm::vec3 place(glm::inverse(found.headFromFile) * glm::vec4(hit->positionMm, 1));
    EXPECT_LT(glm::length(place), 1);  // the file is in metres
    write("client.obj.landmarks.json", formatLandmarks({{Landmark::inion, place}}));
    const LoadedHead given = load(source);
    EXPECT_EQ(given.landmarkFile, landmarkFileOf(mesh));
    EXPECT_FALSE(given.fromCache);
    EXPECT_EQ(given.head.landmarks.confidence[static_cast<std::size_t>(Landmark::inion)], 1);
    EXPECT_NE(given.reportText().find("landmarks given by client.obj.landmarks.json"), std::string::npos);
    // The inion has no part in the head's frame: there it lies where it was put.
    EXPECT_LT(glm::distance(given.head.landmarks[Landmark::inion], hit->positionMm), 0.01f);
    const LoadedHead warm = load(source);
    EXPECT_TRUE(warm.fromCache);
    EXPECT_EQ(warm.landmarkFile, given.landmarkFile);
    EXPECT_EQ(warm.headFromFile, given.headFromFile);
    // Another file is preferred, where it is named.
    HeadSource named = source;
    named.landmarks = write("l.json", R"({"inion": [0, 0.012, -0.093]})");
    EXPECT_EQ(load(named).landmarkFile, named.landmarks);
}

TEST_F(HeadLoadTest, ReadingStopsWhenAsked) {
    HeadSource source{writeHead().string(), {}, {}};
    source.import.stop = [] { return true; };
    const auto loaded = loadHead(source);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, ExitCode::tryAgain);
    EXPECT_EQ(loaded.error().message, source.head + ": was not read to its end");
    source.import.stop = [] { return false; };
    EXPECT_FALSE(load(source).fromCache);
}

TEST_F(HeadLoadTest, SaysWhyAMeshIsNoHead) {
    const fs::path box = write("box.obj", objText(cube(160)));
    EXPECT_EQ(refusal({box.string(), {}, {}}),
              box.string() + ": is not a head: number of triangles 12, expected at least 100");
    const fs::path triangle = write("one.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n");
    EXPECT_EQ(refusal({triangle.string(), {}, {}}),
              triangle.string() + ": is not a head: number of triangles 1, expected at least 100");
    const PolygonMesh rounded = subdivide(cube(160), SubdivisionScheme::catmullClark, 4);
    const fs::path pebble = write("pebble.obj", objText(rounded));
    EXPECT_THAT(refusal({pebble.string(), {}, {}}), HasSubstr(pebble.string() + ": is not a head: no nose"));
    EXPECT_EQ(refusal({(dir_ / "none.obj").string(), {}, {}}),
              (dir_ / "none.obj").string() + ": there is no such file");
    EXPECT_FALSE(fs::exists(dir_ / "cache") && !cacheFiles().empty()) << "a refusal was cached";
}

TEST_F(HeadLoadTest, BuiltInHeadLoadsWithItsOwnLandmarks) {
    const LoadedHead mannequin = load({});
    EXPECT_EQ(mannequin.head.name, "builtin:mannequin");
    for (const float confidence : mannequin.head.landmarks.confidence) EXPECT_EQ(confidence, 1);
    EXPECT_FALSE(mannequin.importReport.unitsGuessed || mannequin.importReport.axesGuessed);
    EXPECT_LE(mannequin.importReport.triangles, 400'000u);
    for (const char* name : {"builtin:nobody", "builtin:", "builtin:../heads/mannequin"})
        EXPECT_THAT(refusal({name, {}, {}}), HasSubstr("there is no such built-in head in ")) << name;
    EXPECT_THAT(refusal({"builtin:nobody", {}, {}}), HasSubstr("builtin:mannequin"));
}

/// The landmarks guessed on the built-in head, as if nobody had marked it, against those of its recipe.
TEST_F(HeadLoadTest, GuessesOnTheBuiltInHeadAreNearItsRecipe) {
    const LoadedHead given = load({});
    const auto data = dataDir();
    ASSERT_TRUE(data);
    const LoadedHead guessed = load({(*data / "assets/heads/mannequin.ply").string(), {}, {}});
    // Both are moved into the frame of their own landmarks: compare distances between landmarks.
    for (int i = 0; i < kLandmarkCount; ++i)
        for (int k = 0; k < i; ++k) {
            const auto a = static_cast<Landmark>(i), b = static_cast<Landmark>(k);
            EXPECT_NEAR(glm::distance(guessed.head.landmarks[a], guessed.head.landmarks[b]),
                        glm::distance(given.head.landmarks[a], given.head.landmarks[b]), 12)
                << landmarkName(a) << " to " << landmarkName(b);
        }
}

}  // namespace
}  // namespace stubble
