#pragma once
// How well samples are spread, as JSON and as sentences.

#include <nlohmann/json.hpp>
#include <string>

#include "engine/geometry/spread.h"

namespace stubble {

/// A figure rounded to four significant digits, for reports; null where it is not finite.
nlohmann::ordered_json reportNumber(double value);

/// {"min", "fifthPercentile", "median", "ninetyFifthPercentile", "max", "mean"}, each divided by `unit`.
nlohmann::ordered_json quantilesJson(const Quantiles& quantiles, double unit = 1);

/// Lengths in the mesh's unit, "relative…" in hexagonal spacings.
nlohmann::ordered_json spreadJson(const Spread& spread);

/// "pair correlation peaks at 1.80, 0.73 spacings apart", or that it cannot be told.
std::string peakText(double peak, double at);

/// The same for a person, one measure a line.
std::string spreadText(const Spread& spread);

}  // namespace stubble
