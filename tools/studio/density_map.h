#pragma once
// A scene's dots counted on the flat scalp chart: dots per cm² of skin, and where the zones lie.

#include <cstdint>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/core/image.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/head.h"
#include "engine/scalp/zones.h"

namespace stubble {

/// The skin of a head in square cells of its chart: rows from the face to the back, columns from left to
/// right, `side` of them each, within ±reach.
struct ChartCells {
    int side = 0;
    float reach = 0;
    std::vector<float> areaCm2;           ///< of each cell: skin that a treatment may reach
    std::vector<glm::vec3> cornersMm;     ///< of the cells: (side + 1)², where there is skin
    std::vector<std::uint8_t> onCranium;  ///< of each corner: skin that a treatment may reach

    [[nodiscard]] glm::vec2 cornerChart(int column, int row) const;
};
inline constexpr int kMapSide = 192;      ///< cells of about 2 mm
inline constexpr float kMapReach = 1.2f;  ///< beyond the sideburns
ChartCells chartCells(const Head& head, int side = kMapSide, float reach = kMapReach);

/// Of each cell, smoothed over about `blurMm`; NaN where there is no skin that a treatment may reach.
std::vector<float> densityPerCm2(const ChartCells& cells, const ScalpChart& chart,
                                 std::span<const glm::vec3> dotsMm, float blurMm = 3.5f);

/// Borders between zones, apart from the hairline itself: pieces in the chart.
struct ZoneBorder {
    glm::vec2 from{0}, to{0};
};
std::vector<ZoneBorder> zoneBorders(const ChartCells& cells, const Hairline& hairline);

/// The end of a scale for such densities: a round figure, at least 40, with round quarters, that most of them
/// stay under.
float densityScale(std::span<const float> densities);

/// Of the map's scale: 0 is teal, 1 yellow, values outside clamped. Lightness rises evenly from well above
/// the map's dark ground, and the order holds for the colour-blind: the upper half of viridis (van der Walt
/// and Smith, "A better default colormap for matplotlib", 2015).
Rgb8 densityColour(float share);

/// How much of each cell hair covers, 0 to 1, of such densities of hairs: soft at its edges.
std::vector<float> hairCover(std::span<const float> hairsPerCm2, int side);

/// As an image, rows from the face to the back: densityColour up to `full`, clear below a few dots, over a
/// faint layer where hair grows; clear where there is no such skin. RGBA, not premultiplied.
std::vector<std::uint32_t> densityImage(std::span<const float> densities, std::span<const float> hairCover,
                                        float full);

inline constexpr Rgb8 kHairLayer(92, 84, 78);  ///< where hair stands in full, over the map's ground

}  // namespace stubble
