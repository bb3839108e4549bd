#pragma once
// Shows a folder in whatever the desktop shows folders with.

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

class FolderOpener {
  public:
    /// Starts `xdg-open FOLDER` in a session of its own, without a shell: it outlives the studio. Fails (io)
    /// when it cannot be started.
    Result<void> open(const std::filesystem::path& folder);
    /// That it has ended in a fault since the last call.
    std::optional<Error> takeError();
    /// Seconds until the next look is due; infinity: none is.
    [[nodiscard]] double due() const;

  private:
    using Clock = std::chrono::steady_clock;
    struct Started {
        pid_t process = 0;
        std::filesystem::path folder;
        Clock::time_point at;
    };
    std::vector<Started> started_;
};

}  // namespace stubble
