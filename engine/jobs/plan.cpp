#include "engine/jobs/plan.h"

#include <array>

#include "engine/jobs/open_scene.h"
#include "engine/jobs/picture.h"
#include "engine/jobs/stamp.h"

namespace stubble {
namespace {

constexpr int kPictureWidth = 840, kPictureHeight = 1050;  // 280 dots an inch at 76 mm

constexpr std::array<PlanAftercare, 6> kAftercare = {{
    {0, 7, "fresh", "The dots look darker and larger than they will be, and the skin may be red."},
    {2, 10, "crusts", "Small crusts form and fall off by themselves. Do not pick or scrub them."},
    {3, 10, "fading", "Most of the colour that will be lost is lost now. This is expected, not a fault."},
    {7, 30, "nextSession", "The next session fits in here, once the skin has closed."},
    {30, 30, "settled",
     "Healed: about a third to a half of the fresh darkness is gone. Judge the result now, "
     "not before."},
    {3 * 365, 6 * 365, "refresh", "Pigment fades slowly; most people have it refreshed in these years."},
}};

Result<void> drawPicture(const PlanJob& job, Plan& plan, Progress* progress) {
    const auto viewOf = [&job](const Head& head) -> Result<View> {
        const auto camera = namedCamera(job.camera, head);
        if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
        const auto light = namedLight(job.light);
        if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
        constexpr int kSamples = 8;
        return View{*camera, *light, kPictureWidth, kPictureHeight, kSamples, {}, false};
    };
    ProgressPart opening(progress, 0, 0.6), rendering(progress, 0.6, 1);
    STUBBLE_TRY(OpenScene open, openScene(job.head, job.design, viewOf, &opening, job.gl));
    STUBBLE_TRY(ImageRgb8 image, renderPicture(open.renderer, open.gpu, open.view, &rendering));
    STUBBLE_CHECK(stampSimulation(image));
    plan.picture = std::move(image);
    return {};
}

/// A finding that nothing can be measured is a sentence of the plan, not a fault of it.
Result<void> measureBlending(const PlanJob& job, const std::shared_ptr<const Head>& head, Plan& plan,
                             Progress* progress) {
    PlanBlending blending;
    const auto measured = [&]() -> Result<void> {
        STUBBLE_TRY(GlContext context, GlContext::createHeadless(job.gl));
        ProgressPart baking(progress, 0, 0.15), climbing(progress, 0.15, 1);
        STUBBLE_TRY(ScalpPair pair, bakeScalpPair(head, job.design, &baking));
        STUBBLE_TRY(PairCamera camera, PairCamera::create(std::move(pair), std::move(context)));
        STUBBLE_TRY(blending.length, blendingLength(camera, blending.sight, &climbing));
        return {};
    }();
    if (!measured) {
        if (measured.error().code != ExitCode::badInput) return measured;
        plan.whyNoBlending = measured.error().message;
        return {};
    }
    if (!blending.length.always && blending.length.upToMm > 0)
        blending.clipEveryDays = clippingDays(blending.length, job.design.hair);
    constexpr float kUmPerMm = 1000;
    blending.growthMmPerDay = traitsOf(job.design.hair).growthUmPerDay / kUmPerMm;
    plan.blending = std::move(blending);
    return {};
}

void planSessions(const Scene& scene, Plan& plan) {
    plan.hours = hoursFor(plan.dots);
    for (const SessionFigures& figures : sessionFigures(scene)) {
        const auto number = static_cast<double>(plan.sessions.size());
        plan.sessions.push_back(
            {figures, hoursFor(figures.dots), number * double{scene.design.time.sessionGapDays}});
    }
}

}  // namespace

std::span<const PlanAftercare> planAftercare() {
    return kAftercare;
}

Result<Plan> makePlan(const PlanJob& job, Progress* progress) {
    Plan plan;
    plan.design = job.design;
    plan.needle.points = kNeedlePoints[static_cast<std::size_t>(job.design.smp.needle)];
    plan.software = job.software;
    plan.camera = job.camera, plan.light = job.light;
    ProgressPart whole(progress, 0, 1);
    whole.report(0, "reading the head");
    STUBBLE_TRY(LoadedHead loaded, loadHead(job.head));
    if (!isBuiltinHead(job.head.head)) plan.importReport = loaded.reportText();
    const auto head = std::make_shared<const Head>(std::move(loaded.head));
    plan.headName = head->name;

    ProgressPart baking(progress, 0.05, 0.15);
    STUBBLE_TRY(const Scene scene, bakeScene(head, job.design, &baking));
    whole.report(0.15, "measuring");
    const PlacementStats stats = measurePlacement(head->mesh, scene.impressions);
    plan.dots = scene.impressions.size();
    plan.areaCm2 = stats.whole.areaCm2;
    plan.zones = stats.zones;
    planSessions(scene, plan);
    plan.advice = lint(scene);
    STUBBLE_TRY(const Hairline hairline, designedHairline(*head, job.design));
    plan.hairline = developHairline(*head, hairline);

    if (job.picture) {
        ProgressPart picture(progress, 0.25, 0.4);
        STUBBLE_CHECK(drawPicture(job, plan, &picture));
    }
    if (job.blending && plan.dots == 0) {
        plan.whyNoBlending = "the design puts no pigment in";
    } else if (job.blending) {
        ProgressPart blending(progress, 0.4, 1);
        STUBBLE_CHECK(measureBlending(job, head, plan, &blending));
    } else {
        plan.whyNoBlending = "it was left out when this sheet was made";
    }
    whole.report(1, "done");
    return plan;
}

}  // namespace stubble
