#include "engine/jobs/batch_shard.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <charconv>
#include <chrono>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <utility>

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

/// What a process that was killed left half-written, by picture.
std::multimap<std::size_t, fs::path> leftovers(const fs::path& folder) {
    std::multimap<std::size_t, fs::path> found;
    std::error_code error;
    for (fs::directory_iterator file(folder / "images", error), end; !error && file != end;
         file.increment(error)) {
        const std::string name = file->path().filename().string();
        std::size_t index = 0;
        const auto number = std::from_chars(name.data(), name.data() + name.size(), index);
        if (name.ends_with(".tmp") && number.ec == std::errc()) found.emplace(index, file->path());
    }
    return found;
}

class Shard {
  public:
    Shard(const BatchShardJob& job, Progress* progress)
        : job_(job), progress_(progress), bakery_(job.manifest) {}

    Result<BatchShardReport> render() {
        {
            const Clocked all(report_.all);
            findWork();
            if (!work_.empty()) {
                STUBBLE_CHECK(checkInputs());
                STUBBLE_CHECK(renderWork());
            }
        }
        if (fault_) return tl::unexpected(*fault_);
        return report_;
    }

  private:
    struct Work {
        std::size_t index;
        BatchImage image;
    };
    struct Written {
        BatchEvent event;
        Result<BatchRecord> record;
    };

    void tell(BatchEvent event) {
        if (event.kind == BatchEvent::Kind::kept) ++report_.kept;
        if (event.kind == BatchEvent::Kind::rendered) ++report_.rendered;
        if (event.kind == BatchEvent::Kind::busy) ++report_.busy;
        if (job_.listener) job_.listener(event);
    }

    void findWork() {
        const Clocked clocked(report_.checking);
        const std::size_t count = job_.manifest.imageCount();
        for (std::size_t i = job_.shard.begin(count); i < job_.shard.end(count); ++i) {
            BatchImage image = batchImage(job_.manifest, job_.folder, i);
            BatchRecord record = readRecord(job_.manifest, i, image);
            if (record.state == BatchState::done)
                tell({BatchEvent::Kind::kept, i, image.file, std::move(record), 0});
            else
                work_.push_back({i, std::move(image)});
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
        const Work& first = work_.front();
        auto loading = std::async(std::launch::async, [&] { return bakery_.head(first.image.scene); });
        auto context = GlContext::createHeadless(job_.gl);
        auto renderer = context ? Renderer::create() : tl::unexpected(context.error());
        auto head = loading.get();
        if (!renderer) return tl::unexpected(std::move(renderer).error());
        context_.emplace(*std::move(context));
        renderer_.emplace(*std::move(renderer));
        report_.renderer = context_->device().renderer;
        bakeAhead(first.image.scene);
        if (!head) return {};  // its fault is the baking's, too
        STUBBLE_TRY(const View view, stillView(first.image.job, **head));
        const Design& design = first.image.job.design;
        drawSpeck(*renderer_, view, tilesOf(view.width, view.height).front(), (*head)->mesh,
                  !design.skin.scars.empty() || design.grafts.count > 0);
        next_.wait();
        return {};
    }

    /// The picture's scene is on the device, and the next one that is needed is being baked. False where it
    /// cannot be baked.
    Result<bool> ready(std::size_t place) {
        const std::size_t scene = work_[place].image.scene;
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
            if (work_[i].image.scene == scene) continue;
            bakeAhead(work_[i].image.scene);
            break;
        }
        if (!baked) {
            failedScene_ = scene;
            if (baked.error().code != ExitCode::badInput) return tl::unexpected(baked.error());
            if (!fault_)
                fault_ = Error{ExitCode::badInput,
                               fmt::format("{}: {}", work_[place].image.file, baked.error().message)};
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
    bool take(const Work& work) {
        if (!lock_->take(work.index)) {
            tell({BatchEvent::Kind::busy, work.index, work.image.file, {}, 0});
            return false;
        }
        std::error_code error;
        if (fs::exists(recordFileOf(work.image.job.output), error)) {
            BatchRecord record = readRecord(job_.manifest, work.index, work.image);
            if (record.state == BatchState::done) {
                lock_->release(work.index);
                tell({BatchEvent::Kind::kept, work.index, work.image.file, std::move(record), 0});
                return false;
            }
        }
        const auto [first, last] = leftovers_.equal_range(work.index);
        for (auto file = first; file != last; ++file) fs::remove(file->second, error);
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
        tell(std::move(written.event));
        return {};
    }

    void write(const Work& work, StillPicture picture, double seconds) {
        BatchEvent event{BatchEvent::Kind::rendered, work.index, work.image.file, {}, seconds};
        writing_ = std::async(
            std::launch::async,
            [this, &work, picture = std::move(picture), event = std::move(event)]() mutable -> Written {
                const auto written = writeStill(work.image.job, std::move(picture), report_.renderer);
                if (!written) return {std::move(event), tl::unexpected(written.error())};
                return {std::move(event),
                        writeRecord(job_.manifest, work.index, work.image, report_.renderer)};
            });
    }

    Result<void> renderWork() {
        STUBBLE_TRY(BatchLock lock, BatchLock::open(job_.folder));
        lock_.emplace(std::move(lock));
        leftovers_ = leftovers(job_.folder);
        if (progress_) progress_->report(0, "opening");
        STUBBLE_CHECK(open());
        const std::size_t count = work_.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (progress_)
                progress_->report(static_cast<double>(i) / static_cast<double>(count),
                                  fmt::format("picture {} of {}", i + 1, count));
            if (!take(work_[i])) continue;
            STUBBLE_TRY(const bool isReady, ready(i));
            if (!isReady) {
                lock_->release(work_[i].index);
                continue;
            }
            const StillJob& still = work_[i].image.job;
            STUBBLE_TRY(const View view, stillView(still, *there_->head));
            double seconds = 0;
            auto picture = [&] {
                const Clocked clocked(seconds);
                return renderStillPicture(still, *renderer_, *gpu_, view);
            }();
            if (!picture) return tl::unexpected(std::move(picture).error());
            report_.rendering += seconds;
            STUBBLE_CHECK(finishWriting());
            write(work_[i], *std::move(picture), seconds);
        }
        return finishWriting();
    }

    const BatchShardJob& job_;
    std::optional<BatchLock> lock_;
    Progress* progress_;
    SceneBakery bakery_;
    BatchShardReport report_;
    std::vector<Work> work_;
    std::multimap<std::size_t, fs::path> leftovers_;
    std::optional<Error> fault_;  ///< the first design's that could not be baked
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
