// Named points on the finished surface.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "head_field.h"

namespace stubble::bake {

struct Landmarks {
    std::map<std::string, glm::dvec3> points;
    std::map<std::string, std::vector<glm::dvec3>> lines;
    // Midpoint of the tragi in the sculpt's own space; finished coordinates are relative to it.
    glm::dvec3 shift{0.0};
    const glm::dvec3& at(const std::string& name) const { return points.at(name); }
};

Landmarks findLandmarks(const HeadField& field, const nlohmann::json& recipe);
void writeLandmarks(const Landmarks& marks, const std::string& path);

}  // namespace stubble::bake
