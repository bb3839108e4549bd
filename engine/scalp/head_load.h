#pragma once
// From a name or a mesh file to a head that is ready to use, with what was guessed on the way.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/import.h"
#include "engine/scalp/head.h"

namespace stubble {

/// Which head a job works on.
struct HeadSource {
    std::string head = "builtin:mannequin";  ///< builtin:NAME or a mesh file
    std::filesystem::path landmarks;         ///< landmark file; empty: landmarkFileOf(head) where
                                             ///< it is there, else found on the mesh
    ImportOptions import;                    ///< for mesh files
};

/// Whether a head's name is that of one that comes with the program: builtin:NAME.
inline bool isBuiltinHead(std::string_view head) {
    return head.starts_with("builtin:");
}

struct LoadedHead {
    Head head;                           ///< its landmarks carry their confidence
    ImportReport importReport;           ///< what was guessed about the file
    glm::mat4 headFromFile{1};           ///< the mesh file's coordinates into the head's frame
    std::filesystem::path landmarkFile;  ///< that gave landmarks; empty: all were found
    bool fromCache = false;
    /// Import and landmarks as sentences for a person, one a line. Before `head` is moved from.
    [[nodiscard]] std::string reportText() const;
};

/// Imports, finds or reads landmarks, and builds the head. The result is cached under cacheDir(), keyed by
/// the bytes of all files involved and the options. Fails (badInput) with one message that names the file: it
/// cannot be read, is no head, or its landmarks are off.
Result<LoadedHead> loadHead(const HeadSource& source);

/// The files that loadHead would read of a mesh file's head, those it looks for without finding them too;
/// none for a built-in head. Fails (badInput) where a .gltf does not tell them.
Result<std::vector<std::filesystem::path>> headFilesOf(const HeadSource& source);

/// Raise it whenever import, landmark guessing or buildHead give another head for the same file.
inline constexpr std::uint32_t kHeadCacheVersion = 4;

}  // namespace stubble
