#pragma once
// The studio put together: the one design, what shows it and what changes it.

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/core/json.h"
#include "tools/studio/advice_panel.h"
#include "tools/studio/blend_verdict.h"
#include "tools/studio/comparison.h"
#include "tools/studio/document.h"
#include "tools/studio/edit_desk.h"
#include "tools/studio/exporter.h"
#include "tools/studio/file_dialog.h"
#include "tools/studio/folder_opener.h"
#include "tools/studio/inspector.h"
#include "tools/studio/landmark_guide.h"
#include "tools/studio/notes.h"
#include "tools/studio/preset_gallery.h"
#include "tools/studio/recovery.h"
#include "tools/studio/scalp_map.h"
#include "tools/studio/scene_loader.h"
#include "tools/studio/settings.h"
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
    presets,
    quit,
    undo,
    redo,
    frame,
    keys,
    panels,
    sessions,
    compare,
    pin,
    map,
    openHead,
    builtinHead,
    landmarks,
    larger,
    smaller
};

struct App {
    Window& window;
    Viewport viewport;
    SceneLoader loader;
    Surveyor surveyor;
    Comparison comparison;
    Exporter exporter;
    ExportDialog exportDialog;
    PresetGallery presets;
    FolderOpener folders;
    Notes notes;
    FileDialog files;
    EditDesk desk;
    ScalpMap map;

    Document document;  ///< its design is changed by `edit` alone
    Settings settings;
    std::unique_ptr<Autosave> autosave;  ///< null where there is no folder for copies
    std::vector<Rescue> rescues;         ///< of studios that died, to be asked about one by one

    /// A head that is being read: the design gets it when it is there.
    struct NewHead {
        std::string head;                         ///< absolute, or builtin:NAME
        std::filesystem::path landmarkFile;       ///< that was written for it; else empty
        std::optional<std::string> oldLandmarks;  ///< what stood in it
    };
    std::optional<NewHead> newHead;
    std::optional<LandmarkGuide> guide;  ///< while landmarks are placed

    std::optional<LoadedScene> scene;
    std::optional<Survey> survey;  ///< of the scene, or of one just before it
    AdvicePanel advice;
    BlendVerdict blending;
    Revealed revealed;                  ///< the row that advice leads to
    double revealedSeconds = 0;         ///< that it stays marked
    std::function<void()> unsavedThen;  ///< what waits for an answer about unsaved changes
    float darkening = 0;                ///< seconds since a question came up
    bool mayQuit = false;
    bool settingsFailed = false;  ///< and was told
    bool asksForKeys = false, showsPanels = true, showsSessions = true;

    App(Window& theWindow, Viewport theViewport);

    /// The design is changed; a drag's edits are one step for undo.
    void edit(DesignEdit made);
    void undo();
    void redo();
    /// A note that names the fault, its cause, and ("….more") what to do about it.
    void complain(const std::string& what, const Error& error, Notes::Offer offer = {});
    /// Another document takes the place of this one.
    void replace(Document next);
    void openFile(const std::filesystem::path& from);
    void saveFile(const std::filesystem::path& to);
    void act(Action action);
    /// Reads the head of a file or builtin:NAME and, if that goes well, makes it the design's: one step for
    /// undo.
    void openHead(const std::string& head);
    /// Stops what the loader does; a head that is being read is given up.
    void cancelLoading();
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
    void drawDialogs();
    void takeExport();
    void showFolder(const std::filesystem::path& folder);
    void openExport();
    void exportAs(const ExportOrder& order);
    /// Whether something over the window waits for an answer.
    [[nodiscard]] bool asksSomething() const;
    void remember(const std::filesystem::path& file);
    void scaleBy(float factor);
    /// `headAnew`: the head's files are others now.
    void changed(bool headAnew = false);
    void askForHead();
    void giveUpNewHead();
    void loadingFailed(const Error& error);
    /// The scene shows a head that it did not before.
    void headArrived(const ReadyHead& head);
    void takeDrops();
    void startGuide();
    void finishGuide();
    void drawGuide(float top, float bottom, float left);
    void showTitle();
    void writeSettingsNow();
    /// What has been arranged in the window is there again at the next start.
    void keepArrangement();
    void takeResults();
    [[nodiscard]] Json probeFacts() const;
    void takeComparison();
    void takeKeys();
    double drawViewport();
    /// The picture, the map beside it, and the tools that work on both.
    double drawHead(float top, float bottom, float right);
    /// What stands at the right.
    double drawSide(float top, float bottom, float left);
    /// The inspector's row of a key, or of its group, is shown and marked.
    void reveal(std::string_view key);
};

/// Opens the window and works in it until it is closed, or a signal ends it: then unsaved work is kept for
/// the next start. The program's exit status.
Result<int> runStudio(const AppOptions& options);

}  // namespace stubble
