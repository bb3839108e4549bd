#include "tools/stubble/view_options.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "engine/core/suggest.h"
#include "engine/jobs/own_camera.h"
#include "engine/jobs/still.h"

namespace stubble {
Result<void> checkName(std::string_view option, std::string_view name,
                       std::span<const std::string_view> known) {
    if (std::ranges::find(known, name) != known.end()) return {};
    const std::string nearest = didYouMean(name, known);
    return fail(ExitCode::usage, "{} {}: unknown{}", option, name,
                nearest.empty() ? fmt::format(", expected one of {}", fmt::join(known, ", ")) : nearest);
}

Result<void> parseSize(std::string_view text, int& width, int& height) {
    const auto size = parseStillSize(text);
    if (!size)
        return fail(ExitCode::usage, "--size {}: expected WIDTHxHEIGHT, each from 1 to {} pixels", text,
                    kMaxStillSide);
    std::tie(width, height) = *size;
    return {};
}

void addOwnCamera(CLI::App& command, OwnCameraOptions& options) {
    const auto triple = [&](const char* name, std::vector<float>& value, const char* what) {
        command.add_option(name, value, what)->delimiter(',')->expected(3);
    };
    triple("--eye-mm", options.eyeMm, "A camera of its own instead of --camera: X,Y,Z of the eye");
    triple("--target-mm", options.targetMm, "X,Y,Z of what it looks at");
    triple("--up", options.up, "X,Y,Z of its upward direction");
    command.add_option("--field-of-view", options.fieldOfViewDegrees,
                       "Its vertical field of view in degrees, 0.1 to 120");
}

Result<std::optional<Camera>> readOwnCamera(const OwnCameraOptions& options) {
    const bool any = !options.eyeMm.empty() || !options.targetMm.empty() || !options.up.empty() ||
                     options.fieldOfViewDegrees != 0;
    if (!any) return std::nullopt;
    if (options.eyeMm.empty() || options.targetMm.empty() || options.up.empty() ||
        options.fieldOfViewDegrees == 0)
        return fail(ExitCode::usage,
                    "--eye-mm, --target-mm, --up, --field-of-view: a camera of its own needs all four");
    if (!(options.fieldOfViewDegrees >= kMinFieldDegrees && options.fieldOfViewDegrees <= kMaxFieldDegrees))
        return fail(ExitCode::usage, "--field-of-view {}: expected a number from {} to {}",
                    options.fieldOfViewDegrees, kMinFieldDegrees, kMaxFieldDegrees);
    const auto vec = [](const std::vector<float>& v) { return glm::vec3(v[0], v[1], v[2]); };
    const Camera camera =
        ownCamera(vec(options.eyeMm), vec(options.targetMm), vec(options.up), options.fieldOfViewDegrees);
    if (!canSee(camera))
        return fail(ExitCode::usage,
                    "--eye-mm, --target-mm, --up: expected places up to {} mm away, and an up that is not "
                    "the line of sight",
                    kMaxCameraMm);
    return camera;
}

}  // namespace stubble
