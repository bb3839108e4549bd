#include "tools/stubble/output.h"

#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>

namespace stubble {
namespace fs = std::filesystem;

std::string reportText(const nlohmann::ordered_json& report) {
    return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

Result<void> writeStandardOutput(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return fail(ExitCode::io, "standard output: cannot be written: {}", std::strerror(errno));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> checkOutput(const fs::path& output, std::initializer_list<std::string_view> suffixes,
                         std::initializer_list<fs::path> inputs) {
    const std::string name = output.string();
    std::error_code error;
    const fs::file_status status = fs::status(output, error);
    if (fs::is_directory(status)) return fail(ExitCode::io, "{}: cannot be written: is a folder", name);
    const auto cannot = [&] {
        return fail(ExitCode::io, "{}: cannot be written: {}", name, std::strerror(errno));
    };
    if (fs::exists(status) && !fs::is_regular_file(status)) {
        if (::access(output.c_str(), W_OK) != 0) return cannot();
        return {};
    }
    if (std::ranges::find(suffixes, lowerSuffix(output)) == suffixes.end())
        return fail(ExitCode::usage, "{}: unknown kind of output, expected a name that ends in {}", name,
                    fmt::join(suffixes, " or "));
    const fs::path folder = output.has_parent_path() ? output.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error))
        return fail(ExitCode::io, "{}: cannot be written: {} is not a folder", name, folder.string());
    if (::access(folder.c_str(), W_OK | X_OK) != 0) return cannot();
    for (const fs::path& input : inputs)
        if (!input.empty() && fs::equivalent(output, input, error))
            return fail(ExitCode::usage, "{}: is an input too, choose another name for the output", name);
    return {};
}

std::string lowerSuffix(const fs::path& path) {
    std::string suffix = path.extension().string();
    std::ranges::transform(suffix, suffix.begin(), [](unsigned char c) { return std::tolower(c); });
    return suffix;
}

}  // namespace stubble
