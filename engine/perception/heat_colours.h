#pragma once
// A map laid over a picture as colours.

#include "engine/core/image.h"

namespace stubble {

/// Dark blue (0) through grey to yellow (1), values outside clamped: lightness rises evenly and the order
/// holds for the colour-blind (after Nuñez, Anderton and Renslow, "Optimizing colormaps with consideration
/// for color vision deficiency", 2018).
Rgb8 heatColour(double t);

/// `picture` with cell (x, y) of `map`, `cellPx` ≥ 1 pixels a side from the top left, laid over it with
/// `opacity` 0 to 1: a value of 0 as heatColour(0), `full` > 0 as heatColour(1), linear between cells'
/// middles. Nothing is laid over cells that are NaN, nor beyond the map.
ImageRgb8 heatOverlay(const ImageRgb8& picture, const Image<float>& map, int cellPx, double full,
                      double opacity);

}  // namespace stubble
