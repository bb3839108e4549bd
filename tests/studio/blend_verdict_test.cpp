#include "tools/studio/blend_verdict.h"

#include <gtest/gtest.h>

#include "tools/studio/text.h"

namespace stubble {
namespace {

std::string sentenceOf(std::string_view json) {
    const auto finding = blendFinding(json);
    return finding ? blendSentence(*finding) : finding.error().message;
}

TEST(BlendVerdict, SaysWhatWasMeasured) {
    ASSERT_TRUE(loadTexts("en"));
    const std::string opening = R"({"distanceCm": 75, "blending": {"toldAtRazorLength": false,)"
                                R"("toldAtNoLength": false, "upToMm": )";
    EXPECT_EQ(sentenceOf(opening + R"(1.12, "clipEveryDays": 3.6}})"),
              "Blends up to 1.1 mm, from 75 cm away: clip every 3 days.");
    EXPECT_EQ(sentenceOf(opening + R"(0.45, "clipEveryDays": 1.2}})"),
              "Blends up to 0.45 mm, from 75 cm away: clip every day.");
    EXPECT_EQ(sentenceOf(opening + R"(0.2, "clipEveryDays": 0.4}})"),
              "Blends up to 0.20 mm, from 75 cm away: clip every 9 hours.");
    EXPECT_EQ(sentenceOf(R"({"distanceCm": 90, "blending": {"toldAtNoLength": true, "upToMm": 25}})"),
              "Blends at every hair length, from 90 cm away.");
    EXPECT_EQ(sentenceOf(R"({"distanceCm": 75, "blending": {"toldAtRazorLength": true, "upToMm": null,)"
                         R"("tried": [{"measure": {"strongestPart": "colour"}}]}})"),
              "Can be told even when shaved, from 75 cm away: mostly by its colour.");
}

TEST(BlendVerdict, RefusesWhatIsNoReport) {
    for (const char* const none :
         {"", "{}", "[1]", R"({"blending": 3})", R"({"blending": {"upToMm": null}})"})
        EXPECT_FALSE(blendFinding(none)) << none;
}

}  // namespace
}  // namespace stubble
