#pragma once
// Bakes designs in the background: only the newest one counts.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "engine/core/progress.h"
#include "engine/geometry/rays.h"
#include "engine/jobs/live_scene.h"
#include "engine/scalp/head_load.h"

namespace stubble {

/// A head with what points at it.
struct ReadyHead {
    HeadSource source;
    Head head;
    std::optional<RayScene> rays;  ///< always there; it looks at the mesh where that stays
    std::string importReport;
    glm::mat4 headFromFile{1};  ///< LoadedHead's
};

/// What a design became, ready to be given to the graphics device.
struct LoadedScene {
    std::shared_ptr<const ReadyHead> head;
    std::shared_ptr<const Scene> scene;
    std::shared_ptr<const SceneArrays> arrays;
    double seconds = 0;  ///< from the request to here
};

class SceneLoader : private Progress {
  public:
    /// `wake` is called from the worker whenever there is something to see.
    explicit SceneLoader(std::function<void()> wake);
    ~SceneLoader() override;
    SceneLoader(const SceneLoader&) = delete;
    SceneLoader& operator=(const SceneLoader&) = delete;

    /// Replaces a request that has not been begun; one in work is finished, as what moves should be seen to,
    /// but for the reading of a head that is not wanted any more. `anew`: the head's files are others now.
    void request(Design design, HeadSource head, bool anew = false);
    /// Drops what waits and what is in work.
    void cancel();
    /// A head that has just been read, once: its scene comes later.
    std::shared_ptr<const ReadyHead> takeHead();
    /// The newest result, once.
    std::optional<Result<LoadedScene>> take();

    struct State {
        bool busy = false;   ///< until the result is taken
        double done = 0;     ///< 0 to 1
        double seconds = 0;  ///< since the work began
        std::string stage;   ///< the engine's words
    };
    [[nodiscard]] State state() const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Request {
        Design design;
        HeadSource head;
        Clock::time_point asked;
        bool anew = false;
        std::uint64_t number = 0;  ///< from 1
    };
    void report(double done, std::string_view stage) override;
    void work();
    Result<LoadedScene> load(const Request& request);
    /// Whether nobody waits for a request's head any more.
    bool isGivenUp(const Request& request) const;

    std::function<void()> wake_;
    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<Request> waiting_;
    std::optional<Result<LoadedScene>> result_;
    std::shared_ptr<const ReadyHead> newHead_;
    State state_;
    Clock::time_point begun_;
    std::uint64_t asked_ = 0, cancelled_ = 0;  ///< numbers of the last requests
    std::uint64_t working_ = 0;                ///< the one in work
    bool ending_ = false;
    std::shared_ptr<const ReadyHead> head_;  ///< the worker's own, as what follows
    std::optional<LiveScene> live_;          ///< of head_
    std::thread worker_;
};

}  // namespace stubble
