#pragma once
// Work that survives a crash: a copy of the unsaved design, kept on disk by a thread of its own.

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "engine/core/result.h"
#include "tools/studio/document.h"

namespace stubble {

/// Between two copies: what a crash may cost. Working default.
inline constexpr std::chrono::milliseconds kAutosaveInterval{3000};

/// A copy whose studio has died.
struct Rescue {
    std::filesystem::path file;  ///< the copy
    Design design;               ///< its head file, if any, by an absolute path
    std::filesystem::path path;  ///< the design's own file; empty where it had none
    std::chrono::system_clock::time_point time;
};

/// Keeps one file, recovery-PROCESS.stubble, while the document has unsaved changes: at most `interval`
/// behind, whole at any moment. Without unsaved changes there is no file. Its calls never wait for the disk.
class Autosave {
  public:
    /// `wake` is called from the thread when there is an error to take.
    explicit Autosave(std::filesystem::path folder, std::chrono::milliseconds interval = kAutosaveInterval,
                      std::function<void()> wake = {});
    /// A studio that is closed properly has asked what to do with its changes: the file goes, unless `leave`
    /// was called.
    ~Autosave();
    Autosave(const Autosave&) = delete;
    Autosave& operator=(const Autosave&) = delete;

    /// To be called whenever the document may have changed, at every frame if need be: nothing happens where
    /// it has not.
    void keep(const Document& document);

    /// The studio must end without asking: what is unsaved is written when this goes, for the next start.
    void leave(const Document& document);

    /// The work goes on from here: the copy is removed as soon as this studio has its own.
    void adopt(const Rescue& rescue);

    /// Why copies cannot be written: once, until one has been again. Editing goes on, and so do the attempts.
    std::optional<Error> takeError();

  private:
    struct Copy {
        Design design;
        std::filesystem::path path;
    };
    void run();
    Result<void> write(const std::optional<Copy>& copy) const;

    const std::filesystem::path folder_, file_;
    const std::chrono::milliseconds interval_;
    const std::function<void()> wake_;
    bool leaves_ = false;
    std::optional<Copy> kept_;  ///< what the thread was last told; for the caller alone

    std::mutex mutex_;  ///< of what follows; never held while writing
    std::condition_variable arrived_;
    bool changed_ = false, stopping_ = false, failing_ = false;
    std::optional<Copy> next_;
    std::vector<std::filesystem::path> adopted_;
    std::optional<Error> error_;

    std::thread thread_;
};

/// The copies that dead studios left in a folder, newest first. What is damaged or is just what its file
/// holds is not offered; what a dying studio was writing is removed.
std::vector<Rescue> findRescues(const std::filesystem::path& folder);

/// The person does not want it.
void discard(const Rescue& rescue);

}  // namespace stubble
