// Smooth curve y(x) through a handful of knots.
// Method: Carl de Boor, "A Practical Guide to Splines", 1978 (natural cubic spline).
#pragma once

#include <vector>

#include <glm/glm.hpp>

namespace stubble::bake {

class Curve {
  public:
    Curve() = default;
    explicit Curve(std::vector<glm::dvec2> knots);
    // Straight continuation past either end, so nothing bulges outside the knots.
    double operator()(double x) const;
    bool empty() const { return knots_.empty(); }

  private:
    std::vector<glm::dvec2> knots_;
    std::vector<double> bend_;  // second derivative at each knot
};

}  // namespace stubble::bake
