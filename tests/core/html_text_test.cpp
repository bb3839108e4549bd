#include "engine/core/html_text.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(HtmlText, EscapesWhatHtmlReads) {
    EXPECT_EQ(htmlEscaped("<b>\"a\" & µ</b>"), "&lt;b&gt;&quot;a&quot; &amp; µ&lt;/b&gt;");
}

// RFC 4648, section 10.
TEST(HtmlText, Base64OfTheStandardsExamples) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("fo"), "Zm8=");
    EXPECT_EQ(base64("foo"), "Zm9v");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

TEST(HtmlText, FillsInEveryPlaceAndNotWhatWasFilledIn) {
    std::string page = "{{a}} {{b}} {{a}}";
    fillIn(page, "a", "{{a}}!");
    EXPECT_EQ(page, "{{a}}! {{b}} {{a}}!");
    fillIn(page, "b", "");
    EXPECT_EQ(page, "{{a}}!  {{a}}!");
}

}  // namespace
}  // namespace stubble
