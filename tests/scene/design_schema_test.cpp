#include "engine/scene/design_schema.h"

#include <gtest/gtest.h>

#include <set>

#include "engine/core/file.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

TEST(DesignSchema, CopyInDocsIsCurrent) {
    EXPECT_EQ(readTextFile(STUBBLE_SOURCE_DIR "/docs/design.schema.json", kMaxJsonBytes).value_or("(none)"),
              designSchema())
        << "refresh it: stubble schema > docs/design.schema.json";
}

TEST(DesignSchema, PageInDocsIsCurrent) {
    EXPECT_EQ(readTextFile(STUBBLE_SOURCE_DIR "/docs/design.md", kMaxJsonBytes).value_or("(none)"),
              designMarkdown())
        << "refresh it: stubble schema --markdown > docs/design.md";
}

TEST(DesignSchema, HoldsEveryKeyWithItsDefault) {
    const Json schema = Json::parse(designSchema());
    EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    std::set<std::string_view> paths;
    for (const DesignKey& key : designKeys()) {
        EXPECT_TRUE(paths.insert(key.path).second) << key.path << " stands twice";
        std::string pointer = "/properties/" + std::string(key.path);
        for (auto dot = pointer.find('.'); dot != std::string::npos; dot = pointer.find('.'))
            pointer.replace(dot, 1, "/properties/");
        ASSERT_TRUE(schema.contains(Json::json_pointer(pointer))) << key.path;
        const Json& entry = schema[Json::json_pointer(pointer)];
        EXPECT_EQ(entry["default"], key.get(Design{})) << key.path;
        EXPECT_FALSE(entry["description"].get<std::string>().empty()) << key.path;
    }
}

TEST(DesignSchema, DescribesTheItemsOfLists) {
    const Json schema = Json::parse(designSchema());
    const Json& strokes = schema["properties"]["smp"]["properties"]["strokes"];
    EXPECT_EQ(strokes["maxItems"], 2000);
    const Json& item = strokes["items"];
    EXPECT_EQ(item["required"], Json({"points"}));
    EXPECT_EQ(item["additionalProperties"], false);
    EXPECT_EQ(item["properties"]["points"]["minItems"], 1);
    EXPECT_EQ(item["properties"]["points"]["maxItems"], 2000);
    EXPECT_EQ(item["properties"]["radiusMm"]["default"], 6);
    EXPECT_EQ(item["properties"]["strength"]["minimum"], -1);
    const Json& scar = schema["properties"]["skin"]["properties"]["scars"]["items"];
    EXPECT_EQ(scar["properties"]["uptake"]["default"], 0.8);
}

}  // namespace
}  // namespace stubble
