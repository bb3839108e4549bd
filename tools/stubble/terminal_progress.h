#pragma once
// Progress on one line of the terminal.

#include <chrono>
#include <memory>

#include "engine/core/progress.h"

namespace stubble {

/// Draws on stderr and clears its line in the end.
class TerminalProgress : public Progress {
  public:
    TerminalProgress() = default;
    ~TerminalProgress() override;
    TerminalProgress(const TerminalProgress&) = delete;
    TerminalProgress& operator=(const TerminalProgress&) = delete;
    void report(double done, std::string_view stage) override;

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    bool drawn_ = false;
};

/// One when stderr is a terminal and the user did not ask for quiet, else null.
std::unique_ptr<Progress> makeProgress(bool quiet);

}  // namespace stubble
