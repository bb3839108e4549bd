#include <array>

#include "engine/jobs/plan_sheet.h"
#include "engine/jobs/plan_words.h"
#include "engine/jobs/sheet.h"
#include "engine/jobs/template_pages.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

using namespace sheet;

glm::vec2 sizeMm(Paper paper) {
    return paper == Paper::a4 ? kA4Mm : kLetterMm;
}

/// Something to write on.
void drawFields(Sheet& sheet) {
    Canvas& canvas = sheet.canvas();
    struct Field {
        const char* name;
        float share;
    };
    float x = sheet.left();
    for (const Field& field : {Field{"Client", 0.4f}, Field{"Practitioner", 0.36f}, Field{"Date", 0.24f}}) {
        const float width = field.share * sheet.width();
        canvas.text({x, sheet.y() + 4}, field.name, {kSmall, kMuted});
        canvas.line({x + canvas.textWidth(field.name, {kSmall}) + 2, sheet.y() + 4.8f},
                    {field.share == 0.24f ? sheet.left() + sheet.width() : x + width - 5, sheet.y() + 4.8f},
                    {0.2f, kMuted});
        x += width;
    }
    sheet.skip(11);
}

void drawTitle(Sheet& sheet, const Plan& plan) {
    Canvas& canvas = sheet.canvas();
    const TextStyle title = {kTitle, kInk, TextWeight::strong};
    for (const std::string& line : canvas.wrapped(planTitle(plan), title, sheet.width())) {
        canvas.text({sheet.left(), sheet.y() + 5.8f}, line, title);
        sheet.skip(lineHeight(kTitle) - 1);
    }
    sheet.paragraph("Plan of a scalp micropigmentation: the client's page", {kBody, kMuted});
    sheet.skip(3);
}

void drawSummary(Sheet& sheet, const Plan& plan) {
    Canvas& canvas = sheet.canvas();
    constexpr float kWidth = 67.2f, kHeight = 84, kGap = 10;
    const float top = sheet.y();
    float column = sheet.left();
    if (plan.picture) {
        canvas.image(*plan.picture, {sheet.left(), top, kWidth, kHeight});
        float y = top + kHeight + 4.4f;
        for (const std::string& line : canvas.wrapped(pictureWords(plan), {kSmall, kMuted}, kWidth)) {
            canvas.text({sheet.left(), y}, line, {kSmall, kMuted});
            y += lineHeight(kSmall);
        }
        column += kWidth + kGap;
    }
    const auto figures = keyFigures(plan);
    const float step = kHeight / static_cast<float>(figures.size());
    for (std::size_t k = 0; k < figures.size(); ++k) {
        const float y = top + static_cast<float>(k) * step;
        if (k > 0) canvas.line({column, y}, {sheet.left() + sheet.width(), y}, {0.15f, kRule});
        canvas.text({column, y + 7}, figures[k].value, {5.6f, kInk, TextWeight::strong});
        canvas.text({column, y + 12.2f}, figures[k].label, {kSmall, kMuted});
    }
    sheet.skip(kHeight + 10);
}

void drawClientPage(Sheet& sheet, const Plan& plan) {
    drawTitle(sheet, plan);
    drawFields(sheet);
    drawSummary(sheet, plan);
    sheet.heading("Keeping it natural");
    sheet.paragraph(blendingWords(plan));
    sheet.heading("While it heals");
    sheet.table(aftercareTable(plan));
    sheet.skip(3.5f);
    sheet.paragraph("This practitioner's own rules (washing, sweat, sun, swimming):", {kSmall, kMuted});
    for (int line = 0; line < 2; ++line) {
        sheet.skip(6.5f);
        sheet.canvas().line({sheet.left(), sheet.y()}, {sheet.left() + sheet.width(), sheet.y()},
                            {0.2f, kRule});
    }
}

void drawAdvice(Sheet& sheet, const Plan& plan) {
    constexpr float kIntroAndNote = 30;
    sheet.heading("Advice on this design", kIntroAndNote);
    const auto notes = sortedAdvice(plan);
    if (notes.empty()) {
        sheet.paragraph("Nothing in this design departs from the rules of practice that were checked.");
        return;
    }
    sheet.paragraph(
        "A triangle marks what clients come to regret or what is hard to undo, a ring what is worth a "
        "thought.",
        {kSmall, kMuted});
    sheet.skip(1.5f);
    for (const LintNote* note : notes)
        sheet.item(note->sentence, [&](glm::vec2 at) {
            if (note->severity == LintSeverity::warning)
                sheet.canvas().polygon(
                    std::array<glm::vec2, 3>{
                        {at + glm::vec2(0, -1.6f), at + glm::vec2(1.8f, 1.4f), at + glm::vec2(-1.8f, 1.4f)}},
                    kWarning);
            else
                sheet.canvas().circle(at, 1.3f, {0.45f, kMuted});
        });
}

void drawPractitionerPage(Sheet& sheet, const Plan& plan) {
    sheet.newPage();
    sheet.paragraph(planTitle(plan), {kBody, kMuted});
    sheet.heading("Zones");
    sheet.table(zonesTable(plan));
    sheet.heading("Sessions");
    sheet.table(sessionsTable(plan));
    sheet.skip(2);
    sheet.paragraph(needleWords(plan), {kSmall, kMuted});
    sheet.heading("The hairline's place");
    sheet.table(tapeTable(plan));
    sheet.skip(2);
    sheet.paragraph(fmt::format("{}. {}.", kGlabellaWords, kApexWords), {kSmall, kMuted});
    drawAdvice(sheet, plan);
}

/// Draws all of it; how many pages it took.
int draw(Canvas& canvas, const Plan& plan, Paper paper, int pages) {
    Sheet sheet(canvas, std::string(kPlanNote), pages);
    drawClientPage(sheet, plan);
    drawPractitionerPage(sheet, plan);
    drawTemplatePages(sheet, plan.hairline, sizeMm(paper));
    return sheet.page();
}

}  // namespace

std::optional<Paper> paperFromName(std::string_view name) {
    if (name == "a4") return Paper::a4;
    if (name == "letter") return Paper::letter;
    return std::nullopt;
}

Result<std::string> planPdf(const Plan& plan, Paper paper) {
    const DocumentInfo info = {
        .title = planTitle(plan),
        .subject = std::string("Plan of a scalp micropigmentation. ") + std::string(kPlanNote),
        .creator = plan.software,
        .keywords = formatDesign(plan.design)};
    // Once for the number of pages.
    STUBBLE_TRY(Canvas counted, Canvas::pdf(sizeMm(paper), info));
    const int pages = draw(counted, plan, paper, 0);
    STUBBLE_TRY(Canvas canvas, Canvas::pdf(sizeMm(paper), info));
    draw(canvas, plan, paper, pages);
    return canvas.pdfBytes();
}

}  // namespace stubble
