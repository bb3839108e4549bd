#pragma once
// The hairline's control points, drawn and dragged on the skin.

#include <optional>
#include <string>

#include "tools/studio/edit_tool.h"
#include "tools/studio/hairline_edit.h"
#include "tools/studio/hairline_rule.h"

namespace stubble {

class HairlineTool : public EditTool {
  public:
    void follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) override;
    /// Drag a point, its neighbours come along, with Alt it goes alone; double click or Ctrl+click on the
    /// line adds one; right click on a point removes it.
    bool point(const EditSurface& surface, const Pointer& pointer) override;
    void draw(const EditSurface& surface, ImDrawList& list) const override;
    void drawOptions() override;
    bool key(const KeyPress& key) override;
    [[nodiscard]] bool holds() const override { return grip_.has_value(); }
    void letGo() override;

    /// The line alone.
    void drawLine(const EditSurface& surface, ImDrawList& list) const;
    /// Of the last point that was taken.
    [[nodiscard]] std::optional<std::size_t> chosen() const { return chosen_; }
    [[nodiscard]] bool symmetric() const { return symmetric_; }
    void setSymmetric(bool symmetric) { symmetric_ = symmetric; }

  private:
    /// A point in the hand.
    struct Grip {
        std::size_t index = 0;
        std::optional<std::size_t> opposite;
        glm::vec2 offset{0};  ///< from the pointer to the point, interface coordinates
        HairlinePoints from;  ///< the line as it was taken: the way of the hand does not matter
        bool onMap = false, moved = false;
        bool alone = false;  ///< its neighbours stay
    };
    void lay(HairlinePoints points);
    void take(std::size_t index, glm::vec2 offset, const EditSurface& surface);
    void edit(HairlinePoints points, EditKind kind);
    void remove(std::size_t index);
    [[nodiscard]] std::optional<std::size_t> handleAt(const EditSurface& surface, glm::vec2 at) const;
    [[nodiscard]] std::vector<std::string> readOut() const;
    void drawRule(const EditSurface& surface, ImDrawList& list) const;

    std::optional<HairlineDesign> laid_;  ///< what points_ were made from
    HairlinePoints points_;               ///< in the hand: ahead of the design's
    std::vector<std::optional<SkinPlace>> handles_;
    std::vector<SkinPlace> line_;
    std::optional<HairlineRule> rule_;

    bool symmetric_ = true, showsRule_ = false;
    std::optional<Grip> grip_;
    std::optional<std::size_t> hovered_, chosen_;
    bool hoveredOnMap_ = false;
};

}  // namespace stubble
