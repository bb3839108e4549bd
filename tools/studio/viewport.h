#pragma once
// The picture of the design, filling its panel, and the hand that turns it.

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "tools/studio/edit_surface.h"
#include "tools/studio/live_picture.h"
#include "tools/studio/orbit_camera.h"
#include "tools/studio/scene_loader.h"
#include "tools/studio/window.h"

namespace stubble {

class EditDesk;

class Viewport {
  public:
    /// In the window's context. Fails as Renderer::create does.
    static Result<Viewport> create(const DeviceInfo& device);

    /// Has the driver compile all that will draw the head, while its scene is still being made.
    void prepare(const ReadyHead& head);
    /// Gives a scene to the graphics device; the camera stays unless the head is another one.
    void show(const LoadedScene& scene);
    [[nodiscard]] bool hasScene() const { return now_.hasScene(); }
    /// Null before the first `show`.
    [[nodiscard]] const GpuScene* scene() const { return now_.scene(); }

    /// Another design's scene at the left of a divider, seen by the same camera in the same light. Fails as
    /// Renderer::create does.
    Result<void> showAtLeft(const LoadedScene& scene);
    /// The whole picture shows the design again.
    void endSplit();
    [[nodiscard]] bool isSplit() const { return splits_; }
    /// Makes ready for showAtLeft what takes its time, once. Fails as Renderer::create does.
    Result<void> prepareSplit();
    /// Of the width, where the divider stands; 0 to 1.
    [[nodiscard]] float split() const { return split_; }
    void setSplit(float split) { split_ = split; }
    /// Interface coordinates of the divider.
    [[nodiscard]] float dividerX() const;
    [[nodiscard]] glm::vec2 corner() const { return corner_; }
    [[nodiscard]] glm::vec2 size() const { return size_; }

    /// Draws into what is left of the current ImGui window and takes its mouse and touchpad, as far as the
    /// desk's tools leave them. Seconds until it wants to be drawn again, 0 at once, kNever: it is at rest.
    /// Errors come from the driver.
    Result<double> draw(float pixelsPerUnit, EditDesk& desk);

    /// One of cameraNames(): glides there.
    void lookFrom(std::string_view camera);
    /// The camera last asked for by name; empty since a hand has moved it.
    [[nodiscard]] const std::string& cameraName() const { return cameraName_; }
    /// The whole head from where it is seen now.
    void frame();
    /// Turns by steps of 15°, as the keypad's 2, 4, 6 and 8 do.
    void orbitStep(int right, int up);
    void zoomStep(int nearer);
    void setLight(std::string_view light);
    [[nodiscard]] const std::string& lightName() const { return lightName_; }
    [[nodiscard]] View view() const;

    /// The skin under a place of the panel in interface coordinates.
    [[nodiscard]] std::optional<RayHit> pick(glm::vec2 place) const;
    [[nodiscard]] std::optional<RayHit> hovered() const { return hovered_; }
    /// The skin that was clicked on in this frame; what turned the camera was no click.
    [[nodiscard]] std::optional<RayHit> clicked() const { return clicked_; }
    /// Where skin is seen, in interface coordinates; unset where it is hidden or out of the picture.
    [[nodiscard]] std::optional<glm::vec2> screenOf(glm::vec3 skinMm) const;

    struct Figures {
        double frameMs = 0;  ///< of the last moving frame
        int width = 0, height = 0;
    };
    [[nodiscard]] Figures figures() const;

  private:
    using Clock = std::chrono::steady_clock;
    Viewport(Renderer renderer, double budgetMs) : now_(std::move(renderer), budgetMs), budgetMs_(budgetMs) {}
    /// There is a head.
    [[nodiscard]] CameraSurface surface() const;
    /// `buttons`: they are the camera's.
    void takeInput(bool hovered, bool buttons);
    void turnByHand();
    void moveOn();
    Result<double> refresh();
    void paint() const;
    void paintDivider() const;
    [[nodiscard]] bool isOnDivider(glm::vec2 place) const;

    LivePicture now_;
    std::optional<LivePicture> left_;  ///< since the picture was split first
    bool splits_ = false;
    double budgetMs_;
    float split_ = 0.5f;  ///< where the divider stands, of the panel's width
    std::shared_ptr<const ReadyHead> head_;
    OrbitCamera camera_{Camera{}};
    std::string cameraName_ = "three-quarter", lightName_ = "studio";
    LightRig light_;

    glm::vec2 corner_{0}, size_{1, 1};  ///< of the panel, interface coordinates
    int width_ = 0, height_ = 0;        ///< pixels
    enum class Drag { none, orbit, pan, zoom, divider } drag_ = Drag::none;
    glm::vec2 speed_{0};  ///< of the hand, panel heights a second
    std::optional<RayHit> hovered_, clicked_;
    float dragged_ = 0;  ///< since a button went down, interface coordinates

    double movingMs_ = 0;
    Clock::time_point lastChange_{}, lastFrame_{}, lastHandMove_{};
};

}  // namespace stubble
