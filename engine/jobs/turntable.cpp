#include "engine/jobs/turntable.h"

#include <chrono>
#include <glm/gtc/matrix_transform.hpp>
#include <numbers>

#include "engine/jobs/picture.h"
#include "engine/jobs/stamp.h"

namespace stubble {
namespace {

/// Of the head's vertices, so many tell where its outline is to a millimetre or two.
constexpr std::size_t kOutlineVertices = 20'000;

bool isCut(const Head& head, const View& view) {
    const float chinMm = head.landmarks[Landmark::menton].y;
    const float focal = view.camera.focalPixels(view.height);
    const glm::vec2 half = 0.5f * glm::vec2(view.width, view.height);
    const std::vector<glm::vec3>& places = head.mesh.positionsMm;
    for (std::size_t i = 0; i < places.size(); i += 1 + places.size() / kOutlineVertices) {
        if (places[i].y < chinMm) continue;
        const glm::vec3 sight = places[i] - view.camera.eyeMm;
        const glm::vec2 seen(glm::dot(sight, view.camera.right()), glm::dot(sight, view.camera.trueUp()));
        const float depthMm = glm::dot(sight, view.camera.forward());
        if (glm::any(glm::greaterThan(focal * glm::abs(seen), depthMm * half))) return true;
    }
    return false;
}

}  // namespace

Camera turnedCamera(const Camera& camera, const Head& head, int frame, int frames) {
    if (frame == 0) return camera;
    const glm::vec3 axisMm = 0.5f * (head.landmarks[Landmark::nasion] + head.landmarks[Landmark::inion]);
    const double radians = -2 * std::numbers::pi * frame / frames;
    const glm::mat3 turn(glm::rotate(glm::mat4(1), static_cast<float>(radians), glm::vec3(0, 1, 0)));
    Camera turned = camera;
    turned.eyeMm = axisMm + turn * (camera.eyeMm - axisMm);
    turned.targetMm = axisMm + turn * (camera.targetMm - axisMm);
    turned.up = turn * camera.up;
    return turned;
}

Result<TurntableReport> renderTurntable(const TurntableJob& job,
                                        const std::function<Result<void>(const ImageRgb8&)>& take,
                                        Progress* progress) {
    const auto firstView = [&job](const Head& head) -> Result<View> {
        const auto camera = job.ownCamera ? job.ownCamera : namedCamera(job.camera, head);
        if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
        const auto light = namedLight(job.light);
        if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
        return View{*camera, *light, job.width, job.height, job.samples, {}, false};
    };
    // About three frames' time goes by until the first.
    const double opened = 3.0 / (3 + job.frames), frameShare = (1 - opened) / job.frames;
    ProgressPart opening(progress, 0, opened);
    STUBBLE_TRY(OpenScene open, openScene(job.head, job.design, firstView, &opening, job.gl));
    TurntableReport report{open.context.device().renderer, open.importReport, open.scene.impressions.size(),
                           open.scene.follicles.size(), open.seconds.all};
    const bool whole = !job.ownCamera && showsWholeHead(job.camera);
    const auto start = std::chrono::steady_clock::now();
    for (int frame = 0; frame < job.frames; ++frame) {
        View view = open.view;
        // The rig of lamps goes with the camera: before both the head turns.
        view.camera = turnedCamera(open.view.camera, *open.scene.head, frame, job.frames);
        if (whole && isCut(*open.scene.head, view)) ++report.cutFrames;
        const double begin = opened + frame * frameShare;
        ProgressPart part(progress, begin, begin + frameShare);
        STUBBLE_TRY(ImageRgb8 picture, renderPicture(open.renderer, open.gpu, view, &part));
        STUBBLE_CHECK(stampSimulation(picture));
        STUBBLE_CHECK(take(picture));
    }
    report.framesSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

std::string viewOf(const TurntableJob& job) {
    return fmt::format("{} view, {} light", job.ownCamera ? "own" : job.camera, job.light);
}

}  // namespace stubble
