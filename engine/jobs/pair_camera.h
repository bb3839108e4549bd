#pragma once
// Takes the pictures of a treated scalp and its natural counterpart.

#include <memory>
#include <optional>

#include "engine/gpu/context.h"
#include "engine/jobs/scalp_pair.h"
#include "engine/jobs/treated_view.h"
#include "engine/perception/mismatch.h"
#include "engine/render/renderer.h"

namespace stubble {

/// Two pictures of one framing, as light: linear sRGB × the light's exposure, before the display's curve,
/// since an eye looks at a scalp and not at a display.
struct PairPictures {
    TreatedFrame frame;
    ImageLinear treated, natural;
    ImageRgb8 shown;  ///< the treated one for a display

    /// Statistics of one of the pictures to an observer, cm away.
    [[nodiscard]] Result<TextureStatistics> statistics(const ImageLinear& picture, double distanceCm) const;
    [[nodiscard]] Result<MismatchMeasure> measure(double distanceCm) const;
};

/// Pictures of both in one framing, with the rig of lamps turned by lampDegrees around the head.
Result<PairPictures> takePair(Renderer& renderer, const GpuScene& treated, const GpuScene& natural,
                              TreatedFrame frame, std::string_view light, float lampDegrees);
/// How far a rig turns back that would follow `eye` away from the named camera: lamps stand with the client,
/// not with the eye that goes round them.
float lampsStayDegrees(std::string_view camera, const Head& head, const Camera& eye);

/// Owns an OpenGL context; use on one thread.
class PairCamera {
  public:
    /// Takes the context, which is current on this thread.
    static Result<PairCamera> create(ScalpPair pair, GlContext context);

    /// The treated skin's middle (TreatedView::window), both scalps clipped to a length. The rig of lamps
    /// turns by lampDegrees around the head, to the picture's right.
    Result<PairPictures> window(std::string_view camera, std::string_view light, float lengthMm,
                                float turnDegrees = 0, float lampDegrees = 0);
    /// All treated skin in sight.
    Result<PairPictures> whole(std::string_view camera, std::string_view light, float lengthMm);

    [[nodiscard]] ScalpPair& pair() { return *pair_; }
    [[nodiscard]] const TreatedView& view() const { return *view_; }
    [[nodiscard]] const std::string& renderer() const { return context_.device().renderer; }

  private:
    PairCamera(ScalpPair pair, GlContext context, Renderer renderer);
    Result<PairPictures> take(TreatedFrame frame, std::string_view light, float lengthMm, float lampDegrees);

    std::unique_ptr<ScalpPair> pair_;
    std::unique_ptr<TreatedView> view_;
    GlContext context_;
    Renderer renderer_;
    std::optional<float> clippedMm_;
    std::unique_ptr<GpuScene> treated_, natural_;
};

}  // namespace stubble
