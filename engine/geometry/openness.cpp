#include "engine/geometry/openness.h"

#include <cmath>
#include <cstring>

#include "engine/core/cache.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/rays.h"

namespace stubble {
namespace {

constexpr int kRays = 64;
constexpr float kReachMm = 250;
constexpr float kLiftMm = 0.15f;  // off the surface, so that a ray does not meet its own triangle

ContentHash keyOf(const TriMesh& mesh) {
    const ContentHash positions = hashBytes(std::as_bytes(std::span(mesh.positionsMm)));
    const ContentHash triangles = hashBytes(std::as_bytes(std::span(mesh.triangles)));
    return hashText("openness 1 " + positions.hex() + triangles.hex());
}

}  // namespace

std::vector<float> vertexOpenness(const TriMesh& mesh) {
    const ContentHash key = keyOf(mesh);
    std::vector<float> openness(mesh.positionsMm.size());
    const std::size_t bytes = openness.size() * sizeof(float);
    if (const auto cached = readCache("openness", key); cached && cached->size() == bytes) {
        std::memcpy(openness.data(), cached->data(), bytes);
        return openness;
    }
    const RayScene rays(mesh);
    parallelFor(mesh.positionsMm.size(), [&](std::size_t i) {
        const glm::vec3 n = mesh.normals[i];
        const glm::vec3 helper = std::abs(n.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
        const glm::vec3 u = glm::normalize(glm::cross(helper, n)), v = glm::cross(n, u);
        const float turn = unitFloat(hashCounters(7, i));
        int open = 0;
        for (int k = 0; k < kRays; ++k) {
            // Fibonacci spiral on the disc, lifted to the hemisphere: cosine-weighted (Malley's method).
            const float radius = std::sqrt((static_cast<float>(k) + 0.5f) / kRays);
            const float angle = 2 * kPi * (static_cast<float>(k) * 0.61803399f + turn);
            const glm::vec3 direction =
                radius * (std::cos(angle) * u + std::sin(angle) * v) + std::sqrt(1 - radius * radius) * n;
            open += !rays.occluded(mesh.positionsMm[i] + kLiftMm * n, direction, kReachMm);
        }
        openness[i] = static_cast<float>(open) / kRays;
    });
    writeCache("openness", key, std::as_bytes(std::span(openness)));
    return openness;
}

}  // namespace stubble
