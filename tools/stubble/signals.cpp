#include "tools/stubble/signals.h"

#include <unistd.h>
#include <csignal>

#include "engine/core/file.h"

namespace stubble {
namespace {

bool stderrIsTerminal = false;

extern "C" void onSignal(int signal) {
    removeUnfinishedFiles();
    // The prompt that follows gets a line of its own, after that of the progress.
    if (stderrIsTerminal) [[maybe_unused]]
        const ssize_t written = ::write(STDERR_FILENO, "\n", 1);
    ::_exit(128 + signal);
}

}  // namespace

void endCleanlyOnSignals() {
    stderrIsTerminal = ::isatty(STDERR_FILENO) == 1;
    // A file that grows beyond the user's limit is then an error of writing, which is told and cleaned up.
    std::signal(SIGXFSZ, SIG_IGN);
    struct sigaction action {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    // SIGPIPE comes where standard output is no longer read.
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) {
        // A parent that set a signal to be ignored (nohup, a shell's background job) meant it.
        struct sigaction inherited {};
        sigaction(signal, nullptr, &inherited);
        if (inherited.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
    }
}

}  // namespace stubble
