#pragma once
// Loaded heads as bytes, and the key that finds them.

#include <optional>
#include <span>
#include <vector>

#include "engine/core/hash.h"
#include "engine/scalp/head_load.h"

namespace stubble {

/// The hash of everything a loaded head depends on. Empty when that cannot be told (a file that cannot be
/// read): then nothing is cached.
std::optional<ContentHash> headCacheKey(const HeadSource& source, const std::filesystem::path& meshFile,
                                        const std::filesystem::path& landmarkFile);

/// The files beside a .gltf that hold its geometry; none of any other mesh file. Empty when they cannot be
/// told.
std::optional<std::vector<std::filesystem::path>> gltfBuffersOf(const std::filesystem::path& meshFile);

std::vector<std::byte> bytesOfHead(const LoadedHead& loaded);
/// Empty when the bytes are no whole, consistent head of this version.
std::optional<LoadedHead> headOfBytes(std::span<const std::byte> bytes);

}  // namespace stubble
