#include "engine/core/json.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(Json, ReadsAnObject) {
    const auto json = parseJson(R"({"a": [1, 2.5, "x"]})", "f.json");
    ASSERT_TRUE(json) << json.error().message;
    EXPECT_EQ((*json)["a"][1], 2.5);
}

TEST(Json, NamesLineAndColumnOfASyntaxFault) {
    const auto json = parseJson("{\n  \"a\": 1,\n  oops\n}", "f.json");
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().message, "f.json: line 3, column 3: not valid JSON");
    EXPECT_EQ(json.error().code, ExitCode::badInput);
}

TEST(Json, RefusesAMillionNestedBrackets) {
    const auto json = parseJson(std::string(1'000'000, '['), "f.json");
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error().message, "f.json: line 1, column 65: more than 64 nested brackets");
}

TEST(Json, BracketsInsideStringsDoNotNest) {
    EXPECT_TRUE(parseJson("\"" + std::string(100, '[') + "\\\"[\"", "f.json"));
}

TEST(Json, RefusesEmptyAndDuplicateKeys) {
    EXPECT_EQ(parseJson(" \n", "f.json").error().message, "f.json: is empty, expected a JSON object");
    EXPECT_EQ(parseJson(R"({"a":{"b":1,"b":2}})", "f.json").error().message,
              "f.json: the key \"b\" stands twice");
    EXPECT_TRUE(parseJson(R"({"a":{"b":1},"b":2})", "f.json"));
}

}  // namespace
}  // namespace stubble
