#pragma once
// What of a head's skin is scalp: masks at the vertices.

#include <vector>

#include "engine/scalp/skull_guides.h"

namespace stubble {

struct ScalpRegions {
    std::vector<float> scalpMask;    ///< 1 where hair grows by nature
    std::vector<float> craniumMask;  ///< 1 on skull skin, the forehead included
};

/// Masks at every vertex, falling smoothly to 0 at face, ears and neck. In the head frame.
ScalpRegions findScalpRegions(const TriMesh& mesh, const SkullGuides& guides,
                              const std::vector<glm::vec2>& chartPositions);

/// Signed distances in mm at every vertex from a curve on the head (the border of a region that is closed in
/// the chart): positive in the region, and no farther than ±beltMm.
std::vector<float> signedDistancesMm(const TriMesh& mesh, const std::vector<glm::vec2>& chartPositions,
                                     std::vector<glm::vec3> borderMm, std::span<const glm::vec2> region,
                                     float beltMm);

/// Area in cm² of a region that is closed in the chart, measured on the mesh and weighted by `vertexWeights`
/// (a mask; empty = all skin, auricles under the region included).
double regionAreaCm2(const TriMesh& mesh, const SkullTracer& tracer,
                     const std::vector<glm::vec2>& chartPositions, std::span<const glm::vec2> region,
                     std::span<const float> vertexWeights = {});

}  // namespace stubble
