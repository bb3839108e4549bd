// Snyder, "Map projections: a working manual", USGS professional paper 1395, 1987, chapter 25: azimuthal
// equidistant.
#include "engine/render/tail_map.h"

#include <cmath>

namespace stubble {
namespace {

/// Angle over sine of the angle that a unit vector makes with +z.
float angleOverSine(glm::vec3 unit) {
    const float sine2 = unit.x * unit.x + unit.y * unit.y;
    if (sine2 < 1e-4f && unit.z > 0) return 1 + sine2 / 6;
    const float sine = std::sqrt(sine2);
    return std::atan2(sine, unit.z) / std::max(sine, 1e-6f);
}

}  // namespace

TailMap TailMap::of(const Head& head) {
    const TriMesh& mesh = head.mesh;
    TailMap map;
    if (!head.chartPositions.empty()) {
        const glm::vec3 towards = head.chart.directionFromChart(glm::vec2(0));
        const glm::vec3 front = head.chart.directionFromChart(glm::vec2(0, 0.5f));
        const glm::vec3 right = glm::normalize(glm::cross(front, towards));
        map.centreMm = head.chart.centreMm();
        map.mapFromWorld = glm::transpose(glm::mat3(right, glm::cross(towards, right), towards));
        double sum = 0, weights = 0;
        for (std::size_t i = 0; i < mesh.positionsMm.size(); ++i) {
            const float weight = head.craniumMask.empty() ? 1.0f : head.craniumMask[i];
            sum += weight * glm::distance(mesh.positionsMm[i], map.centreMm);
            weights += weight;
        }
        if (weights > 0) map.radiusMm = static_cast<float>(sum / weights);
        return map;
    }
    glm::vec3 towards(0);
    for (const glm::vec3& normal : mesh.normals) towards += normal;
    towards = glm::length(towards) > 0 ? glm::normalize(towards) : glm::vec3(0, 0, 1);
    const glm::vec3 helper = std::abs(towards.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
    const glm::vec3 right = glm::normalize(glm::cross(helper, towards));
    const Bounds bounds = boundsOf(mesh);
    // From so many widths below, a flat patch is stretched by less than a thousandth.
    map.radiusMm = 20 * glm::length(bounds.sizeMm());
    map.centreMm = bounds.centreMm() - map.radiusMm * towards;
    map.mapFromWorld = glm::transpose(glm::mat3(right, glm::cross(towards, right), towards));
    return map;
}

glm::vec2 TailMap::mapMm(glm::vec3 positionMm) const {
    const glm::vec3 unit = glm::normalize(mapFromWorld * (positionMm - centreMm));
    return radiusMm * angleOverSine(unit) * glm::vec2(unit);
}

glm::mat2x3 TailMap::gradients(glm::vec3 positionMm) const {
    const glm::vec3 d = mapFromWorld * (positionMm - centreMm);
    const float length = glm::length(d);
    const glm::vec3 unit = d / length;
    const float sine2 = unit.x * unit.x + unit.y * unit.y;
    const float ratio = angleOverSine(unit);
    const float byCosine = sine2 < 1e-4f && unit.z > 0 ? -1.0f / 3 : (ratio * unit.z - 1) / sine2;
    // Gradient of a component of `unit` is (its axis less its share along unit) ÷ length.
    const glm::mat3 axes = glm::transpose(mapFromWorld);
    const glm::vec3 along = axes * unit;
    glm::mat2x3 rows;
    for (int k = 0; k < 2; ++k)
        rows[k] = radiusMm / length *
                  (byCosine * unit[k] * (axes[2] - unit.z * along) + ratio * (axes[k] - unit[k] * along));
    return rows;
}

}  // namespace stubble
