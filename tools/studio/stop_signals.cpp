#include "tools/studio/stop_signals.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>

namespace stubble {

StopSignals::StopSignals(std::function<void()> wake) : wake_(std::move(wake)) {
    sigset_t caught;
    sigemptyset(&caught);
    for (const int signal : {SIGTERM, SIGINT}) {
        // A parent that set a signal to be ignored (nohup, a shell's background job) meant it.
        struct sigaction inherited {};
        sigaction(signal, nullptr, &inherited);
        if (inherited.sa_handler != SIG_IGN) sigaddset(&caught, signal);
    }
    // Blocked in every thread, they wait for the one that reads them.
    pthread_sigmask(SIG_BLOCK, &caught, nullptr);
    signals_ = ::signalfd(-1, &caught, SFD_CLOEXEC);
    ending_ = ::eventfd(0, EFD_CLOEXEC);
    thread_ = std::thread([this] { watch(); });
}

StopSignals::~StopSignals() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(ending_, &one, sizeof one);
    thread_.join();
    ::close(signals_);
    ::close(ending_);
}

void StopSignals::watch() const {
    pollfd fds[] = {{signals_, POLLIN, 0}, {ending_, POLLIN, 0}};
    for (;;) {
        if (::poll(fds, 2, -1) < 0) continue;
        if (fds[1].revents != 0) return;
        signalfd_siginfo came{};
        if (::read(signals_, &came, sizeof came) != sizeof came) continue;
        const auto signal = static_cast<int>(came.ssi_signo);
        int none = 0;
        if (!received_.compare_exchange_strong(none, signal)) ::_exit(128 + signal);
        wake_();
    }
}

}  // namespace stubble
