#pragma once
// The flat top-down map beside the picture: density as a heat map, zones, landmarks, and all tools at work.

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/gpu/objects.h"
#include "tools/studio/density_map.h"
#include "tools/studio/mailbox.h"
#include "tools/studio/scene_loader.h"
#include "tools/studio/settings.h"

namespace stubble {

class EditDesk;

/// What the map shows of a scene.
struct MapContent {
    LoadedScene of;
    std::vector<float> densities;  ///< dots per cm² of each cell (chartCells)
    float full = 0;                ///< end of the scale
    std::vector<std::uint32_t> image;
    std::vector<ZoneBorder> zones;
    std::shared_ptr<const Hairline> hairline;
    std::vector<glm::vec2> line;  ///< of it, in the chart
};

/// Counts dots on a thread of its own; only the newest scene counts.
class MapMaker {
  public:
    /// `wake` is called from the thread when there is something to take.
    explicit MapMaker(std::function<void()> wake);
    ~MapMaker();
    MapMaker(const MapMaker&) = delete;
    MapMaker& operator=(const MapMaker&) = delete;

    void request(const LoadedScene& scene) { asked_.post(scene); }
    /// The newest, once.
    std::optional<MapContent> take() { return ready_.take(); }

  private:
    void work();
    MapContent make(const LoadedScene& scene);

    std::function<void()> wake_;
    Mailbox<LoadedScene> asked_;
    Mailbox<MapContent> ready_;
    // The worker's own.
    std::shared_ptr<const ReadyHead> head_;
    std::vector<glm::vec3> hairMm_;       ///< that hairCover_ is of
    std::vector<float> hairCover_;        ///< of each cell
    ChartCells cells_, zoneCells_;        ///< borders are found between corners: coarser ones do
    std::optional<HairlineDesign> line_;  ///< that what follows is of
    std::shared_ptr<const Hairline> hairline_;
    std::vector<glm::vec2> hairlineChart_;
    std::vector<ZoneBorder> zones_;
    std::thread worker_;
};

class ScalpMap {
  public:
    explicit ScalpMap(std::function<void()> wake) : maker_(std::move(wake)) {}

    [[nodiscard]] bool isShown() const { return shown_; }
    void toggle() { shown_ = !shown_; }
    /// Of the room beside the picture, kMinMapShare to kMaxMapShare.
    [[nodiscard]] float share() const { return share_; }
    void setShare(float share) { share_ = share; }
    /// That it takes of so much beside the picture; 0: it is not shown.
    float width(float room);

    /// Fills the current ImGui window; its left edge moves its width. Needs its OpenGL context.
    void draw(const LoadedScene& scene, EditDesk& desk);

  private:
    void drawSplitter();
    void takeContent(const LoadedScene& scene);
    void drawHead(const class MapSurface& surface, float unit) const;
    void drawLegend(glm::vec2 corner, float width, const std::string& reading) const;
    /// What lies under the pointer, in words; empty for nothing.
    [[nodiscard]] std::string readingAt(glm::vec2 chart) const;

    bool shown_ = false;
    float share_ = Settings{}.mapShare;
    float room_ = 0;
    MapMaker maker_;
    std::shared_ptr<const Scene> asked_;
    std::optional<MapContent> content_;
    GlTexture texture_;
};

}  // namespace stubble
