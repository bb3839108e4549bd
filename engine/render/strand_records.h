#pragma once
// Hairs above the skin as records for shaders/hair/strand.comp.

#include <vector>

#include "engine/hair/strands.h"
#include "engine/optics/fibre.h"
#include "engine/render/shared_structs.h"
#include "engine/scene/scene.h"

namespace stubble {

// What a record holds.
glm::vec3 rootMm(const shared::Strand& strand);
glm::vec3 rootNormal(const shared::Strand& strand);
float lengthMm(const shared::Strand& strand);
float diameterMm(const shared::Strand& strand);  ///< at the root

/// The scalp's hairs at the design's length; `hair` is the melanin of those that are not grey.
std::vector<shared::Strand> scalpStrandRecords(const Strands& strands, const HairMelanin& hair);
/// A concealer's fibres among the scalp's hairs.
std::vector<shared::Strand> fibreRecords(const Strands& fibres, const Strands& hairs,
                                         const HairMelanin& hair);
/// Brows, which grow too thin to shade one another much.
std::vector<shared::Strand> browRecords(const Brows& brows, const HairMelanin& hair);

}  // namespace stubble
