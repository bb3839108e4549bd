// Landmarks are found by casting rays at the sculpt and searching the midline for its turning points.
// Definitions: Leslie G. Farkas, "Anthropometry of the Head and Face", 1994.
#include "landmarks.h"

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "json_util.h"

namespace stubble::bake {
namespace {

// The midline point between two heights that lies foremost (sign +1) or deepest (-1).
glm::dvec3 extremeOfMidline(const HeadField& f, double y0, double y1, double sign) {
    glm::dvec3 best(0.0);
    double score = -1e9;
    for (double y = y0; y <= y1; y += 0.25) {
        const glm::dvec3 p = f.hit({0, y, 250}, {0, 0, -1});
        if (sign * p.z > score) score = sign * p.z, best = p;
    }
    return best;
}

}  // namespace

Landmarks findLandmarks(const HeadField& f, const nlohmann::json& r) {
    Landmarks m;
    auto& p = m.points;
    p["glabella"] = extremeOfMidline(f, 36.0, 54.0, 1.0);
    p["nasion"] = extremeOfMidline(f, 18.0, 36.0, -1.0);
    p["pronasale"] = extremeOfMidline(f, -24.0, 0.0, 1.0);
    p["pogonion"] = extremeOfMidline(f, -86.0, -66.0, 1.0);
    const double parting = f.mouth().partingY(0.0);
    p["stomion"] = extremeOfMidline(f, parting - 1.5, parting + 1.5, -1.0);
    // Menton: the lowest midline point of the chin's front, where the surface turns under.
    glm::dvec3 menton(0.0);
    double low = 1e9;
    for (double z = 76.0; z <= 95.0; z += 0.5) {
        const glm::dvec3 q = f.hit({0, -160, z}, {0, 1, 0});
        if (q.y < low && q.y > -125.0) low = q.y, menton = q;
    }
    p["menton"] = menton;
    glm::dvec3 vertex(0, -1e9, 0);
    for (double z = -60.0; z <= 40.0; z += 1.0) {
        const glm::dvec3 q = f.hit({0, 220, z}, {0, -1, 0});
        if (q.y > vertex.y) vertex = q;
    }
    p["vertex"] = vertex;
    p["inion"] = f.hit({0, r.at("inionY").get<double>(), -250}, {0, 0, 1});
    p["opisthocranion"] = f.hit({0, 44, -250}, {0, 0, 1});

    const Eyes& e = f.eyes();
    for (const int side : {1, -1}) {
        const std::string name = side > 0 ? "Left" : "Right";
        auto front = [&](double x, double y) { return f.hit({side * x, y, 250}, {0, 0, -1}); };
        p["canthus" + name] = front(e.outerX(), e.marginY(e.outerX()));
        p["innerCanthus" + name] = front(e.innerX(), e.marginY(e.innerX()));
        p["cheilion" + name] = front(f.mouth().cornerX(), f.mouth().partingY(f.mouth().cornerX()));
        const glm::dvec3 t = readVec3(r.at("tragus"));
        p["tragus" + name] = f.hit({side * 200.0, t.y, t.z}, {-side, 0, 0});
        std::vector<glm::dvec3> brow;
        for (const auto& k : r.at("brow")) brow.push_back(front(k.at(0), k.at(1)));
        m.lines["eyebrow" + name] = brow;
        p["browPeak" + name] = brow[brow.size() * 2 / 3];
    }
    m.shift = 0.5 * (p["tragusLeft"] + p["tragusRight"]);
    for (auto& [name, q] : p) q -= m.shift;
    for (auto& [name, line] : m.lines)
        for (glm::dvec3& q : line) q -= m.shift;
    return m;
}

void writeLandmarks(const Landmarks& m, const std::string& path) {
    auto rounded = [](const glm::dvec3& q) {
        nlohmann::json a = nlohmann::json::array();
        for (int k = 0; k < 3; ++k) a.push_back(std::round(q[k] * 1000.0) / 1000.0 + 0.0);
        return a;
    };
    nlohmann::json out;
    for (const auto& [name, q] : m.points) out[name] = rounded(q);
    for (const auto& [name, line] : m.lines)
        for (const glm::dvec3& q : line) out[name].push_back(rounded(q));
    std::ofstream file(path);
    file << out.dump(1) << "\n";
    if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace stubble::bake
