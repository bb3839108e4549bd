#pragma once
// SIGTERM and SIGINT as something to be looked at, so that work is kept before the program ends.

#include <atomic>
#include <functional>
#include <thread>

namespace stubble {

/// Catches them for the whole process from here on, unless the parent has them ignored: make it before any
/// other thread. A second one ends the program at once.
class StopSignals {
  public:
    /// `wake` is called from a thread when the first has come.
    explicit StopSignals(std::function<void()> wake);
    ~StopSignals();
    StopSignals(const StopSignals&) = delete;
    StopSignals& operator=(const StopSignals&) = delete;

    /// The first that came; 0: none.
    [[nodiscard]] int received() const { return received_; }

  private:
    void watch() const;

    std::function<void()> wake_;
    mutable std::atomic<int> received_ = 0;
    int signals_ = -1, ending_ = -1;  ///< file descriptors
    std::thread thread_;
};

}  // namespace stubble
