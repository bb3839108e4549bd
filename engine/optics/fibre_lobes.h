#pragma once
// The light of a hair at run time: a closed form fitted to engine/optics/fibre.h, for its default shape and
// index. shaders/hair/fibre.glsl computes the same; keep them alike.

#include <glm/glm.hpp>

namespace stubble {

/// What all lamps need to know of a hair as it is seen: from fibreLook.
struct FibreLook {
    glm::vec4 sinTilted, cosTilted;  ///< view's inclination to the lobes of R, TT, TRT and the rest
    float sinView = 0, cosView = 1;
    float reflected = 0;  ///< shares of an even surrounding that leave by each path
    glm::vec3 through{0}, inner{0}, rest{0};
    float throughPower = 1, innerPower = 1;  ///< how narrow TT and TRT are around the hair
};

/// BCSDF × cosine of the light's inclination, 1/sr, as fibreScattering(): radiance per irradiance on a plane
/// that faces the lamp.
struct FibreLight {
    float reflected = 0;  ///< R, of the lamp's colour
    glm::vec3 tinted{0};  ///< TT, TRT and the rest, through the hair's melanin
};

/// tangentDotView: the hair's direction, root to tip, by that to the viewer, −1 to 1. absorptionPerDiameter ≥
/// 0: hairAbsorptionPerMm() × diameter.
FibreLook fibreLook(float tangentDotView, glm::vec3 absorptionPerDiameter);

/// One lamp. Unit vectors' products as above. varianceRad2 ≥ 0: of inclinations that one call stands for, by
/// the lamp's size or by the spread of the hairs.
FibreLight fibreLight(const FibreLook& look, float tangentDotLight, float lightDotView,
                      float varianceRad2 = 0);

/// Share of an even surrounding that the hair gives back (white-sky albedo at this view).
glm::vec3 fibreAlbedo(const FibreLook& look);

/// Share of a ray's light that goes on forwards: half of R and of the rest, nearly all of TT. `look` is taken
/// at the light's inclination.
glm::vec3 fibreForwardShare(const FibreLook& look);

/// Share of a lamp's light that comes through hairs of an optical depth, not between them: Zinke, Yuksel,
/// Weber and Keyser, "Dual scattering approximation for fast multiple scattering in hair", 2008, forward
/// part, with a Poisson number of hairs in the way. An approximation: no light is scattered back.
glm::vec3 multipleScattering(float opticalDepth, glm::vec3 forwardShare);

}  // namespace stubble
