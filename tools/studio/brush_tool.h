#pragma once
// A soft round brush that takes pigment away, fills it in or evens it out.

#include <optional>

#include "tools/studio/edit_tool.h"

namespace stubble {

/// Whether one more stroke of so many points and such a length in the chart keeps a design's limits
/// (engine/scalp/stroke.h).
bool hasRoomFor(const std::vector<BrushStroke>& strokes, std::size_t points, float chartLength);

class BrushTool : public EditTool {
  public:
    void follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) override;
    /// The newest scene of the design or of one just before it: what is evened out is measured there.
    void see(std::shared_ptr<const Scene> scene) { scene_ = std::move(scene); }
    /// Paints while the left button is held; Ctrl fills instead of taking away, and the other way round.
    bool point(const EditSurface& surface, const Pointer& pointer) override;
    void draw(const EditSurface& surface, ImDrawList& list) const override;
    void drawOptions() override;
    bool key(const KeyPress& key) override;
    [[nodiscard]] bool holds() const override { return stroke_.has_value(); }
    void letGo() override;

    enum class Mode { remove, fill, smooth };
    struct Settings {
        Mode mode = Mode::remove;
        double sizeMm = 12;        ///< diameter, 1 to 80
        double smoothSizeMm = 24;  ///< the same of smoothing: wider than the feather that it is to even out
        double strengthPercent = 70;
    };
    Settings settings;

  private:
    void endStroke();
    bool extend(const SkinPlace& place);
    [[nodiscard]] Mode modeWith(bool ctrl) const;
    /// Of the brush that is chosen.
    double& sizeMm() { return settings.mode == Mode::smooth ? settings.smoothSizeMm : settings.sizeMm; }
    [[nodiscard]] float radiusMm() const;

    std::shared_ptr<const Scene> scene_;
    std::optional<BrushStroke> stroke_;  ///< in the hand; the last of the design's
    bool isInDesign_ = false, painted_ = false;
    glm::vec3 lastMm_{0};
    bool onMap_ = false, full_ = false;
    Mode mode_ = Mode::remove;  ///< of the stroke in the hand, else of the next
    std::optional<SkinPlace> under_;
};

}  // namespace stubble
