#include "engine/jobs/display_image.h"

#include "engine/render/skin_colour.h"

namespace stubble {

glm::vec3 shownFromScene(glm::vec3 scene) {
    const glm::vec3 linear = glm::clamp(displayedFromScene(scene), 0.0f, 1.0f);
    return {srgbFromLinear(linear.r), srgbFromLinear(linear.g), srgbFromLinear(linear.b)};
}

glm::vec3 sceneFromShown(glm::vec3 shown) {
    return sceneFromDisplayed({linearFromSrgb(shown.r), linearFromSrgb(shown.g), linearFromSrgb(shown.b)});
}

}  // namespace stubble
