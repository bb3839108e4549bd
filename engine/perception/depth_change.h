#pragma once
// What gives away that hair stands up and pigment does not: the difference changes with view and light.

#include <span>

#include "engine/core/result.h"

namespace stubble {

/// A measure (d′, ΔE, …) taken with the eye or the lamp at an angle.
struct AngleMeasure {
    double degrees = 0;
    double value = 0;
};

struct AngleChange {
    double perDegree = 0;                          ///< slope of the least-squares line
    double largest = 0;                            ///< highest value less the lowest, ≥ 0
    double lowestDegrees = 0, highestDegrees = 0;  ///< where those two were
};

/// How a measure changes with the angle. Fails on fewer than two different angles or values that are not
/// finite.
Result<AngleChange> changeWithAngle(std::span<const AngleMeasure> measures);

/// What stands over a piece of skin: the share of it that hides the skin from the eye, 0 to 1, and how high
/// over the skin that is on average. Bare skin and pigment in it have a height of 0.
struct CoveredCell {
    double coverage = 0;
    double heightMm = 0;
};

struct ReliefFigure {
    double coverage = 0;  ///< mean share of the cells
    double meanMm = 0;    ///< mean height of what covers, weighted by coverage; 0 where nothing does
    double rmsMm = 0;     ///< √ of the mean over all cells of coverage · height²: bare skin counts as 0
};

/// Relief of cells of equal area. Fails on no cells, a coverage outside 0 to 1 or a height that is negative
/// or not finite.
Result<ReliefFigure> reliefFigure(std::span<const CoveredCell> cells);

}  // namespace stubble
