#include "engine/jobs/picture.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace stubble {
namespace {

template <typename Pixel>
void paste(const Image<Pixel>& tile, const PixelRect& place, Image<Pixel>& picture) {
    for (int y = 0; y < place.height; ++y)
        std::copy_n(&tile.at(0, y), place.width, &picture.at(place.x, place.y + y));
}

/// `read` takes what the renderer holds: a tile.
template <typename Pixel>
Result<Image<Pixel>> render(Renderer& renderer, const GpuScene& scene, const View& view, Progress* progress,
                            int tilePixels, Result<Image<Pixel>> (Renderer::*read)()) {
    const std::vector<PixelRect> tiles = tilesOf(view.width, view.height, tilePixels);
    std::optional<Image<Pixel>> picture;
    if (tiles.size() > 1) picture.emplace(view.width, view.height);
    const double steps = static_cast<double>(tiles.size()) * view.samples;
    double done = 0;
    for (const PixelRect& tile : tiles) {
        STUBBLE_CHECK(renderer.start(scene, view, tile));
        for (int sample = 0; sample < view.samples; ++sample) {
            renderer.addSubFrame();
            if (progress) progress->report(++done / steps, "rendering");
        }
        STUBBLE_TRY(Image<Pixel> image, (renderer.*read)());
        if (!picture) return image;
        paste(image, tile, *picture);
    }
    return *std::move(picture);
}

}  // namespace

std::vector<PixelRect> tilesOf(int width, int height, int tilePixels) {
    const int side = std::max(static_cast<int>(std::sqrt(static_cast<double>(tilePixels))), 1);
    const bool whole = std::int64_t{width} * height <= tilePixels;
    const int columns = whole ? 1 : (width + side - 1) / side, rows = whole ? 1 : (height + side - 1) / side;
    std::vector<PixelRect> tiles;
    const auto edge = [](int size, int i, int count) {
        return static_cast<int>(std::int64_t{size} * i / count);
    };
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const int x = edge(width, column, columns), y = edge(height, row, rows);
            tiles.push_back({x, y, edge(width, column + 1, columns) - x, edge(height, row + 1, rows) - y});
        }
    return tiles;
}

Result<ImageRgb8> renderPicture(Renderer& renderer, const GpuScene& scene, const View& view,
                                Progress* progress, int tilePixels) {
    return render(renderer, scene, view, progress, tilePixels, &Renderer::image);
}

Result<ImageRgb16> renderPicture16(Renderer& renderer, const GpuScene& scene, const View& view,
                                   Progress* progress, int tilePixels) {
    return render(renderer, scene, view, progress, tilePixels, &Renderer::image16);
}

Result<ImageLinear> renderLight(Renderer& renderer, const GpuScene& scene, const View& view,
                                Progress* progress, int tilePixels) {
    return render(renderer, scene, view, progress, tilePixels, &Renderer::linearImage);
}

}  // namespace stubble
