#pragma once
// The studio put together: the one design, what shows it and what changes it.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tools/studio/advice_panel.h"
#include "tools/studio/comparison.h"
#include "tools/studio/document.h"
#include "tools/studio/edit_desk.h"
#include "tools/studio/file_dialog.h"
#include "tools/studio/inspector.h"
#include "tools/studio/notes.h"
#include "tools/studio/recovery.h"
#include "tools/studio/scalp_map.h"
#include "tools/studio/scene_loader.h"
#include "tools/studio/settings.h"
#include "tools/studio/still_export.h"
#include "tools/studio/surveyor.h"
#include "tools/studio/viewport.h"
#include "tools/studio/window.h"

namespace stubble {

struct AppOptions {
    std::filesystem::path designFile;  ///< empty: a new design
    std::string head;                  ///< instead of the design's; empty: the design's
    WindowOptions window;
};

/// What a person can ask for by menu or key.
enum class Action {
    newDesign,
    open,
    save,
    saveAs,
    exportStill,
    quit,
    undo,
    redo,
    frame,
    keys,
    panels,
    compare,
    pin,
    map,
    larger,
    smaller
};

struct App {
    Window& window;
    Viewport viewport;
    SceneLoader loader;
    Surveyor surveyor;
    Comparison comparison;
    StillExport still;
    Notes notes;
    FileDialog files;
    EditDesk desk;
    ScalpMap map;

    Document document;  ///< its design is changed by `edit` alone
    Settings settings;
    std::unique_ptr<Autosave> autosave;  ///< null where there is no folder for copies
    std::vector<Rescue> rescues;         ///< of studios that died, to be asked about one by one

    std::optional<LoadedScene> scene;
    std::optional<Survey> survey;  ///< of the scene, or of one just before it
    AdvicePanel advice;
    Revealed revealed;                  ///< the row that advice leads to
    double revealedSeconds = 0;         ///< that it stays marked
    std::function<void()> unsavedThen;  ///< what waits for an answer about unsaved changes
    float darkening = 0;                ///< seconds since a question came up
    bool mayQuit = false;
    bool settingsFailed = false;  ///< and was told
    bool asksForKeys = false, showsPanels = true;

    App(Window& theWindow, Viewport theViewport);

    /// The design is changed; a drag's edits are one step for undo.
    void edit(DesignEdit made);
    void undo();
    void redo();
    /// Another document takes the place of this one.
    void replace(Document next);
    void openFile(const std::filesystem::path& from);
    void saveFile(const std::filesystem::path& to);
    void act(Action action);
    /// Does what would lose unsaved changes, after asking about them where there are any.
    void afterAsking(std::function<void()> then);
    /// Whether the window may close now; else asks.
    bool mayClose();

    /// A frame; seconds until the next, as Window::run wants it.
    double draw();

  private:
    /// Goes on with `then` once the file is written, where it can be.
    void saveFirst(const std::function<void()>& then);
    void drawUnsaved();
    void drawRescues();
    void remember(const std::filesystem::path& file);
    void scaleBy(float factor);
    void changed();
    void showTitle();
    void writeSettingsNow();
    void takeResults();
    void takeComparison();
    void takeKeys();
    double drawViewport();
    /// The picture, the map beside it, and the tools that work on both.
    double drawHead(float top, float bottom, float right);
    /// What stands at the right.
    double drawSide(float top, float bottom, float left);
};

/// Opens the window and works in it until it is closed.
Result<void> runStudio(const AppOptions& options);

}  // namespace stubble
