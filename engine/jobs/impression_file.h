#pragma once
// Impressions as files for other programs.

#include <string>
#include <string_view>

#include "engine/treatment/impressions.h"

namespace stubble {

/// One line an impression under a header line: position (mm, head frame) and normal, diameter and depth (mm),
/// load (pigment volume, percent), session (from 1) and zone (its name).
std::string formatImpressionsCsv(const Impressions& impressions);

/// The same as binary little-endian PLY vertices, zones by number; comments give their names.
std::string formatImpressionsPly(const Impressions& impressions);

/// The same as JSON: what the dots are of, then one object a dot, keyed as the CSV's columns.
std::string formatImpressionsJson(const Impressions& impressions, std::string_view headName);

}  // namespace stubble
