// Flat skin with an even field of dots under the reference light, a picture for each depth, dilution, tone
// and pigment base: cells of a colour chart. tools/gallery puts them together.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>

#include "engine/core/png_file.h"
#include "engine/geometry/blue_noise.h"
#include "engine/gpu/context.h"
#include "engine/render/renderer.h"
#include "engine/render/skin_colour.h"
#include "engine/scalp/flat_skin.h"

namespace stubble {
namespace {

constexpr std::array<float, 5> kDepthsMm = {0.08f, 0.15f, 0.25f, 0.4f, 0.6f};
constexpr std::array<int, 4> kDilutions = {6, 10, 15, 20};
constexpr std::array<int, 4> kTones = {2, 4, 6, 8};
constexpr int kBaseTone = 4, kBaseDilution = 10;
constexpr float kDensityPerCm2 = 120, kDiameterMm = 0.13f, kDays = 60;
/// The widest tail lobe reaches 2.4 mm: skin goes on with dots by three of these beyond the cell.
constexpr float kPatchMm = 22;

struct Swatch {
    float depthMm = 0;
    int dilution = 0, tone = 0;
    PigmentBase base = PigmentBase::carbon;
    std::string name;
};

std::vector<Swatch> swatches() {
    std::vector<Swatch> list;
    for (const float depth : kDepthsMm) {
        for (const int tone : kTones)
            for (const int dilution : kDilutions)
                list.push_back({depth, dilution, tone, PigmentBase::carbon,
                                fmt::format("tone{}-dilution{}-depth{:.2f}", tone, dilution, depth)});
        for (std::size_t base = 0; base < kPigmentBaseCount; ++base)
            list.push_back({depth, kBaseDilution, kBaseTone, static_cast<PigmentBase>(base),
                            fmt::format("{}-depth{:.2f}", kPigmentBaseNames[base], depth)});
    }
    for (const int tone : kTones)
        list.push_back({0, 0, tone, PigmentBase::carbon, fmt::format("tone{}-bare", tone)});
    return list;
}

Result<Scene> sceneOf(const Swatch& swatch, std::shared_ptr<const Head> head, const BlueNoise& places) {
    Scene scene;
    scene.head = std::move(head);
    scene.design.skin.monk = swatch.tone;
    scene.design.smp.pigment = swatch.base;
    scene.design.smp.sessions = 1;
    scene.design.time.days = kDays;
    STUBBLE_TRY(scene.looks, DotLooks::create(scene.design));
    if (swatch.dilution == 0) return scene;
    Impressions& dots = scene.impressions;
    const std::size_t count = places.size();
    dots.positionsMm = places.positionsMm, dots.normals = places.normals;
    dots.diametersMm.assign(count, kDiameterMm), dots.depthsMm.assign(count, swatch.depthMm);
    dots.loads.assign(count, kLoadPercentTimesDilution / static_cast<float>(swatch.dilution));
    dots.sessions.assign(count, 0), dots.zones.assign(count, 0);
    return scene;
}

Result<void> renderAll(const std::filesystem::path& folder, int pixels, float millimetres) {
    const std::shared_ptr<const Head> head = std::make_shared<const Head>(flatSkin(kPatchMm));
    BlueNoiseOptions options;
    options.count = static_cast<std::size_t>(kDensityPerCm2 * kPatchMm * kPatchMm / 100);
    STUBBLE_TRY(const BlueNoise places, sampleBlueNoise(head->mesh, options));
    STUBBLE_TRY(const GlContext context, GlContext::createHeadless());
    STUBBLE_TRY(Renderer renderer, Renderer::create());
    View view;
    constexpr float kDistanceMm = 750;
    view.camera.eyeMm = {0, 0, kDistanceMm};
    view.camera.fieldOfView = 2 * std::atan(0.5f * millimetres / kDistanceMm);
    view.light = referenceLight();
    view.width = view.height = pixels;
    for (const Swatch& swatch : swatches()) {
        STUBBLE_TRY(const Scene scene, sceneOf(swatch, head, places));
        STUBBLE_TRY(const ImageRgb8 image, renderer.render(GpuScene(scene), view));
        const TextChunks text = {{"Description", "Simulated scalp micropigmentation; not a photograph"},
                                 {"Swatch", fmt::format("{}, {} mm wide", swatch.name, millimetres)}};
        STUBBLE_CHECK(writePng(folder / (swatch.name + ".png"), image, {.text = text}));
    }
    return {};
}

int run(int argc, char** argv) {
    CLI::App app("Renders the cells of a chart of pigment in skin by depth, dilution, tone and base.");
    std::string folder;
    int pixels = 150;
    float millimetres = 6;
    app.add_option("-o,--output", folder, "Folder to write to")->required();
    app.add_option("--pixels", pixels, "A cell's width")->check(CLI::Range(16, 2000))->capture_default_str();
    app.add_option("--mm", millimetres, "of skin that a cell shows")
        ->check(CLI::Range(1, 8))
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    const Result<void> done = renderAll(folder, pixels, millimetres);
    if (done) return 0;
    fmt::print(stderr, "swatch_sheet: {}\n", done.error().message);
    return static_cast<int>(done.error().code);
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::run(argc, argv);
}
