// Small readers for the recipe's arrays.
#pragma once

#include <glm/glm.hpp>
#include <nlohmann/json.hpp>
#include <vector>

#include "curve.h"
#include "sdf_ops.h"

namespace stubble::bake {

inline glm::dvec3 readVec3(const nlohmann::json& j) {
    return {j.at(0), j.at(1), j.at(2)};
}

inline std::vector<glm::dvec2> readKnots(const nlohmann::json& j) {
    std::vector<glm::dvec2> out;
    for (const auto& k : j) out.emplace_back(k.at(0).get<double>(), k.at(1).get<double>());
    return out;
}

inline Curve readCurve(const nlohmann::json& j) {
    return Curve(readKnots(j));
}

// A curve across the midline: mirrored knots keep it level there, so no crease shows at x = 0.
inline Curve readMirroredCurve(const nlohmann::json& j) {
    std::vector<glm::dvec2> knots = readKnots(j);
    for (size_t i = knots.size(); i-- > 0;)
        if (knots[i].x > 0.0) knots.emplace_back(-knots[i].x, knots[i].y);
    return Curve(knots);
}

// Each knot is [x, y, z, radius].
inline Tube readTube(const nlohmann::json& j) {
    std::vector<TubeKnot> knots;
    for (const auto& k : j) knots.push_back({readVec3(k), k.at(3).get<double>()});
    return Tube(knots);
}

}  // namespace stubble::bake
