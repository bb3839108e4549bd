// stubble-mesh-reader: parses one mesh file with assimp under limits and writes its polygons to stdout (see
// engine/geometry/mesh_wire.h). The engine starts it; a person has no use for it.

#include <assimp/postprocess.h>
#include <assimp/scene.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <assimp/Importer.hpp>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <glm/glm.hpp>
#include <new>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/mesh_wire.h"
#include "tools/mesh_reader/peek.h"

namespace stubble {
namespace {

struct Polygons {
    std::vector<glm::vec3> positions, colours;
    std::vector<std::uint32_t> faceSizes, indices;
    std::uint64_t triangles = 0;
    bool anyColours = false;
};

/// A sentence for the parent to end "FILE: …" with.
struct Refusal {
    std::string message;
};

constexpr int kMaxNodeDepth = 256;

float linearFromSrgb(float s) {
    return s <= 0.04045f ? s / 12.92f : std::pow((s + 0.055f) / 1.055f, 2.4f);
}

void checkTriangles(std::uint64_t triangles, std::uint64_t maxTriangles) {
    if (triangles > maxTriangles)
        throw Refusal{fmt::format("has {} triangles, at most {} are accepted: decimate it first", triangles,
                                  maxTriangles)};
}

void addMesh(Polygons& out, const aiMesh& mesh, const aiMatrix4x4& transform, bool colourIsLinear,
             std::uint64_t maxTriangles) {
    const auto base = out.positions.size();
    if (base + mesh.mNumVertices > 0xffff'ffffull) throw Refusal{"has more vertices than 32 bits can count"};
    const bool moved = !transform.IsIdentity();  // multiplying would spread a NaN over all three coordinates
    for (unsigned i = 0; i < mesh.mNumVertices; ++i) {
        const aiVector3D p = moved ? transform * mesh.mVertices[i] : mesh.mVertices[i];
        out.positions.emplace_back(p.x, p.y, p.z);
        glm::vec3 colour(1);
        if (mesh.mColors[0] != nullptr) {
            out.anyColours = true;
            const aiColor4D c = mesh.mColors[0][i];
            colour = {c.r, c.g, c.b};
            if (!colourIsLinear)
                for (int k = 0; k < 3; ++k) colour[k] = linearFromSrgb(colour[k]);
        }
        out.colours.push_back(colour);
    }
    // A mirroring node turns faces round.
    const bool mirrored = transform.Determinant() < 0;
    for (unsigned f = 0; f < mesh.mNumFaces; ++f) {
        const aiFace& face = mesh.mFaces[f];
        if (face.mNumIndices < 3) continue;
        out.triangles += face.mNumIndices - 2;
        checkTriangles(out.triangles, maxTriangles);
        out.faceSizes.push_back(face.mNumIndices);
        for (unsigned k = 0; k < face.mNumIndices; ++k) {
            const unsigned index = face.mIndices[mirrored ? face.mNumIndices - 1 - k : k];
            if (index >= mesh.mNumVertices)
                throw Refusal{"has a face that points at a vertex that is not there"};
            out.indices.push_back(static_cast<std::uint32_t>(base + index));
        }
    }
}

void addNode(Polygons& out, const aiScene& scene, const aiNode& node, const aiMatrix4x4& parent,
             bool colourIsLinear, std::uint64_t maxTriangles, int depth) {
    if (depth > kMaxNodeDepth)
        throw Refusal{fmt::format("has a scene graph deeper than {} nodes", kMaxNodeDepth)};
    const aiMatrix4x4 transform = parent * node.mTransformation;
    for (unsigned i = 0; i < node.mNumMeshes; ++i)
        addMesh(out, *scene.mMeshes[node.mMeshes[i]], transform, colourIsLinear, maxTriangles);
    for (unsigned i = 0; i < node.mNumChildren; ++i)
        addNode(out, scene, *node.mChildren[i], transform, colourIsLinear, maxTriangles, depth + 1);
}

Polygons readPolygons(const std::string& path, std::uint64_t maxTriangles) {
    std::string extension = std::filesystem::path(path).extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const Peek peek = peekAtFile(path, extension);
    if (peek.refusal) throw Refusal{*peek.refusal};
    if (peek.triangles) checkTriangles(*peek.triangles, maxTriangles);

    Assimp::Importer importer;
    importer.SetPropertyBool(AI_CONFIG_IMPORT_NO_SKELETON_MESHES, true);
    const aiScene* scene = importer.ReadFile(path, 0);
    if (scene == nullptr || scene->mRootNode == nullptr) {
        std::string why = importer.GetErrorString();
        // Assimp repeats the path in some messages and ends others with a line break.
        std::replace_if(
            why.begin(), why.end(), [](unsigned char c) { return c < 32; }, ' ');
        if (why.find("bad_alloc") != std::string::npos) throw std::bad_alloc();
        if (why.empty()) why = "no reason given";
        throw Refusal{"cannot be parsed: " + why};
    }
    Polygons polygons;
    const bool colourIsLinear = extension == ".glb" || extension == ".gltf";
    addNode(polygons, *scene, *scene->mRootNode, aiMatrix4x4(), colourIsLinear, maxTriangles, 0);
    if (polygons.triangles == 0) throw Refusal{"has no triangles"};
    return polygons;
}

bool writeAll(int fd, const void* data, std::size_t bytes) {
    const char* at = static_cast<const char*>(data);
    while (bytes > 0) {
        const ssize_t written = ::write(fd, at, bytes);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        at += written;
        bytes -= static_cast<std::size_t>(written);
    }
    return true;
}

template <typename T>
bool writeArray(int fd, const std::vector<T>& values) {
    return writeAll(fd, values.data(), values.size() * sizeof(T));
}

bool writeMesh(int fd, const Polygons& polygons) {
    MeshWireHeader header;
    header.kind = MeshWireKind::mesh;
    header.hasColours = polygons.anyColours ? 1 : 0;
    header.vertexCount = polygons.positions.size();
    header.faceCount = polygons.faceSizes.size();
    header.indexCount = polygons.indices.size();
    return writeAll(fd, &header, sizeof header) && writeArray(fd, polygons.positions) &&
           (!polygons.anyColours || writeArray(fd, polygons.colours)) && writeArray(fd, polygons.faceSizes) &&
           writeArray(fd, polygons.indices);
}

bool writeError(int fd, std::string_view message) {
    MeshWireHeader header;
    header.messageBytes = std::min<std::uint64_t>(message.size(), kMaxMeshWireMessageBytes);
    return writeAll(fd, &header, sizeof header) && writeAll(fd, message.data(), header.messageBytes);
}

/// False when a limit is not accepted by the system.
bool limitResources(rlim_t memoryBytes, rlim_t cpuSeconds) {
    const rlimit noCore{0, 0}, cpu{cpuSeconds, cpuSeconds};
    bool ok = ::setrlimit(RLIMIT_CORE, &noCore) == 0 && ::setrlimit(RLIMIT_CPU, &cpu) == 0;
#if !defined(STUBBLE_SANITIZE)  // the sanitizer's shadow memory alone is terabytes of address space
    const rlimit memory{memoryBytes, memoryBytes};
    ok = ok && ::setrlimit(RLIMIT_AS, &memory) == 0;
#else
    (void)memoryBytes;
#endif
    return ok;
}

int run(int argc, char** argv) {
    if (argc != 5) return static_cast<int>(ExitCode::usage);
    const std::string path = argv[1];
    const std::uint64_t maxTriangles = std::strtoull(argv[2], nullptr, 10);
    const std::uint64_t maxMemory = std::strtoull(argv[3], nullptr, 10);
    const std::uint64_t maxSeconds = std::strtoull(argv[4], nullptr, 10);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Whatever a library prints must not get into the blob.
    const int out = ::dup(STDOUT_FILENO);
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    if (out < 0 || !limitResources(maxMemory, maxSeconds)) return static_cast<int>(ExitCode::io);
    bool written = false;
    try {
        written = writeMesh(out, readPolygons(path, maxTriangles));
    } catch (const Refusal& refusal) {
        written = writeError(out, refusal.message);
    } catch (const std::bad_alloc&) {
        written = writeError(out, fmt::format("needs more than {} MiB of memory to read", maxMemory >> 20));
    } catch (const std::exception& error) {
        written = writeError(out, std::string("cannot be parsed: ") + error.what());
    }
    return written ? 0 : static_cast<int>(ExitCode::io);
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::run(argc, argv);
}
