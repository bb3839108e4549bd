#pragma once
// Every impression of a design, for a machine, a planner or another program.

#include <memory>
#include <string>

#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design.h"
#include "engine/scene/dot_looks.h"
#include "engine/treatment/impressions.h"

namespace stubble {

struct PlacementJob {
    Design design;
    HeadSource head;
};

struct Placement {
    std::shared_ptr<const Head> head;
    Impressions impressions;
    std::shared_ptr<const DotLooks> looks;  ///< of the design's skin, pigment and day
    std::string headName;
    std::string importReport;  ///< sentences for a person; empty for a built-in head
    std::size_t hairs = 0;     ///< of the client, that dots keep clear of
    double seconds = 0;
};

/// Loads the head and bakes the design on it. `progress` may be null.
Result<Placement> placeDesign(const PlacementJob& job, Progress* progress = nullptr);

}  // namespace stubble
