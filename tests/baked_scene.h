#pragma once
// Designs on the built-in head, baked.

#include <memory>
#include <utility>

#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble::test {

inline std::shared_ptr<const Scene> bakedScene(const Design& design) {
    auto head = loadHead({});
    auto scene = bakeScene(std::make_shared<const Head>(std::move(head->head)), design);
    return std::make_shared<const Scene>(*std::move(scene));
}

/// Few dots, so that measuring them is quick.
inline Design lightDesign() {
    Design design;
    design.smp.densityPerCm2 = 40;
    return design;
}

}  // namespace stubble::test
