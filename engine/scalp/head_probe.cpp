#include "engine/scalp/head_probe.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/units.h"

namespace stubble {
namespace {

constexpr float kFarMm = 1000;
/// The skull's breadth is taken from its top down to this many breadths: just over the ears.
constexpr float kCapBreadths = 0.62f;

struct MirrorPlane {
    std::array<float, 3> values{};  ///< offset mm, yaw and roll radians
    [[nodiscard]] glm::vec3 normal() const {
        return glm::normalize(glm::vec3(1, std::tan(values[2]), std::tan(values[1])));
    }
};

float asymmetryOf(const MirrorPlane& plane, glm::vec3 centre, const std::vector<glm::vec3>& points,
                  const RayScene& scene) {
    constexpr float kCapMm = 8;
    const glm::vec3 n = plane.normal();
    double sum = 0;
    for (const glm::vec3& p : points) {
        const float beyond = glm::dot(p - centre, n) - plane.values[0];
        const auto hit = scene.closestPoint(p - 2 * beyond * n, kCapMm);
        sum += hit ? hit->distanceMm : kCapMm;
    }
    return static_cast<float>(sum / static_cast<double>(std::max<std::size_t>(1, points.size())));
}

}  // namespace

HeadFrame HeadFrame::nodded(float radians) const {
    const float c = std::cos(radians), s = std::sin(radians);
    return {glm::mat3(axes[0], c * axes[1] - s * axes[2], c * axes[2] + s * axes[1]), originMm};
}

std::optional<glm::vec3> HeadProbe::hit(glm::vec3 from, glm::vec3 direction) const {
    const auto found = scene_.firstHit(frame_.toWorld(from), frame_.axes * direction, 2 * kFarMm);
    if (!found) return std::nullopt;
    return frame_.toLocal(found->positionMm);
}

std::optional<float> HeadProbe::front(float x, float y) const {
    const auto p = hit({x, y, kFarMm}, {0, 0, -1});
    return p ? std::optional(p->z) : std::nullopt;
}

std::optional<float> HeadProbe::back(float x, float y) const {
    const auto p = hit({x, y, -kFarMm}, {0, 0, 1});
    return p ? std::optional(p->z) : std::nullopt;
}

std::optional<float> HeadProbe::side(float side, float y, float z) const {
    const auto p = hit({side * kFarMm, y, z}, {-side, 0, 0});
    return p ? std::optional(side * p->x) : std::nullopt;
}

std::optional<float> HeadProbe::top(float x, float z) const {
    const auto p = hit({x, kFarMm, z}, {0, -1, 0});
    return p ? std::optional(p->y) : std::nullopt;
}

SkullBox measureSkull(const TriMesh& mesh, const RayScene& scene) {
    std::vector<glm::vec3> points = mesh.positionsMm;
    std::stable_sort(points.begin(), points.end(), [](glm::vec3 a, glm::vec3 b) { return a.y > b.y; });
    SkullBox box;
    if (points.empty()) return box;
    const float top = points.front().y;
    glm::vec3 low = points.front(), high = low;
    std::size_t inCap = 0;
    for (; inCap < points.size(); ++inCap) {
        const glm::vec3& p = points[inCap];
        if (inCap > 50 && top - p.y > kCapBreadths * (high.x - low.x)) break;
        low = glm::min(low, p), high = glm::max(high, p);
    }
    box.breadthMm = high.x - low.x, box.lengthMm = high.z - low.z;
    const glm::vec3 centre(0.5f * (low.x + high.x), top, 0.5f * (low.z + high.z));

    // A few hundred points from the top to about the mouth, evenly by index.
    std::size_t last = inCap;
    while (last < points.size() && top - points[last].y < 1.35f * box.breadthMm) ++last;
    std::vector<glm::vec3> sample;
    for (std::size_t i = 0; i < 400; ++i) sample.push_back(points[i * last / 400]);
    MirrorPlane plane;
    float best = asymmetryOf(plane, centre, sample, scene);
    // Coordinate descent with halving steps: the cost is smooth near a head's plane.
    std::array<float, 3> step = {4, radiansFromDegrees(4), radiansFromDegrees(4)};
    for (int round = 0; round < 14; ++round) {
        bool moved = false;
        for (std::size_t k = 0; k < 3; ++k)
            for (const float sign : {-1.0f, 1.0f}) {
                MirrorPlane tried = plane;
                tried.values[k] += sign * step[k];
                const float cost = asymmetryOf(tried, centre, sample, scene);
                if (cost < best) best = cost, plane = tried, moved = true;
            }
        if (!moved)
            for (float& s : step) s *= 0.5f;
    }
    box.asymmetryMm = best;
    const glm::vec3 left = plane.normal();
    const glm::vec3 up = glm::normalize(glm::vec3(0, 1, 0) - left.y * left);
    box.frame = {glm::mat3(left, up, glm::cross(left, up)), centre + plane.values[0] * left};
    return box;
}

}  // namespace stubble
