#pragma once
// What stubble-mesh-reader writes to its parent: a fixed header, then arrays whose lengths the header gives.
// Both run on one machine, so numbers travel in its own byte order. The parent trusts none of it.

#include <cstdint>

namespace stubble {

inline constexpr std::uint64_t kMeshWireMagic = 0x3130'4853'454d'4253ull;  // "SBMESH01"
inline constexpr std::uint64_t kMaxMeshWireMessageBytes = 2000;

enum class MeshWireKind : std::uint32_t { mesh = 1, error = 2 };

/// After it come, for a mesh: float[3] positions, float[3] colours (when hasColours), uint32 face sizes,
/// uint32 indices; for an error: messageBytes of UTF-8 that complete the sentence "FILE: …".
struct MeshWireHeader {
    std::uint64_t magic = kMeshWireMagic;
    MeshWireKind kind = MeshWireKind::error;
    std::uint32_t hasColours = 0;  ///< 0 or 1; linear RGB
    std::uint64_t vertexCount = 0;
    std::uint64_t faceCount = 0;
    std::uint64_t indexCount = 0;
    std::uint64_t messageBytes = 0;
};
static_assert(sizeof(MeshWireHeader) == 48);

/// Command line of the reader: FILE MAX_TRIANGLES MAX_MEMORY_BYTES MAX_CPU_SECONDS; the blob goes to stdout.
inline constexpr const char* kMeshReaderProgram = "stubble-mesh-reader";

}  // namespace stubble
