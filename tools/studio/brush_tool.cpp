#include "tools/studio/brush_tool.h"

#include <fmt/format.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "engine/scalp/skull.h"
#include "tools/studio/figures.h"
#include "tools/studio/overlay.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

constexpr const char* kKey = "smp.strokes";
constexpr double kMinSizeMm = 1, kMaxSizeMm = 80;      // as a design's radius may be
constexpr double kSizeStep = 1.15;                     // of the keys that change the size
constexpr float kStepShare = 0.2f, kMinStepMm = 0.6f;  // from point to point of a stroke, of its radius
// Of smoothing, working defaults. From dab to dab, each with the level of its own surroundings; and fading
// all the way from the middle, which makes a slope of a border where a flat dab would make two steps.
constexpr float kSmoothStepShare = 0.35f, kSmoothSoftness = 1;
constexpr float kMostLevel = 3;  // as a design's may be
constexpr int kRingPoints = 56;

/// Which brush it is, at a glance: by its sign, too, for those who see few colours.
ImU32 tintOf(BrushTool::Mode mode, int alpha) {
    switch (mode) {
        case BrushTool::Mode::remove:
            return IM_COL32(255, 138, 118, alpha);
        case BrushTool::Mode::fill:
            return IM_COL32(140, 226, 150, alpha);
        case BrushTool::Mode::smooth:
            break;
    }
    return IM_COL32(138, 190, 255, alpha);
}

float chartLength(const std::vector<glm::vec2>& points) {
    float sum = 0;
    for (std::size_t i = 1; i < points.size(); ++i) sum += glm::distance(points[i - 1], points[i]);
    return sum;
}

}  // namespace

bool hasRoomFor(const std::vector<BrushStroke>& strokes, std::size_t points, float length) {
    std::size_t count = points;
    for (const BrushStroke& stroke : strokes)
        count += stroke.points.size(), length += chartLength(stroke.points);
    return strokes.size() < kMaxStrokes && count <= kMaxStrokesPoints && length <= kMaxStrokesChartLength;
}

void BrushTool::follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) {
    if (meet(design, head)) letGo();
}

void BrushTool::letGo() {
    endStroke();
    under_.reset();
}

void BrushTool::endStroke() {
    if (painted_) edit_.dragEnded = true;
    stroke_.reset();
    isInDesign_ = painted_ = false;
}

float BrushTool::radiusMm() const {
    return static_cast<float>(mode_ == Mode::smooth ? settings.smoothSizeMm : settings.sizeMm) / 2;
}

BrushTool::Mode BrushTool::modeWith(bool ctrl) const {
    if (!ctrl || settings.mode == Mode::smooth) return settings.mode;
    return settings.mode == Mode::fill ? Mode::remove : Mode::fill;
}

/// False: nothing new.
bool BrushTool::extend(const SkinPlace& place) {
    const bool smooths = mode_ == Mode::smooth;
    const float stepMm = std::max((smooths ? kSmoothStepShare : kStepShare) * stroke_->radiusMm, kMinStepMm);
    if (!stroke_->points.empty() && glm::distance(place.positionMm, lastMm_) < stepMm) return false;
    if (smooths) {
        stroke_->points.clear();
        isInDesign_ = false;
        stroke_->level = std::clamp(densityAround(scene_->impressions, place.positionMm, stroke_->radiusMm) /
                                        std::max(scene_->design.smp.densityPerCm2, 1.0f),
                                    0.0f, kMostLevel);
    } else if (stroke_->points.size() == kMaxStrokePoints) {  // goes on as another one
        stroke_->points = {stroke_->points.back()};
        isInDesign_ = false;
    }
    stroke_->points.push_back(place.chart);
    lastMm_ = place.positionMm;
    return true;
}

bool BrushTool::point(const EditSurface& surface, const Pointer& pointer) {
    if (!head_) return false;
    if (!stroke_ || onMap_ == surface.isMap()) {
        if (pointer.over || stroke_) {
            under_ = surface.skinAt(pointer.at);
            if (under_ && glm::length(under_->chart) > kMaxStrokeChartRadius) under_.reset();
            onMap_ = surface.isMap();
        } else if (onMap_ == surface.isMap()) {
            under_.reset();
        }
    }
    if (!stroke_) {
        mode_ = modeWith(pointer.ctrl);
        full_ = false;
        if (!pointer.over || !under_ || !pointer.pressed || pointer.shift) return false;
        if (mode_ == Mode::smooth && !scene_) return false;
        stroke_.emplace();
        stroke_->radiusMm = radiusMm();
        if (mode_ == Mode::smooth) stroke_->softness = kSmoothSoftness;
        stroke_->strength =
            static_cast<float>((mode_ == Mode::remove ? -0.01 : 0.01) * settings.strengthPercent);
    } else if (onMap_ != surface.isMap()) {
        return true;
    }
    if (!pointer.held) {
        endStroke();
        return true;
    }
    if (!under_ || full_ || !extend(*under_)) return true;
    Design next = *design_;
    if (isInDesign_) next.smp.strokes.pop_back();
    if (!hasRoomFor(next.smp.strokes, stroke_->points.size(), chartLength(stroke_->points))) {
        full_ = true;
        return true;
    }
    next.smp.strokes.push_back(*stroke_);
    isInDesign_ = painted_ = true;
    edit_ = {std::move(next), EditKind::drag, kKey, false};
    return true;
}

bool BrushTool::key(const KeyPress& key) {
    if (key.ctrl || key.alt) return false;
    const double factor = key.key == GLFW_KEY_RIGHT_BRACKET  ? kSizeStep
                          : key.key == GLFW_KEY_LEFT_BRACKET ? 1 / kSizeStep
                                                             : 0;
    if (factor == 0) return false;
    sizeMm() = std::clamp(sizeMm() * factor, kMinSizeMm, kMaxSizeMm);
    return true;
}

void BrushTool::draw(const EditSurface& surface, ImDrawList& list) const {
    if (!under_ || !skull_ || onMap_ != surface.isMap()) return;
    // A ring about the place, laid on the skin along its own tangent plane.
    const SkullTracer& tracer = skull_->tracer();
    const ScalpChart& chart = head_->head.chart;
    const glm::vec3 out = glm::normalize(under_->positionMm - chart.centreMm());
    const glm::vec3 right =
        glm::normalize(glm::cross(std::abs(out.y) < 0.9f ? glm::vec3(0, 1, 0) : glm::vec3(0, 0, 1), out));
    const glm::vec3 up = glm::cross(out, right);
    const auto ring = [&](float radiusMm) {
        std::vector<SkinPlace> places;
        for (int i = 0; i <= kRingPoints; ++i) {
            const float angle = 2 * std::numbers::pi_v<float> * static_cast<float>(i) / kRingPoints;
            const glm::vec3 aim =
                under_->positionMm + radiusMm * (std::cos(angle) * right + std::sin(angle) * up);
            const glm::vec2 at = chart.chartFromMm(aim);
            places.push_back({at, tracer.positionMm(at).value_or(aim)});
        }
        return seenRuns(surface, places);
    };
    const float reachMm = stroke_ ? stroke_->radiusMm : radiusMm();
    strokeRuns(list, ring(reachMm), tintOf(mode_, 255), px(2));
    if (mode_ != Mode::smooth)
        dashRuns(list, ring(reachMm * (1 - BrushStroke{}.softness)), tintOf(mode_, 140), px(1), px(4));
    const auto middle = surface.screenOf(*under_);
    if (!middle) return;
    const ImVec2 at{std::round(middle->at.x), std::round(middle->at.y)};
    const float arm = px(5);
    for (const auto& [shade, width] :
         {std::pair(IM_COL32(0, 0, 0, 120), px(4)), std::pair(tintOf(mode_, 255), px(2))}) {
        if (mode_ == Mode::smooth) {
            list.AddCircle(at, arm * 0.75f, shade, 16, width);
            continue;
        }
        list.AddLine({at.x - arm, at.y}, {at.x + arm, at.y}, shade, width);
        if (mode_ == Mode::fill) list.AddLine({at.x, at.y - arm}, {at.x, at.y + arm}, shade, width);
    }
    if (full_) plate(list, middle->at, std::array{std::string(text("tool.brush.full"))});
}

void BrushTool::drawOptions() {
    struct Choice {
        Mode mode;
        const char *words, *hint;
    };
    float right = 0;
    for (const Choice& choice : {Choice{Mode::remove, "tool.brush.remove", "hint.tool.brush.remove"},
                                 Choice{Mode::fill, "tool.brush.add", "hint.tool.brush.add"},
                                 Choice{Mode::smooth, "tool.brush.smooth", "hint.tool.brush.smooth"}}) {
        if (right > 0) ImGui::SameLine(0, px(4));
        if (chip(choice.words, text(choice.words), settings.mode == choice.mode)) settings.mode = choice.mode;
        right = ImGui::GetItemRectMax().x;
        hintFor(text(choice.hint));
    }
    // A window that fits its contents gives sliders no width of its own: they take the row's above.
    const float width = right - ImGui::GetWindowPos().x - ImGui::GetStyle().WindowPadding.x;
    ImGui::BeginChild("sliders", {width, 2 * px(metric::kRowHeight) + ImGui::GetStyle().ItemSpacing.y});
    const double usual = settings.mode == Mode::smooth ? Settings{}.smoothSizeMm : Settings{}.sizeMm;
    slider("size", text("tool.brush.size"), text("hint.tool.brush.size"), sizeMm(),
           {kMinSizeMm, kMaxSizeMm, usual, 2, 0.5}, fmt::format("{:.1f} {}", sizeMm(), text("unit.mm")),
           plainFigure(sizeMm()));
    slider("strength", text("tool.brush.strength"), text("hint.tool.brush.strength"),
           settings.strengthPercent, {5, 100, Settings{}.strengthPercent, 1, 5},
           fmt::format("{:.0f} %", settings.strengthPercent), plainFigure(settings.strengthPercent));
    ImGui::EndChild();
}

}  // namespace stubble
