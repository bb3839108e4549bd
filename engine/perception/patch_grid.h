#pragma once
// Sums over the patches of a picture, on any of its halved levels.

#include <algorithm>

#include "engine/core/parallel.h"
#include "engine/perception/plane.h"

namespace stubble {

struct PatchGrid {
    int patchPx = 0, columns = 0, rows = 0;
};

/// Calls body(patch, y, xBegin, xEnd) for every run of pixels of one row that lies in one patch, patches in
/// parallel by rows of them, each patch's runs in order. Pixel x of a level halved n times with
/// `shrink` = 2ⁿ lies at x·2ⁿ. Every `step`-th row alone is visited.
template <typename Body>
void forPatchRuns(const PatchGrid& grid, int width, int height, int shrink, const Body& body, int step = 1) {
    const auto firstOf = [&](int patch, int limit) {
        return std::min((patch * grid.patchPx + shrink - 1) / shrink, limit);
    };
    parallelFor(
        static_cast<std::size_t>(grid.rows),
        [&](std::size_t row) {
            const int r = static_cast<int>(row);
            for (int y = firstOf(r, height); y < firstOf(r + 1, height); y += step)
                for (int c = 0; c < grid.columns; ++c)
                    body(row * std::size_t(grid.columns) + std::size_t(c), y, firstOf(c, width),
                         firstOf(c + 1, width));
        },
        1);
}

}  // namespace stubble
