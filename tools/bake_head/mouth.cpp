// Lips as a relief between three drawn curves: parting line, upper and lower border of the vermilion.
// Method: Kenneth Perlin and Eric Hoffert, "Hypertexture", 1989 (displacing an implicit surface's field).
#include "mouth.h"

#include "json_util.h"

namespace stubble::bake {
namespace {

constexpr double kTrough = 0.7, kThinnest = 3.0;

}  // namespace

Mouth::Mouth(const nlohmann::json& r)
    : cornerX_(r.at("cornerX")),
      parting_(readMirroredCurve(r.at("parting"))),
      upperEdge_(readMirroredCurve(r.at("upperEdge"))),
      lowerEdge_(readMirroredCurve(r.at("lowerEdge"))),
      upperProfile_(readCurve(r.at("upperProfile"))),
      lowerProfile_(readCurve(r.at("lowerProfile"))),
      upperHeight_(r.at("upperHeight")),
      lowerHeight_(r.at("lowerHeight")),
      groove_(r.at("groove")),
      grooveWidth_(r.at("grooveWidth")),
      philtrum_(r.at("philtrum")),
      edgeRoll_(r.at("edgeRoll")),
      cornerDepth_(r.at("cornerDepth")),
      nasolabial_(readTube(r.at("nasolabial"))),
      nasolabialDepth_(r.at("nasolabialDepth")) {}

double Mouth::apply(const glm::dvec3& p, double d) const {
    if (p.z < 55.0 || p.y > 5.0 || p.y < -85.0 || p.x > 60.0) return d;
    const double x = p.x;

    // Lip relief fades to nothing at the corner; heights past the borders follow the profiles' tails.
    const double t = std::min(x / (cornerX_ + 1.5), 1.0);
    const double fade = std::pow(std::max(1.0 - t * t, 0.0), 0.8);
    const double py = parting_(x);
    const double v = p.y - py;
    // A rounded |v|: the lips meet in a narrow trough, not in a knife cut that no mesh could follow.
    const double away = std::sqrt(v * v + kTrough * kTrough) - kTrough;
    if (fade > 0.0) {
        if (v >= 0.0) {
            const double s = away / std::max(upperEdge_(x) - py, kThinnest);
            const double h = s < 3.0 ? upperProfile_(s) : 0.0;
            d -= fade * (upperHeight_ * h + edgeRoll_ * gauss((s - 1.0) * (upperEdge_(x) - py), 1.2));
        } else {
            const double s = away / std::max(py - lowerEdge_(x), kThinnest);
            const double h = s < 3.0 ? lowerProfile_(s) : 0.0;
            d -= fade * (lowerHeight_ * h + 0.5 * edgeRoll_ * gauss((s - 1.0) * (py - lowerEdge_(x)), 1.0));
        }
    }
    // Parting line and the dimple at its end.
    const double reach = smoothStep(cornerX_ + 2.0, cornerX_ - 6.0, x);
    d += reach * groove_ * gauss(v, grooveWidth_);
    d += cornerDepth_ * bump(p, {cornerX_ + 2.2, parting_(cornerX_ + 1.0) - 1.4, p.z}, {4.2, 4.2, 1.0});

    // Philtrum: a groove between two ridges that run from the columella to the peaks of the bow.
    const double top = -25.0, bottom = upperEdge_(5.0);
    const double w = (p.y - bottom) / (top - bottom);
    if (w > -0.6 && w < 1.4) {
        const double along = smoothStep(-0.25, 0.15, w) * smoothStep(1.3, 0.7, w);
        const double ridge = 6.4 - 2.6 * w;
        d -= along * philtrum_ *
             (gauss(x - ridge, 2.4) + gauss(x + ridge, 2.4) - 1.5 * gauss(x, 2.9 - 0.7 * w));
    }
    // Nasolabial fold: only a soft change of plane on a calm face.
    d += nasolabialDepth_ * gauss(std::max(nasolabial_.distance(p), 0.0), 3.2);
    return d;
}

double Mouth::vermilion(const glm::dvec3& p) const {
    const double x = std::abs(p.x);
    if (p.z < 60.0 || x > cornerX_ + 3.0) return 0.0;
    const double v = p.y - parting_(x);
    const double edge = v > 0.0 ? upperEdge_(x) - parting_(x) : parting_(x) - lowerEdge_(x);
    const double out = std::abs(v) - std::max(edge, 0.3);
    return smoothStep(1.0, -0.9, out) * smoothStep(cornerX_ + 2.0, cornerX_ - 3.0, x);
}

}  // namespace stubble::bake
