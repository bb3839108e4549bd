#pragma once
// Dots and hairs in groups, so that those out of the picture or on skin that turns away cost nothing.

#include <glm/glm.hpp>
#include <optional>
#include <span>
#include <vector>

#include "engine/render/shared_structs.h"

namespace stubble {

/// What one work group of a splatting program draws: consecutive records.
inline constexpr std::size_t kSplatGroup = STUBBLE_SPLAT_GROUP;
struct SplatGroup {
    glm::vec3 centreMm;
    float radiusMm;
    glm::vec3 axis;
    float coneRadians;
};

/// Of records in the order that they are drawn in.
std::vector<SplatGroup> splatGroups(std::span<const glm::vec3> positionsMm,
                                    std::span<const glm::vec3> normals);

/// Tells groups some of which may be seen: within `reachMm` and `reachPixels` of the frame's box, on skin
/// whose normal's cosine to the line of sight is `leastFacing` or more.
class GroupCuller {
  public:
    GroupCuller(const shared::FrameBlock& frame, float reachMm, float reachPixels, float leastFacing);
    [[nodiscard]] bool mayShow(const SplatGroup& group) const;

  private:
    shared::FrameBlock frame_;
    glm::vec2 low_, high_;  ///< the picture's pixels
    float reachMm_, mostRadians_;
};

/// Their indices.
std::vector<std::uint32_t> visibleGroups(std::span<const SplatGroup> groups, const GroupCuller& culler);

struct PixelSpan {
    glm::vec2 low, high;
};
/// The picture's pixels that a sphere may cover, from the lower left; everything when it is near the eye,
/// nothing when it is behind.
std::optional<PixelSpan> pixelsOfSphere(const shared::FrameBlock& frame, glm::vec3 centreMm, float radiusMm);

}  // namespace stubble
