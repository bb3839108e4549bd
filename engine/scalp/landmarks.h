#pragma once
// The anatomical points that everything on a head hangs on.

#include <array>
#include <glm/glm.hpp>
#include <optional>
#include <string_view>

namespace stubble {

/// The first five fix the scalp chart (EEG's 10–20 system: Jasper, 1958); the rest serve hairline rules and
/// framing.
enum class Landmark {
    nasion,      ///< deepest point of the nasal root, midline
    inion,       ///< external occipital protuberance, midline
    tragusLeft,  ///< the head's own left
    tragusRight,
    vertex,       ///< top of the head, midline
    glabella,     ///< most forward point between the brows, midline
    pronasale,    ///< tip of the nose
    menton,       ///< lowest point of the chin, midline
    canthusLeft,  ///< lateral (outer) corner of the left eye
    canthusRight,
};
inline constexpr int kLandmarkCount = 10;

/// "nasion", "tragusLeft", …: the names in landmark files.
std::string_view landmarkName(Landmark landmark);
std::optional<Landmark> landmarkFromName(std::string_view name);

/// Positions on the skin, mm, in the same frame as the mesh.
struct Landmarks {
    std::array<glm::vec3, kLandmarkCount> positionsMm{};
    std::array<float, kLandmarkCount> confidence{};  ///< 0 to 1; 1 = given by a person or a recipe

    glm::vec3& operator[](Landmark l) { return positionsMm[static_cast<std::size_t>(l)]; }
    const glm::vec3& operator[](Landmark l) const { return positionsMm[static_cast<std::size_t>(l)]; }
};

}  // namespace stubble
