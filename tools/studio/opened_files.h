#pragma once
// Files that people drop on the window or choose, by what they are good for.

#include <filesystem>
#include <vector>

namespace stubble {

enum class FileKind { design, head, other };

/// By its ending, in any case.
FileKind kindOf(const std::filesystem::path& file);
/// Whether a dialog for a head's file lists it.
bool isHeadFile(const std::filesystem::path& file);

/// Files that the desktop let fall on the window since the last call.
std::vector<std::filesystem::path> takeDroppedFiles();

}  // namespace stubble
