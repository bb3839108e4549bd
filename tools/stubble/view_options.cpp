#include "tools/stubble/view_options.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "engine/core/suggest.h"
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
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, width);
    const bool cross = first.ec == std::errc() && first.ptr != end && *first.ptr == 'x';
    const auto second = std::from_chars(cross ? first.ptr + 1 : end, end, height);
    const auto isSide = [](int pixels) { return pixels >= 1 && pixels <= kMaxStillSide; };
    if (!cross || second.ec != std::errc() || second.ptr != end || !isSide(width) || !isSide(height))
        return fail(ExitCode::usage, "--size {}: expected WIDTHxHEIGHT, each from 1 to {} pixels", text,
                    kMaxStillSide);
    return {};
}

}  // namespace stubble
