// A lofted ridge for bone and upper cartilage, swept tubes for the wings and columella; soft at the root and
// crisp at the wings, like the cartilage below the skin. Method: Inigo Quilez, "Smooth minimum", 2013.
#include "nose.h"

#include "json_util.h"

namespace stubble::bake {

Nose::Nose(const nlohmann::json& r)
    : ridge_(readCurve(r.at("ridge"))),
      halfWidth_(readCurve(r.at("halfWidth"))),
      depth_(readCurve(r.at("depth"))),
      wing_(readTube(r.at("wing"))),
      columella_(readTube(r.at("columella"))),
      nostril_(readTube(r.at("nostril"))),
      tip_(readVec3(r.at("tip"))),
      tipRadii_(readVec3(r.at("tipRadii"))),
      rootBlend_(r.at("rootBlend")),
      tipBlend_(r.at("tipBlend")),
      wingBlend_(r.at("wingBlend")),
      columellaBlend_(r.at("columellaBlend")),
      nostrilBlend_(r.at("nostrilBlend")),
      faceBlend_(r.at("faceBlend")) {}

// Bridge and flanks as a relief over the frontal plane: a flat-topped ridge with steep sides that run out
// into the cheeks. Divided by its slope the relief becomes a distance.
double Nose::body(const glm::dvec3& p) const {
    auto relief = [this](double x, double y) {
        const double s = x / halfWidth_(y);
        const double s3 = s * s * s;
        // Beyond the flank the relief dives below the cheek, so that it ends there.
        const double out = std::max(x - 10.0, 0.0);
        return ridge_(y) - depth_(y) * s3 / (1.0 + s3) - 0.008 * out * out * out;
    };
    constexpr double kStep = 0.05;
    const double h = relief(p.x, p.y);
    const double hx = (relief(p.x + kStep, p.y) - h) / kStep, hy = (relief(p.x, p.y + kStep) - h) / kStep;
    return (p.z - h) / std::sqrt(1.0 + hx * hx + hy * hy);
}

double Nose::apply(const glm::dvec3& p, double d) const {
    if (p.z < 60.0 || p.x > 45.0 || p.y > 60.0 || p.y < -50.0) return d;
    double nose = body(p);
    nose = smoothMin(nose, ellipsoid(p - tip_, tipRadii_), tipBlend_);
    nose = smoothMin(nose, columella_.distance(p), columellaBlend_);
    // The root melts into brow and cheek, the lower end stands off the lip and cheek more sharply.
    const double low = smoothStep(5.0, -14.0, p.y);
    d = smoothMin(d, nose, rootBlend_ + (faceBlend_ - rootBlend_) * low);
    d = smoothMin(d, wing_.distance(p), wingBlend_);
    return smoothMax(d, -nostril_.distance(p), nostrilBlend_);
}

}  // namespace stubble::bake
