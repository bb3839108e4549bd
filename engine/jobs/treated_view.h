#pragma once
// Which skin is compared, and from where: pictures at a known scale of what a treatment covers.

#include <span>
#include <string_view>

#include "engine/geometry/rays.h"
#include "engine/perception/plane.h"
#include "engine/render/camera.h"

namespace stubble {

/// A picture to take, and which of its pixels count.
struct TreatedFrame {
    Camera camera;
    int width = 0, height = 0;
    float mmPerPixel = 0;  ///< at the middle of the treated skin, square to the line of sight
    int patchPx = 0;       ///< patches of kPatchMm
    Plane mask;            ///< 1 on treated skin in sight, clear of the silhouette; else 0
};

/// Patches that an observer compares: several dots each.
inline constexpr float kPatchMm = 6.4f;

/// Finds the treated skin in sight of the named cameras. Refers to the head, which must outlive it.
class TreatedView {
  public:
    /// `lost` as ScalpPair has it.
    TreatedView(const Head& head, std::span<const float> lost);

    /// 51 mm square, 0.1 mm a pixel, about the middle of the treated skin that the camera has in sight; the
    /// eye then goes round that place by turnDegrees to its right. Fails (badInput) where no treated skin is.
    Result<TreatedFrame> window(std::string_view camera, float turnDegrees = 0) const;
    /// All of it with a margin, 0.16 mm a pixel, in whole patches.
    Result<TreatedFrame> whole(std::string_view camera) const;

  private:
    struct Place {
        glm::vec3 positionMm, normal;
        float weight;
    };
    Result<Camera> aimed(std::string_view camera) const;
    [[nodiscard]] glm::vec3 middleFrom(glm::vec3 towardsEye) const;
    Result<TreatedFrame> framed(std::string_view name, TreatedFrame frame) const;

    const Head& head_;
    std::span<const float> lost_;
    RayScene rays_;
    std::vector<Place> places_;
};

}  // namespace stubble
