#pragma once
// OpenEXR files: light as numbers, for those who grade or measure a picture.

#include <filesystem>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Writes block by block to a file that appears whole or not at all: half floats in R, G and B, ZIP, the
/// chromaticities of sRGB, the text as string attributes ("Software" becomes "software"). What exceeds a half
/// is cut to ±65504. Byte-identical for equal input. Fails with ExitCode::io; a pipe cannot take it.
Result<void> writeExr(const std::filesystem::path& path, const ImageLinear& image,
                      const TextChunks& text = {});

}  // namespace stubble
