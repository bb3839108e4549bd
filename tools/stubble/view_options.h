#pragma once
// The options that say from where and in what light, and their checks.

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/jobs/still.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"

namespace stubble {

/// A usage error that suggests the nearest of the known names, or lists them.
Result<void> checkName(std::string_view option, std::string_view name,
                       std::span<const std::string_view> known);

/// "1920x1080": sides from 1 to kMaxStillSide pixels; else a usage error.
Result<void> parseSize(std::string_view text, int& width, int& height);

/// A camera that has no name.
struct OwnCameraOptions {
    std::vector<float> eyeMm, targetMm, up;
    double fieldOfViewDegrees = 0;
};
void addOwnCamera(CLI::App& command, OwnCameraOptions& options);
/// None where no option was given. It takes all four of its options; a camera that cannot see is a usage
/// error.
Result<std::optional<Camera>> readOwnCamera(const OwnCameraOptions& options);

/// What every job of pictures is told: --size where there is one, a camera of its own or --camera, --light,
/// --samples; checked in this order.
template <typename Job>
Result<void> readView(const std::string& size, const OwnCameraOptions& own, Job& job) {
    if (!size.empty()) STUBBLE_CHECK(parseSize(size, job.width, job.height));
    STUBBLE_TRY(job.ownCamera, readOwnCamera(own));
    STUBBLE_CHECK(checkName("--camera", job.camera, cameraNames()));
    STUBBLE_CHECK(checkName("--light", job.light, lightNames()));
    if (job.samples < 1 || job.samples > kMaxStillSamples)
        return fail(ExitCode::usage, "--samples {}: expected a whole number from 1 to {}", job.samples,
                    kMaxStillSamples);
    return {};
}

}  // namespace stubble
