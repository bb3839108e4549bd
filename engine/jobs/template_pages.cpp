#include "engine/jobs/template_pages.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {
namespace {

using namespace sheet;

// mm on paper.
constexpr float kUprightHead = 46, kLyingHead = 34, kFoot = 26;
constexpr float kOverlap = 15;
constexpr float kStrip = 15;  // of paper kept behind the line
constexpr float kArm = 9;     // half the width of the strip down to the glabella
constexpr float kTickEach = 10, kNumberEach = 20;
constexpr float kNumberMm = 7.2f;  // behind the line
constexpr Rgb8 kFeather(226, 231, 236), kFine(120, 124, 128), kCut(110, 114, 118), kMark(0, 90, 156);

struct Extent {
    glm::vec2 low{1e9f}, high{-1e9f};
    void add(glm::vec2 place) {
        low = glm::min(low, place);
        high = glm::max(high, place);
    }
    [[nodiscard]] glm::vec2 size() const { return high - low; }
};

/// How the template is spread over pages, in the template's own places (y up).
struct Tiling {
    glm::vec2 pageMm{0}, areaMm{0};
    glm::vec2 upperLeft{0};  ///< of the first page's area
    int columns = 1, rows = 1;

    [[nodiscard]] glm::vec2 upperLeftOf(int column, int row) const {
        return upperLeft + glm::vec2(static_cast<float>(column) * (areaMm.x - kOverlap),
                                     -static_cast<float>(row) * (areaMm.y - kOverlap));
    }
};

/// Above the template: what is said takes fewer lines on a lying page.
float headMm(glm::vec2 pageMm) {
    return pageMm.x > pageMm.y ? kLyingHead : kUprightHead;
}

Tiling tilingOn(glm::vec2 pageMm, const Extent& extent) {
    Tiling tiling;
    tiling.pageMm = pageMm;
    tiling.areaMm = pageMm - glm::vec2(2 * kMargin, headMm(pageMm) + kFoot);
    const auto count = [](float size, float area) {
        return std::max(1, static_cast<int>(std::ceil((size - kOverlap) / (area - kOverlap))));
    };
    tiling.columns = count(extent.size().x, tiling.areaMm.x);
    tiling.rows = count(extent.size().y, tiling.areaMm.y);
    const auto spare = [](int tiles, float area, float size) {
        return area + static_cast<float>(tiles - 1) * (area - kOverlap) - size;
    };
    const float spareX = spare(tiling.columns, tiling.areaMm.x, extent.size().x);
    // From the left where there are several: pages in the middle would have the midline in the seam.
    tiling.upperLeft = {extent.low.x - (tiling.columns == 1 ? spareX / 2 : 0),
                        extent.high.y + spare(tiling.rows, tiling.areaMm.y, extent.size().y) / 2};
    return tiling;
}

/// Whether the strip down to the glabella is whole on one page.
bool keepsArmWhole(const Tiling& tiling) {
    for (int column = 0; column < tiling.columns; ++column) {
        const float left = tiling.upperLeftOf(column, 0).x;
        if (left < -kArm - 1 && left + tiling.areaMm.x > kArm + 1) return tiling.rows == 1;
    }
    return false;
}

Tiling bestTiling(glm::vec2 paperMm, const Extent& extent) {
    const Tiling upright = tilingOn(paperMm, extent), lying = tilingOn({paperMm.y, paperMm.x}, extent);
    const auto cost = [](const Tiling& tiling) {
        return 2 * tiling.columns * tiling.rows + (keepsArmWhole(tiling) ? 0 : 1);
    };
    return cost(upright) <= cost(lying) ? upright : lying;
}

/// Draws in the template's places.
class Pen {
  public:
    Pen(Canvas& canvas, glm::vec2 areaCorner, glm::vec2 upperLeft)
        : canvas_(canvas), corner_(areaCorner), upperLeft_(upperLeft) {}
    [[nodiscard]] glm::vec2 onPage(glm::vec2 place) const {
        return corner_ + glm::vec2(place.x - upperLeft_.x, upperLeft_.y - place.y);
    }
    [[nodiscard]] std::vector<glm::vec2> onPage(std::span<const glm::vec2> places) const {
        std::vector<glm::vec2> result;
        for (const glm::vec2 place : places) result.push_back(onPage(place));
        return result;
    }
    void line(glm::vec2 from, glm::vec2 to, const Stroke& stroke) const {
        canvas_.line(onPage(from), onPage(to), stroke);
    }
    void polyline(std::span<const glm::vec2> places, const Stroke& stroke) const {
        canvas_.polyline(onPage(places), stroke);
    }
    void polygon(std::span<const glm::vec2> places, Rgb8 fill) const {
        canvas_.polygon(onPage(places), fill);
    }
    void text(glm::vec2 place, std::string_view words, const TextStyle& style) const {
        canvas_.text(onPage(place), words, style);
    }
    [[nodiscard]] Canvas& canvas() const { return canvas_; }

  private:
    Canvas& canvas_;
    glm::vec2 corner_, upperLeft_;
};

/// So far behind the line (before it where negative).
glm::vec2 beside(const FlatTemplate& hairline, std::size_t i, float behindMm) {
    return hairline.placesMm[i] + hairline.behind(i) * behindMm;
}

/// Where to cut behind the line: in pieces, for within tight bends there is no place so far away.
std::vector<std::vector<glm::vec2>> cutLines(const FlatTemplate& hairline) {
    std::vector<std::vector<glm::vec2>> pieces(1);
    constexpr std::size_t kEach = 4;
    for (std::size_t i = 0; i < hairline.placesMm.size(); i += kEach) {
        const glm::vec2 place = beside(hairline, i, kStrip);
        bool isClear = true;
        for (std::size_t k = 0; k < hairline.placesMm.size() && isClear; k += kEach)
            isClear = glm::distance(place, hairline.placesMm[k]) > kStrip - 0.5f;
        if (isClear)
            pieces.back().push_back(place);
        else if (!pieces.back().empty())
            pieces.emplace_back();
    }
    return pieces;
}

std::size_t indexAt(const FlatTemplate& hairline, float arcMm) {
    const auto at = std::ranges::lower_bound(hairline.arcsMm, arcMm);
    return std::min(static_cast<std::size_t>(at - hairline.arcsMm.begin()), hairline.arcsMm.size() - 1);
}

void drawFeather(const Pen& pen, const FlatTemplate& hairline) {
    std::vector<glm::vec2> edge, band;
    for (std::size_t i = 0; i < hairline.placesMm.size(); ++i)
        edge.push_back(beside(hairline, i, -hairline.edgesMm[i]));
    band = edge;
    for (std::size_t i = hairline.placesMm.size(); i-- > 0;)
        band.push_back(beside(hairline, i, hairline.featherMm - hairline.edgesMm[i]));
    pen.polygon(band, kFeather);
    pen.polyline(edge, {0.2f, kFine});
}

void drawTicks(const Pen& pen, const FlatTemplate& hairline) {
    constexpr float kApart = 8;  // of numbers, and from the lines that are marked
    std::vector<glm::vec2> taken;
    for (const std::size_t i : hairline.apexes) taken.push_back(beside(hairline, i, kNumberMm));
    const auto tick = [&](float arc) {
        const std::size_t i = indexAt(hairline, arc);
        const glm::vec2 place = hairline.at(arc), behind = hairline.behind(i);
        const bool numbered = std::fmod(arc, kNumberEach) == 0;
        pen.line(place, place + behind * (numbered ? 4.5f : 3.0f), {0.25f, kInk});
        const glm::vec2 number = place + behind * kNumberMm;
        const auto isNear = [&](glm::vec2 other) { return glm::distance(number, other) < kApart; };
        if (!numbered || std::ranges::any_of(taken, isNear)) return;
        taken.push_back(number);
        pen.text(number - glm::vec2(0, 1.1f), fmt::format("{:.0f}", std::abs(arc)),
                 {kSmall, kInk, TextWeight::regular, TextAlign::centre});
    };
    for (float arc = kTickEach; arc <= hairline.arcsMm.back(); arc += kTickEach) tick(arc);
    for (float arc = kTickEach; arc <= -hairline.arcsMm.front(); arc += kTickEach) tick(-arc);
}

void drawMidline(const Pen& pen, const FlatTemplate& hairline) {
    const float height = hairline.tape.glabellaToMidpointMm;
    pen.line({0, -height - kArm}, {0, kStrip}, {0.25f, kMark});
    const Stroke cut = {0.2f, kCut, 1.6f};
    pen.polyline(
        std::array<glm::vec2, 4>{{{-kArm, -2}, {-kArm, -height - kArm}, {kArm, -height - kArm}, {kArm, -2}}},
        cut);
    for (float up = 0; up < height - 1; up += kTickEach) {
        const float y = up - height;
        pen.line({-2.2f, y}, {2.2f, y}, {up == 0 ? 0.5f : 0.25f, kMark});
        if (up > 0 && up < height - 4) pen.text({3, y - 1.1f}, fmt::format("{:.0f}", up), {3.1f, kMark});
    }
    pen.canvas().circle(pen.onPage({0, -height}), 2.2f, {0.35f, kMark});
    pen.text({kArm + 2, -height - 1.2f}, "Glabella, between the eyebrows",
             {kBody, kMark, TextWeight::strong});
    pen.text({kArm + 2, -height - 6.2f}, fmt::format("Midline: {:.0f} mm up to the hairline", height),
             {kSmall, kMark});
    pen.text({1.6f, kStrip - 3.4f}, "midline", {kSmall, kMark});
}

void drawApexes(const Pen& pen, const FlatTemplate& hairline) {
    for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
        const std::size_t i = hairline.apexes[k];
        if (i == hairline.middle) continue;
        const glm::vec2 place = hairline.placesMm[i], behind = hairline.behind(i);
        pen.line(place - behind * 5.0f, place + behind * kStrip, {0.35f, kMark});
        const glm::vec2 words = place + behind * (kStrip + 3);
        pen.text(words + glm::vec2(0, 4.6f),
                 k == 0 ? "Recess apex, client's right" : "Recess apex, client's left",
                 {kBody, kMark, TextWeight::strong, TextAlign::centre});
        pen.text(words,
                 fmt::format("{:.0f} mm along the line from the midline", std::abs(hairline.arcsMm[i])),
                 {kSmall, kMark, TextWeight::regular, TextAlign::centre});
    }
}

void drawTemplate(const Pen& pen, const FlatTemplate& hairline) {
    drawFeather(pen, hairline);
    for (const auto& piece : cutLines(hairline))
        if (piece.size() > 1) pen.polyline(piece, {0.2f, kCut, 1.6f});
    for (const std::size_t i : {std::size_t{0}, hairline.placesMm.size() - 1})
        pen.line(hairline.placesMm[i], beside(hairline, i, kStrip), {0.2f, kCut, 1.6f});
    drawTicks(pen, hairline);
    drawMidline(pen, hairline);
    drawApexes(pen, hairline);
    pen.polyline(hairline.placesMm, {kTemplateLineMm, kInk});
}

/// Crosses that lie on one another when neighbouring pages are joined.
void drawJoins(const Pen& pen, const Tiling& tiling) {
    const auto mark = [&](glm::vec2 place, const std::string& name) {
        pen.line(place - glm::vec2(4, 0), place + glm::vec2(4, 0), {0.2f, kInk});
        pen.line(place - glm::vec2(0, 4), place + glm::vec2(0, 4), {0.2f, kInk});
        pen.canvas().circle(pen.onPage(place), 2, {0.2f, kInk});
        pen.text(place + glm::vec2(2.6f, 1.6f), name, {kSmall, kInk, TextWeight::strong});
    };
    char name = 'A';
    for (int row = 0; row < tiling.rows; ++row)
        for (int column = 0; column < tiling.columns; ++column) {
            const glm::vec2 corner = tiling.upperLeftOf(column, row);
            const glm::vec2 far = corner + glm::vec2(tiling.areaMm.x, -tiling.areaMm.y);
            if (column + 1 < tiling.columns)
                // Below the line, which joins by itself.
                for (const float y : {glm::mix(corner.y, far.y, 0.66f), far.y + 8})
                    mark({far.x - kOverlap / 2, y}, std::string(1, name++));
            if (row + 1 < tiling.rows)
                for (const float x : {corner.x + 8, far.x - 8})
                    mark({x, far.y + kOverlap / 2}, std::string(1, name++));
        }
}

/// Which part of the whole a page holds.
void drawOverview(Canvas& canvas, const FlatTemplate& hairline, const Tiling& tiling, int column, int row,
                  glm::vec2 rightTop) {
    const glm::vec2 last = tiling.upperLeftOf(tiling.columns - 1, tiling.rows - 1);
    const glm::vec2 whole(last.x + tiling.areaMm.x - tiling.upperLeft.x,
                          tiling.upperLeft.y - last.y + tiling.areaMm.y);
    const float scale = std::min(38 / whole.x, 18 / whole.y);
    const glm::vec2 corner = rightTop - glm::vec2(whole.x * scale, 0);
    const auto small = [&](glm::vec2 place) {
        return corner + scale * glm::vec2(place.x - tiling.upperLeft.x, tiling.upperLeft.y - place.y);
    };
    for (int r = 0; r < tiling.rows; ++r)
        for (int c = 0; c < tiling.columns; ++c) {
            const glm::vec2 at = small(tiling.upperLeftOf(c, r));
            const Box box{at.x, at.y, tiling.areaMm.x * scale, tiling.areaMm.y * scale};
            if (r == row && c == column) canvas.box(box, kBand);
            canvas.boxOutline(box, {0.15f, kFine});
        }
    std::vector<glm::vec2> line;
    for (std::size_t i = 0; i < hairline.placesMm.size(); i += 8) line.push_back(small(hairline.placesMm[i]));
    canvas.polyline(line, {0.3f, kInk});
}

void drawHead(Sheet& sheet, const Tiling& tiling, int number, int count, float featherMm) {
    constexpr float kText = 3.3f;
    Canvas& canvas = sheet.canvas();
    canvas.text({kMargin, 15},
                count == 1 ? "Hairline template, real size"
                           : fmt::format("Hairline template, real size: sheet {} of {}", number, count),
                {kHeading, kInk, TextWeight::strong});
    const float width = tiling.pageMm.x - 2 * kMargin - (count > 1 ? 46.0f : 0.0f);
    std::string words = std::string(count > 1 ? "Join the sheets so that crosses of one letter meet. " : "") +
                        "Cut along the bold line and the dashed ones. Lay the circle on the glabella and the "
                        "blue line on the "
                        "midline, printed side out; let the strip follow the skin and draw along the bold "
                        "edge. Black numbers are "
                        "mm along the line from the midline, blue ones mm above the glabella.";
    if (featherMm >= 0.5f)
        words += fmt::format(
            " Grey: where density fades in, over {:.0f} mm, behind the irregular edge that the thin line "
            "shows.",
            featherMm);
    float y = 21.5f;
    for (const std::string& line : canvas.wrapped(words, {kText, kInk}, width)) {
        canvas.text({kMargin, y}, line, {kText, kInk});
        y += lineHeight(kText);
    }
}

}  // namespace

void drawCheckBar(Canvas& canvas, glm::vec2 left) {
    canvas.box({left.x, left.y, kCheckBarMm, 2}, Rgb8(0));
    canvas.text({left.x + kCheckBarMm + 4, left.y + 2.1f},
                "This bar is 50 mm long. If a ruler says otherwise, print again at 100 % (“actual size”).",
                {kSmall, kInk});
}

void drawTemplatePages(Sheet& sheet, const FlatTemplate& hairline, glm::vec2 paperMm) {
    Extent extent;
    for (std::size_t i = 0; i < hairline.placesMm.size(); ++i)
        for (const float behind : {-6.0f, kStrip + 2}) extent.add(beside(hairline, i, behind));
    constexpr float kWords = 12;
    for (const std::size_t i : hairline.apexes) extent.add(beside(hairline, i, kStrip + kWords));
    extent.add({0, -hairline.tape.glabellaToMidpointMm - kArm - 2});
    const Tiling tiling = bestTiling(paperMm, extent);
    const int count = tiling.columns * tiling.rows;
    for (int row = 0; row < tiling.rows; ++row)
        for (int column = 0; column < tiling.columns; ++column) {
            sheet.newPage(tiling.pageMm);
            drawHead(sheet, tiling, row * tiling.columns + column + 1, count, hairline.featherMm);
            Canvas& canvas = sheet.canvas();
            if (count > 1)
                drawOverview(canvas, hairline, tiling, column, row, {tiling.pageMm.x - kMargin, 11});
            const Box area{kMargin, headMm(tiling.pageMm), tiling.areaMm.x, tiling.areaMm.y};
            const Pen pen(canvas, {area.left, area.top}, tiling.upperLeftOf(column, row));
            canvas.beginClip(area);
            drawTemplate(pen, hairline);
            if (count > 1) drawJoins(pen, tiling);
            canvas.endClip();
            drawCheckBar(canvas, {kMargin, tiling.pageMm.y - 21});
        }
}

}  // namespace stubble
