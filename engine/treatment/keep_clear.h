#pragma once
// Where a client's own hair leaves room for dots: a dot stands beside a hair, not on it.

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/scalp/place_tree.h"

namespace stubble {

/// A hair where it leaves the skin.
struct HairRoot {
    glm::vec3 positionMm{0};
    glm::vec3 normal{0, 1, 0};
    float diameterMm = 0;
    bool operator==(const HairRoot&) const = default;
};

/// From each slot of the tree to the edge of the nearest hair on its side of the skin, mm; reachMm where none
/// is nearer. `normals` has one a slot.
std::vector<float> hairGapsMm(const PlaceTree& tree, std::span<const glm::vec3> normals,
                              std::span<const HairRoot> hairs, float reachMm);

/// The share of slots around each leaf whose gap is at least radiusMm: the room that is left. At least
/// kLeastOpenShare.
std::vector<float> openShares(const PlaceTree& tree, std::span<const float> gapsMm, float radiusMm);

/// Dots that hair displaces are made up for nearby, up to four times the density; working default.
inline constexpr float kLeastOpenShare = 0.25f;

}  // namespace stubble
