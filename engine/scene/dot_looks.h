#pragma once
// From an impression to what is drawn of it on the design's day: where time and optics meet.

#include "engine/optics/dot_optics.h"
#include "engine/optics/fibre.h"
#include "engine/optics/skin_tone.h"
#include "engine/scene/design.h"
#include "engine/treatment/ageing.h"
#include "engine/treatment/impressions.h"

namespace stubble {

/// Melanin of a hair that is not grey. Sources: docs/sources.md, optics.
HairMelanin melaninOf(HairColour colour);

/// Immutable and thread-safe.
class DotLooks {
  public:
    /// Fails (badInput) when the dot table is missing or broken.
    static Result<std::shared_ptr<const DotLooks>> create(const Design& design);

    /// Of dot i: aged, in the pigment's colour, with the redness round a fresh one.
    [[nodiscard]] DotProfile of(const Impressions& dots, std::size_t i) const;
    /// The part of a shaved hair in the skin; melanin 0 (grey) to 1, of hair().
    [[nodiscard]] DotProfile ofShavedHair(float diameterUm, float melanin) const {
        return optics_.shavedHair(diameterUm, melanin);
    }
    /// The skin that they lie in.
    [[nodiscard]] const SkinTone& skin() const { return skin_; }

    /// The melanin of the design's hair.
    [[nodiscard]] const HairMelanin& hair() const { return hair_; }

  private:
    DotLooks(const Design& design, const DotTable& table);

    SkinTone skin_;
    HairMelanin hair_;
    DotOptics optics_;
    Ageing ageing_;
};

}  // namespace stubble
