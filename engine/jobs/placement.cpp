#include "engine/jobs/placement.h"

#include <chrono>
#include <memory>

#include "engine/scalp/head_load.h"
#include "engine/scene/scene.h"

namespace stubble {

Result<Placement> placeDesign(const PlacementJob& job, Progress* progress) {
    const auto start = std::chrono::steady_clock::now();
    ProgressPart reading(progress, 0, 0.3);
    reading.report(0, "reading the head");
    STUBBLE_TRY(LoadedHead loaded, loadHead(job.head));
    Placement placement;
    if (!isBuiltinHead(job.head.head)) placement.importReport = loaded.reportText();
    const auto head = std::make_shared<const Head>(std::move(loaded.head));
    ProgressPart baking(progress, 0.3, 1);
    STUBBLE_TRY(Scene scene, bakeScene(head, job.design, &baking));

    placement.impressions = std::move(scene.impressions);
    placement.looks = std::move(scene.looks);
    placement.head = head;
    placement.headName = head->name;
    placement.hairs = scene.follicles.size();
    placement.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return placement;
}

}  // namespace stubble
