#include "ear_grid.h"

#include <limits>

#include "ear_ops.h"

namespace stubble::bake::ear {

namespace {

constexpr glm::vec2 kGridMinMm{-22.0F, -46.0F};
constexpr float kCellMm = 0.4F;
constexpr int kColumns = 160;
constexpr int kRows = 225;
constexpr int kCurveSteps = 8;

double radialBasis(double r2) {
    return r2 > 1e-12 ? 0.5 * r2 * std::log(r2) : 0.0;
}

// Gaussian elimination with partial pivoting; the matrix is row-major n x (n + 1) and holds the right side.
std::vector<double> solve(std::vector<double> m, std::size_t n) {
    const std::size_t stride = n + 1;
    for (std::size_t c = 0; c < n; ++c) {
        std::size_t pivot = c;
        for (std::size_t r = c + 1; r < n; ++r) {
            if (std::abs(m[r * stride + c]) > std::abs(m[pivot * stride + c])) {
                pivot = r;
            }
        }
        if (pivot != c) {
            std::swap_ranges(m.begin() + static_cast<std::ptrdiff_t>(c * stride),
                             m.begin() + static_cast<std::ptrdiff_t>((c + 1) * stride),
                             m.begin() + static_cast<std::ptrdiff_t>(pivot * stride));
        }
        for (std::size_t r = c + 1; r < n; ++r) {
            const double f = m[r * stride + c] / m[c * stride + c];
            for (std::size_t k = c; k < stride; ++k) {
                m[r * stride + k] -= f * m[c * stride + k];
            }
        }
    }
    std::vector<double> x(n);
    for (std::size_t r = n; r-- > 0;) {
        double sum = m[r * stride + n];
        for (std::size_t k = r + 1; k < n; ++k) {
            sum -= m[r * stride + k] * x[k];
        }
        x[r] = sum / m[r * stride + r];
    }
    return x;
}

// One binomial pass along each of `lines` lines; the ends stay.
void blurLines(std::vector<float>& v, int lines, int length, int lineStride, int stride) {
    for (int l = 0; l < lines; ++l) {
        float* p = v.data() + l * lineStride;
        float before = p[0];
        for (int i = 1; i + 1 < length; ++i) {
            const float here = p[i * stride];
            p[i * stride] = 0.25F * before + 0.5F * here + 0.25F * p[(i + 1) * stride];
            before = here;
        }
    }
}

}  // namespace

PlaneGrid::PlaneGrid(const std::function<float(glm::vec2)>& f, int blurPasses) {
    values_.reserve(static_cast<std::size_t>(kColumns) * kRows);
    for (int r = 0; r < kRows; ++r) {
        for (int c = 0; c < kColumns; ++c) {
            values_.push_back(f(kGridMinMm + kCellMm * glm::vec2(c, r)));
        }
    }
    for (int pass = 0; pass < blurPasses; ++pass) {
        blurLines(values_, kRows, kColumns, kColumns, 1);
        blurLines(values_, kColumns, kRows, 1, kColumns);
    }
}

PlaneGrid::Sample PlaneGrid::sample(glm::vec2 qMm) const {
    const glm::vec2 g = glm::clamp((qMm - kGridMinMm) / kCellMm, glm::vec2(1.0F),
                                   glm::vec2(kColumns - 3, kRows - 3) + 0.999F);
    const glm::vec2 base = glm::floor(g);
    const auto weights = [](float t, float* w, float* d) {
        const float s = 1.0F - t;
        w[0] = s * s * s / 6.0F;
        w[1] = (3.0F * t * t * t - 6.0F * t * t + 4.0F) / 6.0F;
        w[2] = (3.0F * s * s * s - 6.0F * s * s + 4.0F) / 6.0F;
        w[3] = t * t * t / 6.0F;
        d[0] = -0.5F * s * s;
        d[1] = 1.5F * t * t - 2.0F * t;
        d[2] = -1.5F * s * s + 2.0F * s;
        d[3] = 0.5F * t * t;
    };
    float wx[4], dx[4], wy[4], dy[4];
    weights(g.x - base.x, wx, dx);
    weights(g.y - base.y, wy, dy);
    Sample out{0.0F, glm::vec2(0.0F)};
    const float* row =
        values_.data() + (static_cast<int>(base.y) - 1) * kColumns + static_cast<int>(base.x) - 1;
    for (int r = 0; r < 4; ++r, row += kColumns) {
        const float v = row[0] * wx[0] + row[1] * wx[1] + row[2] * wx[2] + row[3] * wx[3];
        const float dv = row[0] * dx[0] + row[1] * dx[1] + row[2] * dx[2] + row[3] * dx[3];
        out.value += wy[r] * v;
        out.gradient += glm::vec2(wy[r] * dv, dy[r] * v);
    }
    out.gradient /= kCellMm;
    return out;
}

std::function<float(glm::vec2)> thinPlateSpline(std::span<const glm::vec3> pointsMm, double smoothing) {
    const std::size_t count = pointsMm.size();
    const std::size_t n = count + 3;
    std::vector<double> m(n * (n + 1), 0.0);
    for (std::size_t i = 0; i < count; ++i) {
        double* row = &m[i * (n + 1)];
        for (std::size_t j = 0; j < count; ++j) {
            const glm::dvec2 d = glm::dvec2(pointsMm[i]) - glm::dvec2(pointsMm[j]);
            row[j] = radialBasis(glm::dot(d, d));
        }
        row[i] += smoothing;
        const double affine[3] = {1.0, pointsMm[i].x, pointsMm[i].y};
        for (std::size_t k = 0; k < 3; ++k) {
            row[count + k] = affine[k];
            m[(count + k) * (n + 1) + i] = affine[k];
        }
        row[n] = pointsMm[i].z;
    }
    const std::vector<double> w = solve(std::move(m), n);
    const std::vector<glm::vec3> centres(pointsMm.begin(), pointsMm.end());
    return [w, centres](glm::vec2 q) {
        const std::size_t terms = centres.size();
        double sum = w[terms] + w[terms + 1] * q.x + w[terms + 2] * q.y;
        for (std::size_t i = 0; i < terms; ++i) {
            const glm::dvec2 d = glm::dvec2(q) - glm::dvec2(centres[i]);
            sum += w[i] * radialBasis(glm::dot(d, d));
        }
        return static_cast<float>(sum);
    };
}

std::vector<glm::vec3> samples(const std::vector<std::vector<glm::vec3>>& curvesMm, float spacingMm) {
    std::vector<glm::vec3> out;
    for (const std::vector<glm::vec3>& c : curvesMm) {
        const int last = static_cast<int>(c.size()) - 1;
        const auto at = [&](int i) { return c[static_cast<std::size_t>(std::clamp(i, 0, last))]; };
        for (int i = 0; i < last; ++i) {
            const float span = glm::length(glm::vec2(at(i + 1) - at(i)));
            const int steps = std::max(1, static_cast<int>(std::lround(span / spacingMm)));
            for (int k = 0; k < steps; ++k) {
                const float t = static_cast<float>(k) / static_cast<float>(steps);
                out.push_back(catmullRom(at(i - 1), at(i), at(i + 1), at(i + 2), t));
            }
        }
        out.push_back(c.back());
    }
    return out;
}

std::function<float(glm::vec2)> closedCurveDistance(std::span<const glm::vec2> pointsMm) {
    const std::size_t count = pointsMm.size();
    std::vector<glm::vec2> nodes;
    for (std::size_t i = 0; i < count; ++i) {
        for (int k = 0; k < kCurveSteps; ++k) {
            nodes.push_back(catmullRom(pointsMm[(i + count - 1) % count], pointsMm[i],
                                       pointsMm[(i + 1) % count], pointsMm[(i + 2) % count],
                                       static_cast<float>(k) / kCurveSteps));
        }
    }
    return [nodes](glm::vec2 q) {
        float best = std::numeric_limits<float>::max();
        bool inside = false;
        for (std::size_t i = 0, j = nodes.size() - 1; i < nodes.size(); j = i++) {
            const glm::vec2 a = nodes[j];
            const glm::vec2 ab = nodes[i] - a;
            const float t = std::clamp(glm::dot(q - a, ab) / glm::dot(ab, ab), 0.0F, 1.0F);
            best = std::min(best, glm::length(q - a - ab * t));
            if ((a.y > q.y) != (nodes[i].y > q.y) && q.x < a.x + ab.x * (q.y - a.y) / ab.y) {
                inside = !inside;
            }
        }
        return inside ? -best : best;
    };
}

}  // namespace stubble::bake::ear
