// Head length, breadth, circumference and bitragion arc.
// Method: Leslie G. Farkas, "Anthropometry of the Head and Face", 1994 (definitions); A. M. Andrew, "Another
// efficient algorithm for convex hulls in two dimensions", 1979 (a tape spans hollows like a convex hull).
#include "anthropometry.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "landmarks.h"

namespace stubble::bake {
namespace {

// Below this the tape spans from the tragus straight over the root of the ear.
constexpr double kEarTop = 33.0;

std::vector<glm::dvec2> convexHull(std::vector<glm::dvec2> pts) {
    std::sort(pts.begin(), pts.end(), [](auto a, auto b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
    auto turn = [](glm::dvec2 o, glm::dvec2 a, glm::dvec2 b) {
        return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    };
    std::vector<glm::dvec2> h;
    for (int pass = 0; pass < 2; ++pass) {
        const size_t base = h.size();
        for (const glm::dvec2& p : pts) {
            while (h.size() >= base + 2 && turn(h[h.size() - 2], h.back(), p) <= 0.0) h.pop_back();
            h.push_back(p);
        }
        h.pop_back();
        std::reverse(pts.begin(), pts.end());
    }
    return h;
}

double hullLength(const std::vector<glm::dvec2>& pts, bool closed) {
    const auto h = convexHull(pts);
    double sum = 0.0, base = 0.0;
    for (size_t i = 0; i < h.size(); ++i) {
        const glm::dvec2 a = h[i], b = h[(i + 1) % h.size()];
        sum += glm::distance(a, b);
        // The tape of an open arc does not close along the chord between its ends.
        if (!closed && std::abs(a.y - b.y) < 1e-3) base = std::max(base, glm::distance(a, b));
    }
    return sum - base;
}

// Farthest point of the occiput from the glabella along the midline.
glm::dvec3 opisthocranion(const HeadField& f, const glm::dvec3& glabella) {
    glm::dvec3 best(0.0);
    double far = 0.0;
    for (double y = 34.0; y <= 64.0; y += 2.0) {
        const glm::dvec3 p = f.hit({0, y, -250}, {0, 0, 1}, false);
        const double d = glm::distance(p, glabella);
        if (d > far) far = d, best = p;
    }
    return best;
}

glm::dvec3 glabellaOf(const HeadField& f) {
    glm::dvec3 best(0, 0, -1e9);
    for (double y = 36.0; y <= 54.0; y += 1.0) {
        const glm::dvec3 p = f.hit({0, y, 250}, {0, 0, -1}, false);
        if (p.z > best.z) best = p;
    }
    return best;
}

}  // namespace

HeadMeasures measureField(const HeadField& f, double bitragionBreadth) {
    HeadMeasures m;
    const glm::dvec3 g = glabellaOf(f), o = opisthocranion(f, g);
    m.length = glm::distance(g, o);
    for (double y = 20.0; y <= 100.0; y += 4.0)
        for (double z = -60.0; z <= 20.0; z += 4.0)
            m.breadth = std::max(m.breadth, 2.0 * f.hit({150, y, z}, {-1, 0, 0}, false).x);
    const glm::dvec3 axis = glm::normalize(o - g), mid = 0.5 * (g + o);
    std::vector<glm::dvec2> ring, arc;
    for (int i = 0; i < 240; ++i) {
        const double a = 2.0 * M_PI * i / 240;
        const glm::dvec3 dir = glm::dvec3(std::sin(a), 0, 0) + axis * std::cos(a);
        const glm::dvec3 p = f.hit(mid + dir * 180.0, -dir, false) - mid;
        ring.emplace_back(p.x, glm::dot(p, axis));
    }
    m.circumference = hullLength(ring, true);
    for (int i = 0; i <= 120; ++i) {
        const double a = M_PI * i / 120;
        const glm::dvec3 dir(std::cos(a), std::sin(a), 0);
        const glm::dvec3 p = f.hit(dir * 220.0, -dir, false);
        if (p.y > kEarTop) arc.emplace_back(p.x, p.y);
    }
    for (const double side : {-0.5, 0.5}) arc.emplace_back(side * bitragionBreadth, 0.0);
    m.bitragionArc = hullLength(arc, false);
    return m;
}

HeadMeasures measureMesh(const Mesh& mesh, const HeadField& field, const Landmarks& marks) {
    HeadMeasures m;
    const glm::dvec3 g = marks.at("glabella");
    const glm::dvec3 shift = marks.shift;
    glm::dvec3 o(0.0);
    std::vector<char> ear(mesh.positions.size());
    parallelFor(static_cast<int>(ear.size()), [&](int i) {
        const auto k = static_cast<size_t>(i);
        ear[k] = field.distanceWithoutEars(mesh.positions[k] + shift) > 0.3;
    });
    for (size_t i = 0; i < mesh.positions.size(); ++i) {
        const glm::dvec3& p = mesh.positions[i];
        if (std::abs(p.x) < 1.5 && p.y > 34.0 && p.y < 64.0 && p.z < 0.0 && glm::distance(p, g) > m.length)
            m.length = glm::distance(p, g), o = p;
        if (p.y > 20.0 && p.z < 25.0 && !ear[i]) m.breadth = std::max(m.breadth, 2.0 * std::abs(p.x));
    }
    const glm::dvec3 axis = glm::normalize(o - g), up = glm::normalize(glm::cross(axis, glm::dvec3(1, 0, 0)));
    std::vector<glm::dvec2> ring, arc;
    for (const Triangle& t : mesh.triangles) {
        for (size_t k = 0; k < 3; ++k) {
            const auto ia = static_cast<size_t>(t[k]), ib = static_cast<size_t>(t[(k + 1) % 3]);
            if (ear[ia] || ear[ib]) continue;
            const glm::dvec3 a = mesh.positions[ia], b = mesh.positions[ib];
            const double da = glm::dot(a - g, up), db = glm::dot(b - g, up);
            if ((da < 0.0) != (db < 0.0)) {
                const glm::dvec3 p = glm::mix(a, b, da / (da - db)) - g;
                ring.emplace_back(p.x, glm::dot(p, axis));
            }
            if ((a.z < 0.0) != (b.z < 0.0)) {
                const glm::dvec3 p = glm::mix(a, b, a.z / (a.z - b.z));
                if (p.y > kEarTop) arc.emplace_back(p.x, p.y);
            }
        }
    }
    for (const char* side : {"tragusLeft", "tragusRight"}) arc.emplace_back(marks.at(side).x, 0.0);
    m.circumference = hullLength(ring, true);
    m.bitragionArc = hullLength(arc, false);
    m.bitragionBreadth = glm::distance(marks.at("tragusLeft"), marks.at("tragusRight"));
    return m;
}

void fitCranium(HeadField& field, const HeadMeasures& asked) {
    CraniumKnobs k;
    for (int i = 0; i < 40; ++i) {
        field.setKnobs(k);
        const HeadMeasures m = measureField(field, asked.bitragionBreadth);
        const double worst =
            std::max({std::abs(m.length / asked.length - 1.0), std::abs(m.breadth / asked.breadth - 1.0),
                      std::abs(m.circumference / asked.circumference - 1.0),
                      std::abs(m.bitragionArc / asked.bitragionArc - 1.0)});
        if (worst < 5e-4) {
            std::printf("  knobs: length %+.4f breadth %+.4f height %+.4f squareness %+.4f\n", k.length,
                        k.breadth, k.height, k.squareness);
            return;
        }
        // Slopes: the back is half the length; the crown is about a third of the arc, and so on.
        k.length += 1.8 * (asked.length / m.length - 1.0);
        k.breadth += 1.0 * (asked.breadth / m.breadth - 1.0);
        k.squareness += 2.0 * (asked.circumference / m.circumference - 1.0);
        k.height += 1.6 * (asked.bitragionArc / m.bitragionArc - 1.0);
    }
    throw std::runtime_error("the asked head measures do not fit together");
}

HeadMeasures readMeasures(const nlohmann::json& r) {
    return {r.at("headLength"), r.at("headBreadth"), r.at("circumference"), r.at("bitragionArc"),
            r.at("bitragionBreadth")};
}

}  // namespace stubble::bake
