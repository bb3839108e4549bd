#pragma once
// Places on the axes of baked tables, and cubics between their nodes: E. Catmull and R. Rom, "A class of
// local interpolating splines", 1974.

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {

/// Index and fraction of a value among nodes that are even in log(value + offset). Beyond the ends: as the
/// last step goes on. Values > −offset.
template <std::size_t N>
float placeOnAxis(const std::array<float, N>& nodes, float value, float offset = 0) {
    std::size_t i = 0;
    while (i + 2 < N && value > nodes[i + 1]) ++i;
    return static_cast<float>(i) + std::log((value + offset) / (nodes[i] + offset)) /
                                       std::log((nodes[i + 1] + offset) / (nodes[i] + offset));
}

/// Weights of the four nodes around a place; where there is none the weight is 0.
struct CubicWeights {
    std::size_t from;
    std::array<float, 4> weights;
    /// Index of the k-th of the four, 0 to 3.
    [[nodiscard]] std::size_t node(std::size_t k, std::size_t count) const {
        return std::min(from + k > 0 ? from + k - 1 : 0, count - 1);
    }
};

/// At the ends the node that is missing lies on the line through the last two; beyond them lines go on.
inline CubicWeights cubicAt(float place, std::size_t count) {
    const auto i = std::min(static_cast<std::size_t>(std::max(place, 0.0f)), count - 2);
    const float t = place - static_cast<float>(i), t2 = t * t, t3 = t2 * t;
    std::array<float, 4> w = {0.5f * (-t3 + 2 * t2 - t), 0.5f * (3 * t3 - 5 * t2 + 2),
                              0.5f * (-3 * t3 + 4 * t2 + t), 0.5f * (t3 - t2)};
    if (place < 0 || place > static_cast<float>(count - 1)) w = {0, 1 - t, t, 0};
    if (i == 0) w[1] += 2 * w[0], w[2] -= w[0], w[0] = 0;
    if (i + 2 == count) w[2] += 2 * w[3], w[1] -= w[3], w[3] = 0;
    return {i, w};
}

}  // namespace stubble
