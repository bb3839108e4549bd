#pragma once
// Paper to draw on: pages of a PDF measured in millimetres, or a picture measured in pixels.

#include <glm/glm.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// ISO 216 and ANSI/ASME Y14.1, upright.
inline constexpr glm::vec2 kA4Mm = {210, 297}, kA3Mm = {297, 420}, kLetterMm = {215.9f, 279.4f};

enum class TextWeight { regular, strong };
enum class TextAlign { left, centre, right };

/// Lengths are in the canvas' unit, here and below.
struct TextStyle {
    float size = 4;  ///< of the em; capitals are 0.73 of it
    Rgb8 ink{0};
    TextWeight weight = TextWeight::regular;
    TextAlign align = TextAlign::left;
    float turnDegrees = 0;  ///< about the anchor, counter-clockwise
};

struct Stroke {
    float width = 0.2f;
    Rgb8 ink{0};
    float dash = 0;  ///< length of dashes and of the gaps between; 0: unbroken
};

struct Box {
    float left = 0, top = 0, width = 0, height = 0;
    [[nodiscard]] float right() const { return left + width; }
    [[nodiscard]] float bottom() const { return top + height; }
};

/// What a PDF says of itself; UTF-8.
struct DocumentInfo {
    std::string title = {}, subject = {}, creator = {};
    std::string keywords = {};  ///< the parameters it was made with
};

/// A millimetre has so many typographic points.
inline constexpr float kPointsPerMm = 72 / 25.4f;

inline constexpr int kMaxCanvasSide = 32767;  ///< pixels, cairo's own limit

/// Drawn by cairo. x goes right, y down from the upper left; text stands on its baseline. What fails is
/// remembered and told at the end. The same calls make the same bytes; a PDF is dated by $SOURCE_DATE_EPOCH,
/// else by a fixed day.
class Canvas {
  public:
    /// Its first page is begun. Fails (io) where no font is installed, as `picture` does.
    static Result<Canvas> pdf(glm::vec2 pageMm, const DocumentInfo& info);
    /// Sides from 1 to kMaxCanvasSide (usage).
    static Result<Canvas> picture(int widthPx, int heightPx, Rgb8 paper = Rgb8(255));
    Canvas(Canvas&&) noexcept;
    Canvas& operator=(Canvas&&) noexcept;
    ~Canvas();

    [[nodiscard]] glm::vec2 size() const;
    /// Ends a page of a PDF and begins another, of the same size or a new one.
    void newPage();
    void newPage(glm::vec2 pageMm);

    /// Ends are cut square at the last place, corners are round.
    void line(glm::vec2 from, glm::vec2 to, const Stroke& stroke);
    void polyline(std::span<const glm::vec2> places, const Stroke& stroke, bool closed = false);
    void polygon(std::span<const glm::vec2> places, Rgb8 fill);
    void box(const Box& box, Rgb8 fill, float cornerRadius = 0);
    void boxOutline(const Box& box, const Stroke& stroke, float cornerRadius = 0);
    void disc(glm::vec2 centre, float radius, Rgb8 fill);
    void circle(glm::vec2 centre, float radius, const Stroke& stroke);
    /// Scaled to the box; in a picture's own pixels where the sizes agree, byte for byte.
    void image(const ImageRgb8& image, const Box& place);

    /// One line of UTF-8. Its anchor is the end, the middle or the beginning of the baseline.
    void text(glm::vec2 anchor, std::string_view text, const TextStyle& style);
    [[nodiscard]] float textWidth(std::string_view text, const TextStyle& style) const;
    /// Broken at spaces and at newlines into lines of at most `width`; a longer word has a line of its own.
    [[nodiscard]] std::vector<std::string> wrapped(std::string_view text, const TextStyle& style,
                                                   float width) const;

    /// What is drawn from here to the matching endClip is cut at the box.
    void beginClip(const Box& box);
    void endClip();

    /// Whether another typeface stands in for Inter, whose widths differ.
    [[nodiscard]] bool usesStandInFont() const;

    /// The finished file or picture; nothing may be drawn afterwards. Fails (io) where cairo did.
    Result<std::string> pdfBytes();
    Result<ImageRgb8> pictureImage();

  private:
    struct Impl;
    explicit Canvas(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace stubble
