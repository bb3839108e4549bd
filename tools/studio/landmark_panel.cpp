#include "tools/studio/landmark_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "tools/studio/head_diagram.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

const char* nameOf(Landmark landmark) {
    return text(fmt::format("landmark.{}", landmarkName(landmark)));
}

void goTo(LandmarkGuide& guide, Viewport& viewport, std::size_t step) {
    guide.goTo(step);
    if (viewport.cameraName() != guide.now().camera) viewport.lookFrom(guide.now().camera);
}

/// The landmarks in their order, what is placed with a full dot; a click leads there.
std::optional<std::size_t> drawList(const LandmarkGuide& guide) {
    std::optional<std::size_t> clicked;
    const float height = px(26), width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    for (std::size_t i = 0; i < landmarkSteps().size(); ++i) {
        const Landmark landmark = landmarkSteps()[i].landmark;
        const bool now = i == guide.step(), placed = guide.isPlaced(landmark);
        const ImVec2 low = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton(landmarkName(landmark).data(), {width, height})) clicked = i;
        probe::control(fmt::format("landmark:{}", landmarkName(landmark)));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        if (now || ImGui::IsItemHovered())
            list.AddRectFilled(low, {low.x + width, low.y + height},
                               now ? colour::kAccentQuiet : colour::kControl, px(metric::kRounding));
        const ImVec2 dot{low.x + px(12), low.y + height / 2};
        if (placed)
            list.AddCircleFilled(dot, px(4), colour::kAccent, 20);
        else
            list.AddCircle(dot, px(4), colour::kFaint, 20, px(1.5f));
        const float y = std::round(low.y + (height - ImGui::GetFontSize()) / 2);
        list.AddText({low.x + px(26), y}, now ? colour::kText : colour::kMuted, nameOf(landmark));
        ImGui::PushFont(fonts().small);
        const char* const state = text(placed ? "guide.placed" : "guide.found");
        list.AddText({low.x + width - ImGui::CalcTextSize(state).x - px(10), y + px(1)}, colour::kMuted,
                     state);
        ImGui::PopFont();
    }
    ImGui::PopStyleVar();
    return clicked;
}

}  // namespace

GuideAnswer drawLandmarkPanel(LandmarkGuide& guide, Viewport& viewport) {
    GuideAnswer answer = GuideAnswer::none;
    ImGui::Dummy({0, px(6)});
    ImGui::PushFont(fonts().strong);
    ImGui::TextUnformatted(text("guide.title"));
    ImGui::PopFont();
    const std::string count =
        fmt::format(fmt::runtime(text("guide.count")), fmt::arg("step", guide.step() + 1),
                    fmt::arg("steps", landmarkSteps().size()));
    ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::CalcTextSize(count.c_str()).x);
    coloured(colour::kMuted, count.c_str());
    ImGui::Dummy({0, px(2)});
    const float width = ImGui::GetContentRegionAvail().x;
    drawHeadDiagram(guide.now().landmark, {width, px(190)});
    ImGui::Dummy({0, px(4)});
    ImGui::PushFont(fonts().strong);
    ImGui::TextUnformatted(nameOf(guide.now().landmark));
    ImGui::PopFont();
    const float textTop = ImGui::GetCursorPosY();
    ImGui::PushTextWrapPos(0);
    coloured(colour::kMuted, text(fmt::format("landmark.{}.how", landmarkName(guide.now().landmark))));
    ImGui::PopTextWrapPos();
    // Buttons stay where they are from step to step.
    ImGui::SetCursorPosY(textTop + 3 * ImGui::GetTextLineHeight() + px(12));
    const float gap = px(metric::kGap), half = (width - gap) / 2;
    std::optional<std::size_t> wanted;
    ImGui::BeginDisabled(guide.step() == 0);
    if (ImGui::Button(text("guide.back"), {half, 0})) wanted = guide.step() - 1;
    probe::control("guide.back");
    ImGui::EndDisabled();
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(guide.isLast());
    const bool placed = guide.isPlaced(guide.now().landmark);
    if (placed) ImGui::PushStyleColor(ImGuiCol_Button, colour::kAccentQuiet);
    if (ImGui::Button(text(placed ? "guide.next" : "guide.skip"), {half, 0})) wanted = guide.step() + 1;
    probe::control("guide.next");
    if (placed) ImGui::PopStyleColor();
    ImGui::EndDisabled();
    ImGui::Dummy({0, px(6)});
    if (const auto clicked = drawList(guide)) wanted = clicked;
    if (wanted) goTo(guide, viewport, *wanted);

    const float foot = ImGui::GetFrameHeight() + px(14);
    ImGui::SetCursorPosY(std::max(ImGui::GetCursorPosY() + px(8), ImGui::GetWindowHeight() - foot));
    if (ImGui::Button(text("guide.cancel"), {half, 0})) answer = GuideAnswer::cancel;
    probe::control("guide.cancel");
    ImGui::SameLine(0, gap);
    ImGui::BeginDisabled(!guide.hasChanges());
    if (guide.hasChanges()) ImGui::PushStyleColor(ImGuiCol_Button, colour::kAccentQuiet);
    if (ImGui::Button(text("guide.finish"), {half, 0})) answer = GuideAnswer::finish;
    probe::control("guide.finish");
    if (guide.hasChanges()) ImGui::PopStyleColor();
    ImGui::EndDisabled();
    return answer;
}

void drawLandmarkMarks(LandmarkGuide& guide, const Viewport& viewport) {
    const Landmark now = guide.now().landmark;
    if (const auto clicked = viewport.clicked()) guide.place(now, clicked->positionMm);
    for (const LandmarkStep& step : landmarkSteps()) {
        const Landmark landmark = step.landmark;
        const auto at = viewport.screenOf(guide.positionMm(landmark));
        if (!at) continue;
        const bool own = landmark == now, placed = guide.isPlaced(landmark);
        const float grip = px(11), r = px(own ? 7 : 5);
        ImGui::SetNextWindowPos({at->x - grip, at->y - grip});
        ImGui::SetNextWindowSize({2 * grip, 2 * grip});
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
        ImGui::Begin(fmt::format("##mark{}", landmarkName(landmark)).c_str(), nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                         ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
        ImGui::PopStyleVar();
        ImGui::InvisibleButton("grip", {2 * grip, 2 * grip});
        probe::control(fmt::format("mark:{}", landmarkName(landmark)));
        const bool held = ImGui::IsItemActive(), lit = held || ImGui::IsItemHovered();
        const ImVec2 mouse = ImGui::GetIO().MousePos, moved = ImGui::GetIO().MouseDelta;
        if (held && (moved.x != 0 || moved.y != 0))
            if (const auto hit = viewport.pick({mouse.x, mouse.y})) guide.place(landmark, hit->positionMm);
        // A click on a mark says that it is where it should be.
        if (ImGui::IsItemDeactivated()) guide.place(landmark, guide.positionMm(landmark));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.PushClipRectFullScreen();
        const ImVec2 centre{at->x, at->y};
        const ImU32 ink = own ? colour::kWarning : IM_COL32(250, 250, 250, 255);
        list.AddCircle(centre, r + px(1.5f), IM_COL32(0, 0, 0, 150), 32, px(2));
        if (placed) list.AddCircleFilled(centre, r - px(2.5f), ink, 24);
        list.AddCircle(centre, r, ink, 32, px(lit || own ? 2.5f : 1.6f));
        if (own || lit) {
            const ImVec2 words = ImGui::CalcTextSize(nameOf(landmark));
            const ImVec2 low{std::round(at->x - words.x / 2), std::round(at->y - r - words.y - px(10))};
            list.AddRectFilled({low.x - px(6), low.y - px(3)},
                               {low.x + words.x + px(6), low.y + words.y + px(3)}, IM_COL32(24, 24, 24, 205),
                               px(metric::kRounding));
            list.AddText(low, colour::kText, nameOf(landmark));
        }
        list.PopClipRect();
        ImGui::End();
    }
}

}  // namespace stubble
