#pragma once
// From a colour that skin should show to the reflectance that shows it, and back.

#include <glm/glm.hpp>

#include "engine/render/light.h"

namespace stubble {

/// Radiance × exposure of a perfect diffuser under the reference light; it shows as 248 of 255. The display
/// compresses highlights, so a swatch as light as Monk 3 (f7) is a reflectance of 0.92 at this level, and one
/// as dark as Monk 10 is still lighter than the surface's own reflection. Reflectances would leave 0 to 1 at
/// levels below 1.39 and above 1.83.
inline constexpr float kReferenceLevel = 1.5f;

/// The light under which skin shows its nominal colour: an even surrounding, no lamps, at kReferenceLevel.
LightRig referenceLight();

/// Scene radiance × exposure to display, linear sRGB: Khronos PBR Neutral, as shaders/post/display.frag.
glm::vec3 displayedFromScene(glm::vec3 scene);
/// The inverse, for 0 ≤ displayed < 1.
glm::vec3 sceneFromDisplayed(glm::vec3 displayed);

/// Added to a design's shine where the skin is scalp, which is oilier; shaders/skin/skin.glsl has it, too.
inline constexpr float kScalpShine = 0.12f;

/// Share of an even surrounding that the scalp's surface reflects at normal incidence; shine 0 to 1.
float surfaceReflection(float shine);

/// Diffuse reflectance, 0 to 1, of skin that shows the given colour (linear sRGB, 0 to 1) under the reference
/// light, seen straight on, with the surface reflection of the default shine.
glm::vec3 albedoShownAs(glm::vec3 displayedLinearSrgb);

}  // namespace stubble
