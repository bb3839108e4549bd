#include "tools/studio/viewport.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/render/speck.h"
#include "tools/studio/edit_desk.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

/// A picture at rest is refined only after a pause: a sub-frame of the whole picture would hold up the hand.
/// Of a moving picture: without a graphics card it would be too coarse to judge at a screen's rate.
constexpr double kHardwareBudgetMs = 14, kSoftwareBudgetMs = 55;
constexpr double kPauseSeconds = 0.15;
constexpr double kHandPauseSeconds = 0.08;  // a hand that rested so long lets go without a swing
constexpr float kStepHeights = 15.0f / 180;
constexpr float kTouchpadPerLine = 0.05f;  // panel heights a scrolled line
constexpr float kDragZoomSteps = 20;       // over a panel's height

double secondsSince(std::chrono::steady_clock::time_point past) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - past).count();
}

glm::vec2 vec(ImVec2 v) {
    return {v.x, v.y};
}

}  // namespace

Result<Viewport> Viewport::create(const DeviceInfo& device) {
    STUBBLE_TRY(Renderer renderer, Renderer::create());
    Viewport viewport(std::move(renderer), device.software ? kSoftwareBudgetMs : kHardwareBudgetMs);
    viewport.setLight("studio");
    return viewport;
}

void Viewport::prepare(const ReadyHead& head) {
    if (hasScene() || width_ < 1 || height_ < 1) return;  // compiled already, or there is no place yet
    View first = view();
    if (const auto camera = namedCamera(cameraName_, head.head)) first.camera = *camera;
    drawSpeck(live_.renderer(), first, {0, 0, first.width, first.height}, head.head.mesh, false);
}

void Viewport::show(const LoadedScene& scene) {
    const bool another = scene.head != head_;
    head_ = scene.head;
    if (scene_)
        scene_->update(*scene.arrays);
    else
        scene_.emplace(*scene.arrays);
    changed_ = true;
    if (!another) return;
    if (cameraName_.empty()) cameraName_ = "three-quarter";
    if (const auto camera = namedCamera(cameraName_, head_->head)) camera_.jumpTo(*camera);
}

View Viewport::view() const {
    View view;
    view.camera = camera_.camera();
    view.light = light_;
    view.width = std::max(width_, 1), view.height = std::max(height_, 1);
    return view;
}

void Viewport::setLight(std::string_view light) {
    const auto rig = namedLight(light);
    if (!rig) return;
    light_ = *rig;
    lightName_ = light;
}

void Viewport::lookFrom(std::string_view name) {
    if (!head_) return;
    const auto camera = namedCamera(name, head_->head);
    if (!camera) return;
    camera_.glideTo(*camera);
    cameraName_ = name;
    lastFrame_ = Clock::now();
}

void Viewport::frame() {
    const auto whole = head_ ? namedCamera("front", head_->head) : std::nullopt;
    if (!whole) return;
    Camera camera = *whole;
    const Camera now = camera_.camera();
    camera.eyeMm = camera.targetMm - glm::distance(camera.eyeMm, camera.targetMm) * now.forward();
    camera.up = now.up;
    cameraName_.clear();
    camera_.glideTo(camera);
    lastFrame_ = Clock::now();
}

void Viewport::turnByHand() {
    cameraName_.clear();
}

void Viewport::orbitStep(int right, int up) {
    turnByHand();
    camera_.orbit(kStepHeights * glm::vec2(-right, up));
}

void Viewport::zoomStep(int nearer) {
    turnByHand();
    const auto middle = pick(corner_ + 0.5f * size_);
    const float steps = 2.0f * static_cast<float>(nearer);
    if (middle && nearer > 0)
        camera_.zoom(steps, middle->positionMm);
    else
        camera_.zoom(steps);
}

std::optional<RayHit> Viewport::pick(glm::vec2 place) const {
    if (!head_) return std::nullopt;
    return surface().hitAt(place);
}

CameraSurface Viewport::surface() const {
    return {camera_.camera(), corner_, size_, *head_->rays, head_->head.chart};
}

void Viewport::takeInput(bool hovered, bool buttons) {
    const ImGuiIO& io = ImGui::GetIO();
    const glm::vec2 mouse = vec(io.MousePos);
    glm::vec2 moved = vec(io.MouseDelta) / size_.y;
    hovered_ = hovered ? pick(mouse) : std::nullopt;
    if (hovered && buttons && drag_ == Drag::none) {
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Middle))
            drag_ = io.KeyShift ? Drag::pan : io.KeyCtrl ? Drag::zoom : Drag::orbit;
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) drag_ = Drag::pan;
        if (drag_ != Drag::none)
            camera_.stop(), speed_ = moved = glm::vec2(0);  // the way to here was no drag
        if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && hovered_) {
            drag_ = Drag::none;
            turnByHand();
            camera_.turnTo(hovered_->positionMm);
        }
    }
    if (hovered && (io.MouseWheel != 0 || io.MouseWheelH != 0)) {
        turnByHand();
        // Two fingers on a touchpad turn the head; with a key, or a wheel's whole clicks, they zoom.
        const bool wheel = io.MouseWheelH == 0 && io.MouseWheel == std::round(io.MouseWheel);
        if (io.KeyShift)
            camera_.pan(kTouchpadPerLine * glm::vec2(io.MouseWheelH, io.MouseWheel));
        else if (!wheel && !io.KeyCtrl)
            camera_.orbit(kTouchpadPerLine * glm::vec2(io.MouseWheelH, io.MouseWheel));
        else if (hovered_ && io.MouseWheel > 0)
            camera_.zoom(io.MouseWheel, hovered_->positionMm);
        else
            camera_.zoom(io.MouseWheel);
    }
    if (drag_ == Drag::none) return;
    const bool held = ImGui::IsMouseDown(ImGuiMouseButton_Left) ||
                      ImGui::IsMouseDown(ImGuiMouseButton_Right) ||
                      ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    if (moved != glm::vec2(0)) {
        turnByHand();
        const double seconds = std::clamp(secondsSince(lastHandMove_), 0.004, 0.1);
        lastHandMove_ = Clock::now();
        speed_ = glm::mix(speed_, moved / static_cast<float>(seconds), 0.5f);
        if (drag_ == Drag::orbit) camera_.orbit(moved);
        if (drag_ == Drag::pan) camera_.pan(moved);
        if (drag_ == Drag::zoom) camera_.zoom(-kDragZoomSteps * moved.y);
    }
    if (!held) {
        if (drag_ == Drag::orbit && secondsSince(lastHandMove_) < kHandPauseSeconds) camera_.release(speed_);
        drag_ = Drag::none;
    }
}

void Viewport::moveOn() {
    // A frame after a rest begins its movement now, not when the last one was drawn.
    const double seconds = std::min(secondsSince(lastFrame_), 0.1);
    lastFrame_ = Clock::now();
    if (camera_.moves()) camera_.advance(seconds);
}

Result<double> Viewport::refresh() {
    const View wanted = view();
    if (changed_ || shown_ != wanted) {
        const auto start = Clock::now();
        STUBBLE_TRY(frame_, live_.next(*scene_, wanted));
        movingMs_ = 1000 * secondsSince(start);
        shown_ = wanted;
        changed_ = false;
        lastChange_ = Clock::now();
    } else if (!frame_.done) {
        const double left = drag_ != Drag::none ? kPauseSeconds : kPauseSeconds - secondsSince(lastChange_);
        if (left > 0) return camera_.moves() ? 0.0 : left;
        STUBBLE_TRY(frame_, live_.next(*scene_, wanted));
    }
    if (camera_.moves()) return 0.0;
    if (frame_.done) return kNever;
    return std::max(0.0, kPauseSeconds - secondsSince(lastChange_));
}

void Viewport::paint() const {
    // Byte for byte where the picture has the panel's pixels, smooth where it is coarser.
    const bool whole = frame_.width == width_ && frame_.height == height_;
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
        glTextureParameteri(frame_.texture, filter, whole ? GL_NEAREST : GL_LINEAR);
    const ImVec2 low{corner_.x, corner_.y}, high{corner_.x + size_.x, corner_.y + size_.y};
    ImGui::GetWindowDrawList()->AddImage(
        reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(frame_.texture)), low, high, {0, 1},
        {1, 0});
}

Result<double> Viewport::draw(float pixelsPerUnit, EditDesk& desk) {
    corner_ = vec(ImGui::GetCursorScreenPos());
    size_ = glm::max(glm::floor(vec(ImGui::GetContentRegionAvail())), glm::vec2(1));
    width_ = static_cast<int>(std::lround(size_.x * pixelsPerUnit));
    height_ = static_cast<int>(std::lround(size_.y * pixelsPerUnit));
    ImGui::InvisibleButton("viewport", {size_.x, size_.y},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    if (!scene_) return kNever;
    const bool hovered = ImGui::IsItemHovered();
    const bool taken = desk.point(surface(), readPointer(hovered && drag_ == Drag::none));
    takeInput(hovered, !taken);
    moveOn();
    STUBBLE_TRY(const double next, refresh());
    paint();
    desk.draw(surface(), *ImGui::GetWindowDrawList());
    return next;
}

Viewport::Figures Viewport::figures() const {
    Figures figures;
    figures.frameMs = movingMs_;
    figures.width = width_, figures.height = height_;
    figures.scale = live_.scale();
    figures.samples = View{}.samples;
    return figures;
}

}  // namespace stubble
