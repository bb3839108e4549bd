#include "engine/geometry/import.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>

#include "engine/geometry/mesh_wire.h"
#include "engine/geometry/subdivide.h"
#include "tests/support/mesh_files.h"
#include "tests/support/synthetic_head.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr const char* kTriangleObj = "v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n";

ImportOptions anyMesh() {
    ImportOptions options;
    options.purpose = ImportPurpose::anyMesh;
    return options;
}

class ImportTest : public TempDirTest {
  protected:
    /// What importMesh says against a file, without the path it opens with.
    static std::string refusal(const fs::path& path, const ImportOptions& options = anyMesh()) {
        const auto result = importMesh(path, options);
        if (result) return "accepted";
        EXPECT_EQ(result.error().code, ExitCode::badInput);
        const std::string start = path.string() + ": ";
        EXPECT_EQ(result.error().message.substr(0, start.size()), start);
        return result.error().message.substr(std::min(start.size(), result.error().message.size()));
    }
    std::string refusalOf(const std::string& name, const std::string& bytes) const {
        return refusal(write(name, bytes));
    }
    /// A stand-in for the reader that sends these bytes.
    ImportOptions readerThatSends(const std::string& bytes) const {
        ImportOptions options = anyMesh();
        options.readerProgram = script("reader.sh", "cat '" + write("blob", bytes).string() + "'");
        return options;
    }
};

std::string blobOf(const MeshWireHeader& header, const std::vector<float>& positions,
                   const std::vector<std::uint32_t>& sizes, const std::vector<std::uint32_t>& indices) {
    std::string blob;
    appendBytes(blob, &header, sizeof header);
    appendBytes(blob, positions.data(), positions.size() * 4);
    appendBytes(blob, sizes.data(), sizes.size() * 4);
    appendBytes(blob, indices.data(), indices.size() * 4);
    return blob;
}

MeshWireHeader meshHeader(std::uint64_t vertices, std::uint64_t faces, std::uint64_t indices) {
    MeshWireHeader header;
    header.kind = MeshWireKind::mesh;
    header.vertexCount = vertices, header.faceCount = faces, header.indexCount = indices;
    return header;
}

TEST_F(ImportTest, ReadsEveryFormatToTheSameCube) {
    const PolygonMesh mesh = cube(2);
    for (const fs::path& path :
         {write("a.obj", objText(mesh)), write("b.ply", plyText(mesh)),
          write("c.stl", stlBytes(triangulate(mesh))), write("D.OBJ", objText(mesh))}) {
        const auto imported = importMesh(path, anyMesh());
        ASSERT_TRUE(imported) << imported.error().message;
        EXPECT_EQ(imported->mesh.positionsMm.size(), 8u) << path;
        EXPECT_EQ(imported->mesh.triangles.size(), 12u);
        EXPECT_EQ(imported->report.trianglesInFile, 12u);
        EXPECT_NEAR(areaMm2(imported->mesh), 24, 1e-4);
        EXPECT_EQ(imported->mesh.normals.size(), 8u);
        EXPECT_FALSE(imported->report.unitsGuessed);
    }
}

TEST_F(ImportTest, KeepsQuadsUntilTheCageIsDecided) {
    const auto polygons = readPolygons(write("a.obj", objText(cube(1))));
    ASSERT_TRUE(polygons) << polygons.error().message;
    EXPECT_EQ(polygons->faceSizes, std::vector<std::uint32_t>(6, 4));
}

TEST_F(ImportTest, AppliesNestedTransformsAndMergesMeshes) {
    const auto imported = importMesh(write("a.glb", glbBytes()), anyMesh());
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->mesh.triangles.size(), 2u);
    const Bounds bounds = boundsOf(imported->mesh);
    EXPECT_EQ(bounds.minMm, glm::vec3(0, 0, 0));
    EXPECT_EQ(bounds.maxMm, glm::vec3(12, 22, 30));
    EXPECT_NEAR(areaMm2(imported->mesh), 0.5 + 2, 1e-5);
}

TEST_F(ImportTest, NamesWhatIsWrongWithTheFile) {
    EXPECT_EQ(refusal(dir_ / "none.obj"), "there is no such file");
    EXPECT_EQ(refusal(dir_), "is a folder, expected a mesh file");
    EXPECT_EQ(refusalOf("a.obj", ""), "is empty");
    EXPECT_EQ(refusalOf("a.fbx", "x"),
              "no file ending in \".fbx\" is read; expected .glb, .gltf, .obj, .ply, .stl, .dae or .zae");
    EXPECT_THAT(refusalOf("mesh", "x"), HasSubstr("no file without an extension is read"));
    EXPECT_EQ(refusalOf("a.usdz", "x"),
              "is a USD file, which is not read; export GLB, OBJ or PLY from the scanning program");
    EXPECT_THAT(refusalOf("a.splat", "x"), HasSubstr("is a Gaussian-splat file"));
    EXPECT_THAT(refusalOf("a.ply",
                          "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nproperty float f_dc_0\n"
                          "property float scale_0\nproperty float rot_0\nend_header\n0 0 0 0\n"),
                HasSubstr("is a Gaussian-splat PLY"));
    EXPECT_THAT(
        refusalOf("b.ply", "ply\nformat ascii 1.0\nelement vertex 1\nproperty float x\nend_header\n0\n"),
        HasSubstr("is a point cloud"));
    EXPECT_THAT(refusalOf("c.ply", "plum"), HasSubstr("is not a PLY file"));
    EXPECT_EQ(refusalOf("points.obj", "v 0 0 0\nv 1 0 0\nv 0 1 0\n").substr(0, 16), "has no triangles");
    EXPECT_THAT(refusalOf("text.obj", "hello\n"),
                ::testing::AnyOf(HasSubstr("cannot be parsed"), HasSubstr("has no triangles")));
    EXPECT_THAT(refusalOf("flat.obj", "v 0 0 0\nv 1 0 0\nv 2 0 0\nf 1 2 3\n"),
                HasSubstr("none of its 1 triangles has an area"));
    EXPECT_EQ(refusalOf("nan.obj", "v 0 0 0\nv nan 0 0\nv 0 1 0\nf 1 2 3\n"),
              "face 1 has a vertex at (nan, 0, 0): not finite");
    const std::string glb = glbBytes();
    EXPECT_EQ(refusalOf("cut.glb", glb.substr(0, glb.size() - 10)),
              fmt::format("is cut short: the GLB header says {} bytes, the file has {}", glb.size(),
                          glb.size() - 10));
    EXPECT_THAT(refusalOf("stub.glb", glb.substr(0, 10)), HasSubstr("is not a GLB file"));
    EXPECT_THAT(refusalOf("a.dae", "<COLLADA"), HasSubstr("cannot be parsed"));
    EXPECT_THAT(refusalOf("a.zae", "PK"), HasSubstr("cannot be parsed"));
}

TEST_F(ImportTest, RefusesLyingAndHugeStlQuickly) {
    std::string lie(80, ' ');
    const std::uint32_t count = 4'000'000'000u;
    appendBytes(lie, &count, 4);
    lie += std::string(50, '\0');
    EXPECT_EQ(refusalOf("lie.stl", lie),
              "is cut short: the STL header says 4000000000 triangles, which need 200000000084 bytes, the "
              "file has 134");

    // Ten million triangles, as a file with a hole.
    std::string header(80, ' ');
    const std::uint32_t tenMillion = 10'000'000;
    appendBytes(header, &tenMillion, 4);
    const fs::path huge = write("huge.stl", header);
    fs::resize_file(huge, 84 + 50ull * tenMillion);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(refusal(huge), "has 10000000 triangles, at most 5000000 are accepted: decimate it first");
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST_F(ImportTest, CountsTrianglesInEveryFormat) {
    ImportOptions options = anyMesh();
    options.maxTriangles = 11;
    const PolygonMesh mesh = cube(1);
    for (const fs::path& path : {write("a.obj", objText(mesh)), write("b.ply", plyText(mesh)),
                                 write("c.stl", stlBytes(triangulate(mesh)))})
        EXPECT_EQ(refusal(path, options), "has 12 triangles, at most 11 are accepted: decimate it first");
    options.maxTriangles = 1;
    EXPECT_EQ(refusal(write("d.glb", glbBytes()), options),
              "has 2 triangles, at most 1 are accepted: decimate it first");
    options.maxFileBytes = 10;
    EXPECT_THAT(refusal(write("e.obj", kTriangleObj), options), HasSubstr("at most 10 are accepted"));
}

TEST_F(ImportTest, SurvivesAReaderThatHangsCrashesOrFloods) {
    const fs::path file = write("a.obj", kTriangleObj);
    ImportOptions options = anyMesh();
    options.maxSeconds = 0.3;
    options.readerProgram = script("hang.sh", "exec sleep 60");
    EXPECT_EQ(refusal(file, options), "took longer than 0.3 s to read");
    options.readerProgram = script("hang_silent.sh", "exec 1>&-; exec sleep 60");
    EXPECT_EQ(refusal(file, options), "took longer than 0.3 s to read");
    options.maxSeconds = 20;
    options.readerProgram = script("crash.sh", "kill -SEGV $$");
    EXPECT_EQ(refusal(file, options), "crashed the mesh reader (signal 11): the file is damaged");
    options.readerProgram = script("flood.sh", "exec cat /dev/zero");
    options.maxTriangles = 1000;
    EXPECT_EQ(refusal(file, options), "has far more vertices than 1000 triangles can use");
    options.readerProgram = script("silent.sh", "exit 3");
    EXPECT_THAT(refusal(file, options), HasSubstr("could not be read in"));

    options.readerProgram = dir_ / "missing";
    const auto missing = importMesh(file, options);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ExitCode::io);
    EXPECT_THAT(missing.error().message, HasSubstr("cannot be started"));
}

TEST_F(ImportTest, BelievesNothingOfTheReadersAnswer) {
    const fs::path file = write("a.obj", kTriangleObj);
    const std::vector<float> positions = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    const std::string good = blobOf(meshHeader(3, 1, 3), positions, {3}, {0, 1, 2});
    EXPECT_EQ(refusal(file, readerThatSends(good)), "accepted");
    const std::string damaged = "the mesh reader sent a damaged answer";
    MeshWireHeader otherMagic = meshHeader(3, 1, 3), otherKind = otherMagic;
    otherMagic.magic ^= 1;
    otherKind.kind = static_cast<MeshWireKind>(7);
    const std::vector<std::string> bad = {
        good.substr(0, 20),
        good.substr(0, good.size() - 1),
        good + "x",
        blobOf(otherMagic, positions, {3}, {0, 1, 2}),
        blobOf(otherKind, positions, {3}, {0, 1, 2}),
        blobOf(meshHeader(3, 1, 3), positions, {3}, {0, 1, 3}),
        blobOf(meshHeader(3, 1, 3), positions, {4}, {0, 1, 2}),
        blobOf(meshHeader(3, 1, 3), positions, {2}, {0, 1, 2}),
        blobOf(meshHeader(~0ull, 1, 3), positions, {3}, {0, 1, 2}),
        blobOf(meshHeader(3, ~0ull / 4, 3), positions, {3}, {0, 1, 2}),
        blobOf(meshHeader(3, 1, 1ull << 62), positions, {3}, {0, 1, 2}),
    };
    for (std::size_t i = 0; i < bad.size(); ++i)
        EXPECT_EQ(refusal(file, readerThatSends(bad[i])), damaged) << i;
    EXPECT_EQ(refusal(file, readerThatSends(blobOf(meshHeader(0, 0, 0), {}, {}, {}))), "has no triangles");
    MeshWireHeader error;
    error.messageBytes = 7;
    std::string message;
    appendBytes(message, &error, sizeof error);
    EXPECT_EQ(refusal(file, readerThatSends(message + "is\x1b[31m")), "is [31m") << "control characters pass";
    EXPECT_EQ(refusal(file, readerThatSends(message + "is")), damaged);
}

std::size_t openDescriptors() {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

TEST_F(ImportTest, LeavesNoChildAndNoDescriptor) {
    const fs::path file = write("a.obj", kTriangleObj);
    const std::size_t before = openDescriptors();
    ImportOptions options = anyMesh();
    ASSERT_TRUE(importMesh(file, options));
    options.readerProgram = script("hang.sh", "exec sleep 60");
    options.maxSeconds = 0.1;
    ASSERT_FALSE(importMesh(file, options));
    options.readerProgram = dir_ / "missing";
    ASSERT_FALSE(importMesh(file, options));
    EXPECT_EQ(openDescriptors(), before);
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child was not reaped";
    EXPECT_EQ(errno, ECHILD);
}

#if !defined(STUBBLE_SANITIZE)  // the reader has no memory limit under the sanitizer
TEST_F(ImportTest, MemoryLimitIsAnExactMessage) {
    ImportOptions options = anyMesh();
    options.maxMemoryBytes = std::size_t{200} << 20;
    const SyntheticHead head = syntheticHead(1.2f);
    const fs::path file = write("a.obj", objText(head.mesh));
    EXPECT_EQ(refusal(file, options), "accepted");
    std::string text = objText(head.mesh);
    while (text.size() < (60u << 20)) text += text;
    EXPECT_EQ(refusal(write("b.obj", text), options), "needs more than 200 MiB of memory to read");
}
#endif

TEST_F(ImportTest, CropsInTheFilesOwnUnits) {
    const auto planes = parseCrop("y>1.36,x>-0.13,Z<5e-1");
    ASSERT_TRUE(planes);
    ASSERT_EQ(planes->size(), 3u);
    EXPECT_EQ((*planes)[1].axis, 0);
    EXPECT_TRUE((*planes)[1].above);
    EXPECT_FLOAT_EQ((*planes)[1].value, -0.13f);
    EXPECT_EQ((*planes)[2].axis, 2);
    EXPECT_FALSE((*planes)[2].above);
    EXPECT_TRUE(parseCrop("")->empty());
    for (const char* bad : {"y", "y=1", "w>1", "y>", "y>1x", "y>1,", ",y>1", "y>nan", "y>1 "}) {
        const auto result = parseCrop(bad);
        ASSERT_FALSE(result) << bad;
        EXPECT_EQ(result.error().code, ExitCode::usage);
    }
    const fs::path file = write("a.obj", objText(cube(2)));
    ImportOptions options = anyMesh();
    options.mmPerUnit = 10;
    options.crop = *parseCrop("y>1");
    const auto imported = importMesh(file, options);
    ASSERT_TRUE(imported);
    EXPECT_NEAR(areaMm2(imported->mesh), 400, 1e-3) << "one face of 20 mm × 20 mm";
    options.crop = *parseCrop("y>3");
    EXPECT_EQ(refusal(file, options), "the crop leaves no triangle of 12");
}

TEST_F(ImportTest, GivenUnitsAndAxesAreObeyed) {
    const fs::path file = write("a.obj", objText(cube(2)));
    ImportOptions options = anyMesh();
    options.mmPerUnit = 25.4f;
    options.up = AxisDirection::plusZ, options.face = AxisDirection::minusY;
    const auto imported = importMesh(file, options);
    ASSERT_TRUE(imported);
    const Bounds bounds = boundsOf(imported->mesh);
    EXPECT_NEAR(bounds.maxMm.y, 50.8f, 1e-4);
    EXPECT_NEAR(bounds.minMm.z, -50.8f, 1e-4);
    EXPECT_NEAR(bounds.maxMm.x, 50.8f, 1e-4);
    options.up = AxisDirection::minusY;
    EXPECT_EQ(importMesh(file, options).error().code, ExitCode::usage);
    options.up.reset(), options.mmPerUnit = -1;
    EXPECT_EQ(importMesh(file, options).error().code, ExitCode::usage);
    EXPECT_EQ(axisDirectionFromName("-z"), AxisDirection::minusZ);
    EXPECT_EQ(axisDirectionFromName("Y"), AxisDirection::plusY);
    EXPECT_FALSE(axisDirectionFromName("+W") || axisDirectionFromName("") || axisDirectionFromName("xy"));
}

TEST_F(ImportTest, OddSizedHeadIsScaledToAnAverageOneAndSaysSo) {
    SyntheticHead head = syntheticHead(3);
    for (glm::vec3& p : head.mesh.positions) p /= 282.0f;  // the mesh is one unit tall
    const auto imported = importMesh(write("a.obj", objText(head.mesh)));
    ASSERT_TRUE(imported);
    EXPECT_FALSE(imported->report.unitsPlausible);
    EXPECT_NEAR(imported->report.headBreadthMm, 150, 1e-3);
    EXPECT_THAT(imported->report.text(), HasSubstr("scaled to an average head"));
}

TEST_F(ImportTest, CoarseQuadCageIsSubdivided) {
    const SyntheticHead head = syntheticHead(12);
    const auto imported = importMesh(write("a.obj", objText(head.mesh)));
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_GE(imported->report.subdivisionLevels, 2);
    EXPECT_GT(imported->report.triangles, 30'000u);
    EXPECT_LE(imported->report.triangles, 400'000u);
    EXPECT_EQ(imported->report.openRims, 1u);
    EXPECT_LE(typicalEdgeMm(imported->mesh), 2.5f);
    EXPECT_EQ(imported->mesh.normals.size(), imported->mesh.positionsMm.size());
}

TEST_F(ImportTest, VertexColoursBecomeTintsRelativeToTheMedian) {
    SyntheticHead head = syntheticHead(2);
    head.mesh.colours.assign(head.mesh.positions.size(), glm::vec3(0.5f));
    head.mesh.colours[0] = glm::vec3(1, 0.5f, 0);
    const auto imported = importMesh(write("a.obj", objText(head.mesh)));
    ASSERT_TRUE(imported) << imported.error().message;
    const auto& tints = imported->mesh.tints;
    ASSERT_EQ(tints.size(), imported->mesh.positionsMm.size());
    EXPECT_EQ(std::count(tints.begin(), tints.end(), glm::vec3(1)) * 10 > std::ptrdiff_t(tints.size()) * 9,
              true);
    const auto odd = std::find_if(tints.begin(), tints.end(), [](glm::vec3 t) { return t.z == 0; });
    ASSERT_NE(odd, tints.end());
    // sRGB 1 over sRGB 0.5 is 1 / 0.2140 in light, above the cap of 4.
    EXPECT_FLOAT_EQ(odd->x, 4);
    EXPECT_FLOAT_EQ(odd->y, 1);
}

TEST_F(ImportTest, BodyIsCutBelowTheNeck) {
    SyntheticHead head = syntheticHead(3);
    PolygonMesh body = head.mesh;
    // A trunk of boxes far wider than the head, down to the floor.
    const auto base = static_cast<std::uint32_t>(body.positions.size());
    for (int i = 0; i < 8; ++i)
        body.positions.emplace_back(i & 1 ? 220 : -220, i & 2 ? -140 : -1500, i & 4 ? 100 : -100);
    const PolygonMesh box = cube(1);
    for (const std::uint32_t size : box.faceSizes) body.faceSizes.push_back(size);
    for (const std::uint32_t index : box.indices) body.indices.push_back(base + index);
    const auto imported = importMesh(write("a.obj", objText(body)));
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(imported->report.mmPerUnit, 1);
    EXPECT_TRUE(imported->report.croppedBelowHead);
    EXPECT_LE(boundsOf(imported->mesh).sizeMm().y, 300);
    EXPECT_GT(boundsOf(imported->mesh).sizeMm().y, 250);
}

TEST_F(ImportTest, SameFileGivesTheSameBytes) {
    const fs::path file = write("a.obj", objText(syntheticHead(9).mesh));
    const auto a = importMesh(file), b = importMesh(file);
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->mesh.positionsMm, b->mesh.positionsMm);
    EXPECT_EQ(a->mesh.triangles, b->mesh.triangles);
    EXPECT_EQ(a->mesh.normals, b->mesh.normals);
}

}  // namespace
}  // namespace stubble
