#include "tools/studio/comparison_labels.h"

#include <imgui.h>

#include <cmath>

#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

constexpr ImU32 kPlate = IM_COL32(24, 24, 24, 205), kPlateHovered = IM_COL32(52, 52, 52, 235);
constexpr float kHeight = 28, kFromDivider = 12, kFromTop = 12, kSide = 11, kArrow = 16;

struct Place {
    float x, top;
    bool isLeft;  ///< of the divider: it ends at x, else it begins there
    float room;   ///< that it may take
};

/// A name on a plate; true: it was clicked.
bool label(const char* id, const std::string& shown, const Place& place, bool opens, bool waits) {
    const ImVec2 words = ImGui::CalcTextSize(shown.c_str());
    const float width = words.x + px(2 * kSide + (opens ? kArrow : 0)), height = px(kHeight);
    if (width > place.room) return false;
    ImGui::SetNextWindowPos({std::round(place.isLeft ? place.x - width : place.x), place.top});
    ImGui::SetNextWindowSize({width, height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin(id, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoFocusOnAppearing | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoBackground | (opens ? 0 : ImGuiWindowFlags_NoInputs));
    ImGui::PopStyleVar();
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const bool clicked = opens && ImGui::InvisibleButton("open", {width, height});
    const bool hovered = opens && ImGui::IsItemHovered();
    ImDrawList* const list = ImGui::GetWindowDrawList();
    list->AddRectFilled(low, {low.x + width, low.y + height}, hovered ? kPlateHovered : kPlate,
                        px(metric::kRounding));
    list->AddText({low.x + px(kSide), std::round(low.y + (height - words.y) / 2)},
                  waits ? colour::kMuted : colour::kText, shown.c_str());
    if (opens) {
        const float x = low.x + width - px(kSide) - px(3), y = std::round(low.y + height / 2), r = px(3.5f);
        const ImVec2 points[] = {{x - r, y - r / 2}, {x, y + r / 2}, {x + r, y - r / 2}};
        list->AddPolyline(points, 3, colour::kMuted, 0, px(1.5f));
    }
    ImGui::End();
    return clicked;
}

}  // namespace

std::optional<Action> drawComparison(App& app) {
    if (!app.viewport.isSplit()) return std::nullopt;
    const Viewport& viewport = app.viewport;
    const float x = viewport.dividerX(), top = viewport.corner().y + px(kFromTop), gap = px(kFromDivider);
    const float leftRoom = x - gap - viewport.corner().x,
                rightRoom = viewport.corner().x + viewport.size().x - x - gap;
    const ComparisonLabels labels = app.comparison.labels(app.document.design());
    if (label("##compareLeft", labels.left, {x - gap, top, true, leftRoom}, true, app.comparison.isBusy()))
        ImGui::OpenPopup("##compareWith");
    label("##compareRight", labels.right, {x + gap, top, false, rightRoom}, false, false);

    std::optional<Action> asked;
    ImGui::SetNextWindowPos({x - gap, top + px(kHeight + 4)}, ImGuiCond_Always, {1, 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(10)});
    if (ImGui::BeginPopup("##compareWith")) {
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(18), px(9)});
        if (ImGui::MenuItem(text("compare.with.before"), nullptr, !app.comparison.isPinned()))
            app.comparison.compareWith(std::nullopt);
        if (ImGui::MenuItem(text("compare.with.pin"), text("keys.pin.by"))) asked = Action::pin;
        ImGui::Separator();
        if (ImGui::MenuItem(text("compare.end"), text("keys.compare.by"))) asked = Action::compare;
        ImGui::PopStyleVar();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar();
    return asked;
}

}  // namespace stubble
