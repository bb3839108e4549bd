#pragma once
// Dots in the skin as the graphics device draws them, and coarser: neighbours merged, for frames whose pixels
// cannot tell them apart.

#include "engine/render/splat_groups.h"
#include "engine/render/splats.h"

namespace stubble {

/// Group g's records are kSplatGroup from g · kSplatGroup on in DotRecords::dots.
struct DotGroup : SplatGroup {
    float detailMm4 = 0;           ///< the most that merging hides: loss × area × variance added by it
    float varianceMm2 = 0;         ///< the most of one that is merged
    std::uint32_t firstChild = 0;  ///< group that it stands for, and the next ones
    std::uint32_t childCount = 0;  ///< 0: each dot for itself
};

struct DotTree {
    std::vector<DotGroup> groups;
    std::vector<std::uint32_t> roots;  ///< groups that together stand for all dots
};

struct DotRecords {
    std::vector<shared::Dot> dots;        ///< by whole groups: as given, then those merged
    std::vector<shared::DotLobes> lobes;  ///< of those given, by whole groups
    DotTree tree;
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

/// All parts' dots, those given before those merged.
DotRecords joined(std::span<const DotRecords* const> parts);

/// Groups some of which may be seen (as visibleGroups), each as coarse as `mostError` allows: the share of
/// its light by which a pixel may change. None is merged at 0.
std::vector<std::uint32_t> visibleDotGroups(const DotTree& tree, const GroupCuller& culler,
                                            const shared::FrameBlock& frame, float mostError);

}  // namespace stubble
