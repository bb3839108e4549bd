#pragma once
// The mark that tells a rendered picture from a photograph.

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Writes "STUBBLE · SIMULATION" small into the lower right corner (assets/stamp/simulation.png as its
/// shape). Pictures under 160 pixels wide are left alone: there it would be a blot.
Result<void> stampSimulation(ImageRgb8& image);
Result<void> stampSimulation(ImageRgb16& image);
/// The same mark in radiance × exposure: as much light as shows it.
Result<void> stampSimulation(ImageLinear& scene);

}  // namespace stubble
