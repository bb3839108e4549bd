#pragma once
// Where one thread leaves work for another: of several things only the newest counts.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>

namespace stubble {

template <typename T>
class Mailbox {
  public:
    /// Takes the place of what has not been fetched.
    void post(T thing) {
        {
            const std::lock_guard lock(mutex_);
            thing_ = std::move(thing);
        }
        arrived_.notify_one();
    }
    /// The other thread is to end: it fetches nothing more.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        arrived_.notify_one();
    }
    /// Waits for something; none once the box is closed.
    std::optional<T> fetch() {
        std::unique_lock lock(mutex_);
        arrived_.wait(lock, [this] { return hasNews(); });
        return closed_ ? std::nullopt : std::exchange(thing_, std::nullopt);
    }
    /// Whether nothing came for so long, nor was the box closed.
    bool staysQuiet(std::chrono::milliseconds duration) {
        std::unique_lock lock(mutex_);
        return !arrived_.wait_for(lock, duration, [this] { return hasNews(); });
    }
    /// What is there, if anything, without waiting.
    std::optional<T> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(thing_, std::nullopt);
    }

  private:
    [[nodiscard]] bool hasNews() const { return closed_ || thing_; }

    std::mutex mutex_;
    std::condition_variable arrived_;
    std::optional<T> thing_;
    bool closed_ = false;
};

}  // namespace stubble
