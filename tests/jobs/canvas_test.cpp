// What is drawn on pages and pictures, and that it is the same each time.
#include "engine/jobs/canvas.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace stubble {
namespace {

constexpr Rgb8 kRed(200, 10, 20), kWhite(255);

Canvas blank(int width = 60, int height = 40) {
    auto canvas = Canvas::picture(width, height);
    EXPECT_TRUE(canvas.has_value());
    return *std::move(canvas);
}

Canvas page(const DocumentInfo& info = {}) {
    auto canvas = Canvas::pdf({210, 297}, info);
    EXPECT_TRUE(canvas.has_value());
    return *std::move(canvas);
}

TEST(Canvas, BoxFillsItsPixelsAndNoOthers) {
    Canvas canvas = blank();
    canvas.box({10, 5, 20, 8}, kRed);
    const ImageRgb8 image = canvas.pictureImage().value();
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            ASSERT_EQ(image.at(x, y), x >= 10 && x < 30 && y >= 5 && y < 13 ? kRed : kWhite) << x << ' ' << y;
}

TEST(Canvas, LineHasItsWidthAndSquareEnds) {
    Canvas canvas = blank();
    canvas.line({10, 20}, {40, 20}, {.width = 4, .ink = kRed});
    const ImageRgb8 image = canvas.pictureImage().value();
    for (int y = 0; y < image.height; ++y)
        for (int x = 0; x < image.width; ++x)
            ASSERT_EQ(image.at(x, y), x >= 10 && x < 40 && y >= 18 && y < 22 ? kRed : kWhite)
                << x << ' ' << y;
}

TEST(Canvas, ImageAtItsOwnSizeIsCopied) {
    ImageRgb8 image(7, 5);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) image.pixels[i] = Rgb8(7 * i, 255 - 3 * i, i);
    Canvas canvas = blank();
    canvas.image(image, {11, 13, 7, 5});
    const ImageRgb8 drawn = canvas.pictureImage().value();
    for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 7; ++x) EXPECT_EQ(drawn.at(11 + x, 13 + y), image.at(x, y)) << x << ' ' << y;
    EXPECT_EQ(drawn.at(10, 13), kWhite);
    EXPECT_EQ(drawn.at(18, 13), kWhite);
}

TEST(Canvas, ClipEnds) {
    Canvas canvas = blank();
    canvas.beginClip({0, 0, 10, 10});
    canvas.box({0, 0, 60, 40}, kRed);
    canvas.endClip();
    canvas.box({50, 30, 1, 1}, kRed);
    const ImageRgb8 image = canvas.pictureImage().value();
    EXPECT_EQ(image.at(9, 9), kRed);
    EXPECT_EQ(image.at(10, 10), kWhite);
    EXPECT_EQ(image.at(50, 30), kRed);
}

/// Columns from the first to behind the last one that is not paper.
std::pair<int, int> inkSpan(const ImageRgb8& image) {
    std::pair<int, int> span = {image.width, 0};
    for (int x = 0; x < image.width; ++x)
        for (int y = 0; y < image.height; ++y)
            if (image.at(x, y) != kWhite) span = {std::min(span.first, x), x + 1};
    return span;
}

TEST(Canvas, TextStandsWhereItsAlignmentSays) {
    for (const TextAlign align : {TextAlign::left, TextAlign::centre, TextAlign::right}) {
        Canvas canvas = blank(400, 60);
        const TextStyle style = {.size = 30, .align = align};
        const float width = canvas.textWidth("Hairline µ", style);
        canvas.text({200, 40}, "Hairline µ", style);
        const auto [first, last] = inkSpan(canvas.pictureImage().value());
        const float left =
            align == TextAlign::left ? 200 : 200 - (align == TextAlign::right ? width : width / 2);
        // Letters stand off the ends of their advance by less than a tenth of an em.
        EXPECT_NEAR(static_cast<float>(first), left, 4) << static_cast<int>(align);
        EXPECT_NEAR(static_cast<float>(last), left + width, 4) << static_cast<int>(align);
    }
}

TEST(Canvas, WidthGrowsWithSizeAndWeight) {
    const Canvas canvas = blank();
    const float width = canvas.textWidth("density", {.size = 10});
    EXPECT_GT(width, 20);
    EXPECT_LT(width, 60);
    EXPECT_NEAR(canvas.textWidth("density", {.size = 20}), 2 * width, 0.01f);
    EXPECT_GT(canvas.textWidth("density", {.size = 10, .weight = TextWeight::strong}), width);
    EXPECT_NEAR(page().textWidth("density", {.size = 10}), width, 0.01f);  // in mm as in pixels
}

TEST(Canvas, WrappedLinesFitAndLoseNoWord) {
    const Canvas canvas = blank();
    const TextStyle style = {.size = 10};
    const std::string text = "Pigment heals within a month and fades by a third\nincomprehensibilities end";
    const auto lines = canvas.wrapped(text, style, 70);
    std::string joined;
    for (const std::string& line : lines) {
        EXPECT_TRUE(canvas.textWidth(line, style) <= 70 || line.find(' ') == std::string::npos) << line;
        joined += (joined.empty() ? "" : " ") + line;
    }
    std::string flat = text;
    flat[flat.find('\n')] = ' ';
    EXPECT_EQ(joined, flat);
    EXPECT_EQ(canvas.wrapped("", style, 70), std::vector<std::string>{""});
}

TEST(Canvas, PdfIsTheSameEachTimeAndSaysWhatItIs) {
    const auto draw = [] {
        Canvas canvas =
            page({.title = "Treatment plan", .subject = "simulation", .keywords = "smp.depthMm=0.14"});
        canvas.text({20, 20}, "Plan", {.size = 6, .weight = TextWeight::strong});
        canvas.image(ImageRgb8(8, 8, kRed), {20, 30, 40, 40});
        canvas.newPage({297, 210});
        EXPECT_EQ(canvas.size(), glm::vec2(297, 210));
        canvas.line({20, 20}, {70, 20}, {});
        return canvas.pdfBytes().value();
    };
    const std::string first = draw();
    EXPECT_EQ(first, draw());
    EXPECT_TRUE(first.starts_with("%PDF-"));
    for (const char* const said :
         {"(Treatment plan)", "(simulation)", "(smp.depthMm=0.14)", "/Count 2", "0 0 595.2", "0 0 841.8"})
        EXPECT_NE(first.find(said), std::string::npos) << said;
    EXPECT_NE(first.find("(20260101000000"), std::string::npos);

    ::setenv("SOURCE_DATE_EPOCH", "86400", 1);
    EXPECT_NE(draw().find("(19700102000000"), std::string::npos);
    ::unsetenv("SOURCE_DATE_EPOCH");
}

TEST(Canvas, WrongUseIsAnError) {
    EXPECT_EQ(Canvas::picture(0, 10).error().code, ExitCode::usage);
    EXPECT_EQ(Canvas::picture(10, kMaxCanvasSide + 1).error().code, ExitCode::usage);
    EXPECT_FALSE(blank().pdfBytes().has_value());
    EXPECT_FALSE(page().pictureImage().has_value());
    Canvas canvas = page();
    canvas.endClip();  // none was begun
    EXPECT_EQ(canvas.pdfBytes().error().code, ExitCode::io);
}

}  // namespace
}  // namespace stubble
