#include "tools/studio/opened_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>

namespace stubble {
namespace {

/// What the import reads (engine/geometry/import.h).
constexpr std::array<std::string_view, 7> kHeadEndings = {".glb", ".gltf", ".obj", ".ply",
                                                          ".stl", ".dae",  ".zae"};

}  // namespace

FileKind kindOf(const std::filesystem::path& file) {
    std::string ending = file.extension().string();
    std::ranges::transform(ending, ending.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending == ".json") return FileKind::design;
    return std::ranges::find(kHeadEndings, ending) != kHeadEndings.end() ? FileKind::head : FileKind::other;
}

bool isHeadFile(const std::filesystem::path& file) {
    return kindOf(file) == FileKind::head;
}

}  // namespace stubble
