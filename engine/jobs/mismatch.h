#pragma once
// How far a treated scalp differs from a natural one, and up to which hair length nobody can tell.

#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/jobs/pair_camera.h"
#include "engine/perception/depth_change.h"

namespace stubble {

/// Ranges that a program checks before it starts.
inline constexpr double kMinMismatchDistanceCm = 20, kMaxMismatchDistanceCm = 500;
inline constexpr float kMaxMismatchLengthMm = 25;

/// Who looks from where at what light.
struct MismatchSight {
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::string light = "studio";          ///< one of lightNames()
    double distanceCm = 75;
};

/// Detectability from which on a scalp counts as told: d′ = 1 is 76 % right of two alternatives.
inline constexpr double kTold = 1;

/// A measure and what it was taken at.
struct MismatchPoint {
    float lengthMm = 0;
    double distanceCm = 0;
    float turnDegrees = 0;  ///< of the eye around the treated skin
    float lampDegrees = 0;  ///< of the lamps around the head
    MismatchMeasure measure;
};

/// Eye (turn) or lamps (lamp) at several angles, and how d′ changes with them.
struct MismatchAngles {
    std::vector<MismatchPoint> points;
    AngleChange change;
};
Result<MismatchAngles> mismatchByTurn(PairCamera& camera, const MismatchSight& sight, float lengthMm);
Result<MismatchAngles> mismatchByLamp(PairCamera& camera, const MismatchSight& sight, float lengthMm);

/// Relief of the treated skin in sight at a length: hair stands up, pigment has none.
struct ReliefPair {
    ReliefFigure treated, natural;
};
Result<ReliefPair> reliefOf(ScalpPair& pair, const TreatedFrame& frame, float lengthMm);

/// Up to which length hair blends.
struct BlendingLength {
    float upToMm = 0;                  ///< longest below kTold, to within kBlendingToleranceMm; 0: none
    bool always = false;               ///< at every length up to kMaxMismatchLengthMm
    std::vector<MismatchPoint> tried;  ///< by length
};
inline constexpr float kBlendingToleranceMm = 0.05f;
/// Climbs from the razor's length until it is told, then halves the step before. Taken to rise in between.
Result<BlendingLength> blendingLength(PairCamera& camera, const MismatchSight& sight,
                                      Progress* progress = nullptr);
/// Days of growth from the razor's length to the longest that blends: how often to clip. Not for `always`,
/// and not where nothing blends.
float clippingDays(const BlendingLength& blending, const HairDesign& hair);
/// "blends up to 1.1 mm at 75 cm: clip every 3 days": by the growth rate of the design's ancestry.
std::string blendingSentence(const BlendingLength& blending, const MismatchSight& sight,
                             const HairDesign& hair);

/// What tells most: "colour", "contrast" or "lines".
std::string_view strongestPart(const MismatchMeasure& measure);

/// d′ over length × distance × turn of the eye.
Result<std::vector<MismatchPoint>> mismatchCurve(PairCamera& camera, const MismatchSight& sight,
                                                 Progress* progress = nullptr);
std::string mismatchCsv(std::span<const MismatchPoint> points);

}  // namespace stubble
