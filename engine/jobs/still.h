#pragma once
// One picture of a design, into a PNG, TIFF or OpenEXR file.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/image.h"
#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/jobs/open_scene.h"
#include "engine/render/pass_timer.h"

namespace stubble {

/// Ranges that a program checks before it starts a still.
inline constexpr int kMaxStillSide = 16384;  ///< pixels; what readPng takes back
inline constexpr int kMaxStillSamples = 4096;
inline constexpr int kMaxStillDpi = 10000;
inline constexpr float kMinStillDistanceCm = 5, kMaxStillDistanceCm = 1000;
inline constexpr float kMaxStillApertureMm = 200, kMaxStillLampDegrees = 45;
inline constexpr float kMinWholeHeadDistanceCm = 25;  ///< nearer, the eye comes into the head

struct StillJob {
    Design design;
    HeadSource head;
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::optional<Camera> ownCamera;       ///< instead of the named one; `distanceCm` is then not used
    std::string light = "studio";          ///< one of lightNames()
    int width = 1920, height = 1080;       ///< pixels, 1 to kMaxStillSide
    std::optional<float> distanceCm;       ///< eye to skin; unset: the camera's own
    int samples = 8;                       ///< sub-frames, 1 to kMaxStillSamples
    std::filesystem::path output;          ///< of any kind in stillFileOf
    float apertureMm = 0;                  ///< diameter of the lens; 0: all is sharp
    std::optional<float> focusCm;          ///< from the eye; unset: the skin in the middle of the picture
    std::optional<float> lampDegrees;      ///< angular radius of all lamps; unset: the light's own
    bool timings = false;                  ///< time each pass, which slows a software renderer
    int bits = 8;                          ///< a channel in PNG and TIFF, 8 or 16
    std::optional<int> dpi;                ///< pixels per inch in print, for PNG and TIFF
    TextChunks metadata;                   ///< text besides what the job itself adds
    ContextOptions gl;
};

/// "1920x1080": width and height, each from 1 to kMaxStillSide.
std::optional<std::pair<int, int>> parseStillSize(std::string_view text);

enum class StillFile { png, tiff, exr };
/// By the name's end: .tif and .tiff, .exr; else PNG, for devices have any name.
StillFile stillFileOf(const std::filesystem::path& output);

struct StillReport {
    std::string renderer;         ///< GL_RENDERER
    std::string importReport;     ///< sentences for a person; empty for a built-in head
    std::size_t impressions = 0;  ///< in the scene
    std::size_t hairs = 0;
    OpeningSeconds opening;
    double frameSeconds = 0, writeSeconds = 0;
    std::vector<PassTime> passes;  ///< of all sub-frames, where asked for
};

// The parts of a still, for jobs that render many of one scene; `head` is the job's own.

/// Fails (usage) where a name is unknown.
Result<View> stillView(const StillJob& job, const Head& head);
/// As the job's file holds it: 8 bits, 16 bits, or radiance × the light's exposure.
using StillPicture = std::variant<ImageRgb8, ImageRgb16, ImageLinear>;
Result<StillPicture> renderStillPicture(const StillJob& job, Renderer& renderer, const GpuScene& scene,
                                        const View& view, Progress* progress = nullptr);
/// Stamps and writes it, with what the job was as text; `rendererName` is GL_RENDERER.
Result<void> writeStill(const StillJob& job, StillPicture picture, const std::string& rendererName);

/// Bakes, renders and writes. PNG and TIFF hold what a display shows, OpenEXR holds radiance × the light's
/// exposure, before the display curve. The file appears whole or not at all. `progress` may be null.
Result<StillReport> renderStill(const StillJob& job, Progress* progress = nullptr);

}  // namespace stubble
