#include "tools/stubble/view_options.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "engine/core/suggest.h"

namespace stubble {

Result<void> checkName(std::string_view option, std::string_view name,
                       std::span<const std::string_view> known) {
    if (std::ranges::find(known, name) != known.end()) return {};
    const std::string nearest = didYouMean(name, known);
    return fail(ExitCode::usage, "{} {}: unknown{}", option, name,
                nearest.empty() ? fmt::format(", expected one of {}", fmt::join(known, ", ")) : nearest);
}

}  // namespace stubble
