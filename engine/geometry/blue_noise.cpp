#include "engine/geometry/blue_noise.h"

#include "engine/geometry/surface_sampler.h"

namespace stubble {

Result<BlueNoise> sampleBlueNoise(const TriMesh& mesh, const BlueNoiseOptions& options) {
    TriMesh part = mesh;
    if (!options.triangles.empty()) {
        part.triangles.clear();
        for (const std::uint32_t i : options.triangles) part.triangles.push_back(mesh.triangles[i]);
    }
    SampleOptions old;
    old.seed = options.seed;
    old.count = options.count;
    STUBBLE_TRY(SurfaceSamples samples,
                samplePoissonDisk(part, std::vector<float>(mesh.positionsMm.size(), 100.0f), old));
    if (!options.triangles.empty())
        for (SurfacePoint& point : samples.points) point.triangle = options.triangles[point.triangle];
    return BlueNoise{std::move(samples.points), std::move(samples.positionsMm), std::move(samples.normals),
                     areaMm2(part)};
}

}  // namespace stubble
