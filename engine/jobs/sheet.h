#pragma once
// Text, tables and headings one below the other on the pages of a PDF.

#include <functional>
#include <string>
#include <string_view>

#include "engine/jobs/canvas.h"
#include "engine/jobs/plan_words.h"

namespace stubble {

/// Sizes in mm, for reading at arm's length: body text is 10.5 points.
namespace sheet {
inline constexpr float kMargin = 16, kFooter = 14;
inline constexpr float kTitle = 7.6f, kHeading = 4.6f, kBody = 3.7f, kSmall = 3.15f;
inline constexpr Rgb8 kInk(24, 26, 28), kMuted(92, 96, 100), kRule(205, 208, 211), kBand(241, 243, 245);
inline constexpr Rgb8 kWarning(176, 96, 0);
}  // namespace sheet

/// A place on the page that moves down. What does not fit begins a new page.
class Sheet {
  public:
    /// `pages` of the whole document, for the footer.
    Sheet(Canvas& canvas, std::string footer, int pages);

    [[nodiscard]] Canvas& canvas() { return *canvas_; }
    [[nodiscard]] float left() const { return sheet::kMargin; }
    [[nodiscard]] float width() const { return canvas_->size().x - 2 * sheet::kMargin; }
    [[nodiscard]] float y() const { return y_; }
    void skip(float mm) { y_ += mm; }
    [[nodiscard]] int page() const { return page_; }

    void newPage();
    void newPage(glm::vec2 pageMm);
    /// So that so much fits below, on this page or the next.
    void makeRoom(float mm);
    /// `below` is what has to fit below it on the page.
    void heading(std::string_view text, float below = 16);
    void paragraph(std::string_view text, const TextStyle& style = {sheet::kBody, sheet::kInk});
    void table(const PlanTable& table);
    /// A mark before a paragraph: `mark` draws it around a place.
    void item(std::string_view text, const std::function<void(glm::vec2)>& mark);

  private:
    void footer();

    Canvas* canvas_;
    std::string footer_;
    int pages_, page_ = 1;
    float y_ = sheet::kMargin;
};

/// Distance from baseline to baseline.
inline float lineHeight(float size) {
    return 1.42f * size;
}

}  // namespace stubble
