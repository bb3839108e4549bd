#pragma once
// Impressions as files for other programs.

#include <string>

#include "engine/treatment/impressions.h"

namespace stubble {

/// One line an impression under a header line: position (mm, head frame) and normal, diameter and depth (mm),
/// load (pigment volume, percent), session (from 1) and zone (its number).
std::string formatImpressionsCsv(const Impressions& impressions);

/// The same as binary little-endian PLY vertices.
std::string formatImpressionsPly(const Impressions& impressions);

}  // namespace stubble
