#pragma once
// A flat map of the skin that bears dots, for fields that lie on it.

#include <glm/glm.hpp>

#include "engine/scalp/head.h"

namespace stubble {

/// Azimuthal equidistant map of directions from a centre below the skin: true to scale along the rays from
/// its middle on a sphere of radiusMm. Unlike the scalp chart it needs no landmarks, so that it serves a flat
/// patch too (from a centre far below), and is cheap to evaluate for each pixel (shaders/dots/tails.glsl).
struct TailMap {
    glm::vec3 centreMm{0};
    glm::mat3 mapFromWorld{1};  ///< rows: right, up, towards the map's middle
    float radiusMm = 100;

    /// Around the head's chart; for a mesh without one, the plane of its mean normal.
    static TailMap of(const Head& head);

    [[nodiscard]] glm::vec2 mapMm(glm::vec3 positionMm) const;
    /// How mapMm moves with the position: two rows, mm per mm.
    [[nodiscard]] glm::mat2x3 gradients(glm::vec3 positionMm) const;
    /// From the sphere of radiusMm outwards, mm.
    [[nodiscard]] float heightMm(glm::vec3 positionMm) const {
        return glm::distance(positionMm, centreMm) - radiusMm;
    }
};

}  // namespace stubble
