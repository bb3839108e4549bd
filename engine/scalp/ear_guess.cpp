#include "engine/scalp/ear_guess.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/scalp/head_proportions.h"

namespace stubble {
namespace {

/// Distance of the outermost skin from the midline on a grid of 1 mm; row 0 at the top, column 0 at the back.
class SideMap {
  public:
    SideMap(const HeadProbe& probe, float side, float topY, float backZ, int rows, int columns)
        : topY_(topY),
          backZ_(backZ),
          rows_(rows),
          columns_(columns),
          x_(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns)) {
        for (int r = 0; r < rows; ++r)
            for (int c = 0; c < columns; ++c)
                x_[index(r, c)] = probe.side(side, yOf(r), zOf(c)).value_or(-1e3f);
    }
    [[nodiscard]] float x(int row, int column) const {
        return x_[index(std::clamp(row, 0, rows_ - 1), std::clamp(column, 0, columns_ - 1))];
    }
    [[nodiscard]] float yOf(int row) const { return topY_ - static_cast<float>(row); }
    [[nodiscard]] float zOf(int column) const { return backZ_ + static_cast<float>(column); }
    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int columns() const { return columns_; }

  private:
    [[nodiscard]] std::size_t index(int row, int column) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
               static_cast<std::size_t>(column);
    }
    float topY_, backZ_;
    int rows_, columns_;
    std::vector<float> x_;
};

/// The column of the auricle's rear edge in a row: where the skin first steps up, seen from the back; −1
/// where it does not. An auricle also stands out from the cheek, which the jaw over the neck does not.
int rearEdge(const SideMap& map, int row, float scale) {
    constexpr int kStepMm = 4;
    constexpr float kMinStepMm = 5, kOverCheekMm = 4;
    const int cheek = static_cast<int>(45 * scale);
    const auto step = [&](int c) { return map.x(row, c) - map.x(row, c - kStepMm); };
    for (int c = kStepMm; c + 1 < map.columns(); ++c) {
        if (map.x(row, c - kStepMm) < 0 || step(c) < kMinStepMm) continue;
        while (c + 1 < map.columns() && step(c + 1) > step(c)) ++c;  // to the top of the step
        if (map.x(row, c) > map.x(row, c + cheek) + kOverCheekMm) return c;
    }
    return -1;
}

struct Run {
    int first = 0, last = -1;
    [[nodiscard]] int size() const { return last - first + 1; }
};

/// Longest run of rows with an edge, bridging gaps of three rows and ending where the edge jumps.
Run longestRun(const std::vector<int>& edges) {
    constexpr int kMaxGap = 3, kMaxJump = 12;
    Run best, run;
    int lastColumn = -1;
    for (int r = 0; r < static_cast<int>(edges.size()); ++r) {
        const int c = edges[static_cast<std::size_t>(r)];
        if (c < 0) continue;
        if (run.last < run.first || r - run.last > kMaxGap + 1 || std::abs(c - lastColumn) > kMaxJump)
            run = {r, r};
        run.last = r, lastColumn = c;
        if (run.size() > best.size()) best = run;
    }
    return best;
}

struct Dip {
    int tragus = 0;   ///< column
    float depth = 0;  ///< of the concha behind it
};

/// The concha's hollow in a row, seen from the rear edge forwards, and the ridge before it.
Dip conchaDip(const SideMap& map, int row, int edge, float scale) {
    const int from = edge + static_cast<int>(5 * scale), to = edge + static_cast<int>(38 * scale);
    const int reach = static_cast<int>(14 * scale);
    Dip best;
    for (int c = from; c <= to && c < map.columns(); ++c) {
        if (map.x(row, c) > map.x(row, c - 1) || map.x(row, c) > map.x(row, c + 1)) continue;
        float behind = -1e30f, before = -1e30f;
        int tragus = c;
        for (int k = edge; k < c; ++k) behind = std::max(behind, map.x(row, k));
        for (int k = c + 1; k <= c + reach; ++k) {
            // The nearest ridge counts, not the cheek before it.
            const float height = map.x(row, k) - 0.15f * static_cast<float>(k - c);
            if (height > before) before = height, tragus = k;
        }
        const float depth = std::min(behind, map.x(row, tragus)) - map.x(row, c);
        if (depth > best.depth) best = {tragus, depth};
    }
    return best;
}

}  // namespace

std::optional<EarGuess> findEar(const HeadProbe& probe, float side, float usualY, float usualZ, float scale) {
    const float topY = usualY + 55 * scale, backZ = usualZ - 62 * scale;
    const SideMap map(probe, side, topY, backZ, static_cast<int>(110 * scale), static_cast<int>(100 * scale));
    std::vector<int> edges;
    for (int r = 0; r < map.rows(); ++r) edges.push_back(rearEdge(map, r, scale));
    const Run ear = longestRun(edges);
    if (static_cast<float>(ear.size()) < 0.4f * proportion::kEarLengthMm * scale) return std::nullopt;

    // The tragus lies in the middle third of the auricle, where the concha behind it is deepest.
    struct Candidate {
        int row, column;
        float depth;
    };
    std::vector<Candidate> candidates;
    float deepest = 0;
    for (int r = ear.first + ear.size() * 3 / 10; r <= ear.first + ear.size() * 8 / 10; ++r) {
        const int edge = edges[static_cast<std::size_t>(r)];
        if (edge < 0) continue;
        const Dip dip = conchaDip(map, r, edge, scale);
        if (dip.depth <= 0) continue;
        candidates.push_back({r, dip.tragus, dip.depth});
        deepest = std::max(deepest, dip.depth);
    }
    EarGuess guess;
    float rowSum = 0, columnSum = 0, weight = 0;
    for (const Candidate& c : candidates) {
        if (c.depth < 0.6f * deepest) continue;
        rowSum += c.depth * static_cast<float>(c.row);
        columnSum += c.depth * static_cast<float>(c.column);
        weight += c.depth;
    }
    int row = 0, column = 0;
    if (deepest > 1.5f && weight > 0) {
        row = static_cast<int>(std::lround(rowSum / weight));
        column = static_cast<int>(std::lround(columnSum / weight));
        guess.confidence = 0.85f;
    } else {
        // An auricle without a hollow: its middle height, most of an ear's breadth before the usual rear
        // edge.
        row = (ear.first + ear.last) / 2;
        std::vector<int> columns(edges.begin() + ear.first, edges.begin() + ear.last + 1);
        std::nth_element(columns.begin(), columns.begin() + ear.size() / 2, columns.end());
        const int edge = std::max(0, columns[static_cast<std::size_t>(ear.size() / 2)]);
        column = edge + static_cast<int>(30 * scale);
        guess.confidence = 0.5f;
    }
    guess.tragus = {side * map.x(row, column), map.yOf(row), map.zOf(column)};
    return guess;
}

}  // namespace stubble
