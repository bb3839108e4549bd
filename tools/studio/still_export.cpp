#include "tools/studio/still_export.h"

#include "engine/core/png_file.h"
#include "engine/jobs/stamp.h"

namespace stubble {

void StillExport::start(const View& view, std::filesystem::path file) {
    job_ = Job{view, std::move(file), 0};
}

double StillExport::done() const {
    if (!job_ || !renderer_ || job_->scene == 0) return 0;
    return static_cast<double>(renderer_->subFrames()) / job_->view.samples;
}

Result<std::optional<std::filesystem::path>> StillExport::step(const GpuScene& scene) {
    const auto work = [&]() -> Result<std::optional<std::filesystem::path>> {
        if (!renderer_) {
            STUBBLE_TRY(Renderer made, Renderer::create());
            renderer_ = std::move(made);
        }
        if (job_->scene != scene.id) {
            STUBBLE_CHECK(renderer_->start(scene, job_->view));
            job_->scene = scene.id;
        }
        renderer_->addSubFrame();
        if (renderer_->subFrames() < job_->view.samples) return std::optional<std::filesystem::path>();
        STUBBLE_TRY(ImageRgb8 image, renderer_->image());
        STUBBLE_CHECK(stampSimulation(image));
        STUBBLE_CHECK(writePng(job_->file, image));
        return std::optional(job_->file);
    };
    auto done = work();
    if (!done || *done) job_.reset();
    return done;
}

}  // namespace stubble
