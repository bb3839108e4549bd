#include "engine/jobs/sample_mesh.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <bit>
#include <chrono>
#include <iterator>

#include "engine/geometry/import.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

static_assert(std::endian::native == std::endian::little, "the PLY is written as the machine holds it");

Result<ImportedMesh> readMesh(const std::string& name) {
    if (isBuiltinHead(name)) {
        STUBBLE_TRY(LoadedHead loaded, loadHead({.head = name, .landmarks = {}, .import = {}}));
        ImportedMesh mesh;
        mesh.mesh = std::move(loaded.head.mesh);
        return mesh;
    }
    ImportOptions options;
    options.purpose = ImportPurpose::anyMesh;
    return importMesh(name, options);
}

}  // namespace

Result<MeshSamples> sampleMesh(const SampleMeshJob& job, Progress* progress) {
    if (job.count < 1 || job.count > kMaxMeshSamples)
        return fail(ExitCode::usage, "count {}: expected 1 to {}", job.count, kMaxMeshSamples);
    using Clock = std::chrono::steady_clock;
    const auto secondsSince = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    ProgressPart part(progress, 0, 1);
    part.report(0, "reading the mesh");
    const auto start = Clock::now();
    STUBBLE_TRY(const ImportedMesh imported, readMesh(job.mesh));
    const TriMesh& mesh = imported.mesh;
    MeshSamples result;
    result.facesDropped = imported.report.badFacesDropped;
    result.ranked = job.ranked;
    result.triangles = mesh.triangles.size();
    result.readSeconds = secondsSince(start);
    part.report(0.1, "sampling");
    const auto read = Clock::now();
    auto samples =
        sampleBlueNoise(mesh, {.seed = job.seed, .count = job.count, .ranked = job.ranked, .triangles = {}});
    if (!samples) return fail(samples.error().code, "{}: {}", job.mesh, samples.error().message);
    result.samples = *std::move(samples);
    result.seconds = secondsSince(read);
    if (job.measure) {
        part.report(0.7, "measuring");
        result.spread = measureSpread(mesh, {}, result.samples.positionsMm, result.samples.normals);
    }
    part.report(1, "done");
    return result;
}

std::string formatSamplesCsv(const MeshSamples& samples) {
    std::string text = "x,y,z,nx,ny,nz\n";
    for (std::size_t i = 0; i < samples.samples.size(); ++i) {
        const glm::vec3 p = samples.samples.positionsMm[i], n = samples.samples.normals[i];
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("{},{},{},{},{},{}\n"), p.x, p.y, p.z, n.x, n.y,
                       n.z);
    }
    return text;
}

std::string formatSamplesPly(const MeshSamples& samples) {
    std::string bytes = "ply\nformat binary_little_endian 1.0\n";
    if (samples.ranked)
        bytes += "comment ranked: every first part of the vertices is well spread by itself\n";
    bytes += fmt::format("element vertex {}\n", samples.samples.size());
    for (const char* name : {"x", "y", "z", "nx", "ny", "nz"})
        bytes += fmt::format("property float {}\n", name);
    bytes += "end_header\n";
    bytes.reserve(bytes.size() + samples.samples.size() * 2 * sizeof(glm::vec3));
    for (std::size_t i = 0; i < samples.samples.size(); ++i)
        for (const glm::vec3& v : {samples.samples.positionsMm[i], samples.samples.normals[i]})
            bytes.append(reinterpret_cast<const char*>(&v), sizeof v);
    return bytes;
}

}  // namespace stubble
