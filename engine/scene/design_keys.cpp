#include "engine/scene/design_keys.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace stubble {
namespace {

/// The names of an enum's values in order, from the function that names one.
template <typename Enum, int Count>
std::array<std::string_view, Count> namesOf(std::string_view (*nameOf)(Enum)) {
    std::array<std::string_view, Count> names;
    for (int i = 0; i < Count; ++i) names[static_cast<std::size_t>(i)] = nameOf(static_cast<Enum>(i));
    return names;
}

/// A key's path and how to reach its member, from the member's name alone.
#define MEMBER(name)                   \
#name, [](auto& design) -> auto& { \
        return design.name;            \
    }

struct Range {
    double min, max;
};

// clang-format off
template <typename Member>
DesignKey number(std::string_view path, Member member, Range range, std::string_view unit,
                 std::string_view description, std::string_view source) {
    return {.path = path, .type = KeyType::number, .min = range.min, .max = range.max, .unit = unit,
            .description = description, .source = source,
            .get = [member](const Design& design) { return shortestNumber(member(design)); },
            .set = [member](Design& design, const Json& value) { member(design) = value.get<float>(); }};
}

template <typename Member>
DesignKey integer(std::string_view path, Member member, Range range, std::string_view description,
                  std::string_view source) {
    return {.path = path, .type = KeyType::integer, .min = range.min, .max = range.max,
            .description = description, .source = source,
            .get = [member](const Design& design) { return Json(member(design)); },
            .set = [member](Design& design, const Json& value) { member(design) = value.get<int>(); }};
}

template <typename Member>
DesignKey flag(std::string_view path, Member member, std::string_view description, std::string_view source) {
    return {.path = path, .type = KeyType::flag, .description = description, .source = source,
            .get = [member](const Design& design) { return Json(member(design)); },
            .set = [member](Design& design, const Json& value) { member(design) = value.get<bool>(); }};
}

template <typename Member>
DesignKey choice(std::string_view path, Member member, std::span<const std::string_view> names,
                 std::string_view description, std::string_view source) {
    return {.path = path, .type = KeyType::choice, .description = description, .source = source,
            .choices = {names.begin(), names.end()},
            .get = [member, names](const Design& design) {
                return Json(names[static_cast<std::size_t>(member(design))]);
            },
            .set = [member, names](Design& design, const Json& value) {
                using Enum = std::remove_reference_t<decltype(member(design))>;
                const auto found = std::ranges::find(names, value.get_ref<const std::string&>());
                member(design) = static_cast<Enum>(found - names.begin());
            }};
}

template <typename Member>
DesignKey text(std::string_view path, Member member, Range bytes, std::string_view description) {
    return {.path = path, .type = KeyType::text, .min = bytes.min, .max = bytes.max, .description = description,
            .get = [member](const Design& design) { return Json(member(design)); },
            .set = [member](Design& design, const Json& value) { member(design) = value.get<std::string>(); }};
}

template <typename Member>
DesignKey seed(std::string_view path, Member member, std::string_view description) {
    return {.path = path, .type = KeyType::seed, .description = description,
            .get = [member](const Design& design) { return Json(member(design)); },
            .set = [member](Design& design, const Json& value) { member(design) = value.get<std::uint64_t>(); }};
}

template <typename Member>
DesignKey points(std::string_view path, Member member, double extent, std::string_view description,
                 std::string_view source) {
    return {.path = path, .type = KeyType::points, .min = -extent, .max = extent, .description = description,
            .source = source,
            .get = [member](const Design& design) {
                Json list = Json::array();
                for (const glm::vec2 point : member(design))
                    list.push_back({shortestNumber(point.x), shortestNumber(point.y)});
                return list;
            },
            .set = [member](Design& design, const Json& value) {
                member(design).clear();
                for (const Json& point : value)
                    member(design).emplace_back(point[0].get<float>(), point[1].get<float>());
            }};
}

const std::vector<DesignKey>& table() {
    constexpr std::string_view kOwn = "working default";
    static const auto norwoodNames = namesOf<Norwood, kNorwoodCount>(norwoodName);
    static const auto styleNames = namesOf<HairlineStyle, kHairlineStyleCount>(hairlineStyleName);
    const double chartRadius = shortestNumber(kMaxHairlineRadius).get<double>();
    static const std::vector<DesignKey> keys = {
        text(MEMBER(name), {0, 100}, "Name of the design, for people"),
        text(MEMBER(description), {0, 2000}, "What the design shows, for people"),
        text(MEMBER(head), {1, 4096}, "builtin:NAME, or a mesh file relative to the design file"),
        integer(MEMBER(skin.monk), {1, 10}, "Monk skin tone, from light to dark", "Monk scale"),
        number(MEMBER(skin.shine), {0, 1}, "", "Surface shine: 0 matte powder, 1 oily", kOwn),
        number(MEMBER(skin.redness), {0, 1}, "", "Strength of the uneven vascular red", kOwn),
        choice(MEMBER(hair.norwood), norwoodNames, "Stage of hair loss on the Hamilton–Norwood scale", "Norwood 1975"),
        number(MEMBER(hair.densityPerCm2), {0, 400}, "hairs/cm²", "Hairs, not follicular units, where hair is full", "TRI Princeton: 161 to 226"),
        number(MEMBER(hair.diameterUm), {20, 150}, "µm", "Shaft diameter", "bionumbers: 57 to 86"),
        number(MEMBER(hair.diameterSpread), {0, 0.5}, "", "Relative standard deviation of the shaft diameter", kOwn),
        number(MEMBER(hair.lengthMm), {0, 25}, "mm", "Length above the skin: razor 0.05, foil 0.1–0.2, no guard 0.5–1, #1 3", "clipper guards"),
        number(MEMBER(hair.greyShare), {0, 1}, "", "Share of hairs without pigment", kOwn),
        choice(MEMBER(hairline.style), styleNames, "Shape and character of the hairline", "hairline styles in practice"),
        number(MEMBER(hairline.heightMm), {40, 130}, "mm", "Along the midline skin from the glabella to the hairline: 70 aggressive, 100 conservative", "8 cm rule"),
        number(MEMBER(hairline.featherMm), {0, 40}, "mm", "Width over which the edge fades in", "transition zone of 5–10 mm"),
        number(MEMBER(hairline.irregularityMm), {0, 8}, "mm", "Amplitude of the irregular edge", kOwn),
        points(MEMBER(hairline.points), chartRadius, "Control points [x, y] in the scalp chart, from the right temple over the forehead to the left; empty: from style and height", kOwn),
        flag(MEMBER(smp.enabled), "Whether there is a treatment at all", kOwn),
        number(MEMBER(smp.densityPerCm2), {0, 400}, "dots/cm²", "All sessions together, where full", "practice: 42,000 dots on 300 cm²"),
        number(MEMBER(smp.diameterMm), {0.03, 0.8}, "mm", "Healed dot at the surface: 0.07–0.15 well done, 0.3–0.6 blown out", "ISHRS Forum 26/3"),
        number(MEMBER(smp.diameterSpread), {0, 0.5}, "", "Relative standard deviation of the dot diameter", kOwn),
        number(MEMBER(smp.depthMm), {0.05, 1.5}, "mm", "Depth of the pigment's centroid, not the needle's throw: 0.1–0.3 well done", "practice: needle throw"),
        number(MEMBER(smp.depthSpreadMm), {0, 0.3}, "mm", "Standard deviation of the depth", kOwn),
        number(MEMBER(smp.loadSpread), {0, 0.5}, "", "Relative standard deviation of the load", kOwn),
        integer(MEMBER(smp.sessions), {1, 6}, "Sessions that the dots are spread over", "practice: 2–5, usually 3"),
        number(MEMBER(smp.dilution), {1, 40}, "parts", "Water to one part of pigment", "practice: 20:1 to 6:1"),
        number(MEMBER(smp.frontDensity), {0, 1}, "", "Density at the front edge relative to full", "measured gradient, 113/135 to 70/135"),
        number(MEMBER(smp.gradientMm), {0, 100}, "mm", "Distance behind the hairline at which density is full", kOwn),
        number(MEMBER(smp.blendMm), {0, 60}, "mm", "How far the treatment fades into the hair that remains", kOwn),
        number(MEMBER(time.days), {0, 7300}, "days", "Since the last session: healed from 30, refreshed after 3–6 years", "practice: healing, later fade"),
        seed(MEMBER(seed), "Chooses every random placement"),
    };
    return keys;
}
// clang-format on

bool isWhole(const Json& value) {
    return value.is_number_integer() ||
           (value.is_number_float() && std::trunc(value.get<double>()) == value.get<double>());
}

bool isInRange(const DesignKey& key, const Json& value) {
    return value.is_number() && value.get<double>() >= key.min && value.get<double>() <= key.max;
}

/// Printable on one line: no control characters, so that a file name or title cannot steer a terminal.
bool isOneLine(std::string_view text) {
    return std::ranges::none_of(text,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool isGood(const DesignKey& key, const Json& value) {
    switch (key.type) {
        case KeyType::number:
            return isInRange(key, value);
        case KeyType::integer:
            return isInRange(key, value) && isWhole(value);
        case KeyType::flag:
            return value.is_boolean();
        case KeyType::choice:
            return value.is_string() && std::ranges::count(key.choices, value.get_ref<const std::string&>());
        case KeyType::text: {
            if (!value.is_string()) return false;
            const std::string& text = value.get_ref<const std::string&>();
            return static_cast<double>(text.size()) >= key.min &&
                   static_cast<double>(text.size()) <= key.max && isOneLine(text);
        }
        case KeyType::seed:
            return value.is_number_unsigned();
        case KeyType::points:
            return value.is_array() && value.size() <= kMaxHairlinePoints;
    }
    return false;
}

bool isPoint(const DesignKey& key, const Json& value) {
    return value.is_array() && value.size() == 2 && isInRange(key, value[0]) && isInRange(key, value[1]);
}

std::string describeRange(const DesignKey& key) {
    return fmt::format("from {} to {}{}{}", key.min, key.max, key.unit.empty() ? "" : " ", key.unit);
}

}  // namespace

Json plainNumber(double value) {
    // "80" instead of "80.0"; beyond 2^53 doubles are no longer all the whole numbers.
    if (std::trunc(value) == value && std::abs(value) < 0x1p53) return static_cast<long long>(value);
    return value;
}

Json shortestNumber(float value) {
    const std::string decimal = fmt::format("{}", value);
    double number = 0;
    std::from_chars(decimal.data(), decimal.data() + decimal.size(), number);
    return plainNumber(number);
}

std::span<const DesignKey> designKeys() {
    return table();
}

const DesignKey* findDesignKey(std::string_view path) {
    const auto found = std::ranges::find(table(), path, &DesignKey::path);
    return found == table().end() ? nullptr : &*found;
}

std::span<const std::string_view> designKeyPaths() {
    static const std::vector<std::string_view> paths = [] {
        std::vector<std::string_view> all;
        for (const DesignKey& key : table()) all.push_back(key.path);
        return all;
    }();
    return paths;
}

std::string describeExpected(const DesignKey& key) {
    switch (key.type) {
        case KeyType::number:
            return "a number " + describeRange(key);
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
            return fmt::format("a list of at most {} points [x, y]", kMaxHairlinePoints);
    }
    return {};
}

std::optional<std::string> faultIn(const DesignKey& key, const Json& value) {
    if (!isGood(key, value))
        return fmt::format("{}: found {}, expected {}", key.path, describeType(value), describeExpected(key));
    if (key.type == KeyType::points)
        for (std::size_t i = 0; i < value.size(); ++i)
            if (!isPoint(key, value[i]))
                return fmt::format("{}[{}]: found {}, expected [x, y], each {}", key.path, i,
                                   describeType(value[i]), describeRange(key));
    return std::nullopt;
}

}  // namespace stubble
