#pragma once
// What time does to a treatment: from dots as they were put in to what is there on a day. The equations stand
// in docs/time.md, the figures' sources in docs/sources.md, Healing.

#include <vector>

#include "engine/core/pigment_base.h"

namespace stubble {

/// The day that a design is looked at. Ranges are checked when a design is read.
struct TimeDesign {
    float days = 60;            ///< since the last session, 0 to 7300
    float sessionGapDays = 21;  ///< from one session to the next, 7 to 30
    int laserSessions = 0;      ///< removal by laser, all done and healed by that day, 0 to 10

    bool operator==(const TimeDesign&) const = default;
};

/// A dot as the design means it: well healed, were nothing lost.
struct PutDot {
    float diameterMm = 0.15f;  ///< healed, at the surface; 0.03 to 0.8
    float depthMm = 0.14f;     ///< of the pigment that stays, 0.05 to 1.5
    float loadPercent = 0.6f;  ///< of all that was put in, were it inside the diameter; > 0
};

/// What is there on the day.
struct AgedDot {
    float diameterMm = 0;  ///< up to 0.8
    float depthMm = 0;  ///< of all that darkens: shallower while the epidermis and the crust hold some of it
    float loadPercent = 0;  ///< > 0; the crust counts as pigment
    float erythema = 0;     ///< strength of the fresh redness round the dot, 0 to 1
    float crust = 0;        ///< how much of the scab is there, 0 to 1
};

/// Ages the dots of a treatment. Immutable and thread-safe.
class Ageing {
  public:
    /// `sessions` as in SmpDesign, at least 1: the last was time.days ago, each one before it a gap earlier.
    Ageing(const TimeDesign& time, PigmentBase base, int sessions);

    /// A dot of a session, counted from 0.
    [[nodiscard]] AgedDot of(const PutDot& dot, int session) const;

  private:
    /// What a session's age alone decides.
    struct Age {
        float unshed = 0;        ///< share of what the epidermis will shed that it still holds
        float crust = 0;         ///< 0 to 1
        float erythema = 0;      ///< 0 to 1
        float blown = 0;         ///< share of the blow-out that has happened
        float spreadMm2 = 0;     ///< what years and laser add to the square of the diameter
        float pigmentShare = 1;  ///< left after fading and laser
    };
    static Age ageAfter(float days, PigmentBase base, int laserSessions);

    std::vector<Age> ages_;  ///< by session
};

}  // namespace stubble
