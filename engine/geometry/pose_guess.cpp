#include "engine/geometry/pose_guess.h"

#include <algorithm>
#include <array>
#include <cmath>

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

/// How much the front of a head looks like one with a nose, 0 to 2: on the midline a ridge that stands out of
/// the surface on both sides and ends abruptly at its lower end, where it reaches farthest forward.
float noseScore(const RayScene& scene, const Cap& cap, glm::vec3 up, glm::vec3 across, glm::vec3 face) {
    // Rows of 0.012 breadths. A nose's tip lies about 1.03 breadths under the top; from 1.35 on the chin's
    // underside looks like one. Ridges are compared 12 to 40 mm above and below the tip.
    constexpr int kRows = 110, kNear = 7, kWide = 22;
    constexpr float kBeside = 0.15f, kUsualRidge = 0.12f, kUsualAsymmetry = 0.04f;
    // More is a ledge (a jaw, shoulders), no nose.
    constexpr float kMaxRidge = 0.28f;
    const float b = cap.breadth, far = 3 * b;
    using Profile = std::array<float, kRows>;
    const auto profileAt = [&](float beside) {
        Profile raw{}, smooth{};
        for (std::size_t row = 0; row < kRows; ++row) {
            const float below = (0.3f + 0.012f * static_cast<float>(row)) * b;
            const glm::vec3 from = cap.middle - below * up + beside * across + far * face;
            const auto hit = scene.firstHit(from, -face, far + 0.2f * b);  // the near half of the head
            raw[row] = hit ? far - hit->distanceMm : -b;
        }
        // A median over five rows sees past the slits of eyes and mouth.
        for (std::size_t row = 0; row < kRows; ++row) {
            std::array<float, 5> window{};
            for (std::size_t k = 0; k < 5; ++k)
                window[k] = raw[std::min<std::size_t>(kRows - 1, std::max<std::size_t>(row + k, 2) - 2)];
            std::nth_element(window.begin(), window.begin() + 2, window.end());
            smooth[row] = window[2];
        }
        return smooth;
    };
    const Profile profile = profileAt(0), left = profileAt(kBeside * b), right = profileAt(-kBeside * b);
    Profile ridge{};
    for (std::size_t row = 0; row < kRows; ++row)
        if (std::min({profile[row], left[row], right[row]}) > -b)
            ridge[row] = (profile[row] - 0.5f * (left[row] + right[row])) / b;
    float best = 0;
    for (std::size_t tip = kWide; tip + kWide < kRows; ++tip) {
        if (ridge[tip] > kMaxRidge || profile[tip] <= profile[tip - kWide] ||
            profile[tip] <= profile[tip + kNear])
            continue;
        float asymmetry = 0;
        for (std::size_t d = kNear; d <= kWide; ++d)
            asymmetry += (ridge[tip - d] - ridge[tip + d]) / static_cast<float>(kWide - kNear + 1);
        best = std::max(best, std::clamp(ridge[tip] / kUsualRidge, 0.0f, 1.0f) *
                                  (1 + std::clamp(asymmetry / kUsualAsymmetry, -1.0f, 1.0f)));
    }
    return best;
}

/// Middle of the edges that have one face, when they are long enough to be a neck's or a bust's cut.
std::optional<glm::vec3> rimMiddle(const TriMesh& mesh, const Bounds& bounds) {
    std::vector<std::uint64_t> keys;
    for (const glm::uvec3& t : mesh.triangles)
        for (int k = 0; k < 3; ++k) {
            const std::uint64_t a = t[k], c = t[(k + 1) % 3];
            keys.push_back(std::min(a, c) << 32 | std::max(a, c));
        }
    std::sort(keys.begin(), keys.end());
    double total = 0;
    glm::dvec3 sum(0);
    for (std::size_t i = 0; i < keys.size();) {
        std::size_t j = i;
        while (j < keys.size() && keys[j] == keys[i]) ++j;
        if (j - i == 1) {
            const glm::dvec3 p(mesh.positionsMm[keys[i] >> 32]), q(mesh.positionsMm[keys[i] & 0xffffffffu]);
            total += glm::distance(p, q);
            sum += 0.5 * glm::distance(p, q) * (p + q);
        }
        i = j;
    }
    if (total < 0.5 * glm::length(bounds.sizeMm())) return std::nullopt;
    return glm::vec3(sum / total);
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

    const auto rim = rimMiddle(mesh, bounds);
    PoseGuess best;
    best.score = -1e30f;
    for (const AxisDirection u : kDirections) {
        for (const AxisDirection f : kDirections) {
            if (axisOf(u) == axisOf(f) || (up && u != *up) || (face && f != *face)) continue;
            const glm::vec3 upward = vectorOf(u), forward = vectorOf(f), across = glm::cross(upward, forward);
            const Cap cap = measureCap(points, upward, across, forward);
            if (!(cap.breadth > 0)) continue;
            const float length = cap.depth / cap.breadth;
            float score = 3 * symmetry[static_cast<std::size_t>(3 - axisOf(u) - axisOf(f))] + habit(u, f);
            score += noseScore(scene, cap, upward, across, forward);
            if (rim)
                score -= 2 * glm::dot(*rim - bounds.centreMm(), upward) /
                         (0.5f * std::abs(glm::dot(bounds.sizeMm(), upward)));
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
