#pragma once

#include <functional>
#include <glm/glm.hpp>
#include <span>
#include <vector>

namespace stubble::bake::ear {

/// Smooth scalar function over the auricle's plane, tabulated once and read back as a cubic B-spline.
class PlaneGrid {
  public:
    struct Sample {
        float value;
        glm::vec2 gradient;
    };

    /// Each blur pass softens by about 0.7 cells (one standard deviation).
    PlaneGrid(const std::function<float(glm::vec2)>& f, int blurPasses);

    /// Beyond the table the point is clamped to its edge.
    Sample sample(glm::vec2 qMm) const;

  private:
    std::vector<float> values_;
};

/// Thin-plate spline through (x, y, height) points; `smoothing` lets it pass near them instead.
std::function<float(glm::vec2)> thinPlateSpline(std::span<const glm::vec3> pointsMm, double smoothing);

/// Points at about the given spacing along open Catmull-Rom curves.
std::vector<glm::vec3> samples(const std::vector<std::vector<glm::vec3>>& curvesMm, float spacingMm);

/// Signed distance (negative inside) to the closed Catmull-Rom curve through the points.
std::function<float(glm::vec2)> closedCurveDistance(std::span<const glm::vec2> pointsMm);

}  // namespace stubble::bake::ear
