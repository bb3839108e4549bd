// Barry and Goldman, "A recursive evaluation algorithm for a class of Catmull–Rom splines", 1988, with the
// centripetal knots of Yuksel, Schaefer and Keyser, "On the parameterization of Catmull–Rom curves", 2009:
// no cusps and no loops within a span.

#include "engine/scalp/chart_curve.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace stubble {
namespace {

glm::vec2 between(glm::vec2 a, glm::vec2 b, float ta, float tb, float t) {
    return ((tb - t) * a + (t - ta) * b) / (tb - ta);
}

glm::vec2 catmullRom(const glm::vec2 (&p)[4], float share) {
    float t[4] = {0};
    for (int k = 1; k < 4; ++k) t[k] = t[k - 1] + std::sqrt(glm::distance(p[k - 1], p[k]));
    const float at = t[1] + share * (t[2] - t[1]);
    const glm::vec2 a1 = between(p[0], p[1], t[0], t[1], at), a2 = between(p[1], p[2], t[1], t[2], at);
    const glm::vec2 a3 = between(p[2], p[3], t[2], t[3], at);
    const glm::vec2 b1 = between(a1, a2, t[0], t[2], at), b2 = between(a2, a3, t[1], t[3], at);
    return between(b1, b2, t[1], t[2], at);
}

}  // namespace

std::vector<glm::vec2> smoothCurve(std::span<const glm::vec2> points, bool closed, int samplesPerSpan) {
    std::vector<glm::vec2> knots;
    for (const glm::vec2 p : points)
        if (knots.empty() || glm::distance(knots.back(), p) > 1e-6f) knots.push_back(p);
    if (closed && knots.size() > 1 && glm::distance(knots.front(), knots.back()) <= 1e-6f) knots.pop_back();
    const auto count = static_cast<std::ptrdiff_t>(knots.size());
    if (count < 3) return knots;

    // Beyond the ends of an open curve: the second point reflected in the first.
    const auto knot = [&](std::ptrdiff_t i) {
        if (closed) return knots[static_cast<std::size_t>((i + count) % count)];
        if (i < 0) return 2.0f * knots[0] - knots[1];
        if (i >= count) return 2.0f * knots[knots.size() - 1] - knots[knots.size() - 2];
        return knots[static_cast<std::size_t>(i)];
    };
    std::vector<glm::vec2> curve;
    const std::ptrdiff_t spans = closed ? count : count - 1;
    for (std::ptrdiff_t i = 0; i < spans; ++i) {
        const glm::vec2 p[4] = {knot(i - 1), knot(i), knot(i + 1), knot(i + 2)};
        for (int k = 0; k < samplesPerSpan; ++k)
            curve.push_back(catmullRom(p, static_cast<float>(k) / static_cast<float>(samplesPerSpan)));
    }
    if (!closed) curve.push_back(knots.back());
    return curve;
}

bool isInside(std::span<const glm::vec2> polygon, glm::vec2 place) {
    bool inside = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++)
        inside ^= crossesRay(polygon[i], polygon[j], place);
    return inside;
}

std::vector<glm::vec2> regionBehind(std::span<const glm::vec2> line) {
    constexpr float kBeyondChart = 4;  // straight down is at a radius below 3
    std::vector<glm::vec2> region(line.begin(), line.end());
    const auto azimuthOf = [](glm::vec2 p) { return std::atan2(p.x, p.y); };
    constexpr float kTurn = 2 * std::numbers::pi_v<float>;
    const float left = azimuthOf(line.back());
    float right = azimuthOf(line.front());
    if (right >= left) right -= kTurn;  // leftwards from the face, around the back, to the right side
    constexpr int kSteps = 16;
    for (int i = 0; i <= kSteps; ++i) {
        const float azimuth = glm::mix(left, right, static_cast<float>(i) / kSteps);
        region.push_back(kBeyondChart * glm::vec2(std::sin(azimuth), std::cos(azimuth)));
    }
    return region;
}

}  // namespace stubble
