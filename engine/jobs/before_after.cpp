#include "engine/jobs/before_after.h"

#include <algorithm>

#include "engine/core/file.h"
#include "engine/core/html_text.h"
#include "engine/core/png_file.h"
#include "engine/jobs/canvas.h"
#include "engine/jobs/picture.h"
#include "engine/jobs/stamp.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxTemplateBytes = 1u << 20;

std::string titleOf(const BeforeAfter& pair) {
    return pair.job.design.name.empty() ? "Before and after" : pair.job.design.name;
}

std::string wordsOf(const BeforeAfter& pair) {
    const Design& design = pair.job.design;
    return fmt::format(
        "Simulated, not photographs. The same head, view and light; after: {:g} days since the last of {} "
        "session{}.",
        design.time.days, design.smp.sessions, design.smp.sessions == 1 ? "" : "s");
}

}  // namespace

Result<BeforeAfter> renderBeforeAfter(const BeforeAfterJob& job, Progress* progress) {
    const auto viewOf = [&job](const Head& head) -> Result<View> {
        const auto camera = job.ownCamera ? job.ownCamera : namedCamera(job.camera, head);
        if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
        const auto light = namedLight(job.light);
        if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
        return View{*camera, *light, job.width, job.height, job.samples, {}, false};
    };
    ProgressPart opening(progress, 0, 0.3), first(progress, 0.3, 0.6), baking(progress, 0.6, 0.7),
        second(progress, 0.7, 1);
    STUBBLE_TRY(OpenScene open, openScene(job.head, job.design, viewOf, &opening, job.gl));
    BeforeAfter pair{job, {}, {}, open.context.device().renderer, open.importReport};
    STUBBLE_TRY(pair.after, renderPicture(open.renderer, open.gpu, open.view, &first));
    Design untreated = job.design;
    untreated.smp.enabled = false;
    STUBBLE_TRY(const Scene bare, bakeScene(open.scene.head, untreated, &baking));
    const GpuScene gpu(SceneArrays::of(bare, true));
    STUBBLE_TRY(pair.before, renderPicture(open.renderer, gpu, open.view, &second));
    STUBBLE_CHECK(stampSimulation(pair.before));
    STUBBLE_CHECK(stampSimulation(pair.after));
    return pair;
}

Result<ImageRgb8> besideOneAnother(const BeforeAfter& pair) {
    const int width = pair.after.width, height = pair.after.height;
    const int gap = std::max(width / 100, 4), band = std::max(height / 18, 24);
    STUBBLE_TRY(Canvas canvas, Canvas::picture(2 * width + gap, height + band));
    const auto w = static_cast<float>(width), h = static_cast<float>(height), g = static_cast<float>(gap);
    canvas.image(pair.before, {0, 0, w, h});
    canvas.image(pair.after, {w + g, 0, w, h});
    const float size = 0.5f * static_cast<float>(band), base = h + 0.68f * static_cast<float>(band);
    const TextStyle strong = {size, Rgb8(24, 26, 28), TextWeight::strong};
    canvas.text({0.6f * size, base}, "Before", strong);
    canvas.text({w + g + 0.6f * size, base}, "After", strong);
    // What is left of the line, where the words fit in.
    TextStyle quiet = {0.6f * size, Rgb8(92, 96, 100), TextWeight::regular, TextAlign::right};
    const std::string words = wordsOf(pair);
    const float room = w - canvas.textWidth("After", strong) - 3 * size;
    quiet.size *= std::min(1.0f, room / canvas.textWidth(words, quiet));
    canvas.text({2 * w + g - 0.6f * size, base}, words, quiet);
    return canvas.pictureImage();
}

Result<std::string> pairPage(const BeforeAfter& pair, const std::string& software) {
    STUBBLE_TRY(const auto data, dataDir());
    STUBBLE_TRY(std::string page, readTextFile(data / "assets/pages/pair.html", kMaxTemplateBytes));
    STUBBLE_TRY(const std::string before, pngBytes(pair.before));
    STUBBLE_TRY(const std::string after, pngBytes(pair.after));
    const std::string view =
        fmt::format("{} view, {} light", pair.job.ownCamera ? "own" : pair.job.camera, pair.job.light);
    // "<" could end the script element that the design stands in.
    std::string design = formatDesign(pair.job.design);
    for (auto at = design.find('<'); at != std::string::npos; at = design.find('<', at))
        design.replace(at, 1, "\\u003c");
    fillIn(page, "title", htmlEscaped(titleOf(pair)));
    fillIn(page, "words", htmlEscaped(wordsOf(pair)));
    fillIn(page, "view", htmlEscaped(view));
    fillIn(page, "software", htmlEscaped(software));
    fillIn(page, "width", std::to_string(pair.after.width));
    fillIn(page, "height", std::to_string(pair.after.height));
    fillIn(page, "design", design);
    fillIn(page, "before", base64(before));
    fillIn(page, "after", base64(after));
    return page;
}

}  // namespace stubble
