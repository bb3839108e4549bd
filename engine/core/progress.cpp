#include "engine/core/progress.h"

#include <fmt/format.h>

#include <cmath>

namespace stubble {

std::optional<double> secondsLeft(double done, double elapsedSeconds) {
    if (done < 0.02 || elapsedSeconds < 0.5) return std::nullopt;
    return elapsedSeconds * (1.0 - done) / done;
}

std::string progressLine(double done, std::string_view stage, double elapsedSeconds) {
    std::string line = fmt::format("{:3.0f} %  {}", 100.0 * done, stage);
    if (const auto left = secondsLeft(done, elapsedSeconds)) {
        const auto seconds = static_cast<long>(std::ceil(*left));
        line += seconds < 90 ? fmt::format("  ({} s left)", seconds)
                             : fmt::format("  ({} min left)", (seconds + 59) / 60);
    }
    return line;
}

}  // namespace stubble
