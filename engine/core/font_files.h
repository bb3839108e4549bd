#pragma once
// Where the system keeps the program's typeface.

#include <filesystem>
#include <optional>

namespace stubble {

struct FontFiles {
    std::filesystem::path regular, strong;
    bool isInter = false;  ///< else what stands in for it
};

/// Inter (Debian's fonts-inter), else Noto Sans, else DejaVu Sans; nothing when none is installed.
std::optional<FontFiles> findFontFiles();

}  // namespace stubble
