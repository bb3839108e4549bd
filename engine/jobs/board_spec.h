#pragma once
// Which designs a board puts side by side, and what each is called.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/scene/design.h"

namespace stubble {

inline constexpr std::size_t kMaxBoardCells = 256, kMaxBoardSweeps = 3, kMaxBoardColumns = 16;

/// A key of the design and the values that it takes along one side of a board.
struct BoardSweep {
    std::string key;
    std::vector<std::string> values;  ///< as --set takes them
};

/// A picture of a board: what is changed of the board's design.
struct BoardCell {
    std::string title;                  ///< for people: "0.12 mm · Monk 4"
    std::vector<std::string> settings;  ///< KEY=VALUE, one after another
};

/// A board, before anything is rendered.
struct BoardSpec {
    std::string title, description;  ///< for people; may be empty
    std::vector<BoardSweep> sweeps;  ///< columns, rows, blocks; none where cells are named one by one
    std::vector<BoardCell> cells;    ///< row by row, block after block
    int columns = 1;                 ///< of each block
    int rows = 1;                    ///< of each block; the last one may be short where cells are one row
    int blocks = 1;
    bool quiz = false;  ///< pictures bear letters, their titles are answers

    /// Whether columns and rows stand for values: not where one row of cells has been broken into several.
    [[nodiscard]] bool isTable() const { return sweeps.size() > 1; }
    [[nodiscard]] int cellsPerBlock() const { return static_cast<int>(cells.size()) / blocks; }
};

/// "KEY=V1,V2,…"; commas inside brackets and quotes are the value's own. Faults are usage errors that open
/// with "--sweep ".
Result<BoardSweep> parseSweep(std::string_view text);

/// Every combination of one to three sweeps, `most` at most; the first varies fastest. Checks keys and
/// values; every fault opens with `place` and is of `code`.
Result<std::vector<BoardCell>> cellsOfSweeps(const std::vector<BoardSweep>& sweeps, std::size_t most,
                                             ExitCode code, std::string_view place);

/// The same as a board. `columns` breaks a single sweep into rows; 0 chooses.
Result<BoardSpec> boardOfSweeps(std::vector<BoardSweep> sweeps, int columns, ExitCode code = ExitCode::usage,
                                std::string_view place = "--sweep ");

/// Rows for named cells, as many columns as asked for; 0 chooses.
void arrangeCells(BoardSpec& spec, int columns);

/// The design of a cell. Fails as applySetting does; `place` opens the message.
Result<Design> designOf(const BoardCell& cell, Design design, std::string_view place);

/// "dot diameter": what a key is called under pictures.
std::string keyTitle(std::string_view key);
/// "0.12 mm", "guard #1 (3 mm)", "stage VI": a value that says by itself what it is of.
std::string valueTitle(std::string_view key, std::string_view value);
/// "Dot diameter": its first letter as a sentence has it.
std::string capitalised(std::string text);
/// "A", …, "Z", "AA", …: what a picture of a quiz bears.
std::string cellLetter(std::size_t index);

}  // namespace stubble
