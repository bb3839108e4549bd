#include "engine/jobs/board_sheet.h"

#include <algorithm>
#include <cmath>

#include "engine/core/figure_text.h"
#include "engine/jobs/mismatch.h"
#include "engine/jobs/still.h"

namespace stubble {
namespace {

constexpr Rgb8 kInk{28, 28, 30}, kQuiet{101, 101, 107}, kRule{214, 214, 219};

// Lengths are in pixels of a cell. Text is measured in ems of the captions' text.
constexpr float kEmShare = 0.05f;  ///< of a cell's width: 6.4 points where four columns fill an A4 page
constexpr float kLeastEm = 11;
constexpr float kSplit = 0.5f;  ///< where the second column of figures begins, of a cell's width
constexpr float kLine = 1.4f, kSmall = 0.8f;  // em; share of it

/// Where everything stands, before anything is measured: from words and numbers of pixels alone.
struct Layout {
    float em = 0, margin = 0, gap = 0;
    float cellWidth = 0, cellHeight = 0;
    float sideWidth = 0;     ///< of row headings
    float headHeight = 0;    ///< title and description
    float blockHeight = 0;   ///< heading of a block
    float columnHeight = 0;  ///< headings of columns
    float captionHeight = 0;
    float footHeight = 0;
    int captionLines = 1, figureColumns = 2;
    int columns = 1, rows = 1, blocks = 1;
    std::vector<std::string> title, description, foot;

    [[nodiscard]] float width() const {
        return 2 * margin + sideWidth + static_cast<float>(columns) * (cellWidth + gap) - gap;
    }
    [[nodiscard]] float rowHeight() const { return cellHeight + captionHeight; }
    [[nodiscard]] float blockBodyHeight() const {
        return blockHeight + columnHeight + static_cast<float>(rows) * rowHeight();
    }
    [[nodiscard]] float height(int blocksShown) const {
        return 2 * margin + headHeight + static_cast<float>(blocksShown) * blockBodyHeight() + footHeight;
    }
};

std::string sweptValue(const BoardSpec& spec, std::size_t sweep, int index) {
    const BoardSweep& swept = spec.sweeps[sweep];
    return valueTitle(swept.key, swept.values[static_cast<std::size_t>(index)]);
}

std::string distanceLabel(const BoardJob& job) {
    return fmt::format("d′ at {:g} cm", *job.mismatchDistanceCm);
}

/// The widest that figures come out as.
std::vector<Figure> widestFigures(const BoardJob& job) {
    std::vector<Figure> figures = {
        {"dots", "500,000"}, {"per cm²", "400.0"}, {"coverage", "100.0 %"}, {"darkening", "100.0 %"}};
    if (job.mismatchDistanceCm) {
        figures.push_back({distanceLabel(job), "88.88"});
        figures.push_back({"told by", "contrast"});
    }
    return figures;
}

/// Of figures that stand in every so-many-th column.
float labelWidth(const Canvas& canvas, const std::vector<Figure>& figures, int columns, int column,
                 const TextStyle& style) {
    float width = 0;
    for (std::size_t i = static_cast<std::size_t>(column); i < figures.size();
         i += static_cast<std::size_t>(columns))
        width = std::max(width, canvas.textWidth(figures[i].label, style));
    return width + 0.5f * style.size;
}

bool fitsInTwo(const Canvas& canvas, const BoardJob& job, float em) {
    const std::vector<Figure> figures = widestFigures(job);
    const auto cellWidth = static_cast<float>(job.cellWidth);
    const TextStyle style{.size = em};
    for (int column = 0; column < 2; ++column) {
        const float label = labelWidth(canvas, figures, 2, column, style);
        for (std::size_t i = static_cast<std::size_t>(column); i < figures.size(); i += 2)
            if (label + canvas.textWidth(figures[i].value, style) >
                (column == 0 ? kSplit : 1 - kSplit) * cellWidth)
                return false;
    }
    return true;
}

Layout layoutOf(const Canvas& canvas, const BoardJob& job, const SheetOptions& options) {
    const BoardSpec& spec = job.spec;
    Layout l;
    l.cellWidth = static_cast<float>(job.cellWidth), l.cellHeight = static_cast<float>(job.cellHeight);
    l.em = std::max(std::round(kEmShare * l.cellWidth), kLeastEm);
    l.margin = std::round(2.4f * l.em), l.gap = std::round(1.2f * l.em);
    l.columns = spec.columns, l.rows = spec.rows, l.blocks = spec.blocks;
    if (spec.isTable()) l.sideWidth = std::round(2.0f * l.em), l.columnHeight = std::round(1.9f * l.em);
    if (spec.blocks > 1) l.blockHeight = std::round(3.2f * l.em);
    const float content = l.width() - 2 * l.margin;
    l.title = canvas.wrapped(boardTitle(spec), {.size = 1.9f * l.em, .weight = TextWeight::strong}, content);
    if (!spec.description.empty()) l.description = canvas.wrapped(spec.description, {.size = l.em}, content);
    for (const std::string& line : footLines(job, options))
        for (std::string& part : canvas.wrapped(line, {.size = kSmall * l.em}, content))
            l.foot.push_back(std::move(part));
    const auto lines = [](const auto& list) { return static_cast<float>(list.size()); };
    l.headHeight = std::round((2.3f * lines(l.title) + kLine * lines(l.description) + 1.1f) * l.em);
    for (std::size_t i = 0; i < spec.cells.size(); ++i)
        l.captionLines =
            std::max(l.captionLines,
                     static_cast<int>(canvas
                                          .wrapped(cellCaption(spec, i, options.answers),
                                                   {.size = l.em, .weight = TextWeight::strong}, l.cellWidth)
                                          .size()));
    l.figureColumns = fitsInTwo(canvas, job, l.em) ? 2 : 1;
    const int figureLines = static_cast<int>(widestFigures(job).size()) / l.figureColumns;
    l.captionHeight =
        std::round((0.5f + kLine * static_cast<float>(l.captionLines + figureLines) + 1.5f) * l.em);
    l.footHeight = std::round((0.9f + kLine * kSmall * lines(l.foot)) * l.em);
    return l;
}

/// A canvas in pixels of cells.
class Pen {
  public:
    Pen(Canvas& canvas, glm::vec2 origin, float scale) : canvas_(canvas), origin_(origin), scale_(scale) {}
    void text(glm::vec2 at, std::string_view words, TextStyle style) {
        style.size *= scale_;
        canvas_.text(origin_ + scale_ * at, words, style);
    }
    void rule(glm::vec2 from, glm::vec2 to, float width, Rgb8 ink) {
        canvas_.line(origin_ + scale_ * from, origin_ + scale_ * to, {.width = width * scale_, .ink = ink});
    }
    void image(const ImageRgb8& image, glm::vec2 at) {
        const glm::vec2 place = origin_ + scale_ * at;
        canvas_.image(image, {place.x, place.y, scale_ * static_cast<float>(image.width),
                              scale_ * static_cast<float>(image.height)});
    }
    [[nodiscard]] const Canvas& canvas() const { return canvas_; }

  private:
    Canvas& canvas_;
    glm::vec2 origin_;
    float scale_;
};

class Sheet {
  public:
    Sheet(const Board& board, const SheetOptions& options, const Layout& layout, const Canvas& measure)
        : board_(board), spec_(board.job.spec), options_(options), l_(layout), measure_(measure) {}

    void draw(Pen& pen, int firstBlock, int lastBlock) const {
        float y = l_.margin;
        drawHead(pen, y);
        y += l_.headHeight;
        for (int block = firstBlock; block < lastBlock; ++block) {
            drawBlock(pen, y, block);
            y += l_.blockBodyHeight();
        }
        drawFoot(pen, y);
    }

  private:
    [[nodiscard]] TextStyle style(float ems, Rgb8 ink, TextWeight weight = TextWeight::regular) const {
        return {.size = ems * l_.em, .ink = ink, .weight = weight};
    }
    [[nodiscard]] float left(int column) const {
        return l_.margin + l_.sideWidth + static_cast<float>(column) * (l_.cellWidth + l_.gap);
    }

    void drawHead(Pen& pen, float y) const {
        y += 1.6f * l_.em;
        for (const std::string& line : l_.title) {
            pen.text({l_.margin, y}, line, style(1.9f, kInk, TextWeight::strong));
            y += 2.3f * l_.em;
        }
        y -= 0.5f * l_.em;
        for (const std::string& line : l_.description) {
            pen.text({l_.margin, y}, line, style(1, kQuiet));
            y += kLine * l_.em;
        }
    }

    void drawBlock(Pen& pen, float y, int block) const {
        if (spec_.blocks > 1) {
            pen.rule({l_.margin, y + 0.4f * l_.em}, {l_.width() - l_.margin, y + 0.4f * l_.em}, 0.08f * l_.em,
                     kRule);
            pen.text({l_.margin, y + 2.2f * l_.em}, blockTitle(spec_, block),
                     style(1.4f, kInk, TextWeight::strong));
            y += l_.blockHeight;
        }
        if (spec_.isTable())
            for (int column = 0; column < l_.columns; ++column)
                pen.text({left(column), y + 1.1f * l_.em}, capitalised(sweptValue(spec_, 0, column)),
                         style(1.15f, kInk, TextWeight::strong));
        y += l_.columnHeight;
        for (int row = 0; row < l_.rows; ++row) {
            if (spec_.isTable()) {
                TextStyle turned = style(1.15f, kInk, TextWeight::strong);
                turned.align = TextAlign::centre, turned.turnDegrees = 90;
                pen.text({l_.margin + 1.0f * l_.em, y + 0.5f * l_.cellHeight},
                         capitalised(sweptValue(spec_, 1, row)), turned);
            }
            for (int column = 0; column < l_.columns; ++column) {
                const int inBlock = row * l_.columns + column;
                if (inBlock < spec_.cellsPerBlock())
                    drawCell(pen, {left(column), y},
                             static_cast<std::size_t>(block * spec_.cellsPerBlock() + inBlock));
            }
            y += l_.rowHeight();
        }
    }

    void drawCell(Pen& pen, glm::vec2 at, std::size_t cell) const {
        pen.image(board_.pictures[cell].image, at);
        float y = at.y + l_.cellHeight + 1.5f * l_.em;
        const std::string caption = cellCaption(spec_, cell, options_.answers);
        // A table's headings say the same, louder.
        const TextStyle strong = style(1, kInk, spec_.isTable() ? TextWeight::regular : TextWeight::strong);
        const std::vector<std::string> lines = measure_.wrapped(caption, strong, l_.cellWidth);
        for (std::size_t i = 0; i < lines.size(); ++i)
            pen.text({at.x, y + kLine * l_.em * static_cast<float>(i)}, lines[i], strong);
        if (spec_.quiz && !options_.answers)  // to write on
            pen.rule({at.x + 1.6f * l_.em, y + 0.15f * l_.em}, {at.x + l_.cellWidth, y + 0.15f * l_.em},
                     0.06f * l_.em, kQuiet);
        y += kLine * l_.em * static_cast<float>(l_.captionLines);
        const std::vector<Figure> figures = figuresOf(board_, cell);
        const auto columns = static_cast<std::size_t>(l_.figureColumns);
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const float x = at.x + kSplit * l_.cellWidth * static_cast<float>(i % columns);
            const float baseline = y + kLine * l_.em * static_cast<float>(i / columns);
            const float value = x + labelWidth(measure_, widestFigures(board_.job), l_.figureColumns,
                                               static_cast<int>(i % columns), style(1, kQuiet));
            pen.text({x, baseline}, figures[i].label, style(1, kQuiet));
            pen.text({value, baseline}, figures[i].value, style(1, kInk));
        }
    }

    void drawFoot(Pen& pen, float y) const {
        pen.rule({l_.margin, y}, {l_.width() - l_.margin, y}, 0.06f * l_.em, kRule);
        y += 1.5f * l_.em;
        for (const std::string& line : l_.foot) {
            pen.text({l_.margin, y}, line, style(kSmall, kQuiet));
            y += kLine * kSmall * l_.em;
        }
    }

    const Board& board_;
    const BoardSpec& spec_;
    const SheetOptions& options_;
    const Layout& l_;
    const Canvas& measure_;
};

/// For measuring words.
Result<Canvas> scratch() {
    return Canvas::picture(1, 1);
}

Result<void> checkSize(const BoardJob& job, const Layout& layout) {
    const double width = double{layout.width()}, height = double{layout.height(layout.blocks)};
    if (width <= kMaxStillSide && height <= kMaxStillSide) return {};
    return fail(ExitCode::usage,
                "--cell {}x{}: the board would have {:.0f} x {:.0f} pixels, expected at most {} a side",
                job.cellWidth, job.cellHeight, width, height, kMaxStillSide);
}

/// Without the folder, or the word builtin.
std::string headName(const BoardJob& job) {
    constexpr std::string_view kBuiltin = "builtin:";
    return job.design.head.starts_with(kBuiltin) ? job.design.head.substr(kBuiltin.size())
                                                 : std::filesystem::path(job.design.head).filename().string();
}

}  // namespace

std::vector<Figure> figuresOf(const Board& board, std::size_t cell) {
    const CellFigures& f = board.pictures[cell].figures;
    const auto percent = [&](double share) {
        return f.pigment ? fmt::format("{:.1f} %", 100 * share) : std::string("–");
    };
    const PigmentFigures pigment = f.pigment.value_or(PigmentFigures{});
    std::vector<Figure> figures = {
        {"dots", grouped(f.treated.dots)},
        {"per cm²", f.treated.areaCm2 > 0 ? fmt::format("{:.1f}", f.treated.dotsPerCm2()) : "–"},
        {"coverage", percent(pigment.coverage)},
        {"darkening", percent(pigment.darkening)}};
    if (board.job.mismatchDistanceCm) {
        figures.push_back(
            {distanceLabel(board.job), f.mismatch ? fmt::format("{:.2f}", f.mismatch->dPrime) : "–"});
        figures.push_back({"told by", f.mismatch ? std::string(strongestPart(*f.mismatch)) : "–"});
    }
    return figures;
}

std::string boardTitle(const BoardSpec& spec) {
    if (!spec.title.empty()) return spec.title;
    std::string title;
    for (const BoardSweep& sweep : spec.sweeps) title += (title.empty() ? "" : " × ") + keyTitle(sweep.key);
    return capitalised(title);
}

std::string blockTitle(const BoardSpec& spec, int block) {
    return capitalised(sweptValue(spec, 2, block));
}

std::vector<std::string> footLines(const BoardJob& job, const SheetOptions& options) {
    std::string legend =
        "Dots per cm² of treated skin, its fading edges included. Coverage: share of that skin with pigment "
        "beneath it. "
        "Darkening: "
        "share of the skin's light (linear luminance, without shine) that pigment takes, mean over that "
        "skin.";
    if (job.mismatchDistanceCm)
        legend += fmt::format(
            " d′: how well an eye {:g} cm away tells the treated scalp from natural hair of the same length; "
            "below 1 it can hardly be told.",
            *job.mismatchDistanceCm);
    return {fmt::format(
                "Simulation, not a photograph ({}). Head {}, camera {}, light {}, seed {}, the same for all "
                "pictures.",
                options.software, headName(job), job.camera, job.light, job.design.seed),
            legend};
}

Result<void> checkBoardPicture(const BoardJob& job, const SheetOptions& options) {
    STUBBLE_TRY(const Canvas canvas, scratch());
    return checkSize(job, layoutOf(canvas, job, options));
}

Result<ImageRgb8> drawBoard(const Board& board, const SheetOptions& options) {
    STUBBLE_TRY(const Canvas measure, scratch());
    const Layout layout = layoutOf(measure, board.job, options);
    STUBBLE_CHECK(checkSize(board.job, layout));
    STUBBLE_TRY(Canvas canvas, Canvas::picture(static_cast<int>(layout.width()),
                                               static_cast<int>(layout.height(layout.blocks))));
    Pen pen(canvas, {0, 0}, 1);
    Sheet(board, options, layout, measure).draw(pen, 0, layout.blocks);
    return canvas.pictureImage();
}

Result<std::string> printBoard(const Board& board, const SheetOptions& options, glm::vec2 paperMm,
                               const DocumentInfo& info) {
    STUBBLE_TRY(const Canvas measure, scratch());
    const Layout layout = layoutOf(measure, board.job, options);
    const glm::vec2 size(layout.width(), layout.height(1));
    const auto scaleOn = [&](glm::vec2 page) { return std::min(page.x / size.x, page.y / size.y); };
    const glm::vec2 across(paperMm.y, paperMm.x);
    const glm::vec2 page = scaleOn(across) > scaleOn(paperMm) ? across : paperMm;
    const float scale = scaleOn(page);
    STUBBLE_TRY(Canvas canvas, Canvas::pdf(page, info));
    Pen pen(canvas, {0.5f * (page.x - scale * size.x), 0}, scale);
    for (int block = 0; block < layout.blocks; ++block) {
        if (block > 0) canvas.newPage();
        Sheet(board, options, layout, measure).draw(pen, block, block + 1);
    }
    return canvas.pdfBytes();
}

}  // namespace stubble
