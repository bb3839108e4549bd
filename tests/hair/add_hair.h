#pragma once
// Single hairs for tests, on skin that faces +Z.

#include "engine/hair/follicles.h"

namespace stubble {

struct TestHair {
    float diameterUm = 60, melanin = 1, curvaturePerMm = 0, reachMm = 600;  ///< bends away from the skin
    bool growing = true;
};

inline void addHair(Follicles& hairs, glm::vec3 rootMm, glm::vec3 direction, const TestHair& hair = {}) {
    hairs.positionsMm.push_back(rootMm);
    hairs.normals.emplace_back(0, 0, 1);
    hairs.directions.push_back(glm::normalize(direction));
    hairs.diametersUm.push_back(hair.diameterUm);
    hairs.melanin.push_back(hair.melanin);
    hairs.reachMm.push_back(hair.reachMm);
    hairs.curvaturesPerMm.push_back(hair.curvaturePerMm);
    hairs.curlAxes.push_back(glm::normalize(glm::cross(direction, {0, 0, 1})));
    hairs.growing.push_back(hair.growing);
    hairs.units.push_back(static_cast<std::uint32_t>(hairs.units.size()));
}

}  // namespace stubble
