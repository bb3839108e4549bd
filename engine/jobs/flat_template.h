#pragma once
// A hairline developed flat: what is printed at real scale, cut out and laid on the head.

#include <array>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/scalp/hairline.h"

namespace stubble {

/// A curve on a surface rolled out on a plane: it keeps its lengths and how it turns within the surface, so
/// that a strip of paper cut along it lies flat on the skin. `normals` are the surface's at the places, unit.
/// The place `middle` comes to the origin with the given direction of the surface there pointing down (0,
/// -1); as seen from outside.
std::vector<glm::vec2> rollOut(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                               std::size_t middle, glm::vec3 down);

/// Lengths that a tape measures on the skin, so that the template's place can be checked without it.
struct TapeMeasures {
    float glabellaToMidpointMm = 0;
    std::array<float, 2> midpointToApexMm{};  ///< right, left
    std::array<float, 2> canthusToApexMm{};   ///< from the outer corner of the eye
};

/// On paper x goes to the head's left and y up, away from the face; mm. All arrays run from the head's right
/// to its left.
struct FlatTemplate {
    std::vector<glm::vec3> headMm;    ///< the smooth line on the head
    std::vector<glm::vec2> placesMm;  ///< the same on paper, its midpoint at the origin, the glabella below
    std::vector<float> arcsMm;        ///< along the line from the midpoint; below 0 on the head's right
    std::vector<float> edgesMm;       ///< how far the irregular edge lies before the line, towards the face
    std::size_t middle = 0;
    /// Where the line reaches farthest back over the outer corners of the eyes; right, left. The middle where
    /// it does not get there.
    std::array<std::size_t, 2> apexes{};
    TapeMeasures tape;
    float featherMm = 0;

    /// Unit, away from the face.
    [[nodiscard]] glm::vec2 behind(std::size_t i) const;
    /// On the line at an arc, which is held within it.
    [[nodiscard]] glm::vec2 at(float arcMm) const;
    [[nodiscard]] float lengthMm() const { return arcsMm.empty() ? 0 : arcsMm.back() - arcsMm.front(); }
};

FlatTemplate developHairline(const Head& head, const Hairline& hairline);

}  // namespace stubble
