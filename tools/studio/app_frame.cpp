// What a frame consists of, and where it stands in the window.

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/scalp/skull.h"
#include "tools/studio/app.h"
#include "tools/studio/comparison_labels.h"
#include "tools/studio/inspector_table.h"
#include "tools/studio/panels.h"
#include "tools/studio/probe.h"
#include "tools/studio/sessions_strip.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

constexpr float kDarkeningSeconds = 0.4f;  // the interface library's own, and a frame

}  // namespace

double App::drawViewport() {
    const auto next = viewport.draw(window.pixelsPerUnit(), desk);
    if (!next) {
        complain("note.drawFailed", next.error());
        return kNever;
    }
    if (!viewport.hasScene()) {
        const char* const words = text(loader.state().busy ? "viewport.loading" : "viewport.none");
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax(),
                     size = ImGui::CalcTextSize(words);
        ImGui::GetWindowDrawList()->AddText(
            {std::round((low.x + high.x - size.x) / 2), std::round((low.y + high.y) / 2)}, colour::kMuted,
            words);
    }
    return *next;
}

double App::drawHead(float top, float bottom, float right) {
    const History& history = document.history();
    desk.follow(document.design(), scene ? &*scene : nullptr,
                history.inGesture() && history.gestureName().starts_with("hairline."));
    const float mapWidth = scene ? map.width(right) : 0;
    beginPart(
        "##picture", {0, top}, {right - mapWidth, bottom - top}, colour::kWindow, {0, 0},
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNavInputs);
    const double next = drawViewport();
    ImGui::End();
    if (mapWidth > 0) {
        beginPart("##map", {right - mapWidth, top}, {mapWidth, bottom - top}, colour::kPanel, {0, 0},
                  ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
        map.draw(*scene, desk);
        ImGui::End();
    }
    // The names over a split picture's halves stand in the first row.
    const float barTop = top + px(viewport.isSplit() ? 48 : 10);
    // From the first frame on: a window that comes later lies over what asks a question then.
    if (!guide && desk.drawBar({px(10), barTop}, map.isShown())) map.toggle();
    edit(desk.takeEdit());
    return next;
}

void App::reveal(std::string_view key) {
    constexpr double kMarkedSeconds = 2.5;
    const std::string_view row = rowFor(key);
    if (row.empty()) return;
    revealed = {row, true};
    revealedSeconds = kMarkedSeconds;
    showsPanels = true;
}

double App::drawSide(float top, float bottom, float left) {
    const float width = px(metric::kInspectorWidth), pad = px(metric::kPadding);
    // Advice stands at the foot: what comes and goes there moves no control.
    const float foot = advice.height((bottom - top) / 2);
    beginPart("##inspector", {left, top}, {width, bottom - top - foot}, colour::kPanel, {pad, px(4)});
    DesignEdit made = drawInspector(document.design(), revealed, [this](std::string_view section) {
        if (section == "time" && blending.draw(document.design()))
            blending.ask(document.design(), viewport.cameraName(), viewport.lightName());
    });
    ImGui::End();
    beginPart("##advice", {left, bottom - foot}, {width, foot}, colour::kRaised, {pad, 0});
    revealed.scrolls = false;
    revealedSeconds -= double{ImGui::GetIO().DeltaTime};
    if (revealedSeconds <= 0) revealed = {};
    const AdviceTouch touch = advice.draw(document.design());
    ImGui::End();
    reveal(touch.wanted);
    if (touch.remedy) {
        made.design = remedied(document.design(), *touch.remedy);
        made.key = touch.remedy->key;
        made.kind = EditKind::step;
    }
    if (made.design && scene)
        letPointsFollow(made.design->hairline, made.key, skullOf(scene->head->head)->guides());
    edit(std::move(made));
    return revealed.key.empty() ? kNever : revealed.scrolls ? 0 : revealedSeconds;
}

double App::draw() {
    takeResults();
    takeDrops();
    takeKeys();
    takeComparison();
    if (autosave) {
        autosave->keep(document);
        if (const auto error = autosave->takeError()) complain("note.autosaveFailed", *error);
    }
    double next = kNever;
    const ImVec2 all = ImGui::GetIO().DisplaySize;
    const float menu = px(metric::kMenuHeight), bar = px(metric::kBarHeight),
                status = px(metric::kStatusHeight);
    showsPanels = showsPanels || guide;
    const float side = showsPanels ? px(metric::kInspectorWidth) : 0, pad = px(metric::kPadding);
    const float left = all.x - side - (showsPanels ? 1.0f : 0.0f);

    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(10), (menu - ImGui::GetFontSize()) / 2});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(2), px(8)});
    std::optional<Asked> asked;
    if (ImGui::BeginMainMenuBar()) {
        ImGui::PopStyleVar(2);
        asked = drawMenu(*this);
        ImGui::EndMainMenuBar();
    } else {
        ImGui::PopStyleVar(2);
    }
    const float barPad = (bar - px(26)) / 2;
    beginPart("##bar", {0, menu}, {left, bar}, colour::kPanel, {px(10), barPad},
              ImGuiWindowFlags_NoScrollbar);
    if (const auto wanted = drawViewBar(viewport, comparison.isOn())) act(*wanted);
    ImGui::End();

    const float strip = showsSessions ? px(kSessionsHeight) : 0;
    next = drawHead(menu + bar, all.y - strip - status, left);
    if (showsSessions) {
        beginPart("##sessions", {0, all.y - status - strip}, {left, strip}, colour::kPanel, {px(10), px(10)},
                  ImGuiWindowFlags_NoScrollbar);
        SessionsTouch touch = drawSessions(document.design(), survey ? &*survey : nullptr);
        ImGui::End();
        edit(std::move(touch.edit));
        reveal(touch.wanted);
    }
    if (guide)
        drawGuide(menu, all.y - status, all.x - side);
    else if (showsPanels)
        next = std::min(next, drawSide(menu, all.y - status, all.x - side));
    beginPart("##status", {0, all.y - status}, {all.x, status}, colour::kPanel,
              {pad, (status - px(metric::kSmallSize)) / 2 - px(1)}, ImGuiWindowFlags_NoScrollbar);
    drawStatus(*this);
    ImGui::End();

    if (const auto wanted = drawComparison(*this)) act(*wanted);
    notes.draw(px(12), all.y - status - strip - px(12), px(360));
    files.draw();
    drawUnsaved();
    drawRescues();
    drawDialogs();
    drawKeySheet(std::exchange(asksForKeys, false));
    if (asked && asked->file.empty())
        act(asked->action);
    else if (asked)
        afterAsking([this, file = asked->file] { openFile(file); });
    // What lies behind a question darkens over some frames.
    const bool asks = asksSomething();
    darkening = asks ? std::min(darkening + ImGui::GetIO().DeltaTime, kDarkeningSeconds) : 0;
    if (asks && darkening < kDarkeningSeconds) next = 0;
    if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) keepArrangement();
    if (probe::on()) probe::facts(probeFacts());
    return std::min({next, widgetsDue(), folders.due()});
}

}  // namespace stubble
