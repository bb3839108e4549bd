#include "engine/scalp/skull.h"

namespace stubble {

std::shared_ptr<const Skull> skullOf(const Head& head) {
    if (head.skull) return head.skull;
    return std::make_shared<const Skull>(head.mesh, head.chart, head.landmarks);
}

}  // namespace stubble
