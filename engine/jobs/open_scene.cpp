#include "engine/jobs/open_scene.h"

#include <chrono>
#include <future>

#include "engine/jobs/picture.h"
#include "engine/render/speck.h"

namespace stubble {
namespace {

class StopWatch {
  public:
    /// Seconds since the last call, or since it was made.
    double lap() {
        const auto now = std::chrono::steady_clock::now();
        return std::chrono::duration<double>(now - std::exchange(last_, now)).count();
    }

  private:
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

struct BakedScene {
    Scene scene;
    SceneArrays arrays;
    double bakeSeconds = 0, arraysSeconds = 0;
};

Result<BakedScene> bake(const std::shared_ptr<const Head>& head, const Design& design, Progress* progress) {
    BakedScene baked;
    StopWatch watch;
    STUBBLE_TRY(baked.scene, bakeScene(head, design, progress));
    baked.bakeSeconds = watch.lap();
    baked.arrays = SceneArrays::of(baked.scene, true);
    baked.arraysSeconds = watch.lap();
    return baked;
}

}  // namespace

Result<OpenScene> openScene(const HeadSource& source, const Design& design,
                            const std::function<Result<View>(const Head&)>& viewOf, Progress* progress,
                            const ContextOptions& options) {
    StopWatch all, watch;
    OpeningSeconds seconds;
    if (progress) progress->report(0, "reading the head");
    auto loading = std::async(std::launch::async, [&]() -> Result<LoadedHead> {
        StopWatch ownWatch;
        auto loaded = loadHead(source);
        seconds.head = ownWatch.lap();
        return loaded;
    });
    auto context = GlContext::createHeadless(options);
    seconds.context = watch.lap();
    auto renderer = context ? Renderer::create() : tl::unexpected(context.error());
    seconds.programs = watch.lap();
    Result<LoadedHead> loaded = loading.get();
    if (!renderer) return tl::unexpected(std::move(renderer).error());
    if (!loaded) return tl::unexpected(std::move(loaded).error());
    const std::string importReport = isBuiltinHead(source.head) ? std::string() : loaded->reportText();
    const auto head = std::make_shared<const Head>(std::move(loaded->head));
    STUBBLE_TRY(const View view, viewOf(*head));

    ProgressPart bakes(progress, 0.3, 1);
    auto baking = std::async(std::launch::async, [&] { return bake(head, design, &bakes); });
    watch.lap();
    const bool scars = !design.skin.scars.empty() || design.grafts.count > 0;
    // A large picture's targets are its tiles'.
    drawSpeck(*renderer, view, tilesOf(view.width, view.height).front(), head->mesh, scars);
    seconds.speck = watch.lap();
    Result<BakedScene> baked = baking.get();
    if (!baked) return tl::unexpected(std::move(baked).error());
    seconds.bake = baked->bakeSeconds, seconds.arrays = baked->arraysSeconds;
    watch.lap();
    GpuScene gpu(baked->arrays);
    seconds.upload = watch.lap();
    seconds.all = all.lap();
    return OpenScene{*std::move(context),
                     *std::move(renderer),
                     std::move(baked->scene),
                     importReport,
                     view,
                     std::move(gpu),
                     seconds};
}

}  // namespace stubble
