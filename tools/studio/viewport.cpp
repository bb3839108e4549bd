#include "tools/studio/viewport.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/render/speck.h"
#include "tools/studio/edit_desk.h"
#include "tools/studio/probe.h"
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

constexpr float kDividerGrip = 8;  // points at either side of the divider that take hold of it
constexpr float kClickReach = 4;   // points that a click may wander
constexpr int kTileStep = 64;      // columns: a divider that moves by less does not change what is drawn

/// What is drawn of a split picture: the left part up to one column, the right part from the other.
struct TileColumns {
    int left = 0, right = 0;
};

TileColumns tileColumns(int width, float split) {
    const float column = split * static_cast<float>(width);
    const int steps = static_cast<int>(column) / kTileStep;
    return {std::min((steps + 1) * kTileStep, width), std::min(steps * kTileStep, width - 1)};
}

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
    drawSpeck(now_.live().renderer(), first, {0, 0, first.width, first.height}, head.head.mesh, false);
}

void Viewport::show(const LoadedScene& scene) {
    const bool another = scene.head != head_;
    head_ = scene.head;
    now_.show(*scene.arrays);
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

std::optional<glm::vec2> Viewport::screenOf(glm::vec3 skinMm) const {
    const auto seen = head_ ? surface().screenOf({.chart = {}, .positionMm = skinMm}) : std::nullopt;
    if (!seen || seen->hidden) return std::nullopt;
    const bool inside = glm::all(glm::greaterThanEqual(seen->at, corner_)) &&
                        glm::all(glm::lessThanEqual(seen->at, corner_ + size_));
    return inside ? std::optional(seen->at) : std::nullopt;
}

void Viewport::takeInput(bool hovered, bool buttons) {
    const ImGuiIO& io = ImGui::GetIO();
    const glm::vec2 mouse = vec(io.MousePos);
    glm::vec2 moved = vec(io.MouseDelta) / size_.y;
    hovered_ = hovered ? pick(mouse) : std::nullopt;
    clicked_.reset();
    const bool onDivider = hovered && isOnDivider(mouse);
    if (onDivider || drag_ == Drag::divider) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    if (onDivider && drag_ == Drag::none && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
        if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) split_ = 0.5f;
        drag_ = Drag::divider;
        camera_.stop();
    } else if (hovered && buttons && drag_ == Drag::none) {
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) || ImGui::IsMouseClicked(ImGuiMouseButton_Middle))
            drag_ = io.KeyShift ? Drag::pan : io.KeyCtrl ? Drag::zoom : Drag::orbit;
        if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) drag_ = Drag::pan;
        if (drag_ != Drag::none)
            camera_.stop(), speed_ = moved = glm::vec2(0), dragged_ = 0;  // the way to here was no drag
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
    dragged_ += glm::length(moved) * size_.y;
    const bool held = ImGui::IsMouseDown(ImGuiMouseButton_Left) ||
                      ImGui::IsMouseDown(ImGuiMouseButton_Right) ||
                      ImGui::IsMouseDown(ImGuiMouseButton_Middle);
    if (drag_ == Drag::divider) {
        if (io.MouseDelta.x != 0) split_ = std::clamp((mouse.x - corner_.x) / size_.x, 0.0f, 1.0f);
    } else if (moved != glm::vec2(0)) {
        turnByHand();
        const double seconds = std::clamp(secondsSince(lastHandMove_), 0.004, 0.1);
        lastHandMove_ = Clock::now();
        speed_ = glm::mix(speed_, moved / static_cast<float>(seconds), 0.5f);
        if (drag_ == Drag::orbit) camera_.orbit(moved);
        if (drag_ == Drag::pan) camera_.pan(moved);
        if (drag_ == Drag::zoom) camera_.zoom(-kDragZoomSteps * moved.y);
    }
    if (!held) {
        if (drag_ == Drag::orbit && dragged_ < px(kClickReach)) clicked_ = hovered_;
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
    const TileColumns columns = tileColumns(width_, splits_ ? split_ : 0);
    const bool nowStale = now_.want(wanted, {columns.right, 0, width_ - columns.right, height_});
    const bool leftStale = splits_ && left_->want(wanted, {0, 0, columns.left, height_});
    const auto done = [this] { return now_.done() && (!splits_ || left_->done()); };
    if (nowStale || leftStale) {
        const auto start = Clock::now();
        if (nowStale) STUBBLE_CHECK(now_.draw());
        if (leftStale) STUBBLE_CHECK(left_->draw());
        movingMs_ = 1000 * secondsSince(start);
        probe::reached("drawn");
        lastChange_ = Clock::now();
    } else if (!done()) {
        if (camera_.moves()) return 0.0;
        if (drag_ != Drag::none) return kNever;  // until the hand goes on or lets go
        if (const double left = kPauseSeconds - secondsSince(lastChange_); left > 0) return left;
        // Both halves get smoother side by side.
        const bool leftNext =
            splits_ && !left_->done() && (now_.done() || left_->subFrames() < now_.subFrames());
        STUBBLE_CHECK((leftNext ? *left_ : now_).draw());
    }
    if (camera_.moves()) return 0.0;
    if (done()) return kNever;
    return std::max(0.0, kPauseSeconds - secondsSince(lastChange_));
}

void Viewport::paint() const {
    const float divider = splits_ ? dividerX() : corner_.x;
    if (splits_) left_->paint(corner_, size_, corner_.x, divider);
    now_.paint(corner_, size_, divider, corner_.x + size_.x);
    if (splits_) paintDivider();
}

Result<void> Viewport::prepareSplit() {
    if (left_) return {};
    STUBBLE_TRY(Renderer renderer, Renderer::create());
    left_.emplace(std::move(renderer), budgetMs_ / 2);
    if (head_)
        drawSpeck(left_->live().renderer(), view(), {0, 0, std::max(width_, 1), std::max(height_, 1)},
                  head_->head.mesh, false);
    return {};
}

Result<void> Viewport::showAtLeft(const LoadedScene& scene) {
    STUBBLE_CHECK(prepareSplit());
    left_->show(*scene.arrays);
    now_.live().setBudget(budgetMs_ / 2);  // both halves move together
    splits_ = true;
    return {};
}

void Viewport::endSplit() {
    splits_ = false;
    now_.live().setBudget(budgetMs_);
}

float Viewport::dividerX() const {
    // On a whole pixel, for the halves to fit.
    const float pixels = static_cast<float>(width_) / size_.x;
    return corner_.x + std::round(split_ * size_.x * pixels) / pixels;
}

bool Viewport::isOnDivider(glm::vec2 place) const {
    return splits_ && std::abs(place.x - dividerX()) <= px(kDividerGrip);
}

void Viewport::paintDivider() const {
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float x = dividerX(), middle = std::round(corner_.y + size_.y / 2), r = px(15), arrow = px(4);
    const bool lit = drag_ == Drag::divider || isOnDivider(vec(ImGui::GetIO().MousePos));
    const ImU32 line = lit ? IM_COL32(255, 255, 255, 255) : IM_COL32(240, 240, 240, 220);
    // A dark seam keeps it visible on light skin and backdrop.
    list->AddLine({x, corner_.y}, {x, corner_.y + size_.y}, IM_COL32(0, 0, 0, 90), px(4));
    list->AddLine({x, corner_.y}, {x, corner_.y + size_.y}, line, px(1.5f));
    list->AddCircleFilled({x, middle}, r, lit ? colour::kControlHovered : colour::kControl, 40);
    list->AddCircle({x, middle}, r, line, 40, px(1.5f));
    for (const float side : {-1.0f, 1.0f}) {
        const float tip = x + side * px(8.5f), back = x + side * px(4);
        list->AddLine({back, middle - arrow}, {tip, middle}, line, px(1.5f));
        list->AddLine({back, middle + arrow}, {tip, middle}, line, px(1.5f));
    }
}

Result<double> Viewport::draw(float pixelsPerUnit, EditDesk& desk) {
    corner_ = vec(ImGui::GetCursorScreenPos());
    size_ = glm::max(glm::floor(vec(ImGui::GetContentRegionAvail())), glm::vec2(1));
    width_ = static_cast<int>(std::lround(size_.x * pixelsPerUnit));
    height_ = static_cast<int>(std::lround(size_.y * pixelsPerUnit));
    ImGui::InvisibleButton("viewport", {size_.x, size_.y},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                               ImGuiButtonFlags_MouseButtonMiddle);
    probe::control("viewport");
    if (!hasScene()) return kNever;
    const bool hovered = ImGui::IsItemHovered();
    const glm::vec2 mouse = vec(ImGui::GetIO().MousePos);
    // Of a split picture tools work on the half that shows the design.
    const bool editable = !isOnDivider(mouse) && (!splits_ || mouse.x > dividerX());
    const bool taken = desk.point(surface(), readPointer(hovered && editable && drag_ == Drag::none));
    takeInput(hovered, !taken);
    moveOn();
    STUBBLE_TRY(const double next, refresh());
    paint();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.PushClipRect({splits_ ? dividerX() : corner_.x, corner_.y},
                      {corner_.x + size_.x, corner_.y + size_.y}, true);
    desk.draw(surface(), list);
    list.PopClipRect();
    return next;
}

Viewport::Figures Viewport::figures() const {
    return {movingMs_, width_, height_};
}

}  // namespace stubble
