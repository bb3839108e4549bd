#pragma once
// A design on the graphics device, ready to be drawn, as soon as a machine can have it.

#include <functional>
#include <memory>
#include <string>

#include "engine/core/progress.h"
#include "engine/gpu/context.h"
#include "engine/render/renderer.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Where the time until the first frame goes. Scene and device work goes on at the same time.
struct OpeningSeconds {
    double head = 0, bake = 0, arrays = 0;        ///< one after the other
    double context = 0, programs = 0, speck = 0;  ///< beside them
    double upload = 0;
    double all = 0;
};

/// Lives on the thread that made it.
struct OpenScene {
    GlContext context;
    Renderer renderer;
    Scene scene;
    std::string importReport;  ///< sentences for a person; empty for a built-in head
    View view;
    GpuScene gpu;
    OpeningSeconds seconds;
};

/// Loads the head and bakes the design while context, programs and targets are made, and has a speck drawn
/// in the view that `viewOf` gives, so that the driver has compiled all before the scene is there. `progress`
/// may be null; it is told from another thread, one call at a time.
Result<OpenScene> openScene(const HeadSource& head, const Design& design,
                            const std::function<Result<View>(const Head&)>& viewOf,
                            Progress* progress = nullptr, const ContextOptions& options = {});

}  // namespace stubble
