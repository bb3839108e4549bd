#pragma once
// What every measure asks of a picture.

#include <cmath>
#include <string_view>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Fails, naming `what`, on an empty picture, on a pixel that is not finite or a scale that is not positive.
inline Result<void> checkPicture(std::string_view what, const ImageLinear& image, double pixelsPerDegree) {
    if (image.width < 1 || image.height < 1)
        return fail(ExitCode::badInput, "{}: {} x {} pixels, expected at least 1 x 1", what, image.width,
                    image.height);
    if (!(pixelsPerDegree > 0) || !std::isfinite(pixelsPerDegree))
        return fail(ExitCode::badInput, "{}: {} pixels per degree, expected a positive number", what,
                    pixelsPerDegree);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        const glm::vec3 p = image.pixels[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y) || !std::isfinite(p.z))
            return fail(ExitCode::badInput, "{}: pixel ({}, {}) is ({}, {}, {}), expected finite values",
                        what, i % std::size_t(image.width), i / std::size_t(image.width), p.x, p.y, p.z);
    }
    return {};
}

}  // namespace stubble
