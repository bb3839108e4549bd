#include "engine/scalp/scalp_region.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/front_line.h"

namespace stubble {
namespace {

// All working defaults, in mm, after the usual look of a grown man's head.
constexpr float kNaturalHeightMm = 64;            // lowest natural midpoint above the glabella
constexpr float kNaturalTempleMm = -9;            // a boy's temples have not receded yet
constexpr float kBrowClearanceMm = 18;            // the treatable forehead begins so far above the glabella
constexpr float kEdgeMm = 6;                      // width of the smooth edge of either mask
constexpr float kOffSkullMm = 2.5f;               // farther out than the first skin along its ray: auricle
constexpr float kEarReachMm = 60;                 // from the tragus; nothing farther off is taken for an ear
constexpr float kEarFrontMm = 12;                 // nor anything so far in front of it
constexpr float kEarClearMm = 3, kEarFadeMm = 9;  // bare skin around the ear, and where hair is full
// The root of the ear on the side of the head, an ellipse from the tragus backwards.
constexpr float kRootUpMm = 2, kRootBackMm = 10, kRootHalfHeightMm = 24, kRootHalfDepthMm = 12;
constexpr float kOriginShiftMm = 30;  // between the places within the skull that look out for an auricle

float smoothStep(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

/// From the sideburn backwards: under the ear's root, around the mastoid, across the nape.
std::vector<glm::vec2> lowerBorder(const SkullGuides& guides, Side side) {
    const float outward = side == Side::left ? 1.0f : -1.0f;
    return {guides.fromTragus(side, -12, -18), guides.fromTragus(side, -22, -32),
            guides.fromInion(outward * 48, -26), guides.fromInion(outward * 34, -34),
            guides.fromInion(outward * 16, -33)};
}

/// The lower border from the left ear over the nape to the right ear.
std::vector<glm::vec2> nape(const SkullGuides& guides) {
    std::vector<glm::vec2> border = lowerBorder(guides, Side::left);
    const std::vector<glm::vec2> right = lowerBorder(guides, Side::right);
    border.push_back(guides.fromInion(0, -31));
    border.insert(border.end(), right.rbegin(), right.rend());
    return border;
}

/// Treatable skin in front: from the sideburn's place down to the eye's corner and along above the brows.
std::vector<glm::vec2> browLine(const SkullGuides& guides) {
    std::vector<glm::vec2> line;
    for (const Side side : {Side::right, Side::left}) {
        const glm::vec3 canthus = guides.canthusMm(side);
        std::vector<glm::vec2> half = {guides.fromTragus(side, -8, 3), guides.fromTragus(side, -8, 26),
                                       guides.onSide(side, canthus.y, canthus.z - 38),
                                       guides.onSide(side, canthus.y + 20, canthus.z - 22),
                                       guides.onForehead(side, 1, kBrowClearanceMm)};
        if (side == Side::left) {
            line.push_back(guides.aboveGlabella(kBrowClearanceMm));
            std::reverse(half.begin(), half.end());
        }
        line.insert(line.end(), half.begin(), half.end());
    }
    return line;
}

/// Whether a place stands behind other skin as seen from inside the skull. The side of a skull is convex: it
/// is seen from everywhere within. An auricle is hidden from somewhere, even where it grows from the head and
/// a single ray might reach it through its root.
bool standsOff(const SkullGuides& guides, glm::vec3 place) {
    const glm::vec3 level(0, place.y, place.z);
    const glm::vec3 origins[] = {guides.chart().centreMm(), level, level + glm::vec3(0, kOriginShiftMm, 0),
                                 level + glm::vec3(0, 0, kOriginShiftMm),
                                 level - glm::vec3(0, 0, kOriginShiftMm)};
    return std::any_of(std::begin(origins), std::end(origins), [&](glm::vec3 origin) {
        const auto hit = guides.tracer().hitFrom(origin, place - origin);
        return hit && hit->distanceMm < glm::distance(place, origin) - kOffSkullMm;
    });
}

/// 0 on the auricles and at their roots, 1 beyond their surroundings.
std::vector<float> clearOfEars(const TriMesh& mesh, const SkullGuides& guides) {
    const auto& positions = mesh.positionsMm;
    std::vector<char> offSkull(positions.size(), 0);
    parallelFor(positions.size(), [&](std::size_t i) {
        const Side side = positions[i].x > 0 ? Side::left : Side::right;
        const glm::vec3 tragus = guides.tragusMm(side);
        if (glm::distance(positions[i], tragus) > kEarReachMm) return;
        if (positions[i].z > tragus.z + kEarFrontMm) return;  // cheeks hide behind the mouth's inside
        offSkull[i] = standsOff(guides, positions[i]);
    });
    std::vector<glm::vec3> auricles;
    for (std::size_t i = 0; i < positions.size(); ++i)
        if (offSkull[i]) auricles.push_back(positions[i]);
    const PointTree tree(auricles);
    constexpr PointTree::Nearest farOff{0, kEarFadeMm};

    std::vector<float> clear(positions.size());
    parallelFor(positions.size(), [&](std::size_t i) {
        const Side side = positions[i].x > 0 ? Side::left : Side::right;
        const glm::vec3 fromTragus = positions[i] - guides.tragusMm(side);
        if (glm::length(fromTragus) > 2 * kEarReachMm) {
            clear[i] = 1;
            return;
        }
        // Distance from the root's ellipse, by the first-order estimate f ÷ |∇f| (Taubin, 1994).
        const glm::vec2 p(fromTragus.y - kRootUpMm, fromTragus.z + kRootBackMm);
        const glm::vec2 half(kRootHalfHeightMm, kRootHalfDepthMm);
        const float radius = glm::length(p / half), slope = glm::length(p / (half * half));
        const float fromRoot = slope > 0 ? (radius - 1) * radius / slope : -kRootHalfDepthMm;
        const float fromEar = tree.nearest(positions[i], kEarFadeMm).value_or(farOff).distanceMm;
        clear[i] = offSkull[i] ? 0 : smoothStep(kEarClearMm, kEarFadeMm, std::min(fromRoot, fromEar));
    });
    return clear;
}

}  // namespace

std::vector<float> signedDistancesMm(const TriMesh& mesh, const std::vector<glm::vec2>& chartPositions,
                                     std::vector<glm::vec3> borderMm, std::span<const glm::vec2> region,
                                     float beltMm) {
    const PolylineDistance border(std::move(borderMm), kSkullRadiusMm);
    std::vector<float> result(mesh.positionsMm.size());
    parallelFor(result.size(), [&](std::size_t i) {
        const auto near = border.nearest(mesh.positionsMm[i], beltMm);
        const float distance = near ? std::min(near->distanceMm, beltMm) : beltMm;
        result[i] = isInside(region, chartPositions[i]) ? distance : -distance;
    });
    return result;
}

double regionAreaCm2(const TriMesh& mesh, const SkullTracer& tracer,
                     const std::vector<glm::vec2>& chartPositions, std::span<const glm::vec2> region,
                     std::span<const float> vertexWeights) {
    // Wide enough for the longest triangle edges of a coarse scan.
    constexpr float kBeltMm = 40;
    const std::vector<float> distances =
        signedDistancesMm(mesh, chartPositions, tracer.trace(region, true), region, kBeltMm);
    return areaCm2Above(mesh, distances, 0, vertexWeights);
}

ScalpRegions findScalpRegions(const TriMesh& mesh, const SkullGuides& guides,
                              const std::vector<glm::vec2>& chartPositions) {
    const std::vector<float> clear = clearOfEars(mesh, guides);
    FrontShape natural;
    natural.midpointMm = kNaturalHeightMm;
    natural.templeRiseMm = kNaturalTempleMm;
    const auto mask = [&](std::vector<glm::vec2> front) {
        const std::vector<glm::vec2> back = nape(guides);
        front.insert(front.end(), back.begin(), back.end());
        const std::vector<glm::vec2> region = smoothCurve(front, true);
        std::vector<float> values =
            signedDistancesMm(mesh, chartPositions, guides.tracer().trace(region, true), region, kEdgeMm);
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = smoothStep(-0.5f * kEdgeMm, 0.5f * kEdgeMm, values[i]) * clear[i];
        return values;
    };
    ScalpRegions regions{mask(frontLinePoints(guides, natural)), mask(browLine(guides))};
    for (std::size_t i = 0; i < regions.scalpMask.size(); ++i)
        regions.scalpMask[i] = std::min(regions.scalpMask[i], regions.craniumMask[i]);
    return regions;
}

}  // namespace stubble
