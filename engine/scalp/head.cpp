#include "engine/scalp/head.h"

#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/scalp/scalp_region.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

// Working default: the line from tragus to lateral canthus climbs so far above the Frankfurt plane. The
// canthus stands about 17 mm above the lower rim of the orbit and 80 mm in front of the tragus.
constexpr float kCanthusRiseDegrees = 12;

constexpr float kMinBreadthMm = 110, kMaxBreadthMm = 200;
constexpr float kAboveEarsMm = 40;   // over the tragi: auricles end below
constexpr float kMaxOffSkinMm = 15;  // how far from the mesh a landmark may lie

struct Range {
    float low, high;
    [[nodiscard]] bool holds(float x) const { return x >= low && x <= high; }  // false for NaN
};

struct PlaceRule {
    Landmark landmark;
    int axis;
    Range mm;
    const char* direction;
};

// Wide enough for any person from child to giant, narrow enough for swapped or misplaced points.
constexpr PlaceRule kRules[] = {
    {Landmark::vertex, 1, {80, 190}, "above the ears"},
    {Landmark::vertex, 2, {-70, 50}, "in front of the ears"},
    {Landmark::nasion, 2, {55, 150}, "in front of the ears"},
    {Landmark::nasion, 1, {-15, 70}, "above the ears"},
    {Landmark::glabella, 2, {55, 150}, "in front of the ears"},
    {Landmark::glabella, 1, {0, 90}, "above the ears"},
    {Landmark::pronasale, 2, {65, 180}, "in front of the ears"},
    {Landmark::menton, 1, {-180, -30}, "above the ears"},
    {Landmark::inion, 2, {-150, -40}, "in front of the ears"},
    {Landmark::inion, 1, {-60, 60}, "above the ears"},
    {Landmark::canthusLeft, 0, {20, 80}, "left of the middle"},
    {Landmark::canthusRight, 0, {-80, -20}, "left of the middle"},
    {Landmark::canthusLeft, 2, {30, 130}, "in front of the ears"},
    {Landmark::canthusRight, 2, {30, 130}, "in front of the ears"},
};

bool isFinite(glm::vec3 v) {
    return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

Result<void> checkMesh(const std::string& name, const TriMesh& mesh) {
    if (mesh.positionsMm.empty() || mesh.triangles.empty())
        return fail(ExitCode::badInput, "head \"{}\": the mesh is empty", name);
    for (std::size_t i = 0; i < mesh.positionsMm.size(); ++i)
        if (!isFinite(mesh.positionsMm[i]))
            return fail(ExitCode::badInput, "head \"{}\": vertex {} is not finite", name, i);
    for (std::size_t i = 0; i < mesh.triangles.size(); ++i)
        for (int k = 0; k < 3; ++k)
            if (mesh.triangles[i][k] >= mesh.positionsMm.size())
                return fail(ExitCode::badInput,
                            "head \"{}\": triangle {} names vertex {}, but there are only {}", name, i,
                            mesh.triangles[i][k], mesh.positionsMm.size());
    if (!mesh.tints.empty() && mesh.tints.size() != mesh.positionsMm.size())
        return fail(ExitCode::badInput, "head \"{}\": {} tints for {} vertices", name, mesh.tints.size(),
                    mesh.positionsMm.size());
    return {};
}

/// Columns are the head frame's axes.
Result<glm::mat3> headAxes(const std::string& name, const Landmarks& landmarks) {
    for (int i = 0; i < kLandmarkCount; ++i) {
        const auto l = static_cast<Landmark>(i);
        if (!isFinite(landmarks[l]))
            return fail(ExitCode::badInput, "head \"{}\": landmark {} is not finite", name, landmarkName(l));
    }
    const glm::vec3 across = landmarks[Landmark::tragusLeft] - landmarks[Landmark::tragusRight];
    const float between = glm::length(across);
    if (!(between >= 80 && between <= kMaxBreadthMm))
        return fail(ExitCode::badInput,
                    "head \"{}\": the tragi are {:.4g} mm apart; expected 80 to {:.0f} mm (are the units "
                    "right?)",
                    name, between, kMaxBreadthMm);
    const glm::vec3 x = across / between;
    const glm::vec3 tragi = 0.5f * (landmarks[Landmark::tragusLeft] + landmarks[Landmark::tragusRight]);
    const glm::vec3 eyes = 0.5f * (landmarks[Landmark::canthusLeft] + landmarks[Landmark::canthusRight]);
    const glm::vec3 forward = (eyes - tragi) - glm::dot(eyes - tragi, x) * x;
    if (!(glm::length(forward) > 20))
        return fail(ExitCode::badInput,
                    "head \"{}\": the canthi lie {:.4g} mm from the line through the tragi; expected 30 to "
                    "130 mm",
                    name, glm::length(forward));
    const glm::vec3 climbing = glm::normalize(forward);
    const float rise = radiansFromDegrees(kCanthusRiseDegrees);
    const glm::vec3 z = std::cos(rise) * climbing - std::sin(rise) * glm::cross(climbing, x);
    return glm::mat3(x, glm::cross(z, x), z);
}

Result<void> checkPlaces(const std::string& name, const TriMesh& mesh, const Landmarks& landmarks) {
    for (const PlaceRule& rule : kRules) {
        const float mm = landmarks[rule.landmark][rule.axis];
        if (!rule.mm.holds(mm))
            return fail(ExitCode::badInput,
                        "head \"{}\": landmark {} lies {:.4g} mm {}; expected {:.0f} to {:.0f} mm (are left "
                        "and right, or two landmarks, swapped?)",
                        name, landmarkName(rule.landmark), mm, rule.direction, rule.mm.low, rule.mm.high);
    }
    if (!(landmarks[Landmark::glabella].y > landmarks[Landmark::nasion].y))
        return fail(ExitCode::badInput,
                    "head \"{}\": landmark glabella lies {:.4g} mm below the nasion; expected above it", name,
                    landmarks[Landmark::nasion].y - landmarks[Landmark::glabella].y);
    float low = 0, high = 0;
    for (const glm::vec3& p : mesh.positionsMm)
        if (p.y > kAboveEarsMm) low = std::min(low, p.x), high = std::max(high, p.x);
    if (!(high - low >= kMinBreadthMm && high - low <= kMaxBreadthMm))
        return fail(ExitCode::badInput,
                    "head \"{}\": the skull is {:.4g} mm broad above the ears; expected {:.0f} to {:.0f} mm "
                    "(are the units right?)",
                    name, high - low, kMinBreadthMm, kMaxBreadthMm);
    return {};
}

}  // namespace

Result<Head> buildHead(std::string name, TriMesh mesh, Landmarks landmarks) {
    STUBBLE_CHECK(checkMesh(name, mesh));
    STUBBLE_TRY(const glm::mat3 axes, headAxes(name, landmarks));
    const glm::vec3 origin = 0.5f * (landmarks[Landmark::tragusLeft] + landmarks[Landmark::tragusRight]);
    for (glm::vec3& p : mesh.positionsMm) p = (p - origin) * axes;  // transpose times
    for (glm::vec3& n : mesh.normals) n = n * axes;
    for (glm::vec3& p : landmarks.positionsMm) p = (p - origin) * axes;
    if (mesh.normals.size() != mesh.positionsMm.size()) computeNormals(mesh);
    STUBBLE_CHECK(checkPlaces(name, mesh, landmarks));

    auto chart = ScalpChart::fit(landmarks);
    if (!chart) return fail(chart.error().code, "head \"{}\": {}", name, chart.error().message);
    auto skull = std::make_shared<const Skull>(mesh, *chart, landmarks);
    for (int i = 0; i < kLandmarkCount; ++i) {
        const auto l = static_cast<Landmark>(i);
        if (!skull->tracer().rays().closestPoint(landmarks[l], kMaxOffSkinMm))
            return fail(ExitCode::badInput, "head \"{}\": landmark {} lies more than {:.0f} mm from the skin",
                        name, landmarkName(l), kMaxOffSkinMm);
    }
    std::vector<glm::vec2> chartPositions(mesh.positionsMm.size());
    parallelFor(chartPositions.size(),
                [&](std::size_t i) { chartPositions[i] = chart->chartFromMm(mesh.positionsMm[i]); });
    ScalpRegions regions = findScalpRegions(mesh, skull->guides(), chartPositions);
    return Head{std::move(name),
                std::move(mesh),
                landmarks,
                *chart,
                std::move(chartPositions),
                std::move(regions.scalpMask),
                std::move(regions.craniumMask),
                std::move(skull)};
}

}  // namespace stubble
