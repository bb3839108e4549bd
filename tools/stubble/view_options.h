#pragma once
// The options that say from where and in what light, and their checks.

#include <CLI/CLI.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/render/camera.h"

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

}  // namespace stubble
