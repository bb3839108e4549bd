#include "engine/geometry/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

extern char** environ;

namespace stubble {
namespace {

using Clock = std::chrono::steady_clock;

class SpawnSetup {
  public:
    explicit SpawnSetup(int outputFd) {
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, outputFd, STDOUT_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawnattr_init(&attributes);
        // The parent may block or ignore signals; the child must die of them as usual.
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnSetup() {
        posix_spawn_file_actions_destroy(&actions);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSetup(const SpawnSetup&) = delete;
    SpawnSetup& operator=(const SpawnSetup&) = delete;

    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};
};

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
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return fail(ExitCode::io, "{}: cannot be started: {}", program.string(), std::strerror(errno));
    std::string name = program.string();
    std::vector<std::string> words = arguments;
    std::vector<char*> argv{name.data()};
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t pid = -1;
    int error = 0;
    {
        // Were the pipe itself descriptor 1, dup2 would leave its close-on-exec flag set.
        int writeEnd = ends[1];
        if (writeEnd <= STDERR_FILENO) {
            writeEnd = ::fcntl(ends[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
            ::close(ends[1]);
        }
        const SpawnSetup setup(writeEnd);
        error = writeEnd < 0 ? errno
                             : ::posix_spawn(&pid, name.c_str(), &setup.actions, &setup.attributes,
                                             argv.data(), environ);
        if (writeEnd >= 0) ::close(writeEnd);
    }
    if (error != 0) {
        ::close(ends[0]);
        return fail(ExitCode::io, "{}: cannot be started: {}", name, std::strerror(error));
    }
    ChildOutput output;
    if (collect(ends[0], deadline, maxBytes, stop, output))
        ::kill(pid, SIGKILL);
    else
        awaitEnd(pid, deadline, output);
    ::close(ends[0]);
    reap(pid, output);
    return output;
}

}  // namespace stubble
