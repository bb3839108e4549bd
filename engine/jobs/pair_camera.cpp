#include "engine/jobs/pair_camera.h"

#include <cmath>

#include "engine/core/units.h"
#include "engine/perception/viewing.h"

namespace stubble {
namespace {

/// Sub-frames: dots and hairs are exact in each, so that these smooth edges, shadows and scattering alone.
constexpr int kSamples = 4;

/// What a rig of lamps counts its azimuths from.
float rigDegrees(const Camera& camera) {
    const glm::vec3 level = directionToLight({.azimuthDegrees = 0, .elevationDegrees = 0}, camera, {0, 0});
    return std::atan2(level.x, level.z) * 180 / kPi;
}

}  // namespace

Result<TextureStatistics> PairPictures::statistics(const ImageLinear& picture, double distanceCm) const {
    return textureStatistics(picture, frame.mask, pixelsPerDegree(double(frame.mmPerPixel), distanceCm),
                             frame.patchPx);
}

Result<MismatchMeasure> PairPictures::measure(double distanceCm) const {
    STUBBLE_TRY(const TextureStatistics first, statistics(treated, distanceCm));
    STUBBLE_TRY(const TextureStatistics second, statistics(natural, distanceCm));
    return measureMismatch(first, second);
}

PairCamera::PairCamera(ScalpPair pair, GlContext context, Renderer renderer)
    : pair_(std::make_unique<ScalpPair>(std::move(pair))),
      view_(std::make_unique<TreatedView>(*pair_->head, pair_->lost)),
      context_(std::move(context)),
      renderer_(std::move(renderer)) {}

Result<PairCamera> PairCamera::create(ScalpPair pair, GlContext context) {
    STUBBLE_TRY(Renderer renderer, Renderer::create());
    return PairCamera(std::move(pair), std::move(context), std::move(renderer));
}

Result<PairPictures> takePair(Renderer& renderer, const GpuScene& treated, const GpuScene& natural,
                              TreatedFrame frame, std::string_view light, float lampDegrees) {
    auto rig = namedLight(light);
    if (!rig) return fail(ExitCode::usage, "light \"{}\": unknown", light);
    for (AreaLight& lamp : rig->lights) lamp.azimuthDegrees += lampDegrees;
    PairPictures pictures;
    const View view{frame.camera, *rig, frame.width, frame.height, kSamples, {}, false};
    const auto picture = [&](const GpuScene& scene, ImageLinear& light_) -> Result<ImageRgb8> {
        STUBBLE_TRY(ImageRgb8 shown, renderer.render(scene, view));
        STUBBLE_TRY(light_, renderer.linearImage());
        for (glm::vec3& pixel : light_.pixels) pixel *= rig->exposure;
        return shown;
    };
    STUBBLE_TRY(pictures.shown, picture(treated, pictures.treated));
    STUBBLE_TRY([[maybe_unused]] const ImageRgb8 unused, picture(natural, pictures.natural));
    pictures.frame = std::move(frame);
    return pictures;
}

float lampsStayDegrees(std::string_view camera, const Head& head, const Camera& eye) {
    return rigDegrees(*namedCamera(camera, head)) - rigDegrees(eye);
}

Result<PairPictures> PairCamera::take(TreatedFrame frame, std::string_view light, float lengthMm,
                                      float lampDegrees) {
    if (clippedMm_ != lengthMm) {
        pair_->clipTo(lengthMm);
        treated_ = std::make_unique<GpuScene>(pair_->treated);
        natural_ = std::make_unique<GpuScene>(pair_->natural);
        clippedMm_ = lengthMm;
    }
    return takePair(renderer_, *treated_, *natural_, std::move(frame), light, lampDegrees);
}

Result<PairPictures> PairCamera::window(std::string_view camera, std::string_view light, float lengthMm,
                                        float turnDegrees, float lampDegrees) {
    STUBBLE_TRY(TreatedFrame frame, view_->window(camera, turnDegrees));
    const float stay = lampsStayDegrees(camera, *pair_->head, frame.camera);
    return take(std::move(frame), light, lengthMm, lampDegrees + stay);
}

Result<PairPictures> PairCamera::whole(std::string_view camera, std::string_view light, float lengthMm) {
    STUBBLE_TRY(TreatedFrame frame, view_->whole(camera));
    return take(std::move(frame), light, lengthMm, 0);
}

}  // namespace stubble
