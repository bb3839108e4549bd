#include "engine/geometry/surface_probes.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"

namespace stubble {
namespace {

constexpr std::uint64_t kSeed = 0x70726f6265;

}  // namespace

std::vector<SurfaceProbe> surfaceProbes(const TriMesh& mesh, std::span<const std::uint32_t> triangles,
                                        std::size_t count) {
    std::vector<double> areas(triangles.size());
    double sum = 0;
    for (std::size_t k = 0; k < areas.size(); ++k) areas[k] = sum += triangleAreaMm2(mesh, triangles[k]);
    std::vector<SurfaceProbe> probes(sum > 0 ? count : 0);
    parallelFor(probes.size(), [&](std::size_t i) {
        const double share =
            (static_cast<double>(i) + unitDouble(hashCounters(kSeed, i, 0))) / static_cast<double>(count);
        const auto found = std::upper_bound(areas.begin(), areas.end(), share * sum);
        const auto k = std::min(static_cast<std::size_t>(found - areas.begin()), areas.size() - 1);
        const float root = std::sqrt(unitFloat(hashCounters(kSeed, i, 1)));
        const float v = unitFloat(hashCounters(kSeed, i, 2));
        const SurfacePoint point{triangles[k], {1 - root, root * (1 - v), root * v}};
        probes[i] = {positionMmAt(mesh, point), normalAt(mesh, point)};
    });
    return probes;
}

}  // namespace stubble
