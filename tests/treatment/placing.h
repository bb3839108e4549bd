#pragma once
// Heads with their candidates, sampled once, for tests of placing.

#include <cmath>
#include <memory>
#include <stdexcept>

#include "engine/treatment/placer.h"
#include "tests/scalp/synthetic_head.h"
#include "tests/shapes.h"

namespace stubble::test {

/// 100 cm² of flat skin without chart or landmarks: all of it cranium.
inline std::shared_ptr<const Head> squareHead() {
    static const std::shared_ptr<const Head> head = [] {
        Head made;
        made.name = "square";
        made.mesh = makeSquare(100, 20);
        made.craniumMask.assign(made.mesh.positionsMm.size(), 1.0f);
        return std::make_shared<const Head>(std::move(made));
    }();
    return head;
}

inline std::shared_ptr<const Head> sharedEllipsoidHead() {
    static const auto head = std::make_shared<const Head>(ellipsoidHead());
    return head;
}

inline Candidates candidatesOf(const Head& head, float densityPerCm2 = kCandidateDensityPerCm2,
                               std::uint64_t seed = 1) {
    auto ranked = sampleCandidates(head, seed, densityPerCm2);
    if (!ranked) throw std::runtime_error(ranked.error().message);
    return {head, *std::move(ranked), seed};
}

inline const Candidates& squareCandidates() {
    static const Candidates candidates = candidatesOf(*squareHead());
    return candidates;
}

/// Even dots on the square at a density inside: at its border they are a little denser (SampledRegion).
inline double dotsOnSquare(double densityPerCm2) {
    const double spacingMm = std::sqrt(200 / (std::sqrt(3.0) * densityPerCm2));
    return densityPerCm2 * (100 + 0.26 * spacingMm * 400 / 100);
}

/// A treatment of the density that the tests' figures are about.
inline SmpDesign plainSmp() {
    SmpDesign smp;
    smp.densityPerCm2 = 180;
    return smp;
}

/// A treatment of the bald square.
inline Impressions placeOnSquare(const SmpDesign& smp, std::vector<HairRoot> hairs = {}) {
    ImpressionPlacer placer(squareHead(), squareCandidates());
    placer.setSmp(smp);
    placer.setHair({}, std::move(hairs));
    const auto done = placer.update();
    if (!done) throw std::runtime_error(done.error().message);
    return placer.impressions();
}

}  // namespace stubble::test
