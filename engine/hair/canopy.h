#pragma once
// How much of the light, and of the view, hairs take from one another and from the skin they stand on.

#include <glm/glm.hpp>

namespace stubble {

/// Straight hairs alike, standing on flat skin without order (by Poisson's law). The average of a place, not
/// its hairs.
struct HairCanopy {
    float hairsPerMm2 = 1.9f;
    float diameterMm = 0.065f;
    float lengthMm = 0.2f;          ///< outside the skin
    glm::vec3 direction{0, 0, 1};   ///< root to tip, unit
    glm::vec3 skinNormal{0, 0, 1};  ///< unit
    float riseSdRad = 0;            ///< standard deviations of the directions: of the angle to the skin,
    float turnSdRad = 0;            ///< and around the normal; 0 to 0.5
    float clumping = 1;  ///< Nilson's index, 0 to 1: 1 by Poisson's law, less in tufts (unitClumping)
};

/// Mean sine of the angle between the hairs and a direction: what of their length is seen across it.
float meanSine(const HairCanopy& canopy, glm::vec3 towards);

/// Optical depth of the hairs' sides from a height above the skin, 0 to the tips', out along a unit
/// direction; infinite for one that does not rise from the skin.
float canopyOpticalDepth(const HairCanopy& canopy, glm::vec3 towards, float heightMm = 0);

/// Area that one hair keeps from the light at a height, mm² of a plane there: its side's shadow and its own
/// section. 0 above its tip.
float needleShadowMm2(const HairCanopy& canopy, glm::vec3 towards, float heightMm = 0);

/// Share of places at a height that see out along a direction, past all hairs: exp(−hairs × shadow), exact
/// for clumping 1 and no spread.
float gapFraction(const HairCanopy& canopy, glm::vec3 towards, float heightMm = 0);

/// Share of the skin that hairs shade, or stand on, under a lamp in a direction.
float shadedFraction(const HairCanopy& canopy, glm::vec3 towardsLamp);

/// Share of an even sky's irradiance that comes to a height between the hairs. A fit, within 0.012 up to four
/// layers of hair (clumping × hairs × diameter × length left).
float skyTransmittance(const HairCanopy& canopy, float heightMm = 0);

/// Clumping of tufts: hairs of a unit hide one another's shadows. pairsPerHair: Σ k(k − 1)/2 ÷ Σ k over units
/// of k hairs, ≥ 0; apartMm: between the hairs of a pair, > 0. For shadows long against apartMm, and few
/// hairs a unit.
float unitClumping(float pairsPerHair, float apartMm, float diameterMm);

}  // namespace stubble
