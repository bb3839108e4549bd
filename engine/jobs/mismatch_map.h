#pragma once
// Where on the head pigment is told from hair, as a picture.

#include "engine/jobs/mismatch.h"

namespace stubble {

/// The treated skin in sight with local d′ laid over it in colours.
struct MismatchMap {
    ImageRgb8 picture;        ///< with legend and stamp
    MismatchMeasure whole;    ///< of all treated skin in sight
    double toldShare = 0;     ///< of the map's cells: d′ at least kTold
    double medianDPrime = 0;  ///< of the map's cells
    TreatedFrame frame;
};

/// `sentence` is written under the map. Pictures as PairCamera::whole takes them.
Result<MismatchMap> mapMismatch(const PairPictures& pictures, const MismatchSight& sight, float lengthMm,
                                std::string_view sentence);

}  // namespace stubble
