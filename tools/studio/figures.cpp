#include "tools/studio/figures.h"

#include <fmt/format.h>

#include <cmath>

#include "tools/studio/text.h"

namespace stubble {
namespace {

std::string withUnit(const std::string& number, const char* unit) {
    return *unit ? fmt::format("{} {}", number, unit) : number;
}

std::string duration(double days) {
    constexpr double kYear = 365;
    if (days < 90) return withUnit(fmt::format("{:.0f}", days), text("unit.days"));
    if (days < 2 * kYear) return withUnit(fmt::format("{:.0f}", days * 12 / kYear), text("unit.months"));
    return withUnit(fmt::format("{:.1f}", days / kYear), text("unit.years"));
}

}  // namespace

std::string figureFor(const KeyShape& key, double value) {
    if (key.unit == "days" && key.max > 90) return duration(value);
    const double span = key.max - key.min;
    const bool whole = key.type == KeyType::integer || span > 150;
    const int decimals = whole ? 0 : span <= 2 ? (value < 0.3 ? 3 : 2) : value < 2 && span <= 30 ? 2 : 1;
    std::string number = fmt::format("{:.{}f}", value, decimals);
    if (number.find('.') != std::string::npos) {
        number.erase(number.find_last_not_of('0') + 1);
        if (number.back() == '.') number.pop_back();
    }
    if (key.unit.empty()) return number;
    return withUnit(number, text(fmt::format("unit.{}", key.unit)));
}

std::string plainFigure(double value) {
    return fmt::format("{}", static_cast<float>(value));
}

}  // namespace stubble
