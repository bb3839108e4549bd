#pragma once
// Plain even samples of any mesh.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/geometry/blue_noise.h"
#include "engine/geometry/spread.h"

namespace stubble {

inline constexpr std::size_t kMaxMeshSamples = 16'000'000;

struct SampleMeshJob {
    std::string mesh;  ///< a file, sampled in its own coordinates, or builtin:NAME, in the head frame (mm)
    std::size_t count = 0;  ///< 1 to kMaxMeshSamples
    std::uint64_t seed = 1;
    bool ranked = false;  ///< every prefix is well spread
    bool measure = false;
};

/// Lengths and areas are in the file's unit and its square, whatever the names say.
struct MeshSamples {
    BlueNoise samples;
    bool ranked = false;
    std::size_t triangles = 0;            ///< sampled
    std::size_t facesDropped = 0;         ///< of the file: without area, or over the same corners as another
    double readSeconds = 0, seconds = 0;  ///< reading the mesh; sampling it
    std::optional<Spread> spread;         ///< when asked for
};

/// Reads and samples a mesh as its file holds it: not turned, scaled or refined; faces without area or twice
/// there are left out. `progress` may be null.
Result<MeshSamples> sampleMesh(const SampleMeshJob& job, Progress* progress = nullptr);

/// x, y, z and the smooth normal: one line a sample under a header line, or binary little-endian PLY floats.
std::string formatSamplesCsv(const MeshSamples& samples);
std::string formatSamplesPly(const MeshSamples& samples);

}  // namespace stubble
