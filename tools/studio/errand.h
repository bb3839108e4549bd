#pragma once
// Long work that `stubble`, the program beside this one, does: it can be ended at any moment, its trouble is
// its own, and what it makes is what the command line makes.

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "engine/core/result.h"
#include "engine/scene/design.h"

namespace stubble {

/// A design in a file of its own, readable by this person alone, that goes with the object.
class DesignCopy {
  public:
    /// Fails with ExitCode::io.
    static Result<DesignCopy> write(const Design& design);
    ~DesignCopy();
    DesignCopy(DesignCopy&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    DesignCopy& operator=(DesignCopy&& other) noexcept;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    explicit DesignCopy(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

/// One at a time; at a low priority, so that the window stays awake.
class Errand {
  public:
    /// `wake` is called from a thread when there is news. `program` is `stubble` unless a test says
    /// otherwise.
    explicit Errand(std::function<void()> wake, std::filesystem::path program = {});
    ~Errand();  ///< ends what is in work
    Errand(const Errand&) = delete;
    Errand& operator=(const Errand&) = delete;

    /// Runs the program; one in work is ended first, and its result is lost.
    void start(std::vector<std::string> arguments);
    void cancel();
    [[nodiscard]] bool busy() const;
    struct State {
        double done = 0;  ///< 0 to 1
        std::string stage;
    };
    [[nodiscard]] State state() const;
    /// What the program wrote to its standard output, once, or what went wrong: its own message.
    std::optional<Result<std::string>> take();

  private:
    void run(const std::vector<std::string>& arguments);
    void takeLine(std::string_view line, std::string& message);

    const std::function<void()> wake_;
    const std::filesystem::path program_;
    mutable std::mutex mutex_;
    bool busy_ = false, cancelled_ = false;
    int process_ = 0;  ///< in work; 0: none
    State state_;
    std::optional<Result<std::string>> result_;
    std::thread thread_;
};

}  // namespace stubble
