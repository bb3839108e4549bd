#include "ear_sdf.h"

#include "ear_grid.h"
#include "ear_ops.h"
#include "ear_shape.h"
#include "ear_sweep.h"

namespace stubble::bake {

namespace {

using namespace ear;

constexpr double kShellSmoothing = 3.0;
constexpr float kFoldSpacingMm = 1.6F;
constexpr int kShellBlurPasses = 8;
constexpr int kBackBlurPasses = 200;
constexpr float kBackBlendMm = 3.0F;
constexpr float kShellHalfMm = 1.2F;
constexpr float kLobeHalfMm = 2.9F;
constexpr float kEarlyOutMm = 8.0F;
constexpr float kHeadFilletMm = 4.5F;

// Into the plate frame (see ear_shape.h).
glm::vec3 toPlate(const glm::vec3& p) {
    static const float kSin = std::sin(kProtrusionRad);
    static const float kCos = std::cos(kProtrusionRad);
    const float back = kHingeZMm - p.z;
    return {kSin * p.x + kCos * back - kHingeOffsetMm, p.y, kCos * p.x - kSin * back};
}

// The tables take a moment to fill, so they are made once, on first use.
struct Auricle {
    PlaneGrid height{thinPlateSpline(samples(shellFoldsMm(), kFoldSpacingMm), kShellSmoothing),
                     kShellBlurPasses};
    // Soft tissue evens out the sharp folds behind: the back follows the front only where that lies deeper.
    PlaneGrid soft{[this](glm::vec2 q) { return height.sample(q).value; }, kBackBlurPasses};
    PlaneGrid back{[this](glm::vec2 q) {
                       const glm::vec2 r = (q - kRearPadMm) / kRearPadRadiusMm;
                       const float pad = kRearPadDepthMm * std::exp(-0.5F * glm::dot(r, r));
                       return smoothMin(height.sample(q).value, soft.sample(q).value, kBackBlendMm) - pad;
                   },
                   0};
    PlaneGrid outline{closedCurveDistance(kOutlineMm), 1};
    PlaneGrid conchaPlan{closedCurveDistance(kConchaPlanMm), 4};
    Sweep helix{kHelixMm};
    Sweep tragus{kTragusMm};
    Sweep lip{kHelixLipMm};
    Sweep tragusRoot{kTragusRootMm};
    Sweep root{kRootMm};
    Sweep canal{kCanalMm};
};

const Auricle& auricle() {
    static const Auricle kAuricle;
    return kAuricle;
}

// First-order distance to a height field, positive on the lateral side.
float slopedDistanceMm(const PlaneGrid& height, const glm::vec3& q) {
    const PlaneGrid::Sample h = height.sample({q.x, q.y});
    return (q.z - h.value) / std::sqrt(1.0F + glm::dot(h.gradient, h.gradient));
}

float auricleDistanceMm(const Auricle& a, const glm::vec3& q) {
    const float half = glm::mix(kShellHalfMm, kLobeHalfMm, smoothStep(-14.0F, -24.0F, q.y));
    // Rounded edge: the sheet is a thin core grown by its half thickness.
    const float sheet = slopedDistanceMm(a.height, q);
    const float core = std::max(sheet, -slopedDistanceMm(a.back, q));
    const glm::vec2 edge(core, a.outline.sample({q.x, q.y}).value + half);
    float d = std::min(std::max(edge.x, edge.y), 0.0F) + glm::length(glm::max(edge, glm::vec2(0.0F))) - half;
    const float helix = smoothMin(a.helix.distanceMm(q), a.lip.distanceMm(q), 2.5F);
    d = smoothMin(d, smoothMax(a.root.distanceMm(q), sheet, 2.0F), 5.0F);
    // The roll is crisp above and melts into the lobe below.
    d = smoothMin(d, helix, glm::mix(4.5F, 3.2F, smoothStep(-16.0F, 2.0F, q.y)));
    return smoothMin(d, smoothMin(a.tragus.distanceMm(q), a.tragusRoot.distanceMm(q), 4.5F), 3.0F);
}

}  // namespace

float earDistanceMm(glm::vec3 pMm) {
    const float box = boxDistanceMm(pMm, kEarBoxMinMm, kEarBoxMaxMm);
    if (box > kEarlyOutMm) {
        return box;
    }
    const float d = auricleDistanceMm(auricle(), toPlate(pMm));
    return box > 0.0F ? std::max(box, d) : d;
}

float earCavityDistanceMm(glm::vec3 pMm) {
    const float box = boxDistanceMm(pMm, kEarBoxMinMm, kEarBoxMaxMm);
    if (box > kEarlyOutMm) {
        return box;
    }
    const Auricle& a = auricle();
    const glm::vec3 q = toPlate(pMm);
    return smoothMax(a.conchaPlan.sample({q.x, q.y}).value, -slopedDistanceMm(a.height, q), 2.0F);
}

float uniteEarWithHead(float headMm, glm::vec3 pMm) {
    const float box = boxDistanceMm(pMm, kEarBoxMinMm, kEarBoxMaxMm);
    if (box > kEarlyOutMm) {
        return std::min(headMm, box);
    }
    const float cut = smoothMax(headMm, -earCavityDistanceMm(pMm), 2.0F);
    const glm::vec3 q = toPlate(pMm);
    const float joined = smoothMin(cut, earDistanceMm(pMm), kHeadFilletMm);
    return smoothMax(joined, -auricle().canal.distanceMm(q), 3.0F);
}

}  // namespace stubble::bake
