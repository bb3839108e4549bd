#include "engine/jobs/batch_shard.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <utility>

#include "engine/jobs/batch_leftovers.h"
#include "engine/jobs/live_scene.h"
#include "engine/jobs/picture.h"
#include "engine/render/speck.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// Adds the seconds that it lives.
class Clocked {
  public:
    explicit Clocked(double& seconds) : seconds_(seconds) {}
    ~Clocked() {
        seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }
    Clocked(const Clocked&) = delete;
    Clocked& operator=(const Clocked&) = delete;

  private:
    double& seconds_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// What scenes that went have left: allocators keep it, each thread's for itself, so that a process would
/// grow with every one.
void giveBackMemory() {
#ifdef __GLIBC__
    ::malloc_trim(0);
#endif
}

struct BakedScene {
    std::size_t scene = 0;
    std::shared_ptr<const Head> head;
    std::shared_ptr<const SceneArrays> arrays;
};

/// Bakes one scene after another, doing over what differs; on one thread at a time.
class SceneBakery {
  public:
    explicit SceneBakery(const BatchManifest& manifest) : manifest_(manifest) {}

    Result<std::shared_ptr<const Head>> head(std::size_t scene) {
        const HeadSource source = {manifest_.scenes[scene].head, {}, {}};
        if (head_ && headName_ == source.head) return head_;
        STUBBLE_TRY(LoadedHead loaded, loadHead(source));
        // Hours may lie between the shard's beginning and this.
        STUBBLE_CHECK(checkHead(manifest_, manifest_.scenes[scene]));
        live_.reset();
        head_ = std::make_shared<const Head>(std::move(loaded.head));
        headName_ = source.head;
        return head_;
    }

    Result<BakedScene> bake(std::size_t scene) {
        STUBBLE_TRY(const std::shared_ptr<const Head> onHead, head(scene));
        const Design& design = manifest_.scenes[scene].design;
        if (live_) {
            STUBBLE_CHECK(live_->set(design));
        } else {
            STUBBLE_TRY(LiveScene live, LiveScene::open(onHead, design));
            live_.emplace(std::move(live));
        }
        return BakedScene{scene, onHead, live_->arrays()};
    }

  private:
    const BatchManifest& manifest_;
    std::string headName_;
    std::shared_ptr<const Head> head_;
    std::optional<LiveScene> live_;
};

class Shard {
  public:
    Shard(const BatchShardJob& job, Progress* progress)
        : job_(job), progress_(progress), bakery_(job.manifest) {}

    Result<BatchShardReport> render() {
        {
            const Clocked all(report_.all);
            findWork();
            const std::size_t count = job_.manifest.imageCount();
            removeLeftovers(job_.folder, job_.shard.begin(count), job_.shard.end(count));
            if (!work_.empty()) {
                STUBBLE_CHECK(checkInputs());
                STUBBLE_CHECK(renderWork());
            }
        }
        if (fault_ && failedScenes_ > 1)
            fault_->message += fmt::format(" ({} designs cannot be baked, {} pictures left out)",
                                           failedScenes_, report_.failed);
        if (fault_) return tl::unexpected(*fault_);
        return report_;
    }

  private:
    struct Written {
        BatchEvent event;
        Result<BatchRecord> record;
    };

    BatchEvent eventOf(BatchEvent::Kind kind, std::size_t index) const {
        BatchEvent event;
        event.kind = kind;
        event.index = index;
        event.file = batchFile(job_.manifest, batchImage(job_.manifest, index));
        return event;
    }

    void tell(const BatchEvent& event) {
        if (event.kind == BatchEvent::Kind::kept) ++report_.kept;
        if (event.kind == BatchEvent::Kind::rendered) ++report_.rendered;
        if (event.kind == BatchEvent::Kind::busy) ++report_.busy;
        if (event.kind == BatchEvent::Kind::failed) ++report_.failed;
        if (job_.listener) job_.listener(event);
    }

    /// Whether it is done; then that is told.
    bool isKept(std::size_t index) {
        BatchRecord record = readRecord(job_.manifest, job_.folder, batchImage(job_.manifest, index));
        if (record.state != BatchState::done) return false;
        BatchEvent event = eventOf(BatchEvent::Kind::kept, index);
        event.record = std::move(record);
        tell(event);
        return true;
    }

    void findWork() {
        constexpr std::size_t kBlock = 256;
        const Clocked clocked(report_.checking);
        const std::size_t count = job_.manifest.imageCount(), begin = job_.shard.begin(count),
                          end = job_.shard.end(count);
        for (std::size_t i = begin; i < end; ++i) {
            if (progress_ && (i - begin) % kBlock == 0)
                progress_->report(0, fmt::format("checking picture {} of {}", i - begin + 1, end - begin));
            if (!isKept(i)) work_.push_back(i);
        }
    }

    Result<void> checkInputs() {
        const Clocked clocked(report_.checking);
        return stubble::checkInputs(job_.manifest);
    }

    void bakeAhead(std::size_t scene) {
        next_ = std::async(std::launch::async, [this, scene] { return bakery_.bake(scene); });
        nextScene_ = scene;
    }

    /// Context, programs and the first scene's head; the scene is then being baked.
    Result<void> open() {
        const Clocked clocked(report_.opening);
        const BatchImage first = batchImage(job_.manifest, work_.front());
        auto loading = std::async(std::launch::async, [&] { return bakery_.head(first.scene); });
        auto context = GlContext::createHeadless(job_.gl);
        auto renderer = context ? Renderer::create() : tl::unexpected(context.error());
        auto head = loading.get();
        if (!renderer) return tl::unexpected(std::move(renderer).error());
        context_.emplace(*std::move(context));
        renderer_.emplace(*std::move(renderer));
        report_.renderer = context_->device().renderer;
        bakeAhead(first.scene);
        if (!head) return {};  // its fault is the baking's, too
        STUBBLE_TRY(const View view, stillView(batchStill(job_.manifest, job_.folder, first), **head));
        const Design& design = job_.manifest.scenes[first.scene].design;
        drawSpeck(*renderer_, view, tilesOf(view.width, view.height).front(), (*head)->mesh,
                  !design.skin.scars.empty() || design.grafts.count > 0);
        next_.wait();
        return {};
    }

    [[nodiscard]] std::size_t sceneOf(std::size_t place) const {
        return batchImage(job_.manifest, work_[place]).scene;
    }

    /// The picture's scene is on the device, and the next one that is needed is being baked. False where it
    /// cannot be baked.
    Result<bool> ready(std::size_t place) {
        const std::size_t scene = sceneOf(place);
        if (there_ && there_->scene == scene) return true;
        if (failedScene_ == scene) return false;
        if (nextScene_ != scene) {
            if (next_.valid()) next_.wait();
            bakeAhead(scene);
        }
        Result<BakedScene> baked = [&] {
            const Clocked clocked(report_.forScenes);
            return next_.get();
        }();
        for (std::size_t i = place + 1; i < work_.size(); ++i) {
            if (sceneOf(i) == scene) continue;
            bakeAhead(sceneOf(i));
            break;
        }
        if (!baked) {
            if (baked.error().code != ExitCode::badInput) return tl::unexpected(baked.error());
            failedScene_ = scene;
            ++failedScenes_;
            failedWhy_ = baked.error().message;
            if (!fault_)
                fault_ = Error{
                    ExitCode::badInput,
                    fmt::format("{}: {}", eventOf(BatchEvent::Kind::failed, work_[place]).file, failedWhy_)};
            return false;
        }
        const Clocked clocked(report_.uploading);
        there_ = *std::move(baked);
        if (gpu_)
            gpu_->update(*there_->arrays);
        else
            gpu_.emplace(*there_->arrays);
        there_->arrays.reset();
        giveBackMemory();
        return true;
    }

    /// Takes the picture for this process; false where another one is at it or has done it.
    bool take(std::size_t index) {
        if (!lock_->take(index)) {
            tell(eventOf(BatchEvent::Kind::busy, index));
            return false;
        }
        std::error_code error;
        const fs::path file = job_.folder / batchFile(job_.manifest, batchImage(job_.manifest, index));
        if (fs::exists(recordFileOf(file), error) && isKept(index)) {
            lock_->release(index);
            return false;
        }
        clearPlace(file);
        clearPlace(recordFileOf(file));
        return true;
    }

    /// Waits for the picture that is being written.
    Result<void> finishWriting() {
        if (!writing_.valid()) return {};
        const Clocked clocked(report_.forFiles);
        Written written = writing_.get();
        if (!written.record) return tl::unexpected(written.record.error());
        lock_->release(written.event.index);
        written.event.record = *std::move(written.record);
        tell(written.event);
        return {};
    }

    void write(std::size_t index, StillJob still, StillPicture picture, double seconds) {
        BatchEvent event = eventOf(BatchEvent::Kind::rendered, index);
        event.seconds = seconds;
        writing_ = std::async(
            std::launch::async,
            [this, still = std::move(still), picture = std::move(picture),
             event = std::move(event)]() mutable -> Written {
                const auto written = writeStill(still, std::move(picture), report_.renderer);
                if (!written) return {std::move(event), tl::unexpected(written.error())};
                auto record = writeRecord(job_.manifest, job_.folder, batchImage(job_.manifest, event.index),
                                          report_.renderer);
                return {std::move(event), std::move(record)};
            });
    }

    Result<void> renderWork() {
        STUBBLE_TRY(BatchLock lock, BatchLock::open(job_.folder));
        lock_.emplace(std::move(lock));
        if (progress_) progress_->report(0, "opening");
        STUBBLE_CHECK(open());
        const std::size_t count = work_.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (progress_)
                progress_->report(static_cast<double>(i) / static_cast<double>(count),
                                  fmt::format("picture {} of {}", i + 1, count));
            const std::size_t index = work_[i];
            if (!take(index)) continue;
            STUBBLE_TRY(const bool isReady, ready(i));
            if (!isReady) {
                lock_->release(index);
                BatchEvent event = eventOf(BatchEvent::Kind::failed, index);
                event.fault = failedWhy_;
                tell(event);
                continue;
            }
            StillJob still = batchStill(job_.manifest, job_.folder, batchImage(job_.manifest, index));
            STUBBLE_TRY(const View view, stillView(still, *there_->head));
            double seconds = 0;
            auto picture = [&] {
                const Clocked clocked(seconds);
                return renderStillPicture(still, *renderer_, *gpu_, view);
            }();
            if (!picture) return tl::unexpected(std::move(picture).error());
            report_.rendering += seconds;
            STUBBLE_CHECK(finishWriting());
            write(index, std::move(still), *std::move(picture), seconds);
        }
        return finishWriting();
    }

    const BatchShardJob& job_;
    std::optional<BatchLock> lock_;
    Progress* progress_;
    SceneBakery bakery_;
    BatchShardReport report_;
    std::vector<std::size_t> work_;  ///< pictures
    std::optional<Error> fault_;     ///< the first design's that could not be baked
    std::size_t failedScenes_ = 0;
    std::string failedWhy_;  ///< the last one's fault
    std::optional<std::size_t> failedScene_, nextScene_;
    std::optional<GlContext> context_;
    std::optional<Renderer> renderer_;
    std::optional<BakedScene> there_;
    std::optional<GpuScene> gpu_;
    std::future<Result<BakedScene>> next_;
    std::future<Written> writing_;
};

}  // namespace

Result<BatchShardReport> renderBatchShard(const BatchShardJob& job, Progress* progress) {
    return Shard(job, progress).render();
}

}  // namespace stubble
