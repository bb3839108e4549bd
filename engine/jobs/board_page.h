#pragma once
// A board as one HTML page that needs nothing else.

#include <string>

#include "engine/jobs/board_sheet.h"

namespace stubble {

/// The page of assets/pages/board.html with pictures, figures and parameters in it. `provenance` is told in
/// the page's metadata. Fails (badInput) where the template is missing.
Result<std::string> boardPage(const Board& board, const SheetOptions& options, const TextChunks& provenance);

}  // namespace stubble
