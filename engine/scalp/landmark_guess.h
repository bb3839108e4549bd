#pragma once
// Finds the landmarks on a head that nobody has marked.

#include "engine/core/result.h"
#include "engine/geometry/mesh.h"
#include "engine/geometry/rays.h"
#include "engine/scalp/landmarks.h"

namespace stubble {

/// The coarsest modelled heads have several hundred; fewer are a box or a plane.
inline constexpr std::size_t kMinHeadTriangles = 100;

/// Guesses all ten landmarks, each with a confidence from 0 (proportions alone) to below 1. `mesh` is in mm
/// with roughly +Y up and the face towards +Z (± 25°), as importMesh delivers it; a neck or bust may hang on
/// it, ears may be missing. `scene` is over the same mesh. Fails (badInput) when this is no head, with the
/// first sign of it: "is not a head: …".
Result<Landmarks> guessLandmarks(const TriMesh& mesh, const RayScene& scene);

}  // namespace stubble
