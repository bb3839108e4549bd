#pragma once
// Words on a picture.

#include <string_view>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Mean of a mask's green over a rectangle given in its pixels, 0 to 1: an area filter, so that small shapes
/// stay legible.
float maskMean(const ImageRgb8& mask, float x0, float x1, float y0, float y1);

/// Writes text in letters of one width (assets/stamp/glyphs.png).
class Caption {
  public:
    static Result<Caption> create();
    /// Printable ASCII, others as "?"; lines `heightPx` high from their top left, cut at the picture's
    /// border.
    void draw(ImageRgb8& image, int left, int top, float heightPx, std::string_view text, Rgb8 ink) const;
    [[nodiscard]] float widthPx(float heightPx, std::string_view text) const;

  private:
    explicit Caption(ImageRgb8 glyphs) : glyphs_(std::move(glyphs)) {}
    ImageRgb8 glyphs_;
};

}  // namespace stubble
