#include "tools/studio/user_folders.h"

#include <cstdlib>

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// XDG Base Directory Specification 0.8: a relative path in its variables is to be ignored.
Result<fs::path> userFolder(const char* ownVariable, const char* xdgVariable, const char* underHome) {
    const auto valueOf = [](const char* variable) {
        const char* value = std::getenv(variable);
        return fs::path(value ? value : "");
    };
    fs::path folder = valueOf(ownVariable);
    if (folder.empty() && valueOf(xdgVariable).is_absolute()) folder = valueOf(xdgVariable) / "stubble";
    if (folder.empty() && valueOf("HOME").is_absolute()) folder = valueOf("HOME") / underHome / "stubble";
    if (folder.empty())
        return fail(ExitCode::io, "no folder for what the studio keeps: set {} to one", ownVariable);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ExitCode::io, "{}: cannot be made: {}", folder.string(), error.message());
    return folder;
}

}  // namespace

Result<fs::path> stateDir() {
    return userFolder("STUBBLE_STATE_DIR", "XDG_STATE_HOME", ".local/state");
}

Result<fs::path> configDir() {
    return userFolder("STUBBLE_CONFIG_DIR", "XDG_CONFIG_HOME", ".config");
}

}  // namespace stubble
