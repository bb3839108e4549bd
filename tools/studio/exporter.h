#pragma once
// Pictures, sheets and boards of the design into files, by `stubble`: the very files that the command line
// makes.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/jobs/board_file.h"
#include "engine/render/camera.h"
#include "tools/studio/document.h"
#include "tools/studio/errand.h"

namespace stubble {

enum class ExportKind {
    still,
    pair,   ///< before and after the treatment, in the same view and light
    sheet,  ///< for the treatment room
    board,  ///< a ready one, of this design
};

struct ExportOrder {
    ExportKind kind = ExportKind::still;
    int width = 1920, height = 1080;  ///< pixels of a still or of each of a pair
    int samples = 8;                  ///< sub-frames of those
    std::string board = {};           ///< its name
    std::string suffix = ".png";      ///< of the file

    /// Both pictures of a pair on one page with a slider.
    [[nodiscard]] bool isPage() const { return kind == ExportKind::pair && suffix == ".html"; }
};

/// What a picture is taken with.
struct ExportSight {
    std::string camera;  ///< one of cameraNames(); empty: `own`
    Camera own;
    std::string light;  ///< one of lightNames()
};

/// What `stubble` is asked for; `before`: for the picture without the treatment.
std::vector<std::string> exportArguments(const std::filesystem::path& design, const ExportSight& sight,
                                         const ExportOrder& order, const std::filesystem::path& output,
                                         bool before);

/// Where the picture before the treatment goes when the one after it goes to `after`: "x-before.png" for
/// "x-after.png" or "x.png", with a number where that file is there already.
std::filesystem::path beforeFile(const std::filesystem::path& after);

class Exporter {
  public:
    explicit Exporter(std::function<void()> wake) : errand_(std::move(wake)) {}

    /// Renders the document's file, or a copy of the design where that has unsaved changes.
    void start(const Document& document, const ExportSight& sight, const ExportOrder& order,
               const std::filesystem::path& output);
    void cancel();
    [[nodiscard]] bool busy() const { return !waiting_.empty(); }
    /// Of all pictures, 0 to 1.
    [[nodiscard]] double done() const;
    /// Goes on. The files once all are written, or what went wrong.
    std::optional<Result<std::vector<std::filesystem::path>>> update();

  private:
    struct Picture {
        std::vector<std::string> arguments;
        std::filesystem::path file;
    };
    Errand errand_;
    std::optional<DesignCopy> copy_;
    std::vector<Picture> waiting_;  ///< the first is in work
    std::vector<std::filesystem::path> written_;
    std::optional<Error> error_;
};

/// Asks what to export.
class ExportDialog {
  public:
    /// `boards`: those that are ready; the first is chosen to begin with.
    void open(std::vector<ReadyBoard> boards);
    void close() { open_ = false; }
    [[nodiscard]] bool isOpen() const { return open_; }
    /// Over the whole window while it is open. The order, when it is given; it is closed then.
    std::optional<ExportOrder> draw();

  private:
    void drawRows();
    void drawBoardRows();

    ExportOrder order_;
    std::vector<ReadyBoard> boards_;
    bool open_ = false;
};

}  // namespace stubble
