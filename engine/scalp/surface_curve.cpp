#include "engine/scalp/surface_curve.h"

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

constexpr int kMaxShells = 8;  // surfaces passed before a ray is given up
constexpr float kShellStepMm = 1e-3f;

glm::vec3 faceNormal(const TriMesh& mesh, std::uint32_t triangle) {
    const glm::uvec3 t = mesh.triangles[triangle];
    const auto& p = mesh.positionsMm;
    return glm::cross(p[t.y] - p[t.x], p[t.z] - p[t.x]);
}

std::vector<float> arcsOf(std::span<const glm::vec3> points) {
    std::vector<float> arcs(points.size(), 0.0f);
    double sum = 0;
    for (std::size_t i = 1; i < points.size(); ++i) {
        sum += glm::distance(points[i - 1], points[i]);
        arcs[i] = static_cast<float>(sum);
    }
    return arcs;
}

}  // namespace

SkullTracer::SkullTracer(const TriMesh& mesh, const ScalpChart& chart)
    : mesh_(&mesh), chart_(&chart), rays_(mesh) {}

std::optional<RayHit> SkullTracer::hitFrom(glm::vec3 originMm, glm::vec3 direction) const {
    const glm::vec3 unit = glm::normalize(direction);
    float travelled = 0;
    for (int shell = 0; shell < kMaxShells; ++shell) {
        auto hit = rays_.firstHit(originMm + travelled * unit, unit);
        if (!hit) return std::nullopt;
        hit->distanceMm += travelled;
        if (glm::dot(faceNormal(*mesh_, hit->point.triangle), unit) > 0) return hit;
        travelled = hit->distanceMm + kShellStepMm;
    }
    return std::nullopt;
}

std::optional<glm::vec3> SkullTracer::positionMm(glm::vec2 chart) const {
    const auto hit = hitFrom(chart_->centreMm(), chart_->directionFromChart(chart));
    if (!hit) return std::nullopt;
    return hit->positionMm;
}

std::vector<glm::vec3> SkullTracer::trace(std::span<const glm::vec2> chartPolyline, bool closed,
                                          float maxStepMm) const {
    std::vector<glm::vec3> result;
    std::optional<glm::vec3> last;
    const std::size_t count = chartPolyline.size();
    for (std::size_t i = 0; i < count + (closed ? 1 : 0); ++i) {
        const glm::vec2 here = chartPolyline[i % count];
        const auto place = positionMm(here);
        if (place && last) {
            const glm::vec2 before = chartPolyline[i - 1];
            const int steps = static_cast<int>(std::ceil(glm::distance(*last, *place) / maxStepMm));
            for (int k = 1; k < steps; ++k) {
                const float share = static_cast<float>(k) / static_cast<float>(steps);
                if (const auto p = positionMm(glm::mix(before, here, share))) result.push_back(*p);
            }
        }
        if (place) result.push_back(*place);
        last = place;
    }
    return result;
}

double lengthMm(std::span<const glm::vec3> polylineMm) {
    double sum = 0;
    for (std::size_t i = 1; i < polylineMm.size(); ++i)
        sum += glm::distance(polylineMm[i - 1], polylineMm[i]);
    return sum;
}

PolylineDistance::PolylineDistance(std::vector<glm::vec3> polylineMm, float radiusMm)
    : points_(std::move(polylineMm)), arcsMm_(arcsOf(points_)), tree_(points_), radiusMm_(radiusMm) {}

std::optional<PolylineDistance::Nearest> PolylineDistance::nearest(glm::vec3 positionMm,
                                                                   float withinMm) const {
    const auto found = tree_.nearest(positionMm, withinMm);
    if (!found) return std::nullopt;
    const Foot foot = footFrom(positionMm, found->index, found->distanceMm);
    return Nearest{foot.distanceMm, arcMm(foot)};
}

float PolylineDistance::arcMm(const Foot& foot) const {
    const float arc = arcsMm_[foot.point];
    if (foot.step == 0) return arc;
    return glm::mix(arc, arcsMm_[foot.point + static_cast<std::uint32_t>(foot.step)], foot.share);
}

PolylineDistance::Foot PolylineDistance::footFrom(glm::vec3 positionMm, std::uint32_t nearestPoint,
                                                  float straightMm) const {
    Foot foot{nearestPoint, 0, 0, straightMm};
    float best = straightMm * straightMm;
    const glm::vec3 a = points_[nearestPoint], off = positionMm - a;
    for (std::int32_t step = -1; step <= 1; step += 2) {
        const std::uint32_t other = nearestPoint + static_cast<std::uint32_t>(step);
        if (other >= points_.size()) continue;  // below 0 wraps around
        const glm::vec3 ab = points_[other] - a;
        const float squared = glm::dot(ab, ab);
        if (!(squared > 0)) continue;
        // Most places lie before or behind one of the two segments at a point.
        const float along = glm::dot(off, ab);
        if (along <= 0) continue;
        const float share = std::min(along / squared, 1.0f);
        const glm::vec3 rest = off - share * ab;
        const float distance = glm::dot(rest, rest);
        if (distance < best) {
            best = distance;
            foot = {nearestPoint, step, share, std::sqrt(distance)};
        }
    }
    // Chord to arc: d = 2R·asin(c ÷ 2R), continued in a straight line where the chord nears the diameter.
    const float chord = foot.distanceMm / (2 * radiusMm_);
    constexpr float kTurn = 0.9f;
    const float bent =
        chord < kTurn ? std::asin(chord) : std::asin(kTurn) + (chord - kTurn) / std::sqrt(1 - kTurn * kTurn);
    foot.distanceMm = 2 * radiusMm_ * bent;
    return foot;
}

double areaCm2Above(const TriMesh& mesh, std::span<const float> vertexValues, float level,
                    std::span<const float> vertexWeights) {
    double sumMm2 = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        // Clip the triangle in barycentric space against value ≥ level.
        glm::dvec3 corners[4];
        int count = 0;
        for (int k = 0; k < 3; ++k) {
            const int n = (k + 1) % 3;
            const double here = vertexValues[t[k]] - level, next = vertexValues[t[n]] - level;
            glm::dvec3 a(0), b(0);
            a[k] = 1, b[n] = 1;
            if (here >= 0) corners[count++] = a;
            if ((here >= 0) != (next >= 0)) corners[count++] = glm::mix(a, b, here / (here - next));
        }
        if (count < 3) continue;
        const double whole = triangleAreaMm2(mesh, i);
        for (int k = 1; k + 1 < count; ++k) {
            const double share = glm::determinant(glm::dmat3(corners[0], corners[k], corners[k + 1]));
            double weight = 1;
            if (!vertexWeights.empty()) {
                const glm::dvec3 mean = (corners[0] + corners[k] + corners[k + 1]) / 3.0;
                weight =
                    mean.x * vertexWeights[t.x] + mean.y * vertexWeights[t.y] + mean.z * vertexWeights[t.z];
            }
            sumMm2 += whole * std::abs(share) * weight;
        }
    }
    return sumMm2 / 100;
}

double integralOverCm2(const TriMesh& mesh, std::span<const float> vertexValues) {
    double sum = 0;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        sum += triangleAreaMm2(mesh, i) *
               (double(vertexValues[t.x]) + vertexValues[t.y] + vertexValues[t.z]) / 3;
    }
    return sum / 100;
}

}  // namespace stubble
