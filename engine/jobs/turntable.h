#pragma once
// A design on a head that turns once before camera and lamps.

#include <functional>
#include <optional>
#include <string>

#include "engine/core/image.h"
#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/jobs/open_scene.h"
#include "engine/render/camera.h"

namespace stubble {

inline constexpr int kMinTurnFrames = 2, kMaxTurnFrames = 720;

struct TurntableJob {
    Design design;
    HeadSource head;
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::optional<Camera> ownCamera;       ///< instead of the named one
    std::string light = "studio";          ///< one of lightNames()
    int width = 1280, height = 720;        ///< pixels
    int samples = 8;                       ///< sub-frames of each frame, 1 to kMaxStillSamples
    int frames = 96;                       ///< of one turn, kMinTurnFrames to kMaxTurnFrames
    ContextOptions gl;
};

/// The camera as the head on the turntable sees it in a frame: the head turns anticlockwise as seen from
/// above, about the upright line through the middle between nasion and inion. Frame 0 is the camera itself.
Camera turnedCamera(const Camera& camera, const Head& head, int frame, int frames);

struct TurntableReport {
    std::string renderer;      ///< GL_RENDERER
    std::string importReport;  ///< sentences for a person; empty for a built-in head
    std::size_t impressions = 0, hairs = 0;
    double openingSeconds = 0, framesSeconds = 0;  ///< the frames' with what was done with them
    int cutFrames = 0;  ///< whose border cuts the head above the chin, though the camera shows whole heads
};

/// Bakes once and gives the frames to `take`, stamped, in order; what it fails with ends the job. Each is
/// what `stubble render` gives for its camera. `progress` may be null.
Result<TurntableReport> renderTurntable(const TurntableJob& job,
                                        const std::function<Result<void>(const ImageRgb8&)>& take,
                                        Progress* progress = nullptr);

/// "three-quarter view, studio light"
std::string viewOf(const TurntableJob& job);

}  // namespace stubble
