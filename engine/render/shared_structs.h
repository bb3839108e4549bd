#pragma once
// The structs that C++ and GLSL share (shaders/shared/*.h), with GLSL's type names.

#include <glm/glm.hpp>

namespace stubble::shared {

using glm::ivec4;
using glm::mat4;
using glm::uvec2;
using glm::uvec4;
using glm::vec4;

#include "shaders/shared/frame_block.h"
#include "shaders/shared/splat.h"
#include "shaders/shared/splat_groups.h"
#include "shaders/shared/strand.h"

static_assert(sizeof(LightBlock) == 96 && sizeof(Dot) == 24 && sizeof(DotLobes) == 24 &&
              sizeof(Strand) == 64);
static_assert(sizeof(FrameBlock) == 64 + 15 * 16 + STUBBLE_MAX_LIGHTS * sizeof(LightBlock));

}  // namespace stubble::shared
