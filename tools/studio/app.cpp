#include "tools/studio/app.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/core/file.h"
#include "engine/scene/design_json.h"
#include "tools/studio/panels.h"
#include "tools/studio/shortcuts.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr float kDarkeningSeconds = 0.4f;  // the interface library's own, and a frame
constexpr int kStillWidth = 1920, kStillHeight = 1080;

/// A part of the window that neither moves nor scrolls unless told otherwise.
void beginPart(const char* id, ImVec2 corner, ImVec2 size, ImU32 back, ImVec2 padding,
               ImGuiWindowFlags more = 0) {
    ImGui::SetNextWindowPos(corner);
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, back);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::Begin(id, nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | more);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

/// As the file has it, with a head that is named from the file's folder made absolute.
Result<Design> readFrom(const fs::path& file) {
    STUBBLE_TRY(Design design, readDesign(file));
    const fs::path head = design.head;
    if (!design.head.starts_with("builtin:") && head.is_relative())
        design.head = fs::absolute(file.parent_path() / head).lexically_normal().string();
    return design;
}

}  // namespace

App::App(Window& theWindow, Viewport theViewport)
    : window(theWindow), viewport(std::move(theViewport)), loader(&Window::wake) {}

void App::changed() {
    loader.request(design, {.head = design.head, .landmarks = {}, .import = {}});
    const std::string name = path.empty() ? text("file.untitled") : path.filename().string();
    window.setTitle(fmt::format("{}{} — Stubble", dirty ? "• " : "", name));
}

void App::edit(Design next, EditKind kind) {
    if (!dragging) undos.push_back(design), redos.clear();
    dragging = kind == EditKind::drag;
    design = std::move(next);
    dirty = true;
    changed();
}

void App::undo() {
    if (undos.empty()) return;
    redos.push_back(std::exchange(design, std::move(undos.back())));
    undos.pop_back();
    dirty = true, dragging = false;
    changed();
}

void App::redo() {
    if (redos.empty()) return;
    undos.push_back(std::exchange(design, std::move(redos.back())));
    redos.pop_back();
    dirty = true, dragging = false;
    changed();
}

void App::replace(Design next, const fs::path& from) {
    design = std::move(next);
    path = from;
    undos.clear(), redos.clear();
    dirty = dragging = false;
    changed();
}

void App::openFile(const fs::path& from) {
    auto read = readFrom(from);
    if (!read) return notes.add(Notes::Kind::fault, text("note.openFailed"), read.error().message);
    replace(*std::move(read), from);
}

void App::saveFile(const fs::path& to) {
    if (const auto written = writeFileAtomically(to, formatDesign(design)); !written)
        return notes.add(Notes::Kind::fault, text("note.saveFailed"), written.error().message);
    path = to;
    dirty = false;
    window.setTitle(fmt::format("{} — Stubble", path.filename().string()));
}

void App::afterAsking(std::function<void()> then) {
    if (dirty)
        unsavedThen = std::move(then);
    else
        then();
}

bool App::mayClose() {
    if (dirty && !mayQuit)
        unsavedThen = [this] {
            mayQuit = true;
            window.close();
        };
    return !dirty || mayQuit;
}

void App::saveFirst(const std::function<void()>& then) {
    if (!path.empty()) {
        saveFile(path);
        if (!dirty) then();
        return;
    }
    files.ask({text("files.save"), text("files.saveIt"), ".json", true,
               [this, then](const fs::path& file) {
                   saveFile(file);
                   if (!dirty) then();
               }},
              text("file.newName"));
}

void App::drawUnsaved() {
    switch (drawUnsavedQuestion(unsavedThen != nullptr)) {
        case UnsavedAnswer::none:
            return;
        case UnsavedAnswer::keep:
            unsavedThen = nullptr;
            return;
        case UnsavedAnswer::discard:
            return std::exchange(unsavedThen, nullptr)();
        case UnsavedAnswer::save:
            return saveFirst(std::exchange(unsavedThen, nullptr));
    }
}

void App::act(Action action) {
    switch (action) {
        case Action::newDesign:
            return afterAsking([this] { replace({}, {}); });
        case Action::open:
            return afterAsking([this] {
                files.ask({text("files.open"), text("files.openIt"), ".json", false,
                           [this](const fs::path& file) { openFile(file); }},
                          path.parent_path());
            });
        case Action::save:
            if (!path.empty()) return saveFile(path);
            [[fallthrough]];
        case Action::saveAs:
            return files.ask({text("files.save"), text("files.saveIt"), ".json", true,
                              [this](const fs::path& file) { saveFile(file); }},
                             path.empty() ? fs::path(text("file.newName")) : path);
        case Action::exportStill: {
            const fs::path name = path.empty() ? fs::path(text("file.newName")) : path;
            return files.ask({text("files.export"), text("files.saveIt"), ".png", true,
                              [this](const fs::path& file) {
                                  View view = viewport.view();
                                  view.width = kStillWidth, view.height = kStillHeight;
                                  still.start(view, file);
                              }},
                             fs::path(name).replace_extension(".png"));
        }
        case Action::quit:
            return window.close();
        case Action::undo:
            return undo();
        case Action::redo:
            return redo();
        case Action::frame:
            return viewport.frame();
        case Action::keys:
            asksForKeys = true;
            return;
        case Action::panels:
            showsPanels = !showsPanels;
            return;
    }
}

void App::takeResults() {
    if (const auto head = loader.takeHead()) viewport.prepare(*head);
    auto loaded = loader.take();
    if (!loaded) return;
    if (!*loaded) return notes.add(Notes::Kind::fault, text("note.bakeFailed"), loaded->error().message);
    const bool another = !scene || scene->head != (*loaded)->head;
    scene = **std::move(loaded);
    viewport.show(*scene);
    if (another && !scene->head->importReport.empty())
        notes.add(Notes::Kind::hint, text("note.headRead"), scene->head->importReport);
}

void App::takeKeys() {
    const std::vector<KeyPress> keys = takeKeyPresses();
    if (files.isOpen()) {
        if (std::ranges::any_of(keys, isEscape)) files.close();
        return;
    }
    if (unsavedThen) {
        if (std::ranges::any_of(keys, isEscape)) unsavedThen = nullptr;
        return;
    }
    if (ImGui::GetIO().WantTextInput) return;
    for (const KeyPress& key : keys)
        if (const auto action = actionOf(key))
            act(*action);
        else
            steer(viewport, key);
}

double App::drawViewport() {
    const auto next = viewport.draw(window.pixelsPerUnit());
    if (!next) {
        notes.add(Notes::Kind::fault, text("note.drawFailed"), next.error().message);
        return kNever;
    }
    if (!viewport.hasScene() && loader.state().busy) {
        const char* const words = text("viewport.loading");
        const ImVec2 low = ImGui::GetItemRectMin(), high = ImGui::GetItemRectMax(),
                     size = ImGui::CalcTextSize(words);
        ImGui::GetWindowDrawList()->AddText(
            {std::round((low.x + high.x - size.x) / 2), std::round((low.y + high.y) / 2)}, colour::kMuted,
            words);
    }
    return *next;
}

double App::draw() {
    takeResults();
    takeKeys();
    double next = kNever;
    const ImVec2 all = ImGui::GetIO().DisplaySize;
    const float menu = px(metric::kMenuHeight), bar = px(metric::kBarHeight),
                status = px(metric::kStatusHeight);
    const float side = showsPanels ? px(metric::kInspectorWidth) : 0, pad = px(metric::kPadding);
    const float left = all.x - side - (showsPanels ? 1.0f : 0.0f);

    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(10), (menu - ImGui::GetFontSize()) / 2});
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(2), px(8)});
    std::optional<Action> asked;
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
    drawViewBar(viewport);
    ImGui::End();

    beginPart(
        "##picture", {0, menu + bar}, {left, all.y - menu - bar - status}, colour::kWindow, {0, 0},
        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNavInputs);
    next = drawViewport();
    ImGui::End();

    if (showsPanels) {
        beginPart("##inspector", {all.x - side, menu}, {side, all.y - menu - status}, colour::kPanel,
                  {pad, px(4)});
        DesignEdit made = drawInspector(design);
        ImGui::End();
        if (made.design) edit(*std::move(made.design), made.kind);
        if (made.dragEnded) endDrag();
    }
    beginPart("##status", {0, all.y - status}, {all.x, status}, colour::kPanel,
              {pad, (status - px(metric::kSmallSize)) / 2 - px(1)}, ImGuiWindowFlags_NoScrollbar);
    drawStatus(*this);
    ImGui::End();

    notes.draw(px(12), all.y - status - px(12), px(360));
    files.draw();
    drawUnsaved();
    drawKeySheet(std::exchange(asksForKeys, false));
    if (asked) act(*asked);
    if (still.busy()) {
        const auto written = still.step(*viewport.scene());
        if (!written)
            notes.add(Notes::Kind::fault, text("note.exportFailed"), written.error().message);
        else if (*written)
            notes.add(Notes::Kind::hint, text("note.exported"), (*written)->string());
        next = 0;
    }
    // What lies behind a question darkens over some frames.
    const bool asks = files.isOpen() || unsavedThen;
    darkening = asks ? std::min(darkening + ImGui::GetIO().DeltaTime, kDarkeningSeconds) : 0;
    if (asks && darkening < kDarkeningSeconds) next = 0;
    return std::min(next, widgetsDue());
}

Result<void> runStudio(const AppOptions& options) {
    STUBBLE_CHECK(loadTexts("en"));
    Design design;
    if (!options.designFile.empty()) {
        STUBBLE_TRY(design, readFrom(options.designFile));
    }
    if (!options.head.empty()) STUBBLE_CHECK(applySetting(design, "head=" + options.head, "--"));
    STUBBLE_TRY(Window window, Window::open(options.window));
    STUBBLE_TRY(Viewport viewport, Viewport::create(window.device()));
    App app(window, std::move(viewport));
    app.replace(std::move(design), options.designFile);
    if (fonts().fallback)
        app.notes.add(Notes::Kind::hint, text("note.fontMissing"), text("note.fontMissing.more"));
    window.run([&] { return app.draw(); }, [&] { return app.mayClose(); });
    return {};
}

}  // namespace stubble
