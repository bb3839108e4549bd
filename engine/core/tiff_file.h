#pragma once
// TIFF files for print (libtiff).

#include <filesystem>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Writes strip by strip to a file that appears whole or not at all: deflate with a predictor, an sRGB
/// profile, the resolution in pixels per inch (without one: square pixels of no size), the text "Software" as
/// its tag and the others, a line each, as the description. Byte-identical for equal input. Fails with
/// ExitCode::io; a pipe cannot take it.
Result<void> writeTiff(const std::filesystem::path& path, const EncodedImage& image,
                       const ImageTags& tags = {});

}  // namespace stubble
