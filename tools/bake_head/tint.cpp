// Flush follows the blood: nose, cheeks, ears and lips are redder than forehead and neck.
// After: Jimenez et al., "A Practical Appearance Model for Dynamic Facial Color", SIGGRAPH Asia 2010.
#include "tint.h"

#include "json_util.h"

namespace stubble::bake {

Tint::Tint(const nlohmann::json& r)
    : lips_(readVec3(r.at("lips"))),
      ears_(readVec3(r.at("ears"))),
      lids_(readVec3(r.at("lids"))),
      lashes_(readVec3(r.at("lashes"))) {
    for (const auto& p : r.at("patches"))
        patches_.push_back({readVec3(p.at("at")), readVec3(p.at("sigma")), readVec3(p.at("colour"))});
}

glm::dvec3 Tint::at(const HeadField& f, const glm::dvec3& p) const {
    glm::dvec3 c(1.0);
    auto lay = [&c](const glm::dvec3& colour, double w) { c *= glm::mix(glm::dvec3(1.0), colour, w); };
    const glm::dvec3 h(std::abs(p.x), p.y, p.z);
    for (const Patch& k : patches_) lay(k.colour, bump(h, k.at, k.sigma));
    if (p.z > 50.0) {
        lay(lips_, f.mouth().vermilion(p));
        const Eyes& e = f.eyes();
        const double v = h.y - e.marginY(h.x);
        const double along = smoothStep(e.innerX() - 3.0, e.innerX() + 5.0, h.x) *
                             smoothStep(e.outerX() + 5.0, e.outerX() - 3.0, h.x);
        const double top = std::max(e.creaseY(h.x) - e.marginY(h.x), 2.0);
        lay(lids_, along * smoothStep(-5.0, 0.5, v) * smoothStep(top + 3.0, top - 3.0, v));
        lay(lashes_, along * gauss(v - 0.2, 0.9));
    }
    lay(ears_, smoothStep(0.5, 9.0, f.distanceWithoutEars(p)) * smoothStep(40.0, 20.0, p.z));
    return c;
}

}  // namespace stubble::bake
