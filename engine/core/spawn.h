#pragma once
// Starts other programs.

#include <sys/types.h>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

/// A pipe to read what a started program writes; its ends are closed when they go.
class Pipe {
  public:
    Pipe();
    ~Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    /// −1 where the system had none to give.
    [[nodiscard]] int readEnd() const { return readEnd_; }
    [[nodiscard]] int writeEnd() const { return writeEnd_; }
    void closeWriteEnd();

  private:
    int readEnd_ = -1, writeEnd_ = -1;
};

/// Starts `program` with `arguments`, without a shell: standard input from `input` (a descriptor above 2), or
/// from /dev/null without one; output and error to the write ends, which this closes here; without `messages`
/// error goes to /dev/null, too. Signals do to it what they usually do, whatever this process blocks or
/// ignores. `environment` ("NAME=VALUE") is added to this process's own. Whoever starts it reaps it. Fails
/// (io) when it cannot be started.
Result<pid_t> spawnProgram(const std::filesystem::path& program, std::vector<std::string> arguments,
                           Pipe& output, Pipe* messages = nullptr, std::vector<std::string> environment = {},
                           int input = -1);

}  // namespace stubble
