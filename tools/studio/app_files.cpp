// Files of designs and pictures: opened, saved, exported, recovered, and the questions about them.

#include <array>
#include <utility>

#include "tools/studio/app.h"
#include "tools/studio/questions.h"
#include "tools/studio/text.h"
#include "tools/studio/user_folders.h"

namespace stubble {
namespace fs = std::filesystem;

void App::openFile(const fs::path& from) {
    auto opened = Document::open(from);
    if (!opened) return complain("note.openFailed", opened.error());
    replace(*std::move(opened));
}

void App::saveFile(const fs::path& to) {
    if (const auto written = document.saveAs(to); !written)
        return complain("note.saveFailed", written.error(),
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
    if (!written && !std::exchange(settingsFailed, true)) complain("note.settingsFailed", written.error());
}

void App::keepArrangement() {
    Settings now = settings;
    now.mapShown = map.isShown(), now.mapShare = map.share(), now.divider = viewport.split();
    if (now == settings) return;
    settings = std::move(now);
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

void App::openExport() {
    auto boards = readReadyBoards();
    if (!boards) complain("note.boardsFailed", boards.error());
    exportDialog.open(boards ? *std::move(boards) : std::vector<ReadyBoard>());
}

void App::exportAs(const ExportOrder& order) {
    const fs::path& path = document.path();
    const fs::path name = path.empty() ? fs::path(text("file.newName")) : path;
    struct Words {
        const char* title;
        std::string ending;
    };
    const std::array<Words, 4> words = {{{"files.export", ""},
                                         {"files.exportPair", "-after"},
                                         {"files.exportSheet", "-plan"},
                                         {"files.exportBoard", "-" + order.board}}};
    const Words& chosen = words[static_cast<std::size_t>(order.kind)];
    const fs::path suggested = name.parent_path() / (name.stem().string() + chosen.ending + order.suffix);
    files.ask(
        {text(chosen.title), text("files.saveIt"), order.suffix, true,
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
    if (const auto order = exportDialog.draw()) exportAs(*order);
}

void App::showFolder(const fs::path& folder) {
    if (const auto opened = folders.open(folder); !opened) complain("note.folderFailed", opened.error());
}

void App::takeExport() {
    if (const auto error = folders.takeError()) complain("note.folderFailed", *error);
    const auto written = exporter.update();
    if (!written) return;
    if (!*written) return complain("note.exportFailed", written->error());
    std::string names;
    for (const fs::path& file : **written) names += (names.empty() ? "" : "\n") + file.string();
    notes.add(Notes::Kind::hint, text("note.exported"), names,
              {text("note.openFolder"),
               [this, folder = fs::path((*written)->front()).parent_path()] { showFolder(folder); }});
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

}  // namespace stubble
