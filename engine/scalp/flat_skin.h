#pragma once
// A square of skin instead of a head: for swatches, and for tests that want nothing else in the picture.

#include "engine/scalp/head.h"

namespace stubble {

/// In the plane z = 0 around the origin, facing +Z, all of it scalp; no landmarks, no chart. widthMm > 0.
Head flatSkin(float widthMm);

}  // namespace stubble
