#pragma once
// Which head a job works on.

#include <filesystem>
#include <string>

#include "engine/geometry/import.h"

namespace stubble {

struct HeadSource {
    std::string head = "builtin:mannequin";  ///< builtin:NAME or a mesh file
    std::filesystem::path landmarks;         ///< landmark file; empty: found on the mesh
    ImportOptions import;                    ///< for mesh files
};

}  // namespace stubble
