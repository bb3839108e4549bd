// Natural cubic spline; see curve.h for the source.
#include "curve.h"

#include <algorithm>

namespace stubble::bake {

Curve::Curve(std::vector<glm::dvec2> knots) : knots_(std::move(knots)) {
    std::sort(knots_.begin(), knots_.end(), [](auto a, auto b) { return a.x < b.x; });
    const size_t n = knots_.size();
    bend_.assign(n, 0.0);
    if (n < 3) return;
    std::vector<double> u(n, 0.0);
    for (size_t i = 1; i + 1 < n; ++i) {
        const double h0 = knots_[i].x - knots_[i - 1].x, h1 = knots_[i + 1].x - knots_[i].x;
        const double sig = h0 / (h0 + h1);
        const double p = sig * bend_[i - 1] + 2.0;
        bend_[i] = (sig - 1.0) / p;
        const double slope = (knots_[i + 1].y - knots_[i].y) / h1 - (knots_[i].y - knots_[i - 1].y) / h0;
        u[i] = (6.0 * slope / (h0 + h1) - sig * u[i - 1]) / p;
    }
    bend_[n - 1] = 0.0;
    for (size_t i = n - 1; i-- > 0;) bend_[i] = bend_[i] * bend_[i + 1] + u[i];
}

double Curve::operator()(double x) const {
    const size_t n = knots_.size();
    if (n == 1) return knots_[0].y;
    size_t i = 0;
    while (i + 2 < n && x > knots_[i + 1].x) ++i;
    const glm::dvec2 a = knots_[i], b = knots_[i + 1];
    const double h = b.x - a.x;
    if (x < knots_.front().x) {
        const double slope = (b.y - a.y) / h - h / 6.0 * (2.0 * bend_[i] + bend_[i + 1]);
        return a.y + slope * (x - a.x);
    }
    if (x > knots_.back().x) {
        const double slope = (b.y - a.y) / h + h / 6.0 * (bend_[i] + 2.0 * bend_[i + 1]);
        return b.y + slope * (x - b.x);
    }
    const double s = (b.x - x) / h, t = (x - a.x) / h;
    return s * a.y + t * b.y + ((s * s * s - s) * bend_[i] + (t * t * t - t) * bend_[i + 1]) * h * h / 6.0;
}

}  // namespace stubble::bake
