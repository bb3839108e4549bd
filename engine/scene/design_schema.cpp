#include "engine/scene/design_schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

#include "engine/hair/hair.h"
#include "engine/scalp/zones.h"
#include "engine/scene/design_json.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

/// The schema's own keywords for what a key takes.
OrderedJson constraintsOf(const KeyShape& key);

OrderedJson emptyObject() {
    return {{"type", "object"}, {"properties", OrderedJson::object()}, {"additionalProperties", false}};
}

std::string describe(const KeyShape& key) {
    return key.unit.empty() ? key.description : fmt::format("{} ({})", key.description, key.unit);
}

/// What a key's place in the schema holds.
OrderedJson entryOf(const KeyShape& key) {
    OrderedJson entry = constraintsOf(key);
    if (!isRequired(key)) entry["default"] = key.byDefault;
    entry["description"] = describe(key);
    return entry;
}

OrderedJson itemOf(const KeyShape& list) {
    OrderedJson item = emptyObject();
    for (const KeyShape& member : list.members) {
        item["properties"][member.path] = entryOf(member);
        if (isRequired(member)) item["required"].push_back(member.path);
    }
    return item;
}

OrderedJson constraintsOf(const KeyShape& key) {
    switch (key.type) {
        case KeyType::number: {
            OrderedJson number = {
                {"type", "number"}, {"minimum", plainNumber(key.min)}, {"maximum", plainNumber(key.max)}};
            if (key.orNull) number["type"] = {"number", "null"};
            if (key.choices.empty()) return number;
            return {{"anyOf", OrderedJson::array({number, {{"enum", key.choices}}})}};
        }
        case KeyType::integer:
            return {
                {"type", "integer"}, {"minimum", plainNumber(key.min)}, {"maximum", plainNumber(key.max)}};
        case KeyType::flag:
            return {{"type", "boolean"}};
        case KeyType::choice:
            return {{"enum", key.choices}};
        case KeyType::text:
            // The schema counts characters, the program bytes, so this is the weaker of the two.
            return {{"type", "string"},
                    {"minLength", plainNumber(key.min)},
                    {"maxLength", plainNumber(key.max)},
                    {"pattern", "^[^\\u0000-\\u001f\\u007f]*$"}};
        case KeyType::seed:
            return {
                {"type", "integer"}, {"minimum", 0}, {"maximum", std::numeric_limits<std::uint64_t>::max()}};
        case KeyType::points: {
            const OrderedJson coordinate = {
                {"type", "number"}, {"minimum", plainNumber(key.min)}, {"maximum", plainNumber(key.max)}};
            const OrderedJson point = {
                {"type", "array"}, {"items", coordinate}, {"minItems", 2}, {"maxItems", 2}};
            OrderedJson list = {{"type", "array"}, {"items", point}, {"maxItems", key.maxCount}};
            if (key.minCount > 0) list["minItems"] = key.minCount;
            return list;
        }
        case KeyType::list:
            return {{"type", "array"}, {"items", itemOf(key)}, {"maxItems", key.maxCount}};
    }
    return {};
}

constexpr std::string_view kTableHead =
    "| key | takes | default | meaning | source |\n|---|---|---|---|---|\n";

std::string row(const KeyShape& key) {
    return fmt::format("| `{}` | {} | {} | {} | {} |\n", key.path, describeExpected(key),
                       isRequired(key) ? "required" : '`' + key.byDefault.dump() + '`', key.description,
                       key.source.empty() ? "–" : key.source);
}

}  // namespace

std::string designSchema() {
    OrderedJson schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                          {"title", "Stubble design"},
                          {"description", "A scalp micropigmentation design, version 1"}};
    schema.update(emptyObject());
    schema["required"] = {"stubble", "version"};
    schema["properties"]["stubble"] = {{"const", "design"}};
    schema["properties"]["version"] = {{"const", kDesignVersion}};
    for (const DesignKey& key : designKeys()) {
        OrderedJson* object = &schema;
        std::string_view rest = key.path;
        for (auto dot = rest.find('.'); dot != std::string_view::npos; dot = rest.find('.')) {
            OrderedJson& group = (*object)["properties"][std::string(rest.substr(0, dot))];
            if (group.is_null()) group = emptyObject();
            object = &group;
            rest.remove_prefix(dot + 1);
        }
        (*object)["properties"][std::string(rest)] = entryOf(key);
    }
    return schema.dump(2) + '\n';
}

std::string designMarkdown() {
    std::string page =
        "# The design file\n\n"
        "A design is a JSON file that opens with `\"stubble\": \"design\"` and `\"version\": 1`. Keys are\n"
        "nested objects: `smp.depthMm` is `{\"smp\": {\"depthMm\": 0.2}}`. What a file leaves out keeps its\n"
        "default; an unknown key, a wrong type or a value out of range is an error. On the command line\n"
        "`--set smp.depthMm=0.3` changes one key; lists are JSON there, too:\n"
        "`--set 'skin.scars=[{\"points\": [[0, -0.9]]}]'`. `design.schema.json` is the same table as JSON\n"
        "Schema, `stubble presets` lists finished designs.\n\n"
        "This page is generated: `stubble schema --markdown > docs/design.md`.\n\n"
        "The scalp chart, in which lines are drawn, is a map of the head seen from above with the face\n"
        "at the top: [0, 0] is the vertex, [1, 0] the right tragus, [-1, 0] the left one, [0, 1] the\n"
        "nasion, [0, -1] the inion. Designs move from head to head with it; widths are mm on the head.\n"
        "Points lie at most 1.6 from the vertex, those of the hairline 1.4; all strokes together, and all\n"
        "scars, hold at most 150,000 points and 4,000 chart units of line.\n\n"
        "A head has room for 450 dots/cm²: where density, zone and strokes ask for more, that is what\n"
        "there is. Zones with a density, size or shade of their own mix in a belt of 4 mm to both sides of\n"
        "their border; a zone of density 0 stays free to its border.\n\n";
    page += kTableHead;
    for (const DesignKey& key : designKeys()) page += row(key);
    for (const DesignKey& key : designKeys()) {
        if (key.type != KeyType::list) continue;
        page += fmt::format("\n## Items of `{}`\n\n{}.\n\n{}", key.path, key.description, kTableHead);
        for (const KeyShape& member : key.members) page += row(member);
    }
    page +=
        "\n## Ancestries\n\nWhat `hair.ancestry` stands for; ± is from person to person, for the shaft and "
        "its "
        "curl from hair to hair.\nSources: sources.md, hair.\n\n"
        "| ancestry | hairs/cm² | shaft, µm | growth, µm/day | resting | units of 1 to 5 hairs, % | curl, "
        "1/mm |\n|---|---|---|---|---|---|---|\n";
    for (int i = 0; i < kAncestryCount; ++i) {
        const auto ancestry = static_cast<Ancestry>(i);
        const HairTraits& hair = traitsOf(ancestry);
        std::vector<std::string> units;
        for (const float share : hair.unitShares) units.push_back(fmt::format("{:.1f}", 100 * share));
        page += fmt::format("| {} | {} ± {} | {} ± {:.0f} | {} ± {} | {:.0f} % | {} | {:.3f} ± {:.0f} % |\n",
                            ancestryName(ancestry), hair.densityPerCm2, hair.densitySpreadPerCm2,
                            hair.diameterUm, hair.diameterUm * hair.diameterSpread, hair.growthUmPerDay,
                            hair.growthSpreadUmPerDay, 100 * hair.telogenShare, fmt::join(units, ", "),
                            hair.curvaturePerMm, 100 * hair.curvatureSpread);
    }
    page += "\n## Zones\n\n| zone | where |\n|---|---|\n";
    for (int i = 0; i < kTreatedZoneCount; ++i) {
        const auto zone = static_cast<Zone>(i);
        page +=
            fmt::format("| {} (`smp.zones.{}`) | {} |\n", zoneName(zone), zoneKey(zone), zoneMeaning(zone));
    }
    return page;
}

}  // namespace stubble
