#pragma once
// What can be measured of a baked scene fast enough to be told at every edit.

#include <optional>

#include "engine/scene/scene.h"

namespace stubble {

/// Of the designed hairline between the frontotemporal points.
struct HairlineFigures {
    float heightMm = 0;        ///< arc of midline skin from the glabella
    float featherMm = 0;       ///< width over which the edge fades in
    float irregularityMm = 0;  ///< standard deviation of the edge about its smooth line
    float asymmetryMm = 0;     ///< root mean square of how far one side, mirrored, misses the other
    float templeMm = 0;  ///< arc of skin on the lateral canthus' vertical, from the glabella's level to the
                         ///< lower frontotemporal point
    float recessMm = 0;  ///< that arc less the midline's, mean of both sides: how far the line turns back
};

/// Of the impressions, by samples of even ranks; "local" is within kPatchRadiusMm.
struct TreatmentFigures {
    float densityPerCm2 = 0;  ///< local, its upper quartile: where treated in full
    float depthMm = 0;        ///< of the pigment's centroid, median
    float mergedShare = 0;    ///< of dots that on the day touch a neighbour
    float latticeOrder = 0;   ///< median of the larger of |ψ4|, |ψ6| of local neighbours: 1 for a lattice
    float darkness = 0;       ///< share of the skin's light (luminance) that is taken where treated in full
    float ownDarkness = 0;    ///< the same of the client's own hair, had it all been left and were it shaved
    float ownPerCm2 = 0;      ///< hairs, of the ancestry's mean or the client's own where that is more
    float ownSpreadPerCm2 = 0;  ///< how far people of the ancestry differ in them
    float frontShare =
        0;  ///< darkness of the front edge's zone to that of the middle; 0 where one has no dots
    float darkening = 0;         ///< PigmentFigures::darkening, by the samples
    float noticedDarkening = 0;  ///< from which on this skin's colour, as it is shown, differs by one just
                                 ///< noticeable difference; 1: none does
};

struct LintFigures {
    std::optional<HairlineFigures> hairline;  ///< where dots or grafts make one
    std::optional<TreatmentFigures> dots;     ///< where there are enough to tell
};

inline constexpr float kPatchRadiusMm = 3;

/// A few milliseconds on 100,000 dots. Deterministic.
LintFigures measureForLint(const Scene& scene);

}  // namespace stubble
