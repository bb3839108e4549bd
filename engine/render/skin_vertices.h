#pragma once
// The skin of a scene: its figures, and what each corner of its surface bears.

#include <span>
#include <vector>

#include "engine/hair/hair_cover.h"
#include "engine/render/scene_arrays.h"

namespace stubble {

/// Colour, shine and unevenness of the skin as a whole.
void addSkinFigures(const Scene& scene, SceneFigures& figures);

/// What hides skin, and the skin's own unevenness; the vertices depend on no more of a design's skin.
struct SkinTint {
    float redness = 0, usualRedness = 0;  ///< as seen through the skin's melanin
    float albedo = 0;                     ///< of the skin, green
    glm::vec3 paint{1};                   ///< a concealer's albedo ÷ the skin's
    std::span<const float> hides;         ///< share of skin that it covers, one a vertex; empty: none
};
/// `figures` as addSkinFigures leaves them. Refers to the scene.
SkinTint skinTintOf(const Scene& scene, const SceneFigures& figures);

/// Corners in `order` of the head's own; `hair` and `openness` have one value a vertex of the head.
std::vector<SkinVertex> skinVertices(const Head& head, std::span<const std::uint32_t> order,
                                     const SkinTint& tint, std::span<const HairCover> hair,
                                     std::span<const float> openness);

}  // namespace stubble
