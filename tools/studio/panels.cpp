#include "tools/studio/panels.h"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <span>
#include <utility>

#include "engine/scalp/head_load.h"
#include "engine/scene/design_keys.h"
#include "tools/studio/figures.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

using Line = std::pair<const char*, const char*>;  ///< keys of the texts of an action and of its keys

constexpr std::array<Line, 14> kMouseLines = {{{"keys.orbit", "keys.orbit.by"},
                                               {"keys.pan", "keys.pan.by"},
                                               {"keys.zoom", "keys.zoom.by"},
                                               {"keys.pivot", "keys.pivot.by"},
                                               {"keys.touchpad", "keys.touchpad.by"},
                                               {"keys.frame", "keys.frame.by"},
                                               {"keys.front", "keys.front.by"},
                                               {"keys.side", "keys.side.by"},
                                               {"keys.top", "keys.top.by"},
                                               {"keys.quarter", "keys.quarter.by"},
                                               {"keys.close", "keys.close.by"},
                                               {"keys.step", "keys.step.by"},
                                               {"menu.compare", "keys.compare.by"},
                                               {"menu.pin", "keys.pin.by"}}};
constexpr std::array<Line, 8> kFileLines = {{{"menu.new", "keys.new.by"},
                                             {"menu.open", "keys.open.by"},
                                             {"menu.save", "keys.save.by"},
                                             {"menu.saveAs", "keys.saveAs.by"},
                                             {"menu.export", "keys.export.by"},
                                             {"menu.undo", "keys.undo.by"},
                                             {"menu.redo", "keys.redo.by"},
                                             {"keys.exact", "keys.exact.by"}}};

constexpr std::array<Line, 8> kHandLines = {{{"tool.hairline", "keys.hairline.by"},
                                             {"keys.movePoint", "keys.movePoint.by"},
                                             {"keys.addPoint", "keys.addPoint.by"},
                                             {"keys.removePoint", "keys.removePoint.by"},
                                             {"tool.brush", "keys.brush.by"},
                                             {"keys.brushSize", "keys.brushSize.by"},
                                             {"keys.brushOpposite", "keys.brushOpposite.by"},
                                             {"menu.map", "keys.map.by"}}};

void keyLines(const char* title, std::span<const Line> lines) {
    ImGui::PushFont(fonts().strong);
    ImGui::TextUnformatted(title);
    ImGui::PopFont();
    ImGui::Dummy({0, px(2)});
    for (const auto& [action, by] : lines) {
        ImGui::TextUnformatted(text(action));
        ImGui::SameLine(px(190));
        coloured(colour::kMuted, text(by));
    }
}

std::string cameraLabel(std::string_view name) {
    return text(fmt::format("camera.{}", name));
}

void lightList(Viewport& viewport, float width) {
    const auto labelOf = [](std::string_view light) { return text(fmt::format("light.{}", light)); };
    if (!beginList("##light", labelOf(viewport.lightName()), width)) return;
    for (const std::string_view light : lightNames()) {
        if (ImGui::Selectable(labelOf(light), light == viewport.lightName())) viewport.setLight(light);
        probe::control(fmt::format("light.{}", light));
    }
    endList();
}

/// Of a history's step: a design key's label, or a word of its own.
const char* stepName(std::string_view name) {
    return text(fmt::format("{}.{}", findDesignKey(name) ? "key" : "step", name));
}

}  // namespace

std::optional<Asked> drawMenu(const App& app) {
    std::optional<Asked> asked;
    const auto item = [&](const char* key, const char* by, Action action, bool enabled = true,
                          bool ticked = false) {
        if (ImGui::MenuItem(text(key), by ? text(by) : nullptr, ticked, enabled)) asked = {action, {}};
        probe::control(key);
    };
    const auto menu = [](const char* key, const auto& items) {
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(10)});
        const bool open = ImGui::BeginMenu(text(key));
        probe::control(key);
        if (open) {
            ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(18), px(9)});
            items();
            ImGui::PopStyleVar();
            ImGui::EndMenu();
        }
        ImGui::PopStyleVar();
    };
    menu("menu.file", [&] {
        item("menu.new", "keys.new.by", Action::newDesign);
        item("menu.open", "keys.open.by", Action::open);
        const bool listsRecent = ImGui::BeginMenu(text("menu.recent"), !app.settings.recent.empty());
        probe::control("menu.recent");
        if (listsRecent) {
            for (const RecentFile& file : recentFiles(app.settings)) {
                const std::string name = file.path.filename().string();
                if (ImGui::MenuItem(
                        name.c_str(),
                        file.isThere ? file.path.parent_path().string().c_str() : text("menu.recent.gone"),
                        false, file.isThere))
                    asked = {Action::open, file.path};
                probe::control("recent:" + name);
            }
            ImGui::EndMenu();
        }
        item("menu.openHead", nullptr, Action::openHead);
        const bool isBuiltin = isBuiltinHead(app.document.design().head);
        item("menu.builtinHead", nullptr, Action::builtinHead, !isBuiltin, isBuiltin);
        item("menu.landmarks", nullptr, Action::landmarks, !isBuiltin && app.scene);
        item("menu.presets", nullptr, Action::presets);
        ImGui::Separator();
        item("menu.save", "keys.save.by", Action::save);
        item("menu.saveAs", "keys.saveAs.by", Action::saveAs);
        ImGui::Separator();
        item("menu.export", "keys.export.by", Action::exportStill, app.viewport.hasScene());
        ImGui::Separator();
        item("menu.quit", "keys.quit.by", Action::quit);
    });
    menu("menu.edit", [&] {
        const History& history = app.document.history();
        const auto step = [&](const char* key, std::string_view name, const char* by, Action action,
                              bool can) {
            const std::string label =
                can ? fmt::format("{}: {}###{}", text(key), stepName(name), key) : std::string(text(key));
            if (ImGui::MenuItem(label.c_str(), text(by), false, can)) asked = {action, {}};
            probe::control(key);
        };
        step("menu.undo", history.undoName(), "keys.undo.by", Action::undo, history.canUndo());
        step("menu.redo", history.redoName(), "keys.redo.by", Action::redo, history.canRedo());
    });
    menu("menu.view", [&] {
        item("menu.frame", "keys.frame.by", Action::frame);
        item("menu.compare", "keys.compare.by", Action::compare, app.viewport.hasScene(),
             app.comparison.isOn());
        item("menu.pin", "keys.pin.by", Action::pin, app.viewport.hasScene());
        ImGui::Separator();
        item("menu.map", "keys.map.by", Action::map, app.viewport.hasScene(), app.map.isShown());
        item("menu.panels", "keys.panels.by", Action::panels, true, app.showsPanels);
        item("menu.sessions", nullptr, Action::sessions, true, app.showsSessions);
        ImGui::Separator();
        item("menu.larger", "keys.larger.by", Action::larger);
        item("menu.smaller", "keys.smaller.by", Action::smaller);
    });
    menu("menu.help", [&] { item("menu.keys", "keys.keys.by", Action::keys); });
    return asked;
}

std::optional<Action> drawViewBar(Viewport& viewport, bool compares) {
    const float lightWidth = px(130), gap = px(4), all = ImGui::GetContentRegionAvail().x;
    float chips = 0;
    for (const std::string_view name : cameraNames()) chips += chipWidth(cameraLabel(name).c_str()) + gap;
    const float compareWidth = chipWidth(text("compare.chip"));
    if (chips + compareWidth + lightWidth + 2 * px(metric::kGap) <= all) {
        for (const std::string_view name : cameraNames()) {
            const std::string label = cameraLabel(name);
            if (chip(label.c_str(), label.c_str(), viewport.cameraName() == name)) viewport.lookFrom(name);
            probe::control(fmt::format("camera.{}", name));
            ImGui::SameLine(0, gap);
        }
    } else {
        const std::string current =
            viewport.cameraName().empty() ? text("camera.free") : cameraLabel(viewport.cameraName());
        if (beginList("##camera", current.c_str(), px(150))) {
            for (const std::string_view name : cameraNames()) {
                if (ImGui::Selectable(cameraLabel(name).c_str(), viewport.cameraName() == name))
                    viewport.lookFrom(name);
                probe::control(fmt::format("camera.{}", name));
            }
            endList();
        }
        ImGui::SameLine();
    }
    const float right = ImGui::GetWindowWidth() - ImGui::GetStyle().WindowPadding.x;
    ImGui::SetCursorPosX(right - lightWidth - px(metric::kGap) - compareWidth);
    const bool compare = chip("compare", text("compare.chip"), compares);
    hintFor(text("compare.chip.hint"));
    ImGui::SameLine(right - lightWidth);
    lightList(viewport, lightWidth);
    return compare ? std::optional(Action::compare) : std::nullopt;
}

void drawStatus(App& app) {
    ImGui::PushFont(fonts().small);
    std::string line;
    if (app.scene)
        line =
            fmt::format("{} {}    {} {}", grouped(app.scene->scene->impressions.size()), text("status.dots"),
                        grouped(app.scene->scene->follicles.size()), text("status.hairs"));
    if (const auto figures = app.viewport.figures(); app.viewport.hasScene())
        line += fmt::format("    {} × {} px    {:.0f} ms", figures.width, figures.height, figures.frameMs);
    coloured(colour::kMuted, line.c_str());

    const SceneLoader::State state = app.loader.state();
    const bool baking = state.busy && state.seconds > 0.4, exporting = app.exporter.busy();
    if (baking || exporting) {
        const std::string stage =
            exporting ? text("status.exporting") : text(fmt::format("stage.{}", state.stage));
        const double done = exporting ? app.exporter.done() : state.done;
        const float bar = px(140), word = ImGui::CalcTextSize(stage.c_str()).x, cancel = px(56);
        ImGui::SameLine(ImGui::GetWindowWidth() - px(metric::kPadding) - bar - word - cancel - px(20));
        coloured(colour::kText, stage.c_str());
        ImGui::SameLine(0, px(10));
        const ImVec2 low = ImGui::GetCursorScreenPos();
        const float y = std::round(low.y + ImGui::GetFontSize() / 2), r = px(2);
        ImDrawList* const list = ImGui::GetWindowDrawList();
        list->AddRectFilled({low.x, y - r}, {low.x + bar, y + r}, colour::kControlActive, r);
        list->AddRectFilled({low.x, y - r}, {low.x + bar * static_cast<float>(done), y + r}, colour::kAccent,
                            r);
        ImGui::Dummy({bar, ImGui::GetFontSize()});
        ImGui::SameLine(0, px(10));
        const ImVec2 corner = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton("cancel", {cancel, ImGui::GetFontSize()}))
            exporting ? app.exporter.cancel() : app.cancelLoading();
        list->AddText(corner, ImGui::IsItemHovered() ? colour::kText : colour::kAccent,
                      text("status.cancel"));
    }
    ImGui::PopFont();
}

void drawKeySheet(bool asked) {
    const bool wasOpen = ImGui::IsPopupOpen("##keys");
    if (asked && !wasOpen) ImGui::OpenPopup("##keys");
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(28), px(24)});
    ImGui::PushStyleVar(ImGuiStyleVar_PopupRounding, px(8));
    if (ImGui::BeginPopup("##keys", ImGuiWindowFlags_NoMove)) {
        ImGui::BeginGroup();
        keyLines(text("keys.title.view"), kMouseLines);
        ImGui::EndGroup();
        ImGui::SameLine(0, px(40));
        ImGui::BeginGroup();
        keyLines(text("keys.title.work"), kFileLines);
        ImGui::Dummy({0, px(8)});
        keyLines(text("keys.title.hand"), kHandLines);
        ImGui::EndGroup();
        if (asked && wasOpen) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
}

}  // namespace stubble
