#include "tools/studio/scene_loader.h"
#include "engine/scalp/head_load.h"

namespace stubble {
namespace {

bool sameHead(const HeadSource& a, const HeadSource& b) {
    return a.head == b.head && a.landmarks == b.landmarks;
}

Result<std::shared_ptr<const ReadyHead>> readyHead(const HeadSource& source, std::function<bool()> stop) {
    HeadSource stoppable = source;
    stoppable.import.stop = std::move(stop);
    STUBBLE_TRY(LoadedHead loaded, loadHead(stoppable));
    std::string report = isBuiltinHead(source.head) ? std::string() : loaded.reportText();
    auto ready = std::make_shared<ReadyHead>(
        ReadyHead{source, std::move(loaded.head), std::nullopt, std::move(report), loaded.headFromFile});
    ready->rays.emplace(ready->head.mesh);
    return std::shared_ptr<const ReadyHead>(std::move(ready));
}

}  // namespace

SceneLoader::SceneLoader(std::function<void()> wake) : wake_(std::move(wake)), worker_([this] { work(); }) {}

SceneLoader::~SceneLoader() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    arrived_.notify_one();
    worker_.join();
}

void SceneLoader::request(Design design, HeadSource head, bool anew) {
    {
        const std::lock_guard lock(mutex_);
        anew = anew || (waiting_ && waiting_->anew);
        waiting_ = Request{std::move(design), std::move(head), Clock::now(), anew, ++asked_};
    }
    arrived_.notify_one();
}

void SceneLoader::cancel() {
    const std::lock_guard lock(mutex_);
    waiting_.reset();
    result_.reset();
    cancelled_ = asked_;
    state_ = {};
}

std::shared_ptr<const ReadyHead> SceneLoader::takeHead() {
    const std::lock_guard lock(mutex_);
    return std::exchange(newHead_, nullptr);
}

std::optional<Result<LoadedScene>> SceneLoader::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(result_, std::nullopt);
}

SceneLoader::State SceneLoader::state() const {
    const std::lock_guard lock(mutex_);
    State state = state_;
    state.busy = state.busy || waiting_ || result_;
    if (state_.busy) state.seconds = std::chrono::duration<double>(Clock::now() - begun_).count();
    return state;
}

void SceneLoader::report(double done, std::string_view stage) {
    {
        const std::lock_guard lock(mutex_);
        if (working_ <= cancelled_) return;
        state_.done = done;
        state_.stage = stage;
    }
    wake_();
}

bool SceneLoader::isGivenUp(const Request& request) const {
    const std::lock_guard lock(mutex_);
    return ending_ || request.number <= cancelled_ ||
           (waiting_ && (waiting_->anew || !sameHead(waiting_->head, request.head)));
}

Result<LoadedScene> SceneLoader::load(const Request& request) {
    if (!head_ || request.anew || !sameHead(head_->source, request.head)) {
        report(0, "reading the head");
        STUBBLE_TRY(auto ready, readyHead(request.head, [&] { return isGivenUp(request); }));
        live_.reset();
        head_ = std::move(ready);
        {
            const std::lock_guard lock(mutex_);
            newHead_ = head_;
        }
        wake_();
    }
    if (live_) {
        STUBBLE_CHECK(live_->set(request.design));
    } else {
        // The scene shares the head's life without owning a copy.
        const std::shared_ptr<const Head> head(head_, &head_->head);
        ProgressPart baking(this, 0.3, 0.9);
        STUBBLE_TRY(live_, LiveScene::open(head, request.design, &baking));
    }
    LoadedScene loaded;
    loaded.head = head_;
    loaded.scene = live_->scene(), loaded.arrays = live_->arrays();
    loaded.seconds = std::chrono::duration<double>(Clock::now() - request.asked).count();
    return loaded;
}

void SceneLoader::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        arrived_.wait(lock, [this] { return ending_ || waiting_; });
        if (ending_) return;
        const Request request = *std::exchange(waiting_, std::nullopt);
        state_ = {};
        state_.busy = true;
        working_ = request.number;
        begun_ = Clock::now();
        lock.unlock();
        Result<LoadedScene> loaded = load(request);
        lock.lock();
        state_ = {};
        const bool stopped = !loaded && loaded.error().code == ExitCode::tryAgain;
        if (request.number > cancelled_ && !(stopped && waiting_)) result_ = std::move(loaded);
        lock.unlock();
        wake_();
        lock.lock();
    }
}

}  // namespace stubble
