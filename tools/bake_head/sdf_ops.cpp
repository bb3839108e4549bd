// Swept tubes of varying radius.
// Method: Inigo Quilez, "Distance functions", 2008 (distance to a curve less its radius); J. Kiefer,
// "Sequential minimax search for a maximum", 1953 (golden section).
#include "sdf_ops.h"

namespace stubble::bake {
namespace {

constexpr int kPiecesPerSpan = 5;
constexpr int kRefinements = 14;
// Beyond this no blend of the recipe reaches, and the bounding box is near enough.
constexpr double kFarMm = 45.0;

}  // namespace

Tube::Tube(const std::vector<TubeKnot>& knots) {
    std::vector<glm::dvec2> x, y, z, r;
    for (size_t i = 0; i < knots.size(); ++i) {
        const auto u = static_cast<double>(i);
        x.emplace_back(u, knots[i].p.x);
        y.emplace_back(u, knots[i].p.y);
        z.emplace_back(u, knots[i].p.z);
        r.emplace_back(u, knots[i].r);
    }
    x_ = Curve(x);
    y_ = Curve(y);
    z_ = Curve(z);
    r_ = Curve(r);
    lo_ = glm::dvec3(1e9);
    hi_ = glm::dvec3(-1e9);
    const int pieces = static_cast<int>(knots.size() - 1) * kPiecesPerSpan;
    for (int i = 0; i <= pieces; ++i) {
        const TubeKnot k = at(static_cast<double>(i) / kPiecesPerSpan);
        line_.push_back(k);
        lo_ = glm::min(lo_, k.p - k.r);
        hi_ = glm::max(hi_, k.p + k.r);
    }
}

TubeKnot Tube::at(double u) const {
    return {{x_(u), y_(u), z_(u)}, r_(u)};
}

double Tube::distance(const glm::dvec3& p) const {
    const glm::dvec3 out = glm::max(glm::max(lo_ - p, p - hi_), glm::dvec3(0.0));
    const double boxDistance = glm::length(out);
    if (boxDistance > kFarMm) return boxDistance;
    size_t near = 0;
    double best = 1e9;
    for (size_t i = 0; i < line_.size(); ++i) {
        const double d = glm::length(p - line_[i].p) - line_[i].r;
        if (d < best) best = d, near = i;
    }
    // Refined on the curve itself: the pieces' joints would show as crinkles in a highlight.
    constexpr double kGolden = 0.6180339887498949;
    const double last = static_cast<double>(line_.size() - 1) / kPiecesPerSpan;
    const double mid = static_cast<double>(near) / kPiecesPerSpan, step = 1.0 / kPiecesPerSpan;
    double a = std::max(mid - step, 0.0), b = std::min(mid + step, last);
    auto value = [&](double u) {
        const TubeKnot k = at(u);
        return glm::length(p - k.p) - k.r;
    };
    double u0 = b - kGolden * (b - a), u1 = a + kGolden * (b - a), v0 = value(u0), v1 = value(u1);
    for (int i = 0; i < kRefinements; ++i) {
        if (v0 < v1) {
            b = u1, u1 = u0, v1 = v0;
            u0 = b - kGolden * (b - a);
            v0 = value(u0);
        } else {
            a = u0, u0 = u1, v0 = v1;
            u1 = a + kGolden * (b - a);
            v1 = value(u1);
        }
    }
    return std::min({best, v0, v1});
}

}  // namespace stubble::bake
