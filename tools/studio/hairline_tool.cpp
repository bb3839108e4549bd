#include "tools/studio/hairline_tool.h"

#include <fmt/format.h>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <array>
#include <limits>

#include "engine/scalp/chart_curve.h"
#include "engine/scalp/skull.h"
#include "tools/studio/overlay.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

constexpr const char* kKey = "hairline.points";
constexpr float kHandleReach = 12, kLineReach = 9;  // points on the screen: for a touchpad, too
constexpr float kHandle = 4.5f, kHandleHeld = 6.5f;
constexpr ImU32 kLineColour = IM_COL32(244, 240, 228, 235), kRuleColour = IM_COL32(244, 240, 228, 170);

}  // namespace

void HairlineTool::follow(const Design& design, const std::shared_ptr<const ReadyHead>& head) {
    if (meet(design, head)) {
        rule_.reset();
        laid_.reset();
        letGo();
    }
    if (!head) return;
    if (grip_) return;  // the hand is ahead
    if (laid_ && laid_->points == design.hairline.points &&
        (!design.hairline.points.empty() ||
         (laid_->style == design.hairline.style && laid_->heightMm == design.hairline.heightMm)))
        return;
    laid_ = design.hairline;
    auto points = hairlinePoints(head_->head, design.hairline);
    lay(points ? *std::move(points) : HairlinePoints());
}

void HairlineTool::lay(HairlinePoints points) {
    points_ = std::move(points);
    handles_.clear();
    for (const glm::vec2 point : points_) {
        const auto positionMm = skull_->tracer().positionMm(point);
        handles_.push_back(positionMm ? std::optional(SkinPlace{point, *positionMm}) : std::nullopt);
    }
    line_ =
        points_.empty() ? std::vector<SkinPlace>() : layLine(skull_->guides(), smoothCurve(points_, false));
    if (chosen_ && *chosen_ >= points_.size()) chosen_.reset();
}

void HairlineTool::letGo() {
    if (grip_ && grip_->moved) edit_.dragEnded = true;
    grip_.reset();
    hovered_.reset();
    laid_.reset();
}

void HairlineTool::edit(HairlinePoints points, EditKind kind) {
    lay(std::move(points));
    Design next = *design_;
    next.hairline = withPoints(std::move(next.hairline), points_, skull_->guides());
    laid_ = next.hairline;
    edit_ = {std::move(next), kind, kKey, false};
}

void HairlineTool::remove(std::size_t index) {
    auto left = pointRemoved(points_, index, symmetric_);
    if (!left) return;
    chosen_.reset();
    hovered_.reset();
    edit(*std::move(left), EditKind::step);
}

std::optional<std::size_t> HairlineTool::handleAt(const EditSurface& surface, glm::vec2 at) const {
    std::optional<std::size_t> best;
    float nearest = px(kHandleReach);
    for (std::size_t i = 0; i < handles_.size(); ++i) {
        const auto seen = handles_[i] ? surface.screenOf(*handles_[i]) : std::nullopt;
        if (!seen || seen->hidden) continue;
        if (const float away = glm::distance(seen->at, at); away < nearest) nearest = away, best = i;
    }
    return best;
}

void HairlineTool::take(std::size_t index, glm::vec2 offset, const EditSurface& surface) {
    grip_ = Grip{index, symmetric_ ? oppositePoint(points_, index) : std::nullopt, offset, points_,
                 surface.isMap()};
    chosen_ = index;
}

bool HairlineTool::point(const EditSurface& surface, const Pointer& pointer) {
    if (!head_ || points_.empty()) return false;
    if (grip_) {
        if (grip_->onMap != surface.isMap()) return true;
        if (!pointer.held) {
            if (grip_->moved) edit_.dragEnded = true;
            grip_.reset();
            return true;
        }
        const auto under = surface.skinAt(pointer.at + grip_->offset);
        const auto now = handles_[grip_->index] ? surface.screenOf(*handles_[grip_->index]) : std::nullopt;
        const bool still =
            now && glm::distance(now->at, pointer.at + grip_->offset) < 0.5f && grip_->alone == pointer.alt;
        if (under && !still) {
            grip_->alone = pointer.alt;
            HairlinePoints moved = pointMoved(grip_->from, grip_->index, under->chart, grip_->opposite,
                                              grip_->alone ? 0 : kFollowReach);
            if (moved != points_) {
                grip_->moved = true;
                edit(std::move(moved), EditKind::drag);
            }
        }
        return true;
    }
    if (!pointer.over) {
        if (hoveredOnMap_ == surface.isMap()) hovered_.reset();
        return false;
    }
    hovered_ = handleAt(surface, pointer.at);
    hoveredOnMap_ = surface.isMap();
    if (hovered_) {
        if (pointer.rightPressed) {
            remove(*hovered_);
            return true;
        }
        if (!pointer.pressed) return false;
        take(*hovered_, surface.screenOf(*handles_[*hovered_])->at - pointer.at, surface);
        return true;
    }
    if (!pointer.doubleClicked && !(pointer.pressed && pointer.ctrl)) return false;
    const auto under = surface.skinAt(pointer.at);
    if (!under || distanceTo(seenRuns(surface, line_), pointer.at) > px(kLineReach)) return false;
    auto added = pointAdded(points_, under->chart, symmetric_);
    if (!added) return true;
    edit(std::move(added->points), EditKind::drag);
    take(added->index, glm::vec2(0), surface);
    grip_->moved = true;
    if (const auto seen = handles_[added->index] ? surface.screenOf(*handles_[added->index]) : std::nullopt)
        grip_->offset = seen->at - pointer.at;
    return true;
}

bool HairlineTool::key(const KeyPress& key) {
    if (key.ctrl || key.alt || !chosen_ || grip_) return false;
    if (key.key != GLFW_KEY_DELETE && key.key != GLFW_KEY_BACKSPACE) return false;
    remove(*chosen_);
    return true;
}

std::vector<std::string> HairlineTool::readOut() const {
    const SkullGuides& guides = skull_->guides();
    const glm::vec2 middle{0, midpointY(points_)};
    std::vector<std::string> lines{
        fmt::format(fmt::runtime(text("tool.hairline.midpoint")), guides.arcAboveGlabellaMm(middle.y))};
    const auto middleMm = guides.tracer().positionMm(middle);
    if (!middleMm) return lines;
    const float awayMm = lengthMm(layTape(guides, *middleMm, handles_[grip_->index]->positionMm));
    if (awayMm > 2) lines.push_back(fmt::format(fmt::runtime(text("tool.hairline.away")), awayMm));
    return lines;
}

void HairlineTool::drawLine(const EditSurface& surface, ImDrawList& list) const {
    strokeRuns(list, seenRuns(surface, line_), kLineColour, px(1.5f));
}

void HairlineTool::drawRule(const EditSurface& surface, ImDrawList& list) const {
    const auto ghost = [&](const std::vector<SkinPlace>& line) {
        dashRuns(list, seenRuns(surface, line), kRuleColour, px(1), px(5));
    };
    const auto mark = [&](const SkinPlace& place) {
        const auto seen = surface.screenOf(place);
        if (!seen || seen->hidden) return;
        const float r = px(4);
        list.AddCircle({seen->at.x, seen->at.y}, r, IM_COL32(0, 0, 0, 110), 0, px(3));
        list.AddCircle({seen->at.x, seen->at.y}, r, kRuleColour, 0, px(1));
    };
    ghost(rule_->fromGlabella);
    mark(rule_->midpoint);
    for (const HairlineRule::Half& half : rule_->halves) {
        ghost(half.fromMidpoint);
        ghost(half.toCanthus);
        mark(half.temple);
        mark(half.peak);
    }
}

void HairlineTool::draw(const EditSurface& surface, ImDrawList& list) const {
    if (!head_ || points_.empty()) return;
    if (showsRule_ && rule_) drawRule(surface, list);
    drawLine(surface, list);
    const auto lit = grip_ ? std::optional(grip_->index) : hovered_;
    const std::size_t main = lit.value_or(points_.size());
    const std::size_t partner =
        lit && symmetric_ ? oppositePoint(points_, main).value_or(points_.size()) : points_.size();
    for (std::size_t i = 0; i < handles_.size(); ++i) {
        const auto seen = handles_[i] ? surface.screenOf(*handles_[i]) : std::nullopt;
        if (!seen || seen->hidden) continue;
        const ImVec2 at{seen->at.x, seen->at.y};
        const float r = main == i ? px(kHandleHeld) : partner == i ? px(kHandle + 1) : px(kHandle);
        list.AddCircleFilled(at, r + px(1.5f), IM_COL32(0, 0, 0, 130), 24);
        list.AddCircleFilled(at, r, main == i || partner == i ? IM_COL32_WHITE : IM_COL32(226, 222, 212, 255),
                             24);
        if (chosen_ == i || main == i) list.AddCircleFilled(at, r - px(2), colour::kAccent, 24);
        probe::place(fmt::format("hairline.points:{}", i), at.x - r, at.y - r, at.x + r, at.y + r);
    }
    const bool own = grip_ ? grip_->onMap == surface.isMap() : hoveredOnMap_ == surface.isMap();
    if (own && lit) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (!own || !grip_ || !grip_->moved || !handles_[grip_->index]) return;
    if (const auto seen = surface.screenOf(*handles_[grip_->index])) plate(list, seen->at, readOut());
}

void HairlineTool::drawOptions() {
    if (chip("symmetry", text("tool.symmetry"), symmetric_)) symmetric_ = !symmetric_;
    hintFor(text("hint.tool.symmetry"));
    ImGui::SameLine(0, px(4));
    if (chip("rule", text("tool.rule"), showsRule_)) showsRule_ = !showsRule_;
    hintFor(text("hint.tool.rule"));
    if (showsRule_ && !rule_ && skull_) rule_ = layHairlineRule(skull_->guides());
    if (!design_ || design_->hairline.points.empty()) return;
    ImGui::SameLine(0, px(4));
    if (chip("asStyle", text("tool.asStyle"), false)) {
        Design next = *design_;
        next.hairline.points.clear();
        letGo();
        edit_ = {std::move(next), EditKind::step, kKey, false};
    }
    hintFor(text("hint.tool.asStyle"));
}

}  // namespace stubble
