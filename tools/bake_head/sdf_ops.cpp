// Swept tubes of varying radius.
// Method: Edwin Catmull and Raphael Rom, "A class of local interpolating splines", 1974.
#include "sdf_ops.h"

namespace stubble::bake {

Tube::Tube(const std::vector<TubeKnot>& knots, int piecesPerSpan) {
    const int n = static_cast<int>(knots.size());
    auto at = [&](int i) { return knots[static_cast<size_t>(std::clamp(i, 0, n - 1))]; };
    for (int i = 0; i + 1 < n; ++i) {
        const TubeKnot a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
        for (int j = 0; j < piecesPerSpan; ++j) {
            const double t = static_cast<double>(j) / piecesPerSpan, t2 = t * t, t3 = t2 * t;
            auto mix = [&](auto p0, auto p1, auto p2, auto p3) {
                return 0.5 * (2.0 * p1 + (p2 - p0) * t + (2.0 * p0 - 5.0 * p1 + 4.0 * p2 - p3) * t2 +
                              (3.0 * p1 - p0 - 3.0 * p2 + p3) * t3);
            };
            line_.push_back({mix(a.p, b.p, c.p, d.p), mix(a.r, b.r, c.r, d.r)});
        }
    }
    line_.push_back(knots.back());
    lo_ = glm::dvec3(1e9);
    hi_ = glm::dvec3(-1e9);
    for (const TubeKnot& k : line_) {
        lo_ = glm::min(lo_, k.p - k.r);
        hi_ = glm::max(hi_, k.p + k.r);
    }
}

double Tube::distance(const glm::dvec3& p) const {
    // Far from the tube its box is near enough, and saves walking the pieces.
    const glm::dvec3 out = glm::max(glm::max(lo_ - p, p - hi_), glm::dvec3(0.0));
    const double boxDistance = glm::length(out);
    if (boxDistance > 30.0) return boxDistance;
    double best = 1e9;
    for (size_t i = 0; i + 1 < line_.size(); ++i) {
        const glm::dvec3 ab = line_[i + 1].p - line_[i].p;
        const double t = std::clamp(glm::dot(p - line_[i].p, ab) / glm::dot(ab, ab), 0.0, 1.0);
        const double r = line_[i].r + (line_[i + 1].r - line_[i].r) * t;
        best = std::min(best, glm::length(p - line_[i].p - ab * t) - r);
    }
    return best;
}

}  // namespace stubble::bake
