#include "engine/scene/design_inputs.h"

#include "engine/scene/design_keys.h"

namespace stubble {

void addKeys(ByteWriter& inputs, const Design& design, std::string_view group) {
    for (const DesignKey& key : designKeys())
        if (key.path.starts_with(group)) inputs(std::string_view(key.get(design).dump()));
}

void addStrandKeys(ByteWriter& inputs, const Design& design) {
    // The loss shows in the follicles alone, the colour not in their shape.
    Design shape;
    shape.hair = design.hair;
    static_cast<HairLoss&>(shape.hair) = {};
    shape.hair.colour = HairDesign{}.colour;
    addKeys(inputs, shape, "hair.");
}

}  // namespace stubble
