#include "engine/jobs/display_image.h"

#include "engine/core/parallel.h"
#include "engine/render/skin_colour.h"

namespace stubble {

glm::vec3 shownFromScene(glm::vec3 scene) {
    const glm::vec3 linear = glm::clamp(displayedFromScene(scene), 0.0f, 1.0f);
    return {srgbFromLinear(linear.r), srgbFromLinear(linear.g), srgbFromLinear(linear.b)};
}

glm::vec3 sceneFromShown(glm::vec3 shown) {
    return sceneFromDisplayed({linearFromSrgb(shown.r), linearFromSrgb(shown.g), linearFromSrgb(shown.b)});
}

ImageRgb16 displayImage16(const ImageLinear& scene) {
    ImageRgb16 image(scene.width, scene.height);
    parallelFor(
        image.pixels.size(),
        [&](std::size_t i) {
            image.pixels[i] = Rgb16(glm::round(65535.0f * shownFromScene(scene.pixels[i])));
        },
        4096);
    return image;
}

}  // namespace stubble
