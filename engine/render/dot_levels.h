#pragma once
// Dots in the skin as the graphics device draws them, and coarser: neighbours merged, for frames whose pixels
// cannot tell them apart.

#include "engine/render/splat_groups.h"
#include "engine/render/splats.h"

namespace stubble {

struct DotGroup : SplatGroup {
    float detailMm4 = 0;    ///< the most that merging hides: loss × area × variance added by it
    float varianceMm2 = 0;  ///< the most of one that is merged
};

/// Group g stands for groups 2g and 2g + 1 of the next finer level.
struct DotLevel {
    std::uint32_t firstGroup = 0;  ///< in DotRecords::dots
    std::vector<DotGroup> groups;
};

struct DotRecords {
    std::vector<shared::Dot> dots;        ///< as given, then level by level, each from a whole group on
    std::vector<shared::DotLobes> lobes;  ///< of those given
    std::vector<DotLevel> levels;         ///< finest first: each dot for itself
};

/// A dot or several as one Gaussian.
struct DotGaussian {
    glm::vec3 positionMm{0}, normal{0};
    glm::vec3 loss{0};  ///< × area ÷ 2π, mm²
    float varianceMm2 = 0, addedMm2 = 0;
};

/// What records take of a dot alone.
struct PackedDot {
    DotGaussian gaussian;
    shared::Dot dot{};
    shared::DotLobes lobes{};

    PackedDot() = default;
    explicit PackedDot(const SkinDot& skinDot);
};

/// For shaders/dots/small.comp and wide.comp. Neighbours should be near one another. The same bytes for any
/// number of threads.
DotRecords dotRecords(std::span<const PackedDot* const> dots);
DotRecords dotRecords(std::span<const SkinDot> dots);

/// Groups some of which may be seen (as visibleGroups), each as coarse as `mostError` allows: the share of
/// its light by which a pixel may change. None is merged at 0.
std::vector<std::uint32_t> visibleDotGroups(std::span<const DotLevel> levels, const GroupCuller& culler,
                                            const shared::FrameBlock& frame, float mostError);

}  // namespace stubble
