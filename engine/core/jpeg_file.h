#pragma once
// JPEG, for pictures inside pages (libjpeg).

#include <string>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// The bytes of a JFIF file, which browsers take for sRGB: colours at full resolution, since pigment is a
/// matter of small colours. `quality` 1 to 100. Byte-identical for equal input. Fails (tryAgain) without
/// memory, (badInput) where a side is not 1 to 65500.
Result<std::string> jpegBytes(const ImageRgb8& image, int quality);

}  // namespace stubble
