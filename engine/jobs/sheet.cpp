#include "engine/jobs/sheet.h"

#include <algorithm>
#include <utility>

namespace stubble {
namespace {

using namespace sheet;

constexpr float kCellGap = 3, kRowGap = 1.9f;
constexpr float kAscent = 0.76f;  // of the em: a line's top to its baseline

}  // namespace

Sheet::Sheet(Canvas& canvas, std::string footerText, int pages)
    : canvas_(&canvas), footer_(std::move(footerText)), pages_(pages) {
    footer();
}

void Sheet::footer() {
    const glm::vec2 size = canvas_->size();
    const float y = size.y - 9;
    canvas_->line({kMargin, y - 5}, {size.x - kMargin, y - 5}, {0.15f, kRule});
    canvas_->text({kMargin, y}, footer_, {kSmall, kMuted});
    const std::string number = fmt::format("Page {} of {}", page_, pages_);
    canvas_->text({size.x - kMargin, y}, number, {kSmall, kMuted, TextWeight::regular, TextAlign::right});
}

void Sheet::newPage() {
    newPage(canvas_->size());
}

void Sheet::newPage(glm::vec2 pageMm) {
    canvas_->newPage(pageMm);
    ++page_;
    y_ = kMargin;
    footer();
}

void Sheet::makeRoom(float mm) {
    if (y_ + mm > canvas_->size().y - kFooter - 3 && y_ > kMargin) newPage();
}

void Sheet::heading(std::string_view text, float below) {
    makeRoom(kHeading + below);
    if (y_ > kMargin) y_ += 7;
    canvas_->text({left(), y_ + kAscent * kHeading}, text, {kHeading, kInk, TextWeight::strong});
    y_ += lineHeight(kHeading) + 0.6f;
}

void Sheet::paragraph(std::string_view text, const TextStyle& style) {
    for (const std::string& line : canvas_->wrapped(text, style, width())) {
        makeRoom(lineHeight(style.size));
        canvas_->text({left(), y_ + kAscent * style.size}, line, style);
        y_ += lineHeight(style.size);
    }
}

void Sheet::item(std::string_view text, const std::function<void(glm::vec2)>& mark) {
    constexpr float kIndent = 7;
    const TextStyle style = {kBody, kInk};
    const auto lines = canvas_->wrapped(text, style, width() - kIndent);
    makeRoom(static_cast<float>(lines.size()) * lineHeight(kBody));
    mark({left() + 2, y_ + kAscent * kBody - 1.3f});
    for (const std::string& line : lines) {
        canvas_->text({left() + kIndent, y_ + kAscent * kBody}, line, style);
        y_ += lineHeight(kBody);
    }
    y_ += 1.6f;
}

void Sheet::table(const PlanTable& table) {
    float shares = 0;
    for (const PlanTable::Column& column : table.columns) shares += column.share;
    const float all = width() - kCellGap * static_cast<float>(table.columns.size() - 1);
    const auto row = [&](const std::vector<std::string>& cells, TextStyle style, float ruleWidth) {
        std::vector<std::vector<std::string>> lines;
        std::size_t most = 1;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            lines.push_back(canvas_->wrapped(cells[c], style, all * table.columns[c].share / shares + 0.01f));
            most = std::max(most, lines.back().size());
        }
        const float height = static_cast<float>(most) * lineHeight(style.size) + kRowGap;
        makeRoom(height);
        float x = left();
        for (std::size_t c = 0; c < cells.size(); ++c) {
            const float cell = all * table.columns[c].share / shares;
            style.align = table.columns[c].right ? TextAlign::right : TextAlign::left;
            for (std::size_t l = 0; l < lines[c].size(); ++l)
                canvas_->text({table.columns[c].right ? x + cell : x,
                               y_ + kRowGap / 2 + 0.5f + kAscent * style.size +
                                   static_cast<float>(l) * lineHeight(style.size)},
                              lines[c][l], style);
            x += cell + kCellGap;
        }
        y_ += height;
        canvas_->line({left(), y_}, {left() + width(), y_}, {ruleWidth, kRule});
        y_ += 0.4f;
    };
    std::vector<std::string> heads;
    for (const PlanTable::Column& column : table.columns) heads.push_back(column.head);
    row(heads, {kSmall, kMuted}, 0.35f);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const bool total = table.lastIsTotal && r + 1 == table.rows.size();
        row(table.rows[r], {kBody, kInk, total ? TextWeight::strong : TextWeight::regular},
            r + 2 == table.rows.size() && table.lastIsTotal ? 0.35f : 0.15f);
    }
}

}  // namespace stubble
