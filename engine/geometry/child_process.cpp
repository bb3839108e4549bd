#include "engine/geometry/child_process.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "engine/core/spawn.h"

namespace stubble {
namespace {

using Clock = std::chrono::steady_clock;

void reap(pid_t pid, ChildOutput& output) {
    int status = 0;
    pid_t got = 0;
    do {
        got = ::waitpid(pid, &status, 0);
    } while (got < 0 && errno == EINTR);
    if (got < 0) return;  // the host program ignores SIGCHLD: the system has reaped it
    if (WIFEXITED(status)) output.exitStatus = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) output.signal = WTERMSIG(status);
}

/// Reads until end of file, deadline or limit; says whether the child must be killed.
bool collect(int fd, Clock::time_point deadline, std::size_t maxBytes, const std::function<bool()>& stop,
             ChildOutput& output) {
    const long long longestMs = stop ? 50 : 60'000;
    std::vector<std::byte> block(1 << 18);
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) {
            output.timedOut = true;
            return true;
        }
        if (stop && stop()) {
            output.stopped = true;
            return true;
        }
        pollfd waiting{fd, POLLIN, 0};
        const int ready = ::poll(&waiting, 1, static_cast<int>(std::min<long long>(left, longestMs)));
        if (ready < 0 && errno != EINTR) return true;
        if (ready <= 0) continue;
        const ssize_t got = ::read(fd, block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return true;
        if (got == 0) return false;
        if (output.bytes.size() + static_cast<std::size_t>(got) > maxBytes) {
            output.tooLong = true;
            return true;
        }
        output.bytes.insert(output.bytes.end(), block.begin(), block.begin() + got);
    }
}

/// A child that closed its output may still hang: give it until the deadline to end.
void awaitEnd(pid_t pid, Clock::time_point deadline, ChildOutput& output) {
    while (Clock::now() < deadline) {
        siginfo_t info{};
        if (::waitid(P_PID, static_cast<id_t>(pid), &info, WEXITED | WNOHANG | WNOWAIT) != 0) return;
        if (info.si_pid == pid) return;
        ::usleep(1000);
    }
    output.timedOut = true;
    ::kill(pid, SIGKILL);
}

}  // namespace

Result<ChildOutput> runChild(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                             double maxSeconds, std::size_t maxBytes, const std::function<bool()>& stop) {
    const auto deadline =
        Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(maxSeconds));
    Pipe pipe;
    STUBBLE_TRY(const pid_t pid, spawnProgram(program, arguments, pipe));
    ChildOutput output;
    if (collect(pipe.readEnd(), deadline, maxBytes, stop, output))
        ::kill(pid, SIGKILL);
    else
        awaitEnd(pid, deadline, output);
    reap(pid, output);
    return output;
}

}  // namespace stubble
