#include "tools/studio/density_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/core/parallel.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

constexpr float kMinAreaCm2 = 1e-4f;  // of a smoothed cell: else it is an edge's rest
constexpr int kHalvings = 6;          // of a cell's edge where zones meet
constexpr float kChartUnitMm = 150;   // on the skin, about
constexpr float kClearBelow = 4;      // dots per cm² from which on the map is opaque: a few are seen, too
constexpr float kFullHair = 80;       // hairs per cm² from which on hair counts as whole. Working default

std::vector<float> blurred(const std::vector<float>& cells, int side, float sigma) {
    const int reach = std::max(1, static_cast<int>(std::ceil(2.5f * sigma)));
    std::vector<float> weights;
    for (int i = -reach; i <= reach; ++i)
        weights.push_back(std::exp(-0.5f * static_cast<float>(i * i) / (sigma * sigma)));
    const auto pass = [&](const std::vector<float>& from, int along, int across) {
        std::vector<float> to(from.size(), 0);
        parallelFor(static_cast<std::size_t>(side), [&](std::size_t line) {
            const int start = static_cast<int>(line) * across;
            for (int i = 0; i < side; ++i) {
                float sum = 0;
                for (int k = std::max(-reach, -i); k <= std::min(reach, side - 1 - i); ++k)
                    sum += weights[static_cast<std::size_t>(k + reach)] *
                           from[static_cast<std::size_t>(start + (i + k) * along)];
                to[static_cast<std::size_t>(start + i * along)] = sum;
            }
        });
        return to;
    };
    return pass(pass(cells, 1, side), side, 1);
}

float triangleMm2(glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    return 0.5f * glm::length(glm::cross(b - a, c - a));
}

}  // namespace

glm::vec2 ChartCells::cornerChart(int column, int row) const {
    const float step = 2 * reach / static_cast<float>(side);
    return {-reach + step * static_cast<float>(column), reach - step * static_cast<float>(row)};
}

ChartCells chartCells(const Head& head, int side, float reach) {
    ChartCells cells{side, reach, {}, {}, {}};
    const int corners = side + 1;
    cells.cornersMm.resize(static_cast<std::size_t>(corners * corners));
    cells.onCranium.resize(cells.cornersMm.size());
    std::vector<float> masks(cells.cornersMm.size(), 0);
    const auto skull = skullOf(head);
    const SkullTracer& tracer = skull->tracer();
    parallelFor(cells.cornersMm.size(), [&](std::size_t i) {
        const int row = static_cast<int>(i) / corners, column = static_cast<int>(i) % corners;
        const glm::vec3 direction = head.chart.directionFromChart(cells.cornerChart(column, row));
        const auto hit = tracer.hitFrom(head.chart.centreMm(), direction);
        if (!hit) return;
        cells.cornersMm[i] = hit->positionMm;
        const glm::uvec3 t = head.mesh.triangles[hit->point.triangle];
        masks[i] = glm::dot(hit->point.barycentric,
                            glm::vec3(head.craniumMask[t.x], head.craniumMask[t.y], head.craniumMask[t.z]));
        cells.onCranium[i] = masks[i] > 0.5f;
    });
    cells.areaCm2.resize(static_cast<std::size_t>(side * side), 0);
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column) {
            const auto i = static_cast<std::size_t>(row * corners + column),
                       n = static_cast<std::size_t>(corners);
            const float mask = 0.25f * (masks[i] + masks[i + 1] + masks[i + n] + masks[i + n + 1]);
            const std::array<glm::vec3, 4> p = {cells.cornersMm[i], cells.cornersMm[i + 1],
                                                cells.cornersMm[i + n], cells.cornersMm[i + n + 1]};
            if (mask > 0)
                cells.areaCm2[static_cast<std::size_t>(row * side + column)] =
                    mask * (triangleMm2(p[0], p[1], p[2]) + triangleMm2(p[1], p[3], p[2])) / 100;
        }
    return cells;
}

std::vector<float> densityPerCm2(const ChartCells& cells, const ScalpChart& chart,
                                 std::span<const glm::vec3> dotsMm, float blurMm) {
    const float perUnit = static_cast<float>(cells.side) / (2 * cells.reach);
    std::vector<std::int32_t> cellOf(dotsMm.size());
    parallelFor(dotsMm.size(), [&](std::size_t i) {
        const glm::vec2 at = chart.chartFromMm(dotsMm[i]);
        const int column = static_cast<int>(std::floor((at.x + cells.reach) * perUnit)),
                  row = static_cast<int>(std::floor((cells.reach - at.y) * perUnit));
        const bool inside = column >= 0 && row >= 0 && column < cells.side && row < cells.side;
        cellOf[i] = inside ? row * cells.side + column : -1;
    });
    std::vector<float> counts(cells.areaCm2.size(), 0);
    for (const std::int32_t cell : cellOf)
        if (cell >= 0) ++counts[static_cast<std::size_t>(cell)];
    const float sigma = blurMm / kChartUnitMm * perUnit;
    const std::vector<float> dots = blurred(counts, cells.side, sigma);
    std::vector<float> densities = blurred(cells.areaCm2, cells.side, sigma);
    for (std::size_t i = 0; i < densities.size(); ++i)
        densities[i] =
            cells.areaCm2[i] > kMinAreaCm2 ? dots[i] / densities[i] : std::numeric_limits<float>::quiet_NaN();
    return densities;
}

std::vector<ZoneBorder> zoneBorders(const ChartCells& cells, const Hairline& hairline) {
    const int corners = cells.side + 1;
    const auto zoneOf = [&](glm::vec2 chart, glm::vec3 positionMm) {
        return zoneAt(chart, hairline.signedDistanceMm(positionMm));
    };
    std::vector<Zone> zones(cells.cornersMm.size(), Zone::outside);
    parallelFor(zones.size(), [&](std::size_t i) {
        if (cells.onCranium[i])
            zones[i] = zoneOf(cells.cornerChart(static_cast<int>(i) % corners, static_cast<int>(i) / corners),
                              cells.cornersMm[i]);
    });
    // Where on the edge from one corner to another the zone changes.
    const auto crossing = [&](int from, int to) -> std::optional<glm::vec2> {
        const auto a = static_cast<std::size_t>(from), b = static_cast<std::size_t>(to);
        if (zones[a] == zones[b] || zones[a] == Zone::outside || zones[b] == Zone::outside)
            return std::nullopt;
        const glm::vec2 chartA = cells.cornerChart(from % corners, from / corners),
                        chartB = cells.cornerChart(to % corners, to / corners);
        float low = 0, high = 1;
        for (int i = 0; i < kHalvings; ++i) {
            const float middle = 0.5f * (low + high);
            const bool same = zoneOf(glm::mix(chartA, chartB, middle),
                                     glm::mix(cells.cornersMm[a], cells.cornersMm[b], middle)) == zones[a];
            (same ? low : high) = middle;
        }
        return glm::mix(chartA, chartB, 0.5f * (low + high));
    };
    std::vector<ZoneBorder> borders;
    for (int row = 0; row < cells.side; ++row)
        for (int column = 0; column < cells.side; ++column) {
            const int i = row * corners + column;
            const auto zone = [&](int corner) { return zones[static_cast<std::size_t>(corner)]; };
            if (zone(i) == zone(i + 1) && zone(i) == zone(i + corners) && zone(i) == zone(i + corners + 1))
                continue;
            std::vector<glm::vec2> met;
            for (const auto& [from, to] :
                 {std::pair(i, i + 1), std::pair(i + 1, i + corners + 1),
                  std::pair(i + corners, i + corners + 1), std::pair(i, i + corners)})
                if (const auto place = crossing(from, to)) met.push_back(*place);
            if (met.size() == 2) borders.push_back({met[0], met[1]});
            if (met.size() < 3) continue;
            glm::vec2 middle(0);
            for (const glm::vec2 place : met) middle += place / static_cast<float>(met.size());
            for (const glm::vec2 place : met) borders.push_back({place, middle});
        }
    return borders;
}

float densityScale(std::span<const float> densities) {
    constexpr float kShare = 0.995f, kStep = 40;
    std::vector<float> there;
    for (const float density : densities)
        if (density > 0) there.push_back(density);
    if (there.empty()) return kStep;
    const auto most =
        there.begin() + static_cast<std::ptrdiff_t>(kShare * static_cast<float>(there.size() - 1));
    std::nth_element(there.begin(), most, there.end());
    return std::max(kStep, std::ceil(*most / kStep) * kStep);
}

Rgb8 densityColour(float share) {
    static constexpr std::array<glm::vec3, 5> kKnots = {glm::vec3(33, 145, 140), glm::vec3(39, 173, 129),
                                                        glm::vec3(92, 200, 99), glm::vec3(170, 220, 50),
                                                        glm::vec3(253, 231, 37)};
    const float place = std::clamp(share, 0.0f, 1.0f) * (kKnots.size() - 1);
    const auto knot = std::min(static_cast<std::size_t>(place), kKnots.size() - 2);
    return Rgb8(glm::mix(kKnots[knot], kKnots[knot + 1], place - static_cast<float>(knot)) + 0.5f);
}

std::vector<float> hairCover(std::span<const float> hairsPerCm2, int side) {
    constexpr float kEdgeCells = 1.2f;
    std::vector<float> covers;
    for (const float hairs : hairsPerCm2)
        covers.push_back(std::isnan(hairs) ? 0 : std::min(hairs / kFullHair, 1.0f));
    covers = blurred(covers, side, kEdgeCells);
    const std::vector<float> weights = blurred(std::vector<float>(covers.size(), 1), side, kEdgeCells);
    for (std::size_t i = 0; i < covers.size(); ++i) covers[i] /= weights[i];
    return covers;
}

std::vector<std::uint32_t> densityImage(std::span<const float> densities, std::span<const float> hairCover,
                                        float full) {
    std::vector<std::uint32_t> image(densities.size(), 0);
    for (std::size_t i = 0; i < densities.size(); ++i) {
        const float dots = std::isnan(densities[i]) ? 0 : std::min(densities[i] / kClearBelow, 1.0f);
        const float hair = hairCover[i];
        const float cover = dots + (1 - dots) * hair;
        if (cover <= 0) continue;
        const glm::vec3 shade =
            glm::mix(glm::vec3(kHairLayer), glm::vec3(densityColour(densities[i] / full)), dots / cover);
        const glm::uvec3 c(shade + 0.5f);
        image[i] = c.r | c.g << 8 | c.b << 16 | static_cast<std::uint32_t>(std::lround(255 * cover)) << 24;
    }
    return image;
}

}  // namespace stubble
