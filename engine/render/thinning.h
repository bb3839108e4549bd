#pragma once
// Level of detail that keeps tone: some of many dots or hairs stand for all of them.

#include "engine/render/gpu_scene.h"
#include "engine/render/view.h"

namespace stubble {

/// Every `stride`-th is drawn, with so many times its coverage or loss. A power of two.
struct Thinning {
    int hairStride = 1, dotStride = 1;
};

/// None unless the view is fast and a pixel so wide that each still takes but a little of it.
Thinning thinningOf(const GpuScene& scene, const View& view);

}  // namespace stubble
