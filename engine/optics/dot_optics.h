#pragma once
// The dots of one skin, one pigment and one hair, ready for drawing.

#include <memory>

#include "engine/core/pigment_base.h"
#include "engine/optics/dot_profile.h"
#include "engine/optics/dot_table.h"
#include "engine/optics/fibre.h"

namespace stubble {

/// Colours of the dot table for one skin, one pigment and one hair, under D65, on a finer lattice. Immutable
/// and thread-safe; making one takes some milliseconds.
class DotOptics {
  public:
    DotOptics(const DotTable& table, const SkinPigments& skin, PigmentBase base,
              const HairMelanin& hair = kDarkBrownHair);

    /// diameterMm 0.03–0.8, depthMm 0.05–1.5 (of the pigment's centre), loadPercent > 0; sizes outside are
    /// clamped. The pigment is kPigmentThicknessMm thick and thins out as DotEdge::soft.
    [[nodiscard]] DotProfile pigment(float diameterMm, float depthMm, float loadPercent) const;

    /// The part of a shaved hair that lies in the skin, seen through it. diameterUm 30–800, melanin 0 (grey:
    /// nothing) to 1 (the hair's own). Black hair's 171/mm at 550 nm stays inside the table's 800/mm.
    [[nodiscard]] DotProfile shavedHair(float diameterUm, float melanin) const;

  private:
    /// Linear sRGB at a node: the mean loss over all bands as a logarithm, and each lobe's integral relative
    /// to it.
    struct Node {
        float logLossMm2 = 0;
        std::array<glm::vec3, kCoreLobes + kTailLobes> lobes{};
        glm::vec3 reachable{1};
    };
    [[nodiscard]] DotProfile profile(const std::vector<Node>& nodes, std::size_t depths, float depthPlace,
                                     float diameterMm, float loadPercent, float coreDepthMm) const;

    std::vector<Node> dots_, shafts_;  ///< by depth, diameter, load
};

}  // namespace stubble
