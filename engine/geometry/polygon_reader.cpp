// readPolygons: starts the reader program, and believes nothing of what comes back.

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "engine/core/file.h"
#include "engine/geometry/child_process.h"
#include "engine/geometry/import.h"
#include "engine/geometry/mesh_wire.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 7> kFormats = {".glb", ".gltf", ".obj", ".ply",
                                                      ".stl", ".dae",  ".zae"};

/// Unshared corners (STL) need three vertices a triangle; a vertex carries 24 bytes, a face 4, an index 4.
std::size_t maxBlobBytes(std::size_t maxTriangles) {
    return sizeof(MeshWireHeader) + maxTriangles * (3 * 24 + 4 + 3 * 4) + (std::size_t{1} << 20);
}

Result<void> checkFile(const fs::path& path, const ImportOptions& options) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return fail(ExitCode::badInput, "{}: there is no such file", path.string());
    if (error) return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), error.message());
    if (fs::is_directory(status))
        return fail(ExitCode::badInput, "{}: is a folder, expected a mesh file", path.string());
    if (!fs::is_regular_file(status))
        return fail(ExitCode::badInput, "{}: is not a regular file", path.string());
    std::string extension = path.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (extension == ".usdz" || extension == ".usd" || extension == ".usda" || extension == ".usdc")
        return fail(ExitCode::badInput,
                    "{}: is a USD file, which is not read; export GLB, OBJ or PLY from the scanning program",
                    path.string());
    if (extension == ".splat" || extension == ".spz" || extension == ".ksplat")
        return fail(
            ExitCode::badInput,
            "{}: is a Gaussian-splat file: it holds blobs of colour and no surface; export a triangle "
            "mesh instead",
            path.string());
    if (std::find(kFormats.begin(), kFormats.end(), extension) == kFormats.end())
        return fail(ExitCode::badInput,
                    "{}: {} is read; expected .glb, .gltf, .obj, .ply, .stl, .dae or .zae", path.string(),
                    extension.empty() ? std::string("no file without an extension")
                                      : fmt::format("no file ending in \"{}\"", extension));
    const std::uintmax_t bytes = fs::file_size(path, error);
    if (error) return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), error.message());
    if (bytes == 0) return fail(ExitCode::badInput, "{}: is empty", path.string());
    if (bytes > options.maxFileBytes)
        return fail(ExitCode::badInput, "{}: has {} bytes, at most {} are accepted", path.string(), bytes,
                    options.maxFileBytes);
    if (::access(path.c_str(), R_OK) != 0)
        return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    return {};
}

/// Takes arrays off the front of a blob.
class BlobReader {
  public:
    explicit BlobReader(std::span<const std::byte> bytes) : bytes_(bytes) {}
    [[nodiscard]] std::size_t left() const { return bytes_.size(); }
    template <typename T>
    bool take(T* to, std::size_t count) {
        if (count > bytes_.size() / sizeof(T)) return false;
        if (count > 0) std::memcpy(to, bytes_.data(), count * sizeof(T));
        bytes_ = bytes_.subspan(count * sizeof(T));
        return true;
    }
    template <typename T>
    bool take(std::vector<T>& to, std::size_t count) {
        if (count > bytes_.size() / sizeof(T)) return false;
        to.resize(count);
        return take(to.data(), count);
    }

  private:
    std::span<const std::byte> bytes_;
};

std::string printable(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 32 || c == 127; }, ' ');
    while (!text.empty() && text.back() == ' ') text.pop_back();
    return text;
}

bool finite(glm::vec3 v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

Result<PolygonMesh> damaged(const fs::path& path) {
    return fail(ExitCode::badInput, "{}: the mesh reader sent a damaged answer", path.string());
}

Result<PolygonMesh> parseBlob(const fs::path& path, std::span<const std::byte> bytes,
                              std::size_t maxTriangles) {
    BlobReader blob(bytes);
    MeshWireHeader header;
    if (!blob.take(&header, 1) || header.magic != kMeshWireMagic) return damaged(path);
    if (header.kind == MeshWireKind::error) {
        std::string message;
        if (header.messageBytes > kMaxMeshWireMessageBytes || header.messageBytes != blob.left())
            return damaged(path);
        message.resize(header.messageBytes);
        if (!blob.take(message.data(), message.size())) return damaged(path);
        return fail(ExitCode::badInput, "{}: {}", path.string(), printable(message));
    }
    if (header.kind != MeshWireKind::mesh || header.hasColours > 1) return damaged(path);
    PolygonMesh mesh;
    if (!blob.take(mesh.positions, header.vertexCount) ||
        !blob.take(mesh.colours, header.hasColours ? header.vertexCount : 0) ||
        !blob.take(mesh.faceSizes, header.faceCount) || !blob.take(mesh.indices, header.indexCount) ||
        blob.left() != 0)
        return damaged(path);
    std::uint64_t corners = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        if (size < 3) return damaged(path);
        corners += size;
    }
    if (corners != mesh.indices.size()) return damaged(path);
    if (corners == 0) return fail(ExitCode::badInput, "{}: has no triangles", path.string());
    if (const std::size_t triangles = triangleCountOf(mesh); triangles > maxTriangles)
        return fail(ExitCode::badInput, "{}: has {} triangles, at most {} are accepted: decimate it first",
                    path.string(), triangles, maxTriangles);
    for (const std::uint32_t index : mesh.indices)
        if (index >= mesh.positions.size()) return damaged(path);
    std::size_t corner = 0;
    for (std::size_t face = 0; face < mesh.faceSizes.size(); ++face)
        for (std::uint32_t k = 0; k < mesh.faceSizes[face]; ++k, ++corner) {
            const glm::vec3 p = mesh.positions[mesh.indices[corner]];
            if (!finite(p))
                return fail(ExitCode::badInput, "{}: face {} has a vertex at ({}, {}, {}): not finite",
                            path.string(), face + 1, p.x, p.y, p.z);
        }
    for (glm::vec3& colour : mesh.colours)
        colour = finite(colour) ? glm::clamp(colour, glm::vec3(0), glm::vec3(1)) : glm::vec3(1);
    // Vertices that no face uses may still be wild.
    for (glm::vec3& p : mesh.positions)
        if (!finite(p)) p = glm::vec3(0);
    return mesh;
}

}  // namespace

Result<PolygonMesh> readPolygons(const fs::path& path, const ImportOptions& options) {
    STUBBLE_CHECK(checkFile(path, options));
    const fs::path program =
        options.readerProgram.empty() ? programDir() / kMeshReaderProgram : options.readerProgram;
    const auto cpuSeconds = static_cast<std::uint64_t>(std::max(1.0, std::ceil(options.maxSeconds)));
    STUBBLE_TRY(const ChildOutput output,
                runChild(program,
                         {fs::absolute(path).string(), std::to_string(options.maxTriangles),
                          std::to_string(options.maxMemoryBytes), std::to_string(cpuSeconds)},
                         options.maxSeconds, maxBlobBytes(options.maxTriangles), options.stop));
    if (output.stopped) return fail(ExitCode::tryAgain, "{}: was not read to its end", path.string());
    if (output.timedOut || output.signal == SIGXCPU || (output.signal == SIGKILL && !output.tooLong))
        return fail(ExitCode::badInput, "{}: took longer than {} s to read", path.string(),
                    options.maxSeconds);
    if (output.tooLong)
        return fail(ExitCode::badInput, "{}: has far more vertices than {} triangles can use", path.string(),
                    options.maxTriangles);
    if (output.signal != 0)
        return fail(ExitCode::badInput, "{}: crashed the mesh reader (signal {}): the file is damaged",
                    path.string(), output.signal);
    if (output.bytes.empty())
        return fail(ExitCode::badInput, "{}: could not be read in {} MiB of memory", path.string(),
                    options.maxMemoryBytes >> 20);
    return parseBlob(path, output.bytes, options.maxTriangles);
}

}  // namespace stubble
