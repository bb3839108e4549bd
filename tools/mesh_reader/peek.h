#pragma once
// A look at a file before assimp parses it: what it is, and how many triangles it promises.

#include <cstdint>
#include <optional>
#include <string>

namespace stubble {

struct Peek {
    std::optional<std::string> refusal;      ///< completes "FILE: …"
    std::optional<std::uint64_t> triangles;  ///< found cheaply: exact or a lower bound
};

/// `extension` is lower case with its dot.
Peek peekAtFile(const std::string& path, const std::string& extension);

}  // namespace stubble
