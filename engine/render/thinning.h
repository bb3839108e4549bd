#pragma once
// Level of detail that keeps tone: some of many hairs stand for all of them.

#include "engine/render/gpu_scene.h"
#include "engine/render/view.h"

namespace stubble {

/// Every so-many-th hair is drawn, with as many times its coverage: a power of two. 1 unless the view is fast
/// and a pixel so wide that each still covers but a little of it.
int hairStrideOf(const GpuScene& scene, const View& view);

}  // namespace stubble
