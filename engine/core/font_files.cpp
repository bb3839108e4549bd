#include "engine/core/font_files.h"

#include <array>

namespace stubble {
namespace {

/// Where distributions keep static Inter files, then what may stand in for it.
struct Face {
    const char* regular;
    const char* strong;
};
constexpr std::array<Face, 5> kFaces = {{
    {"/usr/share/fonts/opentype/inter/Inter-Regular.otf",
     "/usr/share/fonts/opentype/inter/Inter-SemiBold.otf"},
    {"/usr/share/fonts/truetype/inter/Inter-Regular.ttf",
     "/usr/share/fonts/truetype/inter/Inter-SemiBold.ttf"},
    {"/usr/share/fonts/inter/Inter-Regular.otf", "/usr/share/fonts/inter/Inter-SemiBold.otf"},
    {"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
     "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
}};
constexpr std::size_t kInterFaces = 3;

}  // namespace

std::optional<FontFiles> findFontFiles() {
    std::error_code ignored;
    for (std::size_t i = 0; i < kFaces.size(); ++i)
        if (std::filesystem::exists(kFaces[i].regular, ignored) &&
            std::filesystem::exists(kFaces[i].strong, ignored))
            return FontFiles{kFaces[i].regular, kFaces[i].strong, i < kInterFaces};
    return std::nullopt;
}

}  // namespace stubble
