#include "tools/studio/app.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <numbers>
#include <utility>

#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "tools/studio/probe.h"
#include "tools/studio/shortcuts.h"
#include "tools/studio/stop_signals.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/user_folders.h"

namespace stubble {
namespace fs = std::filesystem;

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

void App::complain(const std::string& what, const Error& error, Notes::Offer offer) {
    notes.add(Notes::Kind::fault, text(what), error.message + "\n\n" + text(what + ".more"),
              std::move(offer));
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

void App::scaleBy(float factor) {
    settings.uiScale = window.scaleBy(factor);
    writeSettingsNow();
}

bool App::asksSomething() const {
    return files.isOpen() || unsavedThen || !rescues.empty() || presets.isOpen() || exportDialog.isOpen();
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
            return openExport();
        case Action::presets:
            if (const auto opened = presets.open(); !opened) complain("note.presetsFailed", opened.error());
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
            complain("note.compareFailed", ready.error());
        }
    }
    if (!comparison.isOn() && viewport.isSplit()) viewport.endSplit();
    auto loaded = comparison.take();
    if (!loaded || !comparison.isOn()) return;
    const auto shown = *loaded ? viewport.showAtLeft(**loaded) : tl::unexpected(loaded->error());
    if (shown) return;
    comparison.turn(false);
    complain("note.compareFailed", shown.error());
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
    facts["surveyed"] = scene && survey && survey->scene == scene->scene;
    if (guide) facts["landmark"] = landmarkName(guide->now().landmark);
    if (scene)
        facts["dots"] = scene->scene->impressions.size(), facts["hairs"] = scene->scene->follicles.size();
    return facts;
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
        if (!isBuiltinHead(design.head)) design.head = fs::absolute(design.head).string();
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
    if (read.settings.mapShown) app.map.toggle();
    app.map.setShare(read.settings.mapShare);
    app.viewport.setSplit(read.settings.divider);
    const auto hint = [&](const char* title, const std::string& more) {
        app.notes.add(Notes::Kind::hint, text(title), more);
    };
    if (!read.note.empty()) hint("note.settingsBroken", read.note);
    if (const auto folder = stateDir()) {
        app.autosave = std::make_unique<Autosave>(*folder, kAutosaveInterval, &Window::wake);
        app.rescues = findRescues(*folder);
    } else {
        app.complain("note.autosaveFailed", folder.error());
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
