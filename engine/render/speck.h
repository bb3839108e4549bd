#pragma once
// A first use of all that draws a scene, before the scene is there.

#include "engine/render/renderer.h"

namespace stubble {

/// Draws the head's shadows and, over its pixels, a speck of skin, a dot and a hair: the driver then has
/// compiled the programs that such a tile of a scene `withScars` or without needs, and has made its targets.
/// Costs time only when it fails. Waits until the device is done.
void drawSpeck(Renderer& renderer, const View& view, const PixelRect& tile, const TriMesh& mesh,
               bool withScars);

}  // namespace stubble
