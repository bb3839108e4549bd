#pragma once
// Progress on one line of the terminal, or a line each for another program.

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

/// "progress 0.420 rendering" on stderr, for a program that runs this one.
class LineProgress : public Progress {
  public:
    void report(double done, std::string_view stage) override;
};

/// Lines where $STUBBLE_PROGRESS says "lines"; else one line when stderr is a terminal and the user did not
/// ask for quiet; else null.
std::unique_ptr<Progress> makeProgress(bool quiet);

}  // namespace stubble
