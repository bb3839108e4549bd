#include "engine/jobs/mismatch_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/jobs/caption.h"
#include "engine/jobs/stamp.h"
#include "engine/perception/heat_colours.h"

namespace stubble {
namespace {

constexpr double kFull = 3;  // d′ from which on it only says "at once"
constexpr double kOpacity = 0.72;
constexpr int kStripPx = 136, kMarginPx = 16;
constexpr Rgb8 kStrip(24, 24, 26), kInk(236, 236, 236), kFaint(160, 160, 160);

struct Tick {
    double dPrime;
    std::string_view text;
};
constexpr std::array<Tick, 4> kTicks = {
    {{0, "0 a guess"}, {1, "1 told 3 times in 4"}, {2, "2"}, {3, "3 at once"}}};

/// The map over the picture where skin was compared, with room for the legend under it.
ImageRgb8 withMap(const PairPictures& pictures, const Image<float>& cells) {
    const ImageRgb8& shown = pictures.shown;
    const ImageRgb8 coloured = heatOverlay(shown, cells, pictures.frame.patchPx, kFull, kOpacity);
    ImageRgb8 image(shown.width, shown.height + kStripPx, kStrip);
    for (std::size_t i = 0; i < shown.pixels.size(); ++i)
        image.pixels[i] = pictures.frame.mask.pixels[i] > 0 ? coloured.pixels[i] : shown.pixels[i];
    return image;
}

void drawLegend(ImageRgb8& image, int top, const Caption& caption, std::string_view title,
                std::string_view sentence) {
    constexpr float kLinePx = 19, kTickPx = 16, kNotePx = 13;
    constexpr int kBarPx = 14;
    caption.draw(image, kMarginPx, top + 8, kLinePx, title, kInk);
    caption.draw(image, kMarginPx, top + 32, kLinePx, sentence, kInk);
    caption.draw(
        image, kMarginPx, top + 112, kNotePx,
        "no colour: not compared (not treated, seen too obliquely, or a patch less than half inside)",
        kFaint);
    const int bar = top + 64;
    // The last tick's words need room to the right of the bar's end.
    const int width =
        image.width - 2 * kMarginPx - static_cast<int>(caption.widthPx(kTickPx, kTicks.back().text));
    for (int x = 0; x < width; ++x)
        for (int y = 0; y < kBarPx; ++y) image.at(kMarginPx + x, bar + y) = heatColour((x + 0.5) / width);
    for (const Tick& tick : kTicks) {
        const int x = kMarginPx + static_cast<int>(std::lround(tick.dPrime / kFull * (width - 1)));
        for (int y = bar - 3; y < bar + kBarPx + 4; ++y) image.at(x, y) = kInk;
        caption.draw(image, x, bar + kBarPx + 5, kTickPx, tick.text, kInk);
    }
}

}  // namespace

Result<MismatchMap> mapMismatch(const PairPictures& pictures, const MismatchSight& sight, float lengthMm,
                                std::string_view sentence) {
    STUBBLE_TRY(const TextureStatistics treated, pictures.statistics(pictures.treated, sight.distanceCm));
    STUBBLE_TRY(const TextureStatistics natural, pictures.statistics(pictures.natural, sight.distanceCm));
    MismatchMap map;
    STUBBLE_TRY(map.whole, measureMismatch(treated, natural));
    STUBBLE_TRY(Image<float> cells, mismatchMap(treated, natural));
    std::vector<float> values;
    for (std::size_t i = 0; i < cells.pixels.size(); ++i) {
        // A cell has a value where its neighbours have patches; only skin that is treated itself is shown.
        if (treated.patches[i].weight == 0) cells.pixels[i] = std::numeric_limits<float>::quiet_NaN();
        if (std::isfinite(cells.pixels[i])) values.push_back(cells.pixels[i]);
    }
    if (values.empty())
        return fail(ExitCode::badInput, "camera {}: sees too little treated skin in one piece for a map",
                    sight.camera);
    map.toldShare = static_cast<double>(std::ranges::count_if(values, [](float v) { return v >= kTold; })) /
                    static_cast<double>(values.size());
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    map.medianDPrime = values[values.size() / 2];
    map.frame = pictures.frame;

    STUBBLE_TRY(const Caption caption, Caption::create());
    map.picture = withMap(pictures, cells);
    drawLegend(map.picture, pictures.shown.height, caption,
               fmt::format("d' of pigment against hair of {:g} mm, {:g} cm away, {}, {} light", lengthMm,
                           sight.distanceCm, sight.camera, sight.light),
               sentence);
    STUBBLE_CHECK(stampSimulation(map.picture));
    return map;
}

}  // namespace stubble
