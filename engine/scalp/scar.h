#pragma once
// Scars: where no hair grows and pigment takes differently.

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/scalp/head.h"
#include "engine/scalp/stroke.h"

namespace stubble {

/// A scar of the client's skin; ranges are checked when a design is read.
struct Scar {
    std::vector<glm::vec2> points;  ///< in the chart; one makes a round scar, as FUE leaves (up to 1 mm)
    float widthMm = 4;              ///< across, on the head; 0.2 to 40
    float uptake = 0.8f;            ///< pigment that stays relative to healthy skin, 0.3 to 1.5
    float paleness = 0.5f;  ///< 1: no melanin and few vessels left in it, 0: as healthy skin; working default
    float redness = 0;      ///< a young scar's blood, 0 to 1
    float gloss = 0.4f;     ///< smooth, shiny tissue without pores, 0 to 1; working default
    float reliefMm = 0;     ///< −2 (sunken) to 3 (raised) in its middle

    bool operator==(const Scar&) const = default;
};

/// The scars of a head. Immutable and thread-safe.
class ScarsOnSkin {
  public:
    ScarsOnSkin() = default;
    ScarsOnSkin(const Head& head, std::span<const Scar> scars);

    struct Place {
        float share = 0;   ///< 1 in the scar, 0 in healthy skin, smooth over the scar's narrow edge
        float uptake = 1;  ///< of the scar that claims most of the place; 1 in healthy skin
        int scar = -1;     ///< its index, or −1
        /// Whether it counts as scar: Zone::scar, and no follicle here.
        [[nodiscard]] bool isScar() const { return share >= 0.5f; }
    };
    [[nodiscard]] Place at(glm::vec3 positionMm) const;
    /// Indices of the scars that may reach a place, ascending.
    [[nodiscard]] std::span<const std::uint32_t> near(glm::vec3 positionMm) const {
        return grid_.near(positionMm);
    }
    [[nodiscard]] bool empty() const { return strokes_.empty(); }
    /// One a scar, in order.
    [[nodiscard]] std::span<const StrokeOnSkin> strokes() const { return strokes_; }

  private:
    std::vector<StrokeOnSkin> strokes_;
    std::vector<float> uptakes_;
    StrokeGrid grid_;
};

/// Takes the hair out of scars at the vertices: share · (1 − scar's share). A mesh cannot carry a scar of 1
/// mm: ask ScarsOnSkin::at for each follicle as well. `vertexShare` has one value a vertex of the head.
void clearHairInScars(const Head& head, const ScarsOnSkin& scars, std::vector<float>& vertexShare);

}  // namespace stubble
