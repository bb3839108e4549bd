#pragma once
// A validated head: mesh, landmarks, chart, and what of its surface is scalp.

#include <memory>
#include <string>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/mesh.h"
#include "engine/scalp/chart.h"
#include "engine/scalp/landmarks.h"

namespace stubble {

class Skull;

/// Frame: millimetres, +Y up, face towards +Z, +X the head's own left, origin halfway between the tragi.
struct Head {
    std::string name;
    TriMesh mesh;
    Landmarks landmarks;
    ScalpChart chart;
    std::vector<glm::vec2> chartPositions;  ///< of each vertex
    std::vector<float>
        scalpMask;  ///< of each vertex: 1 on skin of the cranium that can bear hair, 0 on face, ears, neck
    /// Of each vertex: 1 on skin of the skull from above the brows to the nape, the bare forehead included; 0
    /// on face, ears and neck. What a treatment may reach.
    std::vector<float> craniumMask;
    /// Ready for measuring; unset in a head put together by hand. Ask skullOf (engine/scalp/skull.h).
    std::shared_ptr<const Skull> skull;
};

/// Moves mesh and landmarks into the head frame (rigidly: no scaling), checks them, and derives chart and
/// masks. The frame comes from the landmarks alone, so the same head in any pose ends up the same: X through
/// the tragi, and level where the line from tragus to lateral canthus climbs 12° forwards (about the
/// Frankfurt plane). Missing normals are computed. Fails (badInput) with the fault's place and size.
Result<Head> buildHead(std::string name, TriMesh mesh, Landmarks landmarks);

}  // namespace stubble
