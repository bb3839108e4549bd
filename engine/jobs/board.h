#pragma once
// Pictures of one head side by side that differ in what is studied, with what was measured of each.

#include <optional>
#include <string>
#include <vector>

#include "engine/core/image.h"
#include "engine/core/progress.h"
#include "engine/jobs/board_spec.h"
#include "engine/jobs/open_scene.h"
#include "engine/jobs/pigment_figures.h"
#include "engine/jobs/placement_stats.h"
#include "engine/perception/mismatch.h"

namespace stubble {

/// Ranges that a program checks before it starts a board.
inline constexpr int kMinBoardCellPx = 128, kMaxBoardCellPx = 4096;
inline constexpr float kMinBoardCrop = 0.02f;  ///< share of a picture's side

/// The part of a camera's picture that is shown: shares of its width and height.
struct BoardCrop {
    float left = 0, top = 0, width = 1, height = 1;

    /// Within the picture, sides of at least kMinBoardCrop.
    [[nodiscard]] bool isInside() const;
};
inline constexpr std::string_view kCropExpected =
    "left, top, width, height as shares of the picture, inside 0 to 1, sides of at least 0.02";

struct BoardJob {
    BoardSpec spec;
    Design design;  ///< what cells change
    HeadSource head;
    std::string camera = "three-quarter";      ///< one of cameraNames()
    std::string light = "studio";              ///< one of lightNames()
    int cellWidth = 512, cellHeight = 512;     ///< pixels, kMinBoardCellPx to kMaxBoardCellPx
    BoardCrop crop;                            ///< inside 0 to 1, sides of at least kMinBoardCrop
    int samples = 8;                           ///< sub-frames, 1 to kMaxStillSamples
    std::optional<double> mismatchDistanceCm;  ///< d′ to an observer so far away; unset: not measured
    ContextOptions gl;
};

/// What was measured of a cell.
struct CellFigures {
    TreatedParts::Part treated;               ///< as `stubble place --stats` has it
    std::optional<PigmentFigures> pigment;    ///< of treated skin; unset where there is none
    std::optional<MismatchMeasure> mismatch;  ///< as `stubble mismatch` at the cell's own hair length
    std::string mismatchFault;                ///< why it was asked for and could not be measured
};

struct BoardPicture {
    Design design;
    ImageRgb8 image;  ///< with the stamp
    CellFigures figures;
};

struct Board {
    BoardJob job;
    std::vector<BoardPicture> pictures;  ///< of the spec's cells, in their order
    std::string renderer;                ///< GL_RENDERER
    std::string importReport;            ///< sentences for a person; empty for a built-in head
    double seconds = 0;
};

/// Bakes, renders and measures all cells with one camera, light and scale: a cell is what `stubble render`
/// makes of its design, byte for byte. Fails where a cell does and names it. `progress` may be null.
Result<Board> renderBoard(const BoardJob& job, Progress* progress = nullptr);

/// "A", where the cells are a quiz, else the cell's title; `answers`: both.
std::string cellCaption(const BoardSpec& spec, std::size_t index, bool answers);

}  // namespace stubble
