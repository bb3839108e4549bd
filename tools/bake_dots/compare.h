#pragma once
// Figures for the plots of docs/optics.md (tools/plot_optics).

#include <cstdint>
#include <filesystem>

#include "engine/core/result.h"

namespace stubble {

/// Evaluates the run time's closed form on the dots that `bake_dots check` has written to `samples`, ring by
/// ring, alone and on a grid of 1 mm, and writes both as CSV.
Result<void> writeComparison(const std::filesystem::path& samples, const std::filesystem::path& output);

/// What a hard black dot of 0.12 mm, 0.1 mm thick (30/mm), one a mm², takes of 450, 550 and 650 nm by its
/// depth, by transport, as CSV. Skin: 3 % melanosomes, 0.2 % blood.
Result<void> writeLossByDepth(const std::filesystem::path& output, std::uint64_t photons, std::uint64_t seed);

}  // namespace stubble
