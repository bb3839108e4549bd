#pragma once
// Everything that can be drawn or measured, immutable, without a graphics interface.

#include <memory>

#include "engine/core/progress.h"
#include "engine/hair/brows.h"
#include "engine/hair/follicles.h"
#include "engine/scalp/head.h"
#include "engine/scene/design.h"
#include "engine/treatment/impressions.h"

namespace stubble {

struct Scene {
    std::shared_ptr<const Head> head;
    Design design;
    Impressions impressions;
    Follicles follicles;
    Brows brows;
};

/// Bakes a design on a head. Pure: the same head, design and version give the same bytes, for any number of
/// threads. Dear stages are kept in the disk cache under a hash of their inputs. `progress` may be null.
Result<Scene> bakeScene(std::shared_ptr<const Head> head, const Design& design, Progress* progress = nullptr);

}  // namespace stubble
