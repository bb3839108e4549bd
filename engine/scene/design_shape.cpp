#include "engine/scene/design_shape.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/core/suggest.h"

namespace stubble {
namespace {

bool isWhole(const Json& value) {
    return value.is_number_integer() ||
           (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

bool isChoice(const KeyShape& key, const Json& value) {
    return value.is_string() && std::ranges::count(key.choices, value.get_ref<const std::string&>());
}

bool isInRange(const KeyShape& key, const Json& value) {
    return value.is_number() && value.get<double>() >= key.min && value.get<double>() <= key.max;
}

/// Printable on one line: no control characters, so that a file name or title cannot steer a terminal.
bool isOneLine(std::string_view text) {
    return std::ranges::none_of(text,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isGood(const KeyShape& key, const Json& value) {
    if (key.orNull && value.is_null()) return true;
    switch (key.type) {
        case KeyType::number:
            return isInRange(key, value) || isChoice(key, value);
        case KeyType::integer:
            return isInRange(key, value) && isWhole(value);
        case KeyType::flag:
            return value.is_boolean();
        case KeyType::choice:
            return isChoice(key, value);
        case KeyType::text: {
            if (!value.is_string()) return false;
            const std::string& text = value.get_ref<const std::string&>();
            return static_cast<double>(text.size()) >= key.min &&
                   static_cast<double>(text.size()) <= key.max && isOneLine(text);
        }
        case KeyType::seed:
            return value.is_number_unsigned();
        case KeyType::points:
        case KeyType::list:
            return value.is_array() && value.size() >= key.minCount && value.size() <= key.maxCount;
    }
    return false;
}

bool isPair(const Json& value) {
    return value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number();
}

std::string describeRange(const KeyShape& key) {
    return fmt::format("from {} to {}{}{}", key.min, key.max, key.unit.empty() ? "" : " ", key.unit);
}

std::string describeCount(const KeyShape& key) {
    return key.minCount == 0 ? fmt::format("at most {}", key.maxCount)
                             : fmt::format("{} to {}", key.minCount, key.maxCount);
}

std::optional<std::string> faultInPoints(const KeyShape& key, const std::string& place, const Json& points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Json& point = points[i];
        const bool isPoint = isPair(point) && isInRange(key, point[0]) && isInRange(key, point[1]);
        if (!isPoint)
            return fmt::format("{}[{}]: found {}, expected [x, y], each {}", place, i,
                               isPair(point) ? point.dump() : describeType(point), describeRange(key));
        if (const double radius = std::hypot(point[0].get<double>(), point[1].get<double>());
            radius > key.max)
            return fmt::format("{}[{}]: found {}, {:.4g} from the vertex, expected at most {}", place, i,
                               point.dump(), radius, key.max);
    }
    return std::nullopt;
}

std::optional<std::string> faultAt(const KeyShape& key, const std::string& place, const Json& value);

std::optional<std::string> faultInItem(const KeyShape& list, const std::string& place, const Json& item) {
    if (!item.is_object()) return fmt::format("{}: found {}, expected an object", place, describeType(item));
    for (const auto& [name, value] : item.items())
        if (std::ranges::find(list.members, name, &KeyShape::path) == list.members.end()) {
            std::vector<std::string_view> known;
            for (const KeyShape& member : list.members) known.push_back(member.path);
            return fmt::format("{}.{}: unknown key{}", place, name.substr(0, 80), didYouMean(name, known));
        }
    for (const KeyShape& member : list.members) {
        const std::string inner = place + '.' + member.path;
        if (const auto value = item.find(member.path); value != item.end()) {
            if (auto fault = faultAt(member, inner, *value)) return fault;
        } else if (isRequired(member)) {
            return fmt::format("{}: found nothing, expected {}", inner, describeExpected(member));
        }
    }
    return std::nullopt;
}

std::optional<std::string> faultAt(const KeyShape& key, const std::string& place, const Json& value) {
    if (!isGood(key, value))
        return fmt::format("{}: found {}, expected {}", place, describeType(value), describeExpected(key));
    if (key.type == KeyType::points)
        if (auto fault = faultInPoints(key, place, value)) return fault;
    if (key.type == KeyType::list)
        for (std::size_t i = 0; i < value.size(); ++i)
            if (auto fault = faultInItem(key, fmt::format("{}[{}]", place, i), value[i])) return fault;
    return key.rule ? key.rule(value) : std::nullopt;
}

}  // namespace

std::string describeExpected(const KeyShape& key) {
    switch (key.type) {
        case KeyType::number: {
            std::string expected = "a number " + describeRange(key);
            if (!key.choices.empty()) expected += fmt::format(", or one of {}", fmt::join(key.choices, ", "));
            return expected + (key.orNull ? ", or null" : "");
        }
        case KeyType::integer:
            return "a whole number " + describeRange(key);
        case KeyType::flag:
            return "true or false";
        case KeyType::choice:
            return fmt::format("one of {}", fmt::join(key.choices, ", "));
        case KeyType::text:
            return fmt::format("one line of {} to {} bytes", key.min, key.max);
        case KeyType::seed:
            return fmt::format("a whole number from 0 to {}", std::numeric_limits<std::uint64_t>::max());
        case KeyType::points:
            return fmt::format("a list of {} points [x, y]", describeCount(key));
        case KeyType::list:
            return fmt::format("a list of {} objects", describeCount(key));
    }
    return {};
}

std::optional<std::string> faultIn(const KeyShape& key, const Json& value) {
    return faultAt(key, key.path, value);
}

}  // namespace stubble
