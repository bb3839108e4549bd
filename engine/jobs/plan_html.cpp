#include <algorithm>

#include "engine/core/html_text.h"
#include "engine/core/png_file.h"
#include "engine/jobs/plan_sheet.h"
#include "engine/jobs/plan_words.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

constexpr std::string_view kStyle = R"(
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f1f3f5;color:#18191c;font:16px/1.5 Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:56rem;margin:2rem auto;padding:2.5rem 3rem;background:#fff;border-radius:8px}
h1{font-size:2rem;line-height:1.2;margin:0}
h2{font-size:1.2rem;margin:2.4rem 0 .6rem;break-after:avoid}
.quiet{color:#53585d;font-size:.9rem}
.lead{color:#53585d;margin:.2rem 0 1.6rem}
.summary{display:flex;flex-wrap:wrap;gap:2rem;align-items:flex-start}
figure{margin:0}
.summary figure{flex:0 1 18rem}
.summary img{width:100%;height:auto;border-radius:4px;display:block}
.summary dl{flex:1 1 16rem;margin:0}
dl div{display:flex;flex-direction:column-reverse;padding:.55rem 0;border-top:1px solid #d5d8db}
dl div:first-child{border-top:0;padding-top:0}
dt{color:#53585d;font-size:.9rem}
dd{margin:0;font-size:1.35rem;font-weight:600}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #d5d8db}
th{font-weight:400;color:#53585d;font-size:.9rem}
td.n,th.n{text-align:right;padding-right:0;padding-left:.8rem;white-space:nowrap}
td:first-child,th:first-child{white-space:nowrap}
tr.total td{font-weight:600;border-top:2px solid #b9bec3}
ul{padding-left:1.2rem}
li{margin:.4rem 0}
.warning::marker{content:"▲  ";color:#a85a00}
.hint::marker{content:"○  ";color:#53585d}
svg{display:block;width:100%;height:auto;margin-top:.5rem}
footer{margin-top:2.4rem;border-top:1px solid #d5d8db;padding-top:.8rem}
@media(max-width:40rem){main{margin:0;padding:1.2rem;border-radius:0}}
@media print{@page{margin:14mm}body{background:#fff;font-size:10.5pt}main{max-width:none;margin:0;padding:0}tr,li,figure,svg{break-inside:avoid}.scroll{overflow:visible}.summary{flex-wrap:nowrap}.summary figure{flex-basis:14rem}h2{margin-top:1.4rem}td,th{padding-top:.25rem;padding-bottom:.25rem}section{break-inside:avoid}}
)";

std::string tableHtml(const PlanTable& table, std::string_view caption) {
    std::string html = fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\"><table>\n<thead><tr>",
        htmlEscaped(caption));
    const auto side = [&](std::size_t c) { return table.columns[c].right ? " class=\"n\"" : ""; };
    for (std::size_t c = 0; c < table.columns.size(); ++c)
        html += fmt::format("<th scope=\"col\"{}>{}</th>", side(c), htmlEscaped(table.columns[c].head));
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        html += table.lastIsTotal && r + 1 == table.rows.size() ? "<tr class=\"total\">" : "<tr>";
        for (std::size_t c = 0; c < table.columns.size(); ++c)
            html += fmt::format("<td{}>{}</td>", side(c), htmlEscaped(table.rows[r][c]));
        html += "</tr>\n";
    }
    return html + "</tbody></table></div>\n";
}

Result<std::string> summaryHtml(const Plan& plan) {
    std::string html = "<div class=\"summary\">\n";
    if (plan.picture) {
        STUBBLE_TRY(const std::string png, pngBytes(*plan.picture));
        html += fmt::format(
            "<figure><img width=\"{}\" height=\"{}\" alt=\"The planned treatment, {} view\" "
            "src=\"data:image/png;base64,{}\"><figcaption class=\"quiet\">{}</figcaption></figure>\n",
            plan.picture->width, plan.picture->height, htmlEscaped(plan.camera), base64(png),
            htmlEscaped(pictureWords(plan)));
    }
    html += "<dl>\n";
    for (const PlanFigure& figure : keyFigures(plan))
        html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", htmlEscaped(figure.label),
                            htmlEscaped(figure.value));
    return html + "</dl>\n</div>\n";
}

/// The template as a small drawing, y down.
std::string drawingHtml(const FlatTemplate& line) {
    glm::vec2 low(1e9f), high(-1e9f);
    std::string path;
    constexpr std::size_t kEach = 4;
    for (std::size_t i = 0; i < line.placesMm.size(); i += kEach) {
        const glm::vec2 place(line.placesMm[i].x, -line.placesMm[i].y);
        low = glm::min(low, place), high = glm::max(high, place);
        path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", place.x, place.y);
    }
    const float foot = line.tape.glabellaToMidpointMm;
    low -= 16.0f, high = glm::max(high, glm::vec2(0, foot)) + 16.0f;
    std::string svg = fmt::format(
        "<svg role=\"img\" aria-label=\"The hairline laid flat, from the client's right to left\" "
        "viewBox=\"{:.1f} {:.1f} "
        "{:.1f} {:.1f}\" font-family=\"inherit\" font-size=\"7\" text-anchor=\"middle\">\n",
        low.x, low.y, high.x - low.x, high.y - low.y);
    svg += fmt::format("<path d=\"M0 {:.1f}V-8\" stroke=\"#005a9c\" stroke-width=\".5\"/>\n", foot);
    svg += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"#18191c\" stroke-width=\"1.2\"/>\n", path);
    svg += fmt::format(
        "<circle cx=\"0\" cy=\"{0:.1f}\" r=\"2.5\" fill=\"none\" stroke=\"#005a9c\" stroke-width=\".7\"/>"
        "<text x=\"0\" y=\"{1:.1f}\" fill=\"#005a9c\">glabella</text>\n"
        "<text x=\"5\" y=\"{2:.1f}\" fill=\"#005a9c\" text-anchor=\"start\">{0:.0f} mm</text>\n",
        foot, foot + 11, foot / 2);
    for (const std::size_t i : line.apexes) {
        if (i == line.middle) continue;
        const glm::vec2 a = line.placesMm[i], b = a + line.behind(i) * 7.0f;
        svg += fmt::format(
            "<path d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}\" stroke=\"#005a9c\" stroke-width=\".8\"/>"
            "<text x=\"{:.1f}\" y=\"{:.1f}\" fill=\"#005a9c\">{:.0f} mm along the line</text>\n",
            a.x, -a.y, b.x, -b.y, b.x, -b.y - 3, std::abs(line.arcsMm[i]));
    }
    return svg + "</svg>\n";
}

std::string adviceHtml(const Plan& plan) {
    const auto notes = sortedAdvice(plan);
    if (notes.empty())
        return "<p>Nothing in this design departs from the rules of practice that were checked.</p>\n";
    std::string html =
        "<p class=\"quiet\">A triangle marks what clients come to regret or what is hard to undo, a ring "
        "what is "
        "worth a thought.</p>\n<ul>\n";
    for (const LintNote* note : notes)
        html += fmt::format("<li class=\"{}\">{}</li>\n",
                            note->severity == LintSeverity::warning ? "warning" : "hint",
                            htmlEscaped(note->sentence));
    return html + "</ul>\n";
}

}  // namespace

Result<std::string> planHtml(const Plan& plan) {
    STUBBLE_TRY(const std::string summary, summaryHtml(plan));
    const std::string title = htmlEscaped(planTitle(plan));
    const auto section = [](std::string_view heading, const std::string& content) {
        return fmt::format("<section><h2>{}</h2>\n{}</section>\n", heading, content);
    };
    const auto paragraph = [](const std::string& words, std::string_view kind = "") {
        return kind.empty() ? fmt::format("<p>{}</p>\n", htmlEscaped(words))
                            : fmt::format("<p class=\"{}\">{}</p>\n", kind, htmlEscaped(words));
    };
    std::string html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width, initial-scale=1\">\n<meta name=\"generator\" content=\"{}\">\n<meta "
        "name=\"description\" content=\"{}\">\n<title>{}: treatment "
        "plan</title>\n<style>{}</style>\n</head>\n"
        "<body>\n<main>\n<h1>{}</h1>\n<p class=\"lead\">Plan of a scalp micropigmentation</p>\n",
        htmlEscaped(plan.software), htmlEscaped(kPlanNote), title, kStyle, title);
    html += summary;
    html += section("Keeping it natural", paragraph(blendingWords(plan)));
    html += section("While it heals", tableHtml(aftercareTable(plan), "While it heals"));
    html += section("Zones", tableHtml(zonesTable(plan), "Zones"));
    html += section("Sessions",
                    tableHtml(sessionsTable(plan), "Sessions") + paragraph(needleWords(plan), "quiet"));
    html += section(
        "The hairline's place",
        tableHtml(tapeTable(plan), "The hairline's place") +
            paragraph(fmt::format("{}. {}. The drawing is small: the PDF has the template at real size.",
                                  kGlabellaWords, kApexWords),
                      "quiet") +
            drawingHtml(plan.hairline));
    html += section("Advice on this design", adviceHtml(plan));
    html += fmt::format("<footer class=\"quiet\">{} Made by {}.</footer>\n</main>\n", htmlEscaped(kPlanNote),
                        htmlEscaped(plan.software));
    // Not for people: what it was made from. "<" would end the element.
    std::string design = formatDesign(plan.design);
    for (std::size_t at = design.find('<'); at != std::string::npos; at = design.find('<', at + 6))
        design.replace(at, 1, "\\u003c");
    html += fmt::format("<script type=\"application/json\" id=\"design\">{}</script>\n</body>\n</html>\n",
                        design);
    return html;
}

}  // namespace stubble
