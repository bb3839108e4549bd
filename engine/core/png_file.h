#pragma once
// PNG files in and out (libpng).

#include <filesystem>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

/// Writes row by row to a file that appears whole or not at all: tagged sRGB, with the text as chunks and the
/// resolution, when there is one, in pixels per metre. Byte-identical for equal input. Fails with
/// ExitCode::io.
Result<void> writePng(const std::filesystem::path& path, const EncodedImage& image,
                      const ImageTags& tags = {});

/// The bytes of that file.
Result<std::string> pngBytes(const EncodedImage& image, const ImageTags& tags = {});

/// Reads a PNG as 8-bit RGB (alpha dropped). For goldens, marks and tests; refuses more than 16384 pixels a
/// side.
Result<ImageRgb8> readPng(const std::filesystem::path& path);

}  // namespace stubble
