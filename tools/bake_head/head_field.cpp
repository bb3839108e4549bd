// Composition of mass and features; the order matters, later ones are worked into the earlier clay.
// Method: Jules Bloomenthal (ed.), "Introduction to Implicit Surfaces", 1997.
#include "head_field.h"

#include "json_util.h"

namespace stubble::bake {

HeadField::HeadField(const nlohmann::json& r)
    : mass_(r.at("mass")),
      eyes_(r.at("eyes")),
      nose_(r.at("nose")),
      mouth_(r.at("mouth")),
      neck_(r.at("neck")),
      ears_(r.at("ears")),
      asymmetry_(r.at("asymmetry")) {
    for (const auto& b : r.at("bumps"))
        bumps_.push_back({readVec3(b.at("at")), readVec3(b.at("sigma")), b.at("height").get<double>()});
}

// Nobody is symmetric: lean the nose, lift one brow and one corner of the mouth by fractions of a millimetre.
glm::dvec3 HeadField::unwarp(glm::dvec3 p) const {
    if (asymmetry_ == 0.0) return p;
    const double front = smoothStep(20.0, 80.0, p.z);
    const double side = std::tanh(p.x / 30.0);
    p.x += asymmetry_ * front *
           (0.55 * bump(p, {0, -14, p.z}, {18, 16, 1}) - 0.35 * bump(p, {0, -70, p.z}, {30, 22, 1}));
    p.y += asymmetry_ * front * side *
           (0.5 * bump(p, {p.x, 36, p.z}, {1, 12, 1}) - 0.45 * bump(p, {p.x, -46, p.z}, {1, 12, 1}));
    return p;
}

double HeadField::sculpt(const glm::dvec3& world, bool withEars) const {
    const glm::dvec3 p = unwarp(world);
    const glm::dvec3 h(std::abs(p.x), p.y, p.z);
    double d = mass_.distance(p);
    d = neck_.apply(h, d);
    if (d < 60.0)
        for (const Bump& b : bumps_) d -= b.height * bump(h, b.centre, b.sigma);
    d = eyes_.apply(h, d);
    d = nose_.apply(h, d);
    d = mouth_.apply(h, d);
    if (withEars) d = ears_.apply(h, d);
    return neck_.cut(p, d);
}

double HeadField::distance(const glm::dvec3& p) const {
    return sculpt(p, true);
}
double HeadField::distanceWithoutEars(const glm::dvec3& p) const {
    return sculpt(p, false);
}

glm::dvec3 HeadField::gradient(const glm::dvec3& p, double h) const {
    const glm::dvec3 x(h, 0, 0), y(0, h, 0), z(0, 0, h);
    return glm::dvec3(distance(p + x) - distance(p - x), distance(p + y) - distance(p - y),
                      distance(p + z) - distance(p - z)) /
           (2.0 * h);
}

glm::dvec3 HeadField::project(glm::dvec3 p, int steps) const {
    for (int i = 0; i < steps; ++i) {
        const double d = distance(p);
        if (std::abs(d) < 1e-4) break;
        const glm::dvec3 g = gradient(p, 0.05);
        const double g2 = glm::dot(g, g);
        if (g2 < 1e-4) break;
        glm::dvec3 move = -d * g / g2;
        const double len = glm::length(move);
        if (len > 1.0) move *= 1.0 / len;  // a fold may point the wrong way far from the surface
        p += move;
    }
    return p;
}

glm::dvec3 HeadField::hit(const glm::dvec3& from, const glm::dvec3& dir, bool withEars) const {
    const glm::dvec3 n = glm::normalize(dir);
    double t = 0.0, before = 0.0;
    for (int i = 0; i < 4000 && t < 600.0; ++i) {
        const double d = sculpt(from + n * t, withEars);
        if (d < 0.0) {
            double a = before, b = t;
            for (int k = 0; k < 50; ++k) {
                const double m = 0.5 * (a + b);
                (sculpt(from + n * m, withEars) < 0.0 ? b : a) = m;
            }
            return from + n * (0.5 * (a + b));
        }
        before = t;
        t += std::max(0.5 * d, 0.05);
    }
    return from + n * t;
}

}  // namespace stubble::bake
