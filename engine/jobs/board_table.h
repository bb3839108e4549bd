#pragma once
// A board's figures for programs and spreadsheets.

#include <nlohmann/json.hpp>
#include <string>

#include "engine/jobs/board.h"

namespace stubble {

/// One line a picture under a header line: number, letter of a quiz, title, the swept values by key, figures;
/// what could not be measured is empty.
std::string boardCsv(const Board& board);

/// What was swept under which view, and of each picture what the CSV has. Same input, same bytes but for
/// "seconds", which stands there when asked for.
nlohmann::ordered_json boardJson(const Board& board, bool withSeconds = false);

}  // namespace stubble
