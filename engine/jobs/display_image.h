#pragma once
// What a display shows of light: the renderer's own curve, on the processor.

#include "engine/core/image.h"

namespace stubble {

/// sRGB-encoded colour, 0 to 1, that shows a scene's radiance × exposure; as shaders/post/display.frag
/// without its dither.
glm::vec3 shownFromScene(glm::vec3 scene);
/// Radiance × exposure that shows a colour of 0 to 1; white itself comes back as a bright light.
glm::vec3 sceneFromShown(glm::vec3 shown);

}  // namespace stubble
