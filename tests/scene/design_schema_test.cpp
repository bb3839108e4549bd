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
        if (const auto dot = pointer.find('.'); dot != std::string::npos)
            pointer.replace(dot, 1, "/properties/");
        ASSERT_TRUE(schema.contains(Json::json_pointer(pointer))) << key.path;
        const Json& entry = schema[Json::json_pointer(pointer)];
        EXPECT_EQ(entry["default"], key.get(Design{})) << key.path;
        EXPECT_FALSE(entry["description"].get<std::string>().empty()) << key.path;
    }
}

}  // namespace
}  // namespace stubble
