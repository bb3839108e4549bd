#include "engine/scene/design_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/hair/length.h"

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
#define MEMBER(name)                  \
#name, [](auto& owner) -> auto& { \
        return owner.name;            \
    }

struct Range {
    double min, max;
};

constexpr std::string_view kOwn = "working default";

// clang-format off
template <typename Owner = Design, typename Member>
KeyOf<Owner> number(std::string path, Member member, Range range, std::string_view unit, std::string description,
                    std::string_view source) {
    return {{.path = std::move(path), .type = KeyType::number, .min = range.min, .max = range.max, .unit = unit,
             .description = std::move(description), .source = source},
            [member](const Owner& owner) { return shortestNumber(member(owner)); },
            [member](Owner& owner, const Json& value) { member(owner) = value.get<float>(); }};
}

template <typename Member>
DesignKey integer(std::string path, Member member, Range range, std::string description, std::string_view source) {
    return {{.path = std::move(path), .type = KeyType::integer, .min = range.min, .max = range.max,
             .description = std::move(description), .source = source},
            [member](const Design& design) { return Json(member(design)); },
            [member](Design& design, const Json& value) { member(design) = value.get<int>(); }};
}

template <typename Member>
DesignKey flag(std::string path, Member member, std::string description, std::string_view source) {
    return {{.path = std::move(path), .type = KeyType::flag, .description = std::move(description), .source = source},
            [member](const Design& design) { return Json(member(design)); },
            [member](Design& design, const Json& value) { member(design) = value.get<bool>(); }};
}

template <typename Member>
DesignKey choice(std::string path, Member member, std::span<const std::string_view> names, std::string description,
                 std::string_view source) {
    return {{.path = std::move(path), .type = KeyType::choice, .description = std::move(description),
             .source = source, .choices = {names.begin(), names.end()}},
            [member, names](const Design& design) { return Json(names[static_cast<std::size_t>(member(design))]); },
            [member, names](Design& design, const Json& value) {
                using Enum = std::remove_reference_t<decltype(member(design))>;
                const auto found = std::ranges::find(names, value.get_ref<const std::string&>());
                member(design) = static_cast<Enum>(found - names.begin());
            }};
}

template <typename Member>
DesignKey text(std::string path, Member member, Range bytes, std::string description) {
    return {{.path = std::move(path), .type = KeyType::text, .min = bytes.min, .max = bytes.max,
             .description = std::move(description)},
            [member](const Design& design) { return Json(member(design)); },
            [member](Design& design, const Json& value) { member(design) = value.get<std::string>(); }};
}

template <typename Member>
DesignKey seed(std::string path, Member member, std::string description) {
    return {{.path = std::move(path), .type = KeyType::seed, .description = std::move(description)},
            [member](const Design& design) { return Json(member(design)); },
            [member](Design& design, const Json& value) { member(design) = value.get<std::uint64_t>(); }};
}

std::vector<glm::vec2> pointsFrom(const Json& value) {
    std::vector<glm::vec2> points;
    for (const Json& point : value) points.emplace_back(point[0].get<float>(), point[1].get<float>());
    return points;
}

template <typename Owner = Design, typename Member>
KeyOf<Owner> points(std::string path, Member member, float maxRadius, std::size_t minCount, std::size_t maxCount,
                    std::string description, std::string_view source) {
    const double radius = shortestNumber(maxRadius).template get<double>();
    return {{.path = std::move(path), .type = KeyType::points, .min = -radius, .max = radius,
             .description = std::move(description), .source = source, .minCount = minCount, .maxCount = maxCount},
            [member](const Owner& owner) {
                Json list = Json::array();
                for (const glm::vec2 point : member(owner))
                    list.push_back({shortestNumber(point.x), shortestNumber(point.y)});
                return list;
            },
            [member](Owner& owner, const Json& value) { member(owner) = pointsFrom(value); }};
}

template <typename Item, typename Member>
DesignKey list(std::string path, Member member, std::size_t maxCount, std::vector<KeyOf<Item>> members,
               std::string description, std::string_view source) {
    KeyShape shape{.path = std::move(path), .type = KeyType::list, .description = std::move(description),
                   .source = source, .maxCount = maxCount};
    for (KeyOf<Item>& key : members) {
        key.byDefault = key.get(Item{});
        shape.members.push_back(key);
    }
    return {std::move(shape),
            [member, members](const Design& design) {
                Json items = Json::array();
                for (const Item& item : member(design)) {
                    Json& object = items.emplace_back(Json::object());
                    for (const KeyOf<Item>& key : members) object[key.path] = key.get(item);
                }
                return items;
            },
            [member, members](Design& design, const Json& value) {
                std::vector<Item> items(value.size());
                for (std::size_t i = 0; i < items.size(); ++i)
                    for (const KeyOf<Item>& key : members)
                        if (const auto found = value[i].find(key.path); found != value[i].end()) key.set(items[i], *found);
                member(design) = std::move(items);
            }};
}

/// Together no more than skin can use, so that no design asks for more memory or file than there is.
std::optional<std::string> strokesTooMany(std::string_view path, const Json& strokes) {
    double length = 0;
    std::size_t count = 0;
    for (const Json& stroke : strokes) {
        const std::vector<glm::vec2> points = pointsFrom(stroke["points"]);
        count += points.size();
        for (std::size_t i = 1; i < points.size(); ++i) length += glm::distance(points[i - 1], points[i]);
    }
    if (count > kMaxStrokesPoints)
        return fmt::format("{}: found {} points in all, expected at most {}", path, count, kMaxStrokesPoints);
    if (length > kMaxStrokesChartLength)
        return fmt::format("{}: found lines of {:.0f} chart units in all, expected at most {}", path, length,
                           kMaxStrokesChartLength);
    return std::nullopt;
}

/// A number for which 0 means "as another key says": between 0 and `least` lies nothing.
template <typename Member>
DesignKey numberOrZero(std::string path, Member member, double least, double max, std::string_view unit,
                       std::string description, std::string_view source) {
    DesignKey key = number(std::move(path), member, {0, max}, unit, std::move(description), source);
    key.rule = [path = key.path, least, max, unit](const Json& value) -> std::optional<std::string> {
        const double asked = value.get<double>();
        if (asked == 0 || asked >= least) return std::nullopt;
        return fmt::format("{}: found the number {}, expected 0, or from {} to {} {}", path, asked, least, max, unit);
    };
    return key;
}

/// A number that may be left to the ancestry.
template <typename Member>
DesignKey numberOrNull(std::string path, Member member, Range range, std::string_view unit, std::string description,
                       std::string_view source) {
    return {{.path = std::move(path), .type = KeyType::number, .min = range.min, .max = range.max, .unit = unit,
             .description = std::move(description), .source = source, .orNull = true},
            [member](const Design& design) { return member(design) ? shortestNumber(*member(design)) : Json(); },
            [member](Design& design, const Json& value) {
                member(design) = value.is_null() ? std::nullopt : std::optional(value.get<float>());
            }};
}

DesignKey lengthKey() {
    DesignKey key = number(MEMBER(hair.lengthMm), {0, 25}, "mm", "Length above the skin as clipped, or the clipper's setting by name: none is without a guard, #1 a guard of 3 mm", "clipper guards");
    for (const ClipperSetting& setting : kClipperSettings) key.choices.push_back(setting.name);
    key.set = [setNumber = std::move(key.set)](Design& design, const Json& value) {
        if (!value.is_string()) return setNumber(design, value);
        design.hair.lengthMm = std::ranges::find(kClipperSettings, value.get_ref<const std::string&>(), &ClipperSetting::name)->lengthMm;
    };
    return key;
}

DesignKey hairlinePointsKey() {
    DesignKey key = points(MEMBER(hairline.points), kMaxHairlineRadius, 0, kMaxHairlinePoints, "Control points [x, y] in the scalp chart, from the right temple over the forehead to the left; empty: from style and height", kOwn);
    key.rule = [](const Json& value) -> std::optional<std::string> {
        if (value.empty()) return std::nullopt;
        const auto checked = checkHairlinePoints(pointsFrom(value));
        return checked ? std::nullopt : std::optional(checked.error().message);
    };
    return key;
}

DesignKey strokesKey() {
    using B = BrushStroke;
    DesignKey key = list<B>(MEMBER(smp.strokes), kMaxStrokes, {
        points<B>(MEMBER(points), kMaxStrokeChartRadius, 1, kMaxStrokePoints, "The line [x, y] in the scalp chart; one point makes a dab", ""),
        number<B>(MEMBER(radiusMm), {0.5, 40}, "mm", "Half the brush's width on the head", kOwn),
        number<B>(MEMBER(strength), {-1, 1}, "", "-1 erases, 1 leads to the level", kOwn),
        number<B>(MEMBER(softness), {0, 1}, "", "Share of the radius over which the stroke fades", kOwn),
        number<B>(MEMBER(level), {0, 3}, "", "Where a strength above 0 leads to, as a share of full density: 1 fills and takes nothing away, another evens out", kOwn),
    }, "Density erased, added or evened out by hand, one stroke after another", "");
    key.rule = [](const Json& value) { return strokesTooMany("smp.strokes", value); };
    return key;
}

DesignKey scarsKey() {
    DesignKey key = list<Scar>(MEMBER(skin.scars), kMaxStrokes, {
        points<Scar>(MEMBER(points), kMaxStrokeChartRadius, 1, kMaxStrokePoints, "The scar's line [x, y] in the scalp chart; one point makes a round scar", ""),
        number<Scar>(MEMBER(widthMm), {0.2, 40}, "mm", "Across: FUE leaves up to 1, a strip 1 to 10", "practice: scars"),
        number<Scar>(MEMBER(uptake), {0.3, 1.5}, "", "Pigment that stays relative to healthy skin", "practice: 0.3–1.5 per scar"),
        number<Scar>(MEMBER(paleness), {0, 1}, "", "1: no melanin and few vessels left in it, 0: as healthy skin", kOwn),
        number<Scar>(MEMBER(redness), {0, 1}, "", "A young scar's blood", kOwn),
        number<Scar>(MEMBER(gloss), {0, 1}, "", "Smooth, shiny tissue without pores", kOwn),
        number<Scar>(MEMBER(reliefMm), {-2, 3}, "mm", "In its middle: below 0 sunken, above raised", kOwn),
    }, "Scars of the client's skin: no hair grows there and pigment takes differently", "");
    key.rule = [](const Json& value) { return strokesTooMany("skin.scars", value); };
    return key;
}

/// The keys of each zone: smp.zones.crown.density, ….
std::vector<DesignKey> zoneKeys() {
    std::vector<DesignKey> keys;
    for (int i = 0; i < kTreatedZoneCount; ++i) {
        const auto zone = static_cast<Zone>(i);
        const auto add = [&](std::string_view name, float ZoneDesign::* field, Range range, std::string_view what) {
            keys.push_back(number(fmt::format("smp.zones.{}.{}", zoneKey(zone), name),
                                  [i, field](auto& design) -> auto& { return design.smp.zones[static_cast<std::size_t>(i)].*field; },
                                  range, "", fmt::format("{} in zone {}", what, zoneName(zone)), kOwn));
        };
        add("density", &ZoneDesign::density, {0, 3}, "Times smp.densityPerCm2");
        add("size", &ZoneDesign::size, {0.3, 3}, "Times smp.diameterMm");
        add("shade", &ZoneDesign::shade, {0.2, 3}, "Times the pigment load");
    }
    return keys;
}

std::vector<DesignKey> makeTable() {
    static const auto norwoodNames = namesOf<Norwood, kNorwoodCount>(norwoodName);
    static const auto ancestryNames = namesOf<Ancestry, kAncestryCount>(ancestryName);
    static const auto whorlNames = namesOf<WhorlKind, kWhorlKindCount>(whorlKindName);
    static const auto colourNames = namesOf<HairColour, kHairColourCount>(hairColourName);
    static const auto methodNames = namesOf<GraftMethod, kGraftMethodCount>(graftMethodName);
    static const auto graftLineNames = namesOf<GraftHairline, kGraftHairlineCount>(graftHairlineName);
    static const auto concealerNames = namesOf<ConcealerKind, kConcealerKindCount>(concealerKindName);
    static const auto styleNames = namesOf<HairlineStyle, kHairlineStyleCount>(hairlineStyleName);
    std::vector<DesignKey> all = {
        text(MEMBER(name), {0, 100}, "Name of the design, for people"),
        text(MEMBER(description), {0, 2000}, "What the design shows, for people"),
        text(MEMBER(head), {1, 4096}, "builtin:NAME, or a mesh file relative to the design file"),
        integer(MEMBER(skin.monk), {1, 10}, "Monk skin tone, from light to dark", "Monk scale"),
        numberOrZero(MEMBER(skin.melaninPercent), 0.5, 45, "%", "Melanosomes in the epidermis by volume, 0.5 to 45; 0: as the Monk tone has it", "Jacques 1998: light 1.3–6.3, dark 18–43"),
        numberOrZero(MEMBER(skin.bloodPercent), 0.05, 5, "%", "Blood in the dermis by volume, 0.05 to 5; 0: as the Monk tone has it", "Jacques 1998: 0.2"),
        number(MEMBER(skin.shine), {0, 1}, "", "Surface shine: 0 matte powder, 1 oily", kOwn),
        number(MEMBER(skin.redness), {0, 1}, "", "Strength of the uneven vascular red", kOwn),
        scarsKey(),
        choice(MEMBER(hair.norwood), norwoodNames, "Stage of hair loss on the Hamilton–Norwood scale", "Norwood 1975"),
        number(MEMBER(hair.norwoodProgress), {0, 1}, "", "How far on the way from that stage to the next of its series", kOwn),
        number(MEMBER(hair.ludwig), {0, 3}, "", "Thinning of the top behind a front line that stays: grades 1 to 3, and all between", "Ludwig 1977"),
        number(MEMBER(hair.diffuseLoss), {0, 1}, "", "Share of hair lost evenly, all over the scalp", kOwn),
        number(MEMBER(hair.lossAsymmetry), {-1, 1}, "", "One side ahead in the Norwood pattern by up to 12 mm: 1 the head's own right, -1 its left", kOwn),
        choice(MEMBER(hair.ancestry), ancestryNames, "What hair has that the next three leave open: its density, shaft, growth, rest, units and curl", "docs/sources.md, hair"),
        numberOrNull(MEMBER(hair.densityPerCm2), {0, 400}, "hairs/cm²", "Hairs, not follicular units, on average over a scalp of full hair; null: as the ancestry has it", "TRI Princeton: 161 to 226"),
        numberOrNull(MEMBER(hair.diameterUm), {20, 150}, "µm", "Shaft diameter; null: as the ancestry has it", "bionumbers: 57 to 86"),
        numberOrNull(MEMBER(hair.diameterSpread), {0, 0.5}, "", "Relative standard deviation of the shaft diameter; null: as the ancestry has it", "bionumbers: 0.19 to 0.22"),
        lengthKey(),
        number(MEMBER(hair.hoursSinceShave), {0, 336}, "h", "Growth on top of that length by the ancestry's rate; resting hairs stay", "growth of 280 to 411 µm/day"),
        choice(MEMBER(hair.colour), colourNames, "Of the scalp's hair and, a little lighter, the brows: what its melanin leaves of the light above the skin and in it", "docs/sources.md, optics"),
        number(MEMBER(hair.greyShare), {0, 1}, "", "Share of hairs without pigment", kOwn),
        choice(MEMBER(hair.whorl), whorlNames, "Turn of the crown's whorl seen from above, seed: clockwise in nine of ten seeds; double: two that turn against each other", "whorls: 84–94 % clockwise, 5 % double"),
        number(MEMBER(hair.whorlSideMm), {-30, 30}, "mm", "The whorl's way from the midline to the head's own right", kOwn),
        choice(MEMBER(hairline.style), styleNames, "Shape and character of the hairline", "hairline styles in practice"),
        number(MEMBER(hairline.heightMm), {40, 130}, "mm", "Along the midline skin from the glabella to the hairline: 70 aggressive, 100 conservative", "8 cm rule"),
        number(MEMBER(hairline.featherMm), {0, 40}, "mm", "Width over which the edge fades in", "transition zone of 5–10 mm"),
        number(MEMBER(hairline.irregularityMm), {0, 8}, "mm", "Amplitude of the irregular edge", kOwn),
        hairlinePointsKey(),
        integer(MEMBER(grafts.count), {0, kMaxGraftCount}, "Grafts of a hair transplant, put where hair is lost behind the hairline: follicular units, or plugs of 4 mm; no more than the donor area gives", "practice: 500 to 10,000"),
        choice(MEMBER(grafts.method), methodNames, "How they were taken from the back of the head: FUE leaves a round scar each and thins the hair there, a strip one line", "practice: transplants"),
        choice(MEMBER(grafts.hairline), graftLineNames, "natural: single hairs in front, units behind; pluggy: rows of plugs of 10 to 20 hairs, as until the 1990s", "practice: transplants"),
        number(MEMBER(grafts.setbackMm), {0, 40}, "mm", "From the hairline to the first graft: dots may go before old grafts", kOwn),
        number(MEMBER(grafts.survival), {0, 1}, "", "Share of the planted hair that grows", kOwn),
        choice(MEMBER(concealer.kind), concealerNames, "What covers thin places for the day: fibres of keratin that lie on skin and hair, or a matte powder that paints the skin", "practice: concealers"),
        number(MEMBER(concealer.amount), {0, 1}, "", "How much of it, where hair is lost behind the hairline: 1 is as much as stays on", kOwn),
        flag(MEMBER(smp.enabled), "Whether there is a treatment at all", kOwn),
        number(MEMBER(smp.densityPerCm2), {0, 400}, "dots/cm²", "All sessions together, where full", "practice: 42,000 dots on 300 cm²"),
        number(MEMBER(smp.diameterMm), {0.03, 0.8}, "mm", "Healed dot at the surface before years and depth spread it: 0.07–0.15 well done", "ISHRS Forum 26/3"),
        number(MEMBER(smp.diameterSpread), {0, 0.5}, "", "Relative standard deviation of the dot diameter", kOwn),
        number(MEMBER(smp.depthMm), {0.05, 1.5}, "mm", "Depth of the pigment's centroid, not the needle's throw: 0.1–0.3 well done, below that dots blow out", "practice: needle throw"),
        number(MEMBER(smp.depthSpreadMm), {0, 0.3}, "mm", "Standard deviation of the depth", kOwn),
        number(MEMBER(smp.loadSpread), {0, 0.5}, "", "Relative standard deviation of the load", kOwn),
        integer(MEMBER(smp.sessions), {1, 6}, "Sessions that the dots are spread over", "practice: 2–5, usually 3"),
        number(MEMBER(smp.dilution), {1, 40}, "parts", "Water to one part of pigment", "practice: 20:1 to 6:1"),
        choice(MEMBER(smp.pigment), kPigmentBaseNames, "Pigment base: carbon is neutral, the others have iron oxides in them", "pigment bases in practice"),
        choice(MEMBER(smp.needle), kNeedleNames, "Points of the needle's cartridge: a record for the treatment sheet; what it does to the skin stands in diameterMm and depthMm", "practice: 3-point common"),
        number(MEMBER(smp.frontDensity), {0, 1}, "", "Density at the front edge relative to full", "measured gradient, 113/135 to 70/135"),
        number(MEMBER(smp.gradientMm), {0, 100}, "mm", "Distance behind the hairline at which density is full", kOwn),
        number(MEMBER(smp.blendMm), {0, 60}, "mm", "How far the treatment fades into the hair that remains", kOwn),
        choice(MEMBER(smp.pattern), kDotPatternNames, "Follicle pattern: fine spreads single dots evenly, random unevenly, afro sets clusters of three", "follicle patterns in practice"),
        integer(MEMBER(smp.count), {0, kMaxImpressionCount}, "Exactly so many impressions; 0: as many as the density asks for", kOwn),
        strokesKey(),
        number(MEMBER(time.days), {0, 7300}, "days", "Since the last session: healed from 30, refreshed after 3–6 years", "practice: healing, later fade"),
        number(MEMBER(time.sessionGapDays), {7, 30}, "days", "From one session to the next", "practice: 7–30"),
        integer(MEMBER(time.laserSessions), {0, 10}, "Removal by laser, all done and healed by that day", "practice: laser"),
        seed(MEMBER(seed), "Chooses every random placement"),
    };
    const auto strokes = std::ranges::find(all, "smp.strokes", &DesignKey::path);
    const std::vector<DesignKey> zones = zoneKeys();
    all.insert(strokes, zones.begin(), zones.end());
    for (DesignKey& key : all) key.byDefault = key.get(Design{});
    return all;
}
// clang-format on

const std::vector<DesignKey>& table() {
    static const std::vector<DesignKey> keys = makeTable();
    return keys;
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
        for (const KeyShape& key : table()) all.push_back(key.path);
        return all;
    }();
    return paths;
}

}  // namespace stubble
