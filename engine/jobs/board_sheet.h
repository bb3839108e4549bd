#pragma once
// A board as one picture, or as pages to print.

#include <string>

#include "engine/core/image.h"
#include "engine/core/result.h"
#include "engine/jobs/board.h"
#include "engine/jobs/canvas.h"

namespace stubble {

struct SheetOptions {
    bool answers = false;  ///< a quiz with its titles
    std::string software;  ///< named in the footer
};

/// Fails (usage) where the picture of such a board would be larger than files hold: kMaxStillSide a side.
Result<void> checkBoardPicture(const BoardJob& job, const SheetOptions& options);

/// Pictures in their own pixels, byte for byte, with headings and captions.
Result<ImageRgb8> drawBoard(const Board& board, const SheetOptions& options);

/// The same on paper, upright or across as pictures come out larger, a page a block. Bytes of a PDF.
Result<std::string> printBoard(const Board& board, const SheetOptions& options, glm::vec2 paperMm,
                               const DocumentInfo& info);

/// What is told of a cell under its picture: "placed" and "118.4 /cm²", …
struct Figure {
    std::string label, value;
};
std::vector<Figure> figuresOf(const Board& board, std::size_t cell);

/// The board's name, else what is swept.
std::string boardTitle(const BoardSpec& spec);
/// "Hair 0.5 mm": what a block has of the third sweep.
std::string blockTitle(const BoardSpec& spec, int block);
/// What all pictures have in common, and what the figures are.
std::vector<std::string> footLines(const BoardJob& job, const SheetOptions& options);

}  // namespace stubble
