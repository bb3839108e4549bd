#include "engine/jobs/board_page.h"

#include "engine/core/file.h"
#include "engine/core/html_text.h"
#include "engine/core/parallel.h"
#include "engine/core/png_file.h"
#include "engine/jobs/board_table.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxTemplateBytes = 1u << 20;

std::string altText(const Board& board, const SheetOptions& options, std::size_t cell) {
    std::string alt = fmt::format("Simulated scalp, {} view: {}", board.job.camera,
                                  cellCaption(board.job.spec, cell, options.answers));
    for (const Figure& figure : figuresOf(board, cell))
        alt += fmt::format("; {} {}", figure.label, figure.value);
    return alt;
}

std::string figureHtml(const Board& board, const SheetOptions& options, std::size_t cell,
                       const std::string& png) {
    const BoardSpec& spec = board.job.spec;
    const ImageRgb8& image = board.pictures[cell].image;
    std::string html = fmt::format(
        "<li><figure><button class=\"open\" type=\"button\" aria-haspopup=\"dialog\"><img width=\"{}\" "
        "height=\"{}\" alt=\"{}\" src=\"data:image/png;base64,{}\"></button>\n<figcaption><p "
        "class=\"name\">{}</p><dl>",
        image.width, image.height, htmlEscaped(altText(board, options, cell)), base64(png),
        htmlEscaped(cellCaption(spec, cell, options.answers)));
    for (const Figure& figure : figuresOf(board, cell))
        html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", htmlEscaped(figure.label),
                            htmlEscaped(figure.value));
    html += "</dl>";
    if (spec.quiz && !options.answers)
        html += fmt::format("<details><summary>Answer</summary><p>{}</p></details>",
                            htmlEscaped(spec.cells[cell].title));
    return html + "</figcaption></figure></li>\n";
}

}  // namespace

Result<std::string> boardPage(const Board& board, const SheetOptions& options, const TextChunks& provenance) {
    const BoardSpec& spec = board.job.spec;
    STUBBLE_TRY(const auto data, dataDir());
    STUBBLE_TRY(std::string page, readTextFile(data / "assets/pages/board.html", kMaxTemplateBytes));
    std::vector<Result<std::string>> packed(board.pictures.size());
    parallelFor(
        packed.size(), [&](std::size_t i) { packed[i] = pngBytes(board.pictures[i].image); }, 1);
    std::string blocks;
    for (int block = 0; block < spec.blocks; ++block) {
        blocks += "<section>\n";
        if (spec.blocks > 1) blocks += fmt::format("<h2>{}</h2>\n", htmlEscaped(blockTitle(spec, block)));
        blocks += fmt::format("<ol class=\"cells\" style=\"--columns: {}; --cell: {}px\">\n", spec.columns,
                              board.job.cellWidth);
        for (int k = 0; k < spec.cellsPerBlock(); ++k) {
            const auto cell = static_cast<std::size_t>(block * spec.cellsPerBlock() + k);
            STUBBLE_TRY(const std::string png, std::move(packed[cell]));
            blocks += figureHtml(board, options, cell, png);
        }
        blocks += "</ol>\n</section>\n";
    }
    std::string meta;
    for (const auto& [name, value] : provenance)
        if (name == "Software" || name == "Description")
            meta += fmt::format("<meta name=\"{}\" content=\"{}\">\n",
                                name == "Software" ? "generator" : "description", htmlEscaped(value));
    // "<" could end the script element that the data stands in.
    std::string json = boardJson(board).dump();
    for (auto at = json.find('<'); at != std::string::npos; at = json.find('<', at))
        json.replace(at, 1, "\\u003c");
    std::string footer;
    for (const std::string& line : footLines(board.job, options))
        footer += fmt::format("<p>{}</p>\n", htmlEscaped(line));
    fillIn(page, "title", htmlEscaped(boardTitle(spec)));
    fillIn(page, "description",
           spec.description.empty() ? "" : fmt::format("<p>{}</p>", htmlEscaped(spec.description)));
    fillIn(page, "hint",
           "Open a picture to see it large: arrow keys lead on, up and down along a column, Escape closes.");
    fillIn(page, "meta", meta);
    fillIn(page, "columns", std::to_string(spec.columns));
    fillIn(page, "perBlock", std::to_string(spec.cellsPerBlock()));
    fillIn(page, "footer", footer);
    fillIn(page, "data", json);
    fillIn(page, "blocks", blocks);
    return page;
}

}  // namespace stubble
