// stubble pair: a design before and after its treatment, in one picture or on a page with a slider.

#include <fmt/ranges.h>

#include <cstdio>
#include <memory>

#include "engine/core/file.h"
#include "engine/core/png_file.h"
#include "engine/jobs/before_after.h"
#include "engine/jobs/still.h"
#include "engine/scene/design_json.h"
#include "tools/stubble/command.h"
#include "tools/stubble/design_options.h"
#include "tools/stubble/gl_options.h"
#include "tools/stubble/output.h"
#include "tools/stubble/terminal_progress.h"
#include "tools/stubble/view_options.h"

namespace stubble {
namespace {

struct PairOptions {
    DesignOptions design;
    std::string output, size;
    OwnCameraOptions camera;
    BeforeAfterJob job;
    bool quiet = false;
};

constexpr const char* kSoftware = "stubble " STUBBLE_VERSION;

Result<void> write(const BeforeAfter& pair, const std::string& output) {
    if (lowerSuffix(output) == ".html") {
        STUBBLE_TRY(const std::string page, pairPage(pair, kSoftware));
        return writeFileAtomically(output, page);
    }
    STUBBLE_TRY(const ImageRgb8 image, besideOneAnother(pair));
    const BeforeAfterJob& job = pair.job;
    const TextChunks text = {
        {"Software", kSoftware},
        {"Description", "Simulated scalp micropigmentation before and after; not a photograph"},
        {"Design", formatDesign(job.design)},
        {"View", fmt::format("camera {}, light {}, {} samples", job.ownCamera ? "own" : job.camera, job.light,
                             job.samples)},
        {"Source", pair.renderer}};
    return writePng(output, image, {.text = text});
}

Result<void> makePair(const PairOptions& options) {
    if (options.output.empty()) return fail(ExitCode::usage, "expected --output\nSee stubble pair --help.");
    BeforeAfterJob job = options.job;
    STUBBLE_CHECK(readView(options.size, options.camera, job));
    STUBBLE_TRY(const ChosenDesign chosen, chooseDesign(options.design));
    STUBBLE_CHECK(checkOutput(options.output, {".html", ".png"},
                              {options.design.designFile, chosen.head.head, chosen.head.landmarks}));
    job.design = chosen.design;
    job.head = chosen.head;
    auto progress = makeProgress(options.quiet);
    STUBBLE_TRY(const BeforeAfter pair, renderBeforeAfter(job, progress.get()));
    STUBBLE_CHECK(write(pair, options.output));
    progress.reset();
    if (!options.quiet) std::fputs(pair.importReport.c_str(), stderr);
    return {};
}

}  // namespace

void addPairCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand(
        "pair", "Show a design before and after its treatment, in the same view and light");
    auto options = std::make_shared<PairOptions>();
    BeforeAfterJob& job = options->job;
    addDesignOptions(*command, options->design);
    command->add_option("-o,--output", options->output,
                        "File that ends in .html, a page with a slider, or .png, both side by side");
    command->add_option("--camera", job.camera, fmt::format("{}", fmt::join(cameraNames(), ", ")))
        ->capture_default_str();
    addOwnCamera(*command, options->camera);
    command->add_option("--light", job.light, fmt::format("{}", fmt::join(lightNames(), ", ")))
        ->capture_default_str();
    command->add_option("--size", options->size, "Pixels of either picture, WIDTHxHEIGHT; else 960x1080");
    command->add_option("--samples", job.samples, "Sub-frames, 1 to 4096: smoother edges and shadows")
        ->capture_default_str();
    addGlOptions(*command, job.gl);
    command->add_flag("--quiet", options->quiet, "No progress and no closing message");
    command->callback([options, &run] { run = [options] { return makePair(*options); }; });
}

}  // namespace stubble
