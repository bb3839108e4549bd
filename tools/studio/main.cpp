// stubble-studio: the window. Only this file ends the process.

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdio>
#include <exception>
#include <new>

#include "tools/studio/app.h"

namespace stubble {
namespace {

constexpr const char* kAbout =
    "Designs scalp micropigmentation on a head and shows at once how it looks.\n"
    "Exit codes: 0 done, 2 usage, 65 bad or missing input, 69 no window or no OpenGL 4.5, 74 I/O, 75 try "
    "again, 130 and 143 stopped by a signal.";
constexpr int kMinSide = 320, kMaxSide = 16384;
constexpr float kMinScale = 0.5f, kMaxScale = 4;

int report(const Error& error) {
    std::fprintf(stderr, "stubble-studio: %s\n", error.message.c_str());
    return static_cast<int>(error.code);
}

/// "1280x800"
Result<void> parseSize(std::string_view text, WindowOptions& window) {
    const char* const end = text.data() + text.size();
    const auto width = std::from_chars(text.data(), end, window.width);
    const bool cross = width.ec == std::errc() && width.ptr != end && *width.ptr == 'x';
    const auto height = std::from_chars(cross ? width.ptr + 1 : end, end, window.height);
    const auto isSide = [](int side) { return side >= kMinSide && side <= kMaxSide; };
    if (!cross || height.ec != std::errc() || height.ptr != end || !isSide(window.width) ||
        !isSide(window.height))
        return fail(ExitCode::usage, "--size {}: expected WIDTHxHEIGHT, each from {} to {}", text, kMinSide,
                    kMaxSide);
    return {};
}

Result<int> start(AppOptions options, const std::string& size) {
    if (!size.empty()) STUBBLE_CHECK(parseSize(size, options.window));
    const auto scale = options.window.scale;
    if (scale && !(*scale >= kMinScale && *scale <= kMaxScale))
        return fail(ExitCode::usage, "--scale {}: expected a number from {} to {}", *scale, kMinScale,
                    kMaxScale);
    return runStudio(options);
}

int run(int argc, char** argv) {
    CLI::App app(kAbout, "stubble-studio");
    app.set_version_flag("--version", "stubble " STUBBLE_VERSION);
    AppOptions options;
    std::string size;
    app.add_option("DESIGN.json", options.designFile, "Design file; without one, a new design");
    app.add_option("--head", options.head, "Mesh file or builtin:NAME, instead of the design's head");
    app.add_option("--size", size, "Window size; else 1280x800");
    app.add_option("--scale", options.window.scale,
                   "Size of text and controls, 0.5 to 4; else the display's");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        return report({ExitCode::usage, std::string(error.what()) + "\nSee stubble-studio --help."});
    }
    const auto done = start(options, size);
    return done ? *done : report(done.error());
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    try {
        return stubble::run(argc, argv);
    } catch (const std::bad_alloc&) {
        std::fputs("stubble-studio: not enough memory\n", stderr);
        return static_cast<int>(stubble::ExitCode::tryAgain);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "stubble-studio: %s\n", error.what());
        return static_cast<int>(stubble::ExitCode::io);
    }
}
