#pragma once
// A design before and after its treatment: two pictures that nothing but pigment tells apart.

#include <optional>
#include <string>

#include "engine/core/image.h"
#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/jobs/open_scene.h"
#include "engine/render/camera.h"

namespace stubble {

struct BeforeAfterJob {
    Design design;
    HeadSource head;
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::optional<Camera> ownCamera;       ///< instead of the named one
    std::string light = "studio";          ///< one of lightNames()
    int width = 960, height = 1080;        ///< pixels of either picture
    int samples = 8;                       ///< sub-frames, 1 to kMaxStillSamples
    ContextOptions gl;
};

/// Each is what `stubble render` gives for the same view: before is the design with smp.enabled=false.
struct BeforeAfter {
    BeforeAfterJob job;
    ImageRgb8 before, after;
    std::string renderer, importReport;
};

/// `progress` may be null.
Result<BeforeAfter> renderBeforeAfter(const BeforeAfterJob& job, Progress* progress = nullptr);

/// Side by side, each in its own pixels, byte for byte, with a line of words below.
Result<ImageRgb8> besideOneAnother(const BeforeAfter& pair);

/// A self-contained page with a slider between the two. `software` as "stubble 1.2.3".
Result<std::string> pairPage(const BeforeAfter& pair, const std::string& software);

}  // namespace stubble
