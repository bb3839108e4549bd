// Nose assembled from swept tubes, softest at the root and crisp at the wings, like the cartilage below the skin.
// Method: Inigo Quilez, "Smooth minimum", 2013.
#include "nose.h"

#include "json_util.h"

namespace stubble::bake {

Nose::Nose(const nlohmann::json& r)
    : bridge_(readTube(r.at("bridge"))),
      side_(readTube(r.at("side"))),
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

double Nose::apply(const glm::dvec3& p, double d) const {
    if (p.z < 60.0 || p.x > 45.0 || p.y > 60.0 || p.y < -50.0) return d;
    double nose = bridge_.distance(p);
    nose = smoothMin(nose, side_.distance(p), rootBlend_);
    nose = smoothMin(nose, ellipsoid(p - tip_, tipRadii_), tipBlend_);
    nose = smoothMin(nose, columella_.distance(p), columellaBlend_);
    // The root melts into brow and cheek, the lower end stands off the lip and cheek more sharply.
    const double low = smoothStep(5.0, -14.0, p.y);
    d = smoothMin(d, nose, rootBlend_ + (faceBlend_ - rootBlend_) * low);
    d = smoothMin(d, wing_.distance(p), wingBlend_);
    return smoothMax(d, -nostril_.distance(p), nostrilBlend_);
}

}  // namespace stubble::bake
