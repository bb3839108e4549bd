#pragma once
// Landmarks on the outline of a head's middle, in a frame's coordinates.

#include <array>
#include <optional>
#include <vector>

#include "engine/scalp/head_probe.h"

namespace stubble {

/// y and z of a place on the midline (x = 0), and how sure it is, 0 to 1.
struct MidlinePlace {
    float y = 0, z = 0;
    float confidence = 0;
};

struct FaceOutline {
    MidlinePlace pronasale, nasion, glabella, pogonion, menton;
    float noseRidgeMm = 0;  ///< how far the nose's tip stands out of the skin 18 mm beside it
};

/// The front outline from the frame's top down. Empty when it has no nose; `bestRidgeMm` says what came
/// closest.
std::optional<FaceOutline> traceFace(const HeadProbe& probe, float topMm, float breadthMm,
                                     float& bestRidgeMm);

/// Highest place of the skull.
MidlinePlace findVertex(const HeadProbe& probe, float zMiddleMm);

/// Where the back of the head turns into the nape, about as high as `tragusYMm`.
MidlinePlace findInion(const HeadProbe& probe, float tragusYMm);

}  // namespace stubble
