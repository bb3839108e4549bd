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
              "f.json: line 1, column 13: the key a.b stands twice");
    EXPECT_TRUE(parseJson(R"({"a":{"b":1},"b":2})", "f.json"));
}

TEST(Json, NamesThePlaceOfADuplicateKey) {
    EXPECT_EQ(
        parseJson("{\"a\": [0, {}, {\"x\\\":\": \"\\\"b\\\":\",\n  \"b\" : [1],\n  \"b\": 2}]}", "f.json")
            .error()
            .message,
        "f.json: line 3, column 3: the key a[2].b stands twice");
    EXPECT_EQ(parseJson(R"([[{"b":1,"b":2}],{"c":1,"c":2}])", "f.json").error().message,
              "f.json: line 1, column 10: the key [0][0].b stands twice")
        << "the first of two";
}

TEST(Json, MessagesStayOnOneLine) {
    EXPECT_EQ(parseJson("{\"a\\nb\":1,\"a\\nb\":2}", "f\n\x1b[31m.json").error().message,
              "f??[31m.json: line 1, column 11: the key a?b stands twice");
    EXPECT_EQ(oneLine("é\t\x7f\u009b1m"), "é???1m");
    const auto kept = fail(ExitCode::usage, "{}: {}\nSee {}.", "a\rb", 3, std::string("c\nd"));
    EXPECT_EQ(kept.value().message, "a?b: 3\nSee c?d.") << "the format's own line break stays";
}

}  // namespace
}  // namespace stubble
