#include "engine/scene/design_schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

#include "engine/scene/design_json.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

/// The schema's own keywords for what a key takes.
OrderedJson constraintsOf(const DesignKey& key) {
    switch (key.type) {
        case KeyType::number:
            return {{"type", "number"}, {"minimum", plainNumber(key.min)}, {"maximum", plainNumber(key.max)}};
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
            return {{"type", "array"}, {"items", point}, {"maxItems", kMaxHairlinePoints}};
        }
    }
    return {};
}

OrderedJson emptyObject() {
    return {{"type", "object"}, {"properties", OrderedJson::object()}, {"additionalProperties", false}};
}

std::string cell(std::string_view text) {
    return text.empty() ? "–" : std::string(text);
}

}  // namespace

std::string designSchema() {
    const Design defaults;
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
        OrderedJson entry = constraintsOf(key);
        entry["default"] = key.get(defaults);
        entry["description"] = key.unit.empty() ? std::string(key.description)
                                                : fmt::format("{} ({})", key.description, key.unit);
        (*object)["properties"][std::string(rest)] = std::move(entry);
    }
    return schema.dump(2) + '\n';
}

std::string designMarkdown() {
    const Design defaults;
    std::string page =
        "# The design file\n\n"
        "A design is a JSON file that opens with `\"stubble\": \"design\"` and `\"version\": 1`. Keys are\n"
        "nested objects: `smp.depthMm` is `{\"smp\": {\"depthMm\": 0.2}}`. What a file leaves out keeps its\n"
        "default; an unknown key, a wrong type or a value out of range is an error. On the command line\n"
        "`--set smp.depthMm=0.3` changes one key. `design.schema.json` is the same table as JSON Schema,\n"
        "`stubble presets` lists finished designs.\n\n"
        "This page is generated: `stubble schema --markdown > docs/design.md`.\n\n"
        "| key | takes | default | meaning | source |\n|---|---|---|---|---|\n";
    for (const DesignKey& key : designKeys())
        page += fmt::format("| `{}` | {} | `{}` | {} | {} |\n", key.path, describeExpected(key),
                            key.get(defaults).dump(), key.description, cell(key.source));
    return page;
}

}  // namespace stubble
