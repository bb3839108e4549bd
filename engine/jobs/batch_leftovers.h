#pragma once
// What is in the way in a batch's folder of pictures.

#include <cstddef>
#include <filesystem>

namespace stubble {

/// Removes what killed processes left half-written of the pictures `begin` to `end`, `end` not among them,
/// but for those that a process is at. What cannot be removed stays.
void removeLeftovers(const std::filesystem::path& folder, std::size_t begin, std::size_t end);

/// Removes a link, pipe or empty folder in a file's place: what is then written lands here, and never waits.
void clearPlace(const std::filesystem::path& file);

}  // namespace stubble
