#pragma once
// A soft round brush that takes pigment away or fills it in.

#include <optional>

#include "tools/studio/edit_tool.h"

namespace stubble {

/// Whether one more stroke of so many points and such a length in the chart keeps a design's limits
/// (engine/scalp/stroke.h).
bool hasRoomFor(const std::vector<BrushStroke>& strokes, std::size_t points, float chartLength);

class BrushTool : public EditTool {
  public:
    void follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) override;
    /// Paints while the left button is held; Ctrl does the opposite.
    bool point(const EditSurface& surface, const Pointer& pointer) override;
    void draw(const EditSurface& surface, ImDrawList& list) const override;
    void drawOptions() override;
    bool key(const KeyPress& key) override;
    [[nodiscard]] bool holds() const override { return stroke_.has_value(); }
    void letGo() override;

    struct Settings {
        bool adds = false;
        double sizeMm = 12;  ///< diameter, 1 to 80
        double strengthPercent = 70;
    };
    Settings settings;

  private:
    void endStroke();
    bool extend(const SkinPlace& place);

    std::optional<BrushStroke> stroke_;  ///< in the hand; the last of the design's
    bool isInDesign_ = false, painted_ = false;
    glm::vec3 lastMm_{0};
    bool onMap_ = false, full_ = false, adding_ = false;
    std::optional<SkinPlace> under_;
};

}  // namespace stubble
