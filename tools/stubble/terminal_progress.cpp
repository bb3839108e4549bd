#include "tools/stubble/terminal_progress.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace stubble {

TerminalProgress::~TerminalProgress() {
    if (drawn_) std::fputs("\r\033[K", stderr);
}

void TerminalProgress::report(double done, std::string_view stage) {
    // The time left is told by what is done, which begins now.
    if (done <= 0) start_ = std::chrono::steady_clock::now();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    std::fprintf(stderr, "\r%s\033[K", progressLine(done, stage, elapsed.count()).c_str());
    std::fflush(stderr);
    drawn_ = true;
}

void LineProgress::report(double done, std::string_view stage) {
    std::fprintf(stderr, "progress %.3f %.*s\n", done, static_cast<int>(stage.size()), stage.data());
}

std::unique_ptr<Progress> makeProgress(bool quiet) {
    const char* const wish = std::getenv("STUBBLE_PROGRESS");
    if (wish && std::string_view(wish) == "lines") return std::make_unique<LineProgress>();
    if (quiet || !::isatty(STDERR_FILENO)) return nullptr;
    return std::make_unique<TerminalProgress>();
}

}  // namespace stubble
