#include "tools/stubble/signals.h"

#include <unistd.h>
#include <csignal>

#include "engine/core/file.h"

namespace stubble {
namespace {

extern "C" void onSignal(int signal) {
    removeUnfinishedFiles();
    ::_exit(128 + signal);
}

}  // namespace

void endCleanlyOnSignals() {
    struct sigaction action {};
    action.sa_handler = onSignal;
    sigemptyset(&action.sa_mask);
    for (const int signal : {SIGINT, SIGTERM}) {
        // A parent that set a signal to be ignored (nohup, a shell's background job) meant it.
        struct sigaction inherited {};
        sigaction(signal, nullptr, &inherited);
        if (inherited.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);
    }
}

}  // namespace stubble
