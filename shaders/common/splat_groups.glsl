// Which record an invocation draws: of the groups that may be seen every `stride`-th one (engine/render/group_dispatch.h).
#include "shared/splat_groups.h"

layout(local_size_x = STUBBLE_SPLAT_GROUP) in;
layout(std430, binding = 6) readonly buffer Groups { uint groups[]; };
layout(location = 10) uniform uvec4 dispatched;  // records, groups; stride, a power of two; which of so many

// False where there is none.
bool findRecord(out uint index) {
    uint place = gl_GlobalInvocationID.x * dispatched.z, slot = place / STUBBLE_SPLAT_GROUP;
    if (slot >= dispatched.y) return false;
    index = groups[slot] * STUBBLE_SPLAT_GROUP + place % STUBBLE_SPLAT_GROUP + dispatched.w;
    return index < dispatched.x;
}
