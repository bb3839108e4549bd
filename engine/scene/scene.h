#pragma once
// Everything that can be drawn or measured, immutable, without a graphics interface.

#include <memory>

#include "engine/core/progress.h"
#include "engine/hair/brows.h"
#include "engine/hair/follicles.h"
#include "engine/hair/strands.h"
#include "engine/scalp/head.h"
#include "engine/scene/design.h"
#include "engine/scene/dot_looks.h"
#include "engine/treatment/placer.h"

namespace stubble {

struct Scene {
    std::shared_ptr<const Head> head;
    Design design;
    Impressions impressions;
    Follicles follicles;
    Brows brows;
    Strands looseFibres;                ///< of a concealer
    std::vector<float> concealerShare;  ///< how much of it lies at each vertex; empty without a concealer
    std::vector<float> concealerHides;  ///< share of skin at each vertex; empty without a concealer
    std::vector<Scar> scars;            ///< the design's, and those of its transplant
    std::shared_ptr<const DotLooks>
        looks;  ///< of the design's skin, pigment and day; never null in a baked scene
};

/// Bakes a design on a head. Pure: the same head, design and version give the same bytes, for any number of
/// threads. Dear stages are kept in the disk cache under a hash of their inputs. `progress` may be null.
Result<Scene> bakeScene(std::shared_ptr<const Head> head, const Design& design, Progress* progress = nullptr);

/// Lays a concealer's fibres anew, for hair whose length has been changed since the scene was baked.
void layFibres(Scene& scene);

// What a placer is set up with, for those who go on editing:

/// The places where dots may stand; kept in the disk cache under the head and the seed.
Result<Candidates> bakeCandidates(const Head& head, const Design& design);
/// The hairs that dots keep clear of.
std::vector<HairRoot> hairRoots(const Follicles& follicles);
/// The hairline with the irregularity that the design's seed draws. Fails as Hairline::build does.
Result<Hairline> designedHairline(const Head& head, const Design& design);
/// The design's whorl, never `seed`: where that is asked for, what the seed draws.
WhorlKind drawnWhorl(const Design& design);

}  // namespace stubble
