#include "engine/jobs/board.h"

#include <chrono>
#include <cmath>
#include <future>
#include <map>

#include "engine/core/hash.h"
#include "engine/jobs/cell_mismatch.h"
#include "engine/jobs/live_scene.h"
#include "engine/jobs/picture.h"
#include "engine/jobs/stamp.h"
#include "engine/render/speck.h"

namespace stubble {
namespace {

/// A cell that is baked and measured, to be drawn.
struct BakedCell {
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const SceneArrays> arrays;
    CellFigures figures;
};

std::string cellName(const BoardSpec& spec, std::size_t index) {
    return fmt::format("picture {} of {} ({})", index + 1, spec.cells.size(), spec.cells[index].title);
}

/// Bakes one cell after another; lives on any one thread at a time.
class CellBaker {
  public:
    explicit CellBaker(const BoardJob& job) : job_(job) {}

    Result<BakedCell> bake(const std::shared_ptr<const Head>& head, std::size_t index) {
        STUBBLE_TRY(const Design design,
                    designOf(job_.spec.cells[index], job_.design, cellName(job_.spec, index) + ": "));
        if (live_) {
            STUBBLE_CHECK(named(live_->set(design), index));
        } else {
            STUBBLE_TRY(LiveScene live, named(LiveScene::open(head, design), index));
            live_.emplace(std::move(live));
        }
        BakedCell cell{live_->scene(), live_->arrays(), {}};
        const Impressions& dots = cell.scene->impressions;
        cell.figures.treated = treated(head->mesh, dots);
        if (cell.figures.treated.areaCm2 > 0)
            cell.figures.pigment =
                measurePigment(dots, *cell.scene->looks, design, cell.figures.treated.areaCm2);
        return cell;
    }

  private:
    template <typename T>
    Result<T> named(Result<T> result, std::size_t index) const {
        if (!result)
            return fail(result.error().code, "{}: {}", cellName(job_.spec, index), result.error().message);
        return result;
    }
    /// Cells often differ in what their dots are, not in where.
    const TreatedParts::Part& treated(const TriMesh& mesh, const Impressions& dots) {
        ByteWriter places;
        places(dots.positionsMm);
        places(dots.normals);
        const auto [found, isNew] = treated_.try_emplace(hashBytes(places.bytes()));
        if (isNew) found->second = measureTreated(mesh, dots).whole;
        return found->second;
    }

    const BoardJob& job_;
    std::optional<LiveScene> live_;
    std::map<ContentHash, TreatedParts::Part> treated_;
};

struct CellView {
    View view;
    PixelRect tile;
};

/// The whole of the camera's picture, so large that the crop fills a cell.
Result<CellView> viewOf(const BoardJob& job, const Head& head) {
    const auto camera = namedCamera(job.camera, head);
    if (!camera) return fail(ExitCode::usage, "camera \"{}\": unknown", job.camera);
    const auto light = namedLight(job.light);
    if (!light) return fail(ExitCode::usage, "light \"{}\": unknown", job.light);
    const auto whole = [](int cell, float share) {
        return static_cast<int>(std::lround(static_cast<float>(cell) / share));
    };
    const int width = whole(job.cellWidth, job.crop.width), height = whole(job.cellHeight, job.crop.height);
    const auto begin = [](int all, int cell, float share) {
        return std::clamp(static_cast<int>(std::lround(static_cast<float>(all) * share)), 0, all - cell);
    };
    return CellView{{*camera, *light, width, height, job.samples, {}, false},
                    {begin(width, job.cellWidth, job.crop.left), begin(height, job.cellHeight, job.crop.top),
                     job.cellWidth, job.cellHeight}};
}

Result<ImageRgb8> renderCell(Renderer& renderer, const GpuScene& scene, const CellView& cell) {
    STUBBLE_CHECK(renderer.start(scene, cell.view, cell.tile));
    for (int sample = 0; sample < cell.view.samples; ++sample) renderer.addSubFrame();
    STUBBLE_TRY(ImageRgb8 image, renderer.image());
    STUBBLE_CHECK(stampSimulation(image));
    return image;
}

}  // namespace

bool BoardCrop::isInside() const {
    constexpr float kSlack = 1e-5f;  // 0.3 + 0.7
    return left >= 0 && top >= 0 && width >= kMinBoardCrop && height >= kMinBoardCrop &&
           left + width <= 1 + kSlack && top + height <= 1 + kSlack;
}

std::string cellCaption(const BoardSpec& spec, std::size_t index, bool answers) {
    const std::string& title = spec.cells[index].title;
    if (!spec.quiz) return title;
    return answers ? fmt::format("{}  {}", cellLetter(index), title) : cellLetter(index);
}

Result<Board> renderBoard(const BoardJob& job, Progress* progress) {
    const auto start = std::chrono::steady_clock::now();
    const auto tell = [&](double done, std::string_view stage) {
        if (progress) progress->report(done, stage);
    };
    constexpr double kOpened = 0.1;
    const std::size_t count = job.spec.cells.size();
    Board board;
    board.job = job;

    tell(0, "reading the head");
    auto loading = std::async(std::launch::async, [&] { return loadHead(job.head); });
    auto context = GlContext::createHeadless(job.gl);
    auto renderer = context ? Renderer::create() : tl::unexpected(context.error());
    Result<LoadedHead> loaded = loading.get();
    if (!renderer) return tl::unexpected(std::move(renderer).error());
    if (!loaded) return tl::unexpected(std::move(loaded).error());
    board.renderer = context->device().renderer;
    if (!isBuiltinHead(job.head.head)) board.importReport = loaded->reportText();
    const auto head = std::make_shared<const Head>(std::move(loaded->head));
    STUBBLE_TRY(const CellView view, viewOf(job, *head));

    // While one cell is drawn the next is baked and measured.
    CellBaker baker(job);
    const auto baking = [&](std::size_t index) {
        return std::async(std::launch::async, [&, index] { return baker.bake(head, index); });
    };
    std::future<Result<BakedCell>> next = baking(0);
    drawSpeck(*renderer, view.view, view.tile, head->mesh, false);
    std::optional<GpuScene> gpu;
    std::optional<CellMismatch> mismatch;
    if (job.mismatchDistanceCm)
        mismatch.emplace(head, MismatchSight{job.camera, job.light, *job.mismatchDistanceCm});
    for (std::size_t i = 0; i < count; ++i) {
        tell(kOpened + (1 - kOpened) * static_cast<double>(i) / static_cast<double>(count),
             fmt::format("picture {} of {}", i + 1, count));
        STUBBLE_TRY(BakedCell cell, next.get());
        if (i + 1 < count) next = baking(i + 1);
        if (gpu) {
            gpu->update(*cell.arrays);
        } else {
            gpu.emplace(*cell.arrays);
        }
        STUBBLE_TRY(ImageRgb8 image, renderCell(*renderer, *gpu, view));
        if (mismatch) {
            const auto measured = mismatch->measure(*renderer, *cell.scene, *gpu);
            if (!measured && measured.error().code != ExitCode::badInput)
                return tl::unexpected(measured.error());
            if (measured) cell.figures.mismatch = *measured;
            if (!measured) cell.figures.mismatchFault = measured.error().message;
        }
        board.pictures.push_back({cell.scene->design, std::move(image), std::move(cell.figures)});
    }
    board.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return board;
}

}  // namespace stubble
