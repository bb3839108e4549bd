#pragma once
// What each pass of a frame costs.

#include <glad/gl.h>

#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace stubble {

struct PassTime {
    std::string name;
    double ms = 0;     ///< on the device; all of the pass's runs together
    double cpuMs = 0;  ///< of all cores of this process meanwhile; a busy machine disturbs it less than ms
};

/// For Renderer::listenToPasses. On a graphics device it asks timer queries; those of a software rasteriser
/// do not wait for its work, so there each pass is waited for. Use on the thread that owns the context.
class PassTimer {
  public:
    PassTimer();
    ~PassTimer();
    PassTimer(const PassTimer&) = delete;
    PassTimer& operator=(const PassTimer&) = delete;

    void begins(std::string_view pass);
    /// Sums since the last call, in the order of the passes' first runs. Waits for the device.
    std::vector<PassTime> take();

  private:
    struct Mark {
        std::string pass;
        GLuint query = 0;
    };
    PassTime& timeOf(std::string_view pass);

    bool software_ = false;
    std::vector<PassTime> times_;
    std::string current_;
    std::chrono::steady_clock::time_point start_;
    std::clock_t cpuStart_ = 0;
    std::vector<Mark> marks_;  ///< of a graphics device; the last may be of no pass
};

/// A table for people, a line a pass and one of their sum; `frames` sub-frames are averaged.
std::string passTable(const std::vector<PassTime>& times, int frames);

}  // namespace stubble
