#pragma once
// The scene that frames are timed on: the default design with so many impressions and hairs.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

#include "engine/core/random.h"
#include "engine/geometry/mesh.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {

template <typename T>
T orExit(Result<T> result) {
    if (result) return *std::move(result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(static_cast<int>(result.error().code));
}

inline std::shared_ptr<const Head> builtinHead() {
    static const auto head = std::make_shared<const Head>(orExit(loadHead(HeadSource{})).head);
    return head;
}

/// Exactly `count` impressions at random over the scalp. Seeded.
inline Impressions scalpImpressions(const Head& head, std::size_t count) {
    RandomStream random(9);
    Impressions dots;
    const TriMesh& mesh = head.mesh;
    double largestMm2 = 0;
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t)
        largestMm2 = std::max(largestMm2, triangleAreaMm2(mesh, t));
    while (dots.size() < count) {
        const auto t = static_cast<std::uint32_t>(random.bits() % mesh.triangles.size());
        // As many in each triangle as its area asks for, on average.
        if (head.scalpMask[mesh.triangles[t].x] < 0.5f ||
            double(random.uniform()) * largestMm2 > triangleAreaMm2(mesh, t))
            continue;
        const float u = std::sqrt(random.uniform()), v = random.uniform();
        const SurfacePoint point{t, {1 - u, u * (1 - v), u * v}};
        dots.positionsMm.push_back(positionMmAt(mesh, point));
        dots.normals.push_back(normalAt(mesh, point));
        dots.diametersMm.push_back(0.10f + 0.06f * random.uniform());
        dots.depthsMm.push_back(0.12f + 0.06f * random.uniform());
        dots.loads.push_back(0.6f);
        dots.sessions.push_back(0);
        dots.zones.push_back(0);
    }
    return dots;
}

/// The default design's skin with `dots` impressions and about 100,000 hairs of 3 mm, or none.
inline Scene benchScene(std::size_t dots, bool haired) {
    Design design;
    design.hair.norwood = Norwood::none;
    design.hair.lengthMm = 3;
    design.hair.densityPerCm2 = 172;
    design.smp.enabled = false;
    Scene scene = orExit(bakeScene(builtinHead(), design));
    if (!haired) scene.follicles = {}, scene.brows = {};
    scene.impressions = scalpImpressions(*scene.head, dots);
    return scene;
}

}  // namespace stubble
