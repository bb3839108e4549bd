#pragma once
// From an impression to what is drawn of it on the design's day: where time and optics meet.

#include "engine/optics/dot_profile.h"
#include "engine/scene/design.h"
#include "engine/treatment/ageing.h"
#include "engine/treatment/impressions.h"

namespace stubble {

/// Immutable and thread-safe.
class DotLooks {
  public:
    explicit DotLooks(const Design& design)
        : base_(design.smp.pigment), ageing_(design.time, base_, design.smp.sessions) {}

    /// Of dot i: aged, in the pigment's colour, with the redness round a fresh one.
    [[nodiscard]] DotProfile of(const Impressions& dots, std::size_t i) const;

  private:
    PigmentBase base_;
    Ageing ageing_;
};

}  // namespace stubble
