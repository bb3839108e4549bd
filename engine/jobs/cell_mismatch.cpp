#include "engine/jobs/cell_mismatch.h"

#include "engine/hair/length.h"

namespace stubble {

Result<MismatchMeasure> CellMismatch::measure(Renderer& renderer, const Scene& scene, const GpuScene& gpu) {
    STUBBLE_TRY(const std::vector<float> lost, lostShare(*head_, scene.design));
    STUBBLE_TRY(TreatedFrame frame, TreatedView(*head_, lost).window(sight_.camera));
    // What has grown since the shave is clipped to one length, as the natural scalp is.
    Design clipped = scene.design;
    clipped.hair.lengthMm = hairLengthMm(scene.design.hair, true, kMaxMismatchLengthMm);
    clipped.hair.hoursSinceShave = 0;
    std::optional<GpuScene> clippedGpu;
    if (clipped != scene.design) {
        Scene treated = scene;
        treated.design = clipped;
        layFibres(treated);
        clippedGpu.emplace(treated);
    }
    const Design natural = naturalCounterpart(clipped);
    if (natural_) {
        STUBBLE_CHECK(natural_->set(natural));
        naturalGpu_->update(*natural_->arrays());
    } else {
        STUBBLE_TRY(LiveScene live, LiveScene::open(head_, natural));
        natural_.emplace(std::move(live));
        naturalGpu_.emplace(*natural_->arrays());
    }
    const float stay = lampsStayDegrees(sight_.camera, *head_, frame.camera);
    STUBBLE_TRY(const PairPictures pictures, takePair(renderer, clippedGpu ? *clippedGpu : gpu, *naturalGpu_,
                                                      std::move(frame), sight_.light, stay));
    return pictures.measure(sight_.distanceCm);
}

}  // namespace stubble
