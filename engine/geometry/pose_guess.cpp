#include "engine/geometry/pose_guess.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "engine/core/random.h"
#include "engine/geometry/rays.h"

namespace stubble {
namespace {

constexpr std::array<AxisDirection, 6> kDirections = {AxisDirection::plusX, AxisDirection::minusX,
                                                      AxisDirection::plusY, AxisDirection::minusY,
                                                      AxisDirection::plusZ, AxisDirection::minusZ};

int axisOf(AxisDirection direction) {
    return static_cast<int>(direction) / 2;
}

/// Points spread over the surface by area.
std::vector<glm::vec3> surfacePoints(const TriMesh& mesh, std::size_t count) {
    const double step = areaMm2(mesh) / static_cast<double>(count);
    std::vector<glm::vec3> points;
    double due = 0.5 * step, passed = 0;
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
        passed += triangleAreaMm2(mesh, t);
        for (; due < passed && points.size() < 2 * count; due += step) {
            const std::uint64_t n = points.size();
            float u = unitFloat(hashCounters(1, n)), v = unitFloat(hashCounters(2, n));
            if (u + v > 1) u = 1 - u, v = 1 - v;
            points.push_back(positionMmAt(mesh, {t, {1 - u - v, u, v}}));
        }
    }
    return points;
}

/// Share of points whose mirror image across the middle of `axis` lies near the surface.
float mirrorSymmetry(const RayScene& scene, const std::vector<glm::vec3>& points, const Bounds& bounds,
                     int axis) {
    const float near = 0.02f * std::max({bounds.sizeMm().x, bounds.sizeMm().y, bounds.sizeMm().z});
    std::size_t tried = 0, found = 0;
    for (std::size_t i = 0; i < points.size(); i += 8) {
        glm::vec3 mirrored = points[i];
        mirrored[axis] = 2 * bounds.centreMm()[axis] - mirrored[axis];
        ++tried;
        found += scene.closestPoint(mirrored, near).has_value();
    }
    return tried == 0 ? 0 : static_cast<float>(found) / static_cast<float>(tried);
}

struct Cap {
    float breadth = 0, depth = 0;  ///< across and along the face direction
    float domeRatio = 0;           ///< width near the top over breadth: small for a dome, near 1 for a cut
    glm::vec3 middle{0};
    float top = 0;
};

/// The skull seen from its top: breadth is the widest place above 0.62 breadths under the top, which is a
/// little over the ears and does not depend on what hangs below (neck, bust, body).
Cap measureCap(const std::vector<glm::vec3>& points, glm::vec3 up, glm::vec3 across, glm::vec3 face) {
    constexpr float kCapDepth = 0.62f, kDomeDepth = 0.08f;  // working defaults
    std::vector<std::pair<float, const glm::vec3*>> byHeight;
    for (const glm::vec3& p : points) byHeight.emplace_back(-glm::dot(up, p), &p);
    std::sort(byHeight.begin(), byHeight.end());
    Cap cap;
    if (byHeight.empty()) return cap;
    const float top = byHeight.front().first;
    cap.top = -top;
    float low = 1e30f, high = -1e30f, back = 1e30f, front = -1e30f;
    const auto widen = [&](const glm::vec3& p) {
        low = std::min(low, glm::dot(across, p)), high = std::max(high, glm::dot(across, p));
        back = std::min(back, glm::dot(face, p)), front = std::max(front, glm::dot(face, p));
    };
    std::size_t i = 0;
    for (; i < byHeight.size(); ++i) {
        // The first points alone are too few to stop on.
        if (i > 50 && byHeight[i].first - top > kCapDepth * (high - low)) break;
        widen(*byHeight[i].second);
    }
    cap.breadth = high - low, cap.depth = front - back;
    cap.middle = 0.5f * (low + high) * across + 0.5f * (back + front) * face + cap.top * up;
    low = 1e30f, high = -1e30f;
    for (std::size_t k = 0; k < i && byHeight[k].first - top < kDomeDepth * cap.breadth; ++k)
        widen(*byHeight[k].second);
    cap.domeRatio = cap.breadth > 0 ? std::max(0.0f, high - low) / cap.breadth : 1;
    return cap;
}

struct Nose {
    float ridge = 0;      ///< how far the tip stands out of the surface beside it, in head breadths
    float asymmetry = 0;  ///< ridge above the tip less ridge below it, in head breadths
};

/// The strongest ridge on the midline in front of the head.
Nose findNose(const RayScene& scene, const Cap& cap, glm::vec3 up, glm::vec3 across, glm::vec3 face) {
    constexpr int kRows = 120;
    constexpr float kBeside = 0.15f;
    const float b = cap.breadth, far = 3 * b;
    std::array<float, kRows> ridge{};
    const auto front = [&](float below, float beside) -> std::optional<float> {
        const glm::vec3 from = cap.middle - below * up + beside * across + far * face;
        const auto hit = scene.firstHit(from, -face, far + 0.2f * b);  // the near half of the head
        if (!hit) return std::nullopt;
        return far - hit->distanceMm;
    };
    const auto below = [&](int row) { return (0.3f + 0.012f * static_cast<float>(row)) * b; };
    for (int row = 0; row < kRows; ++row) {
        const auto middle = front(below(row), 0), left = front(below(row), kBeside * b),
                   right = front(below(row), -kBeside * b);
        if (middle && left && right)
            ridge[static_cast<std::size_t>(row)] = (*middle - 0.5f * (*left + *right)) / b;
    }
    constexpr int kNear = 7, kWide = 22;  // rows of 0.012 breadths: 12 and 40 mm
    int tip = -1;
    for (int row = kWide; row + kWide < kRows; ++row)
        if (tip < 0 || ridge[static_cast<std::size_t>(row)] > ridge[static_cast<std::size_t>(tip)]) tip = row;
    Nose nose{ridge[static_cast<std::size_t>(tip)], 0};
    for (int d = kNear; d <= kWide; ++d)
        nose.asymmetry +=
            (ridge[static_cast<std::size_t>(tip - d)] - ridge[static_cast<std::size_t>(tip + d)]) /
            static_cast<float>(kWide - kNear + 1);
    return nose;
}

/// How usual a pose is in files: glTF, OBJ and most scanners; Blender and 3ds Max; the mirrored habits.
float habit(AxisDirection up, AxisDirection face) {
    using enum AxisDirection;
    if (up == plusY && face == plusZ) return 0.6f;
    if (up == plusZ && face == minusY) return 0.5f;
    if ((up == plusY && face == minusZ) || (up == plusZ && (face == plusY || face == plusX))) return 0.2f;
    return up == plusY || up == plusZ ? 0.1f : 0.0f;
}

}  // namespace

PoseGuess guessPose(const TriMesh& mesh, std::optional<AxisDirection> up, std::optional<AxisDirection> face) {
    const RayScene scene(mesh);
    const Bounds bounds = boundsOf(mesh);
    const std::vector<glm::vec3> points = surfacePoints(mesh, 20000);
    std::array<float, 3> symmetry{};
    for (int axis = 0; axis < 3; ++axis)
        symmetry[static_cast<std::size_t>(axis)] = mirrorSymmetry(scene, points, bounds, axis);

    PoseGuess best;
    best.score = -1e30f;
    for (const AxisDirection u : kDirections) {
        for (const AxisDirection f : kDirections) {
            if (axisOf(u) == axisOf(f) || (up && u != *up) || (face && f != *face)) continue;
            const glm::vec3 upward = vectorOf(u), forward = vectorOf(f), across = glm::cross(upward, forward);
            const Cap cap = measureCap(points, upward, across, forward);
            if (!(cap.breadth > 0)) continue;
            const Nose nose = findNose(scene, cap, upward, across, forward);
            const float length = cap.depth / cap.breadth;
            float score = 3 * symmetry[static_cast<std::size_t>(3 - axisOf(u) - axisOf(f))] + habit(u, f);
            score += std::clamp(nose.ridge / 0.12f, 0.0f, 1.0f);
            score += std::clamp(nose.asymmetry / 0.04f, -1.0f, 1.0f);
            score += 2 * std::clamp((0.95f - cap.domeRatio) / 0.3f, 0.0f, 1.0f);
            score += length > 1.05f && length < 1.6f ? 0.5f : 0.0f;
            if (score > best.score) best = {u, f, cap.breadth, score};
        }
    }
    return best;
}

std::optional<float> guessMmPerUnit(float breadthInUnits) {
    // Breadths of 118 to 200 mm take in children, hair and ears that stand high; the range is narrower than
    // the step between any two of these units.
    for (const float mm : {1000.0f, 100.0f, 25.4f, 10.0f, 1.0f})
        if (breadthInUnits * mm >= 118 && breadthInUnits * mm <= 200) return mm;
    return std::nullopt;
}

std::string unitName(float mmPerUnit) {
    if (mmPerUnit == 1000) return "metres";
    if (mmPerUnit == 100) return "decimetres";
    if (mmPerUnit == 25.4f) return "inches";
    if (mmPerUnit == 10) return "centimetres";
    if (mmPerUnit == 1) return "millimetres";
    return fmt::format("units of {:.4g} mm", mmPerUnit);
}

}  // namespace stubble
