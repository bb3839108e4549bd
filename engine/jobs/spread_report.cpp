#include "engine/jobs/spread_report.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace stubble {

nlohmann::ordered_json reportNumber(double value) {
    if (!std::isfinite(value)) return nullptr;
    return std::strtod(fmt::format("{:.4g}", value).c_str(), nullptr);
}

nlohmann::ordered_json quantilesJson(const Quantiles& q, double unit) {
    return {{"min", reportNumber(q.min / unit)},
            {"fifthPercentile", reportNumber(q.fifth / unit)},
            {"median", reportNumber(q.median / unit)},
            {"ninetyFifthPercentile", reportNumber(q.ninetyFifth / unit)},
            {"max", reportNumber(q.max / unit)},
            {"mean", reportNumber(q.mean / unit)}};
}

nlohmann::ordered_json spreadJson(const Spread& spread) {
    const PairStatistics& pairs = spread.pairs;
    nlohmann::ordered_json correlation = nlohmann::ordered_json::array();
    for (const double g : pairs.correlation) correlation.push_back(reportNumber(g));
    return {{"hexagonalSpacing", reportNumber(spread.spacingMm)},
            {"smallestDistance", reportNumber(spread.smallestMm)},
            {"smallestDistanceThroughSheets", reportNumber(spread.smallestStraightMm)},
            {"relativeSmallestDistance", reportNumber(spread.relativeSmallest())},
            {"largestGap", reportNumber(spread.gap.largestMm)},
            {"largestGapAtMost", reportNumber(spread.gap.boundMm)},
            {"relativeLargestGap", reportNumber(spread.relativeGap())},
            {"relativeNearestNeighbour", quantilesJson(spread.nearestMm, spread.spacingMm)},
            {"pairCorrelation",
             {{"peak", reportNumber(pairs.peak())},
              {"peakAt", reportNumber(pairs.peakAt())},
              {"binWidth", PairStatistics::kBinWidth},
              {"values", correlation}}},
            {"anisotropy", reportNumber(pairs.anisotropy)},
            {"anisotropyByChance", reportNumber(pairs.anisotropyChance)},
            {"hexagonalOrder", reportNumber(pairs.hexagonalOrder)},
            {"squareOrder", reportNumber(pairs.squareOrder)},
            {"orderByChance", reportNumber(pairs.orderChance)}};
}

std::string peakText(double peak, double at) {
    if (!std::isfinite(peak)) return "too few for a pair correlation";
    return fmt::format("pair correlation peaks at {:.2f}, {:.2f} spacings apart", peak, at);
}

std::string spreadText(const Spread& spread) {
    const double d = spread.spacingMm;
    const Quantiles& nearest = spread.nearestMm;
    const PairStatistics& pairs = spread.pairs;
    return fmt::format(
        "hexagonal spacing {:.4g}\n"
        "smallest distance {:.4g}, {:.3f} of the spacing\n"
        "largest gap {:.4g}, {:.3f} of the spacing\n"
        "nearest neighbours {:.3f} (5 %), {:.3f} (median), {:.3f} (95 %) of the spacing\n"
        "{}\n"
        "directions deviate by up to {:.1f} %; chance gives bins {:.1f} %\n"
        "lattice order {:.4f} hexagonal, {:.4f} square; chance {:.4f}\n",
        d, spread.smallestMm, spread.relativeSmallest(), spread.gap.largestMm, spread.relativeGap(),
        nearest.fifth / d, nearest.median / d, nearest.ninetyFifth / d,
        peakText(pairs.peak(), pairs.peakAt()), 100 * pairs.anisotropy, 100 * pairs.anisotropyChance,
        pairs.hexagonalOrder, pairs.squareOrder, pairs.orderChance);
}

}  // namespace stubble
