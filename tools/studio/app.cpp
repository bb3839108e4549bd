#include "tools/studio/app.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "engine/scalp/skull.h"
#include "engine/scene/design_json.h"
#include "tools/studio/comparison_labels.h"
#include "tools/studio/inspector_table.h"
#include "tools/studio/panels.h"
#include "tools/studio/probe.h"
#include "tools/studio/questions.h"
#include "tools/studio/sessions_strip.h"
#include "tools/studio/shortcuts.h"
#include "tools/studio/stop_signals.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/user_folders.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr float kDarkeningSeconds = 0.4f;  // the interface library's own, and a frame

}  // namespace

App::App(Window& theWindow, Viewport theViewport)
    : window(theWindow),
      viewport(std::move(theViewport)),
      loader(&Window::wake),
      surveyor(&Window::wake),
      comparison(&Window::wake),
      exporter(&Window::wake),
      presets(&Window::wake),
      map(&Window::wake),
      blending(&Window::wake) {}

void App::showTitle() {
    window.setTitle(fmt::format("{} — Stubble", document.title(text("file.untitled"))));
}

void App::edit(DesignEdit made) {
    History& history = document.history();
    if (made.design) {
        if (made.kind == EditKind::step)
            history.end();
        else if (!history.inGesture())
            history.begin(made.key);
        history.change(*std::move(made.design), made.key);
        changed();
    }
    if (made.dragEnded) history.end();
}

void App::undo() {
    desk.letGo();
    if (document.history().undo()) changed();
}

void App::redo() {
    desk.letGo();
    if (document.history().redo()) changed();
}

void App::replace(Document next) {
    desk.letGo();
    document = std::move(next);
    advice.reset();
    if (!document.path().empty()) remember(document.path());
    changed();
}

void App::openFile(const fs::path& from) {
    auto opened = Document::open(from);
    if (!opened) return notes.add(Notes::Kind::fault, text("note.openFailed"), opened.error().message);
    replace(*std::move(opened));
}

void App::saveFile(const fs::path& to) {
    if (const auto written = document.saveAs(to); !written)
        return notes.add(Notes::Kind::fault, text("note.saveFailed"),
                         written.error().message + "\n\n" + text("note.saveFailed.more"),
                         {text("menu.saveAs"), [this] { act(Action::saveAs); }});
    remember(document.path());
    showTitle();
}

void App::remember(const fs::path& file) {
    addRecent(settings, file);
    writeSettingsNow();
}

void App::writeSettingsNow() {
    const auto folder = configDir();
    const auto written = folder ? writeSettings(settings, *folder) : tl::unexpected(folder.error());
    if (!written && !std::exchange(settingsFailed, true))
        notes.add(Notes::Kind::fault, text("note.settingsFailed"), written.error().message);
}

void App::scaleBy(float factor) {
    settings.uiScale = window.scaleBy(factor);
    writeSettingsNow();
}

void App::afterAsking(std::function<void()> then) {
    if (document.hasUnsavedChanges())
        unsavedThen = std::move(then);
    else
        then();
}

bool App::mayClose() {
    const bool unsaved = document.hasUnsavedChanges();
    if (unsaved && !mayQuit)
        unsavedThen = [this] {
            mayQuit = true;
            window.close();
        };
    return !unsaved || mayQuit;
}

void App::saveFirst(const std::function<void()>& then) {
    if (!document.path().empty()) {
        saveFile(document.path());
        if (!document.hasUnsavedChanges()) then();
        return;
    }
    files.ask({text("files.save"), text("files.saveIt"), ".json", true,
               [this, then](const fs::path& file) {
                   saveFile(file);
                   if (!document.hasUnsavedChanges()) then();
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

bool App::asksSomething() const {
    return files.isOpen() || unsavedThen || !rescues.empty() || presets.isOpen() || exportDialog.isOpen();
}

void App::exportPictures(const ExportOrder& order) {
    const fs::path& path = document.path();
    const fs::path name = path.empty() ? fs::path(text("file.newName")) : path;
    const fs::path suggested =
        name.parent_path() / fmt::format("{}{}.png", name.stem().string(), order.pair ? "-after" : "");
    files.ask(
        {text(order.pair ? "files.exportPair" : "files.export"), text("files.saveIt"), ".png", true,
         [this, order](const fs::path& file) {
             const ExportSight sight{viewport.cameraName(), viewport.view().camera, viewport.lightName()};
             exporter.start(document, sight, order, file);
         }},
        suggested);
}

void App::drawDialogs() {
    if (const auto preset = presets.draw()) {
        DesignEdit made;
        made.design = withPreset(document.design(), *preset);
        made.key = "preset";
        edit(std::move(made));
    }
    if (const auto order = exportDialog.draw()) exportPictures(*order);
}

void App::takeExport() {
    const auto written = exporter.update();
    if (!written) return;
    if (!*written) return notes.add(Notes::Kind::fault, text("note.exportFailed"), written->error().message);
    std::string names;
    for (const fs::path& file : **written) names += (names.empty() ? "" : "\n") + file.string();
    notes.add(Notes::Kind::hint, text("note.exported"), names);
}

void App::drawRescues() {
    if (rescues.empty() || unsavedThen || files.isOpen()) return;
    const RescueAnswer answer = drawRescueQuestion(rescues.front());
    if (answer == RescueAnswer::none) return;
    const Rescue rescue = rescues.front();
    rescues.erase(rescues.begin());
    if (answer == RescueAnswer::discard) return discard(rescue);
    if (answer == RescueAnswer::later) return rescues.clear();
    rescues.clear();  // the others are asked about when the studio starts again
    if (autosave) autosave->adopt(rescue);
    replace(Document::rescued(rescue.design, rescue.path));
}

void App::act(Action action) {
    const fs::path& path = document.path();
    switch (action) {
        case Action::newDesign:
            return afterAsking([this] { replace(Document()); });
        case Action::open:
            return afterAsking([this] {
                files.ask({text("files.open"), text("files.openIt"), ".json", false,
                           [this](const fs::path& file) { openFile(file); }},
                          document.path().parent_path());
            });
        case Action::larger:
            return scaleBy(1.1f);
        case Action::smaller:
            return scaleBy(1 / 1.1f);
        case Action::save:
            if (!path.empty()) return saveFile(path);
            [[fallthrough]];
        case Action::saveAs:
            return files.ask({text("files.save"), text("files.saveIt"), ".json", true,
                              [this](const fs::path& file) { saveFile(file); }},
                             path.empty() ? fs::path(text("file.newName")) : path);
        case Action::exportStill:
            return exportDialog.open();
        case Action::presets:
            if (const auto opened = presets.open(); !opened)
                notes.add(Notes::Kind::fault, text("note.presetsFailed"), opened.error().message);
            return;
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
        case Action::sessions:
            showsSessions = !showsSessions;
            return;
        case Action::panels:
            showsPanels = !showsPanels;
            return;
        case Action::openHead:
            return askForHead();
        case Action::builtinHead:
            return openHead("builtin:mannequin");
        case Action::landmarks:
            return startGuide();
        case Action::compare:
            return comparison.turn(!comparison.isOn());
        case Action::map:
            return map.toggle();
        case Action::pin:
            comparison.compareWith(document.design());
            return comparison.turn(true);
    }
}

void App::takeResults() {
    if (const auto head = loader.takeHead()) viewport.prepare(*head);
    blending.update();
    takeExport();
    if (auto found = surveyor.take()) {
        advice.show(found->advice);
        survey = std::move(found);
    }
    auto loaded = loader.take();
    if (!loaded) return;
    if (!*loaded) return loadingFailed(loaded->error());
    const bool another = !scene || scene->head != (*loaded)->head;
    probe::reached("made");
    scene = **std::move(loaded);
    viewport.show(*scene);
    probe::reached("uploaded");
    surveyor.look(scene->scene);
    if (another) headArrived(*scene->head);
}

void App::takeComparison() {
    if (!loader.state().busy && scene) comparison.follow(document.design());
    if (comparison.isOn() && scene && !viewport.isSplit()) {
        // While the scene is baked elsewhere.
        if (const auto ready = viewport.prepareSplit(); !ready) {
            comparison.turn(false);
            notes.add(Notes::Kind::fault, text("note.compareFailed"), ready.error().message);
        }
    }
    if (!comparison.isOn() && viewport.isSplit()) viewport.endSplit();
    auto loaded = comparison.take();
    if (!loaded || !comparison.isOn()) return;
    const auto shown = *loaded ? viewport.showAtLeft(**loaded) : tl::unexpected(loaded->error());
    if (shown) return;
    comparison.turn(false);
    notes.add(Notes::Kind::fault, text("note.compareFailed"), shown.error().message);
}

void App::takeKeys() {
    const std::vector<KeyPress> keys = takeKeyPresses();
    if (files.isOpen()) {
        if (std::ranges::any_of(keys, isEscape)) files.close();
        return;
    }
    if (asksSomething()) {
        if (!std::ranges::any_of(keys, isEscape)) return;
        unsavedThen = nullptr;
        presets.close();
        exportDialog.close();
        return;
    }
    if (ImGui::GetIO().WantTextInput) return;
    for (const KeyPress& key : keys)
        if (guide && isEscape(key)) {
            guide.reset();
        } else if (isEscape(key) && desk.holds()) {
            desk.letGo();
            document.history().cancel();
            changed();
        } else if (const auto action = actionOf(key)) {
            act(*action);
        } else if (guide || !desk.key(key)) {
            steer(viewport, key);
        }
}

double App::drawViewport() {
    const auto next = viewport.draw(window.pixelsPerUnit(), desk);
    if (!next) {
        notes.add(Notes::Kind::fault, text("note.drawFailed"), next.error().message);
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
    desk.follow(document.design(), scene ? scene->head : nullptr,
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
    if (viewport.hasScene() && !guide && desk.drawBar({px(10), barTop}, map.isShown())) map.toggle();
    edit(desk.takeEdit());
    return next;
}

Json App::probeFacts() const {
    Json facts = {{"title", document.title(text("file.untitled"))},
                  {"undoSteps", document.history().undoCount()},
                  {"camera", viewport.cameraName()},
                  {"light", viewport.lightName()},
                  {"busy", loader.state().busy || comparison.isBusy() || exporter.busy()},
                  {"frameMs", viewport.figures().frameMs},
                  {"notes", notes.all()}};
    const Camera camera = viewport.view().camera;
    const auto vec = [](glm::vec3 v) { return Json{v.x, v.y, v.z}; };
    facts["own"] = {{"eye-mm", vec(camera.eyeMm)},
                    {"target-mm", vec(camera.targetMm)},
                    {"up", vec(camera.up)},
                    {"field-of-view", double{camera.fieldOfView} * 180 / std::numbers::pi}};
    if (guide) facts["landmark"] = landmarkName(guide->now().landmark);
    if (scene)
        facts["dots"] = scene->scene->impressions.size(), facts["hairs"] = scene->scene->follicles.size();
    return facts;
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
    if (made.design && scene)
        letPointsFollow(made.design->hairline, made.key, skullOf(scene->head->head)->guides());
    edit(std::move(made));
    beginPart("##advice", {left, bottom - foot}, {width, foot}, colour::kRaised, {pad, 0});
    revealed.scrolls = false;
    revealedSeconds -= double{ImGui::GetIO().DeltaTime};
    if (revealedSeconds <= 0) revealed = {};
    reveal(advice.draw());
    ImGui::End();
    return revealed.key.empty() ? kNever : revealed.scrolls ? 0 : revealedSeconds;
}

double App::draw() {
    takeResults();
    takeDrops();
    takeKeys();
    takeComparison();
    if (autosave) {
        autosave->keep(document);
        if (const auto error = autosave->takeError())
            notes.add(Notes::Kind::fault, text("note.autosaveFailed"), error->message);
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
    if (probe::on()) probe::facts(probeFacts());
    return std::min(next, widgetsDue());
}

Result<int> runStudio(const AppOptions& options) {
    const StopSignals signals(&Window::wake);
    STUBBLE_CHECK(loadTexts("en"));
    Document document;
    if (!options.designFile.empty()) {
        STUBBLE_TRY(document, Document::open(options.designFile));
    }
    if (!options.head.empty()) {
        Design design = document.design();
        STUBBLE_CHECK(applySetting(design, "head=" + options.head, "--"));
        if (!design.head.starts_with("builtin:")) design.head = fs::absolute(design.head).string();
        document = options.designFile.empty() ? Document(std::move(design))
                                              : Document::rescued(std::move(design), document.path());
    }
    const auto settingsFolder = configDir();
    const ReadSettings read =
        settingsFolder ? readSettings(*settingsFolder) : ReadSettings{{}, settingsFolder.error().message};
    WindowOptions wanted = options.window;
    if (!wanted.scale && read.settings.uiScale > 0) wanted.scale = read.settings.uiScale;
    STUBBLE_TRY(Window window, Window::open(wanted));
    STUBBLE_TRY(Viewport viewport, Viewport::create(window.device()));
    App app(window, std::move(viewport));
    app.settings = read.settings;
    const auto hint = [&](const char* title, const std::string& more) {
        app.notes.add(Notes::Kind::hint, text(title), more);
    };
    if (!read.note.empty()) hint("note.settingsBroken", read.note);
    if (const auto folder = stateDir()) {
        app.autosave = std::make_unique<Autosave>(*folder);
        app.rescues = findRescues(*folder);
    } else {
        app.notes.add(Notes::Kind::fault, text("note.autosaveFailed"), folder.error().message);
    }
    app.replace(std::move(document));
    if (fonts().fallback) hint("note.fontMissing", text("note.fontMissing.more"));
    const auto ended = window.run([&] { return app.draw(); }, [&] { return app.mayClose(); },
                                  [&] { return signals.received() != 0; });
    const bool asked = ended && signals.received() == 0;
    if (!asked && app.autosave) app.autosave->leave(app.document);
    STUBBLE_CHECK(ended);
    return asked ? static_cast<int>(ExitCode::done) : 128 + signals.received();
}

}  // namespace stubble
