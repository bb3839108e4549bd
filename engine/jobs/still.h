#pragma once
// One picture of a design, into a PNG file.

#include <filesystem>
#include <optional>
#include <string>

#include "engine/core/image.h"
#include "engine/core/progress.h"
#include "engine/core/result.h"
#include "engine/jobs/open_scene.h"

namespace stubble {

/// Ranges that a program checks before it starts a still.
inline constexpr int kMaxStillSide = 16384;  ///< pixels; what readPng takes back
inline constexpr int kMaxStillSamples = 4096;
inline constexpr float kMinStillDistanceCm = 5, kMaxStillDistanceCm = 1000;
inline constexpr float kMinWholeHeadDistanceCm = 25;  ///< nearer, the eye comes into the head

struct StillJob {
    Design design;
    HeadSource head;
    std::string camera = "three-quarter";  ///< one of cameraNames()
    std::string light = "studio";          ///< one of lightNames()
    int width = 1920, height = 1080;       ///< pixels, 1 to kMaxStillSide
    std::optional<float> distanceCm;       ///< eye to skin; unset: the camera's own
    int samples = 8;                       ///< sub-frames, 1 to kMaxStillSamples
    std::filesystem::path output;          ///< .png
    TextChunks metadata;                   ///< PNG text besides what the job itself adds
};

struct StillReport {
    std::string renderer;         ///< GL_RENDERER
    std::string importReport;     ///< sentences for a person; empty for a built-in head
    std::size_t impressions = 0;  ///< in the scene
    std::size_t hairs = 0;
    OpeningSeconds opening;
    double frameSeconds = 0, writeSeconds = 0;
};

/// Bakes, renders and writes. The file appears whole or not at all. `progress` may be null.
Result<StillReport> renderStill(const StillJob& job, Progress* progress = nullptr);

}  // namespace stubble
