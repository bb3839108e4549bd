#include "engine/core/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace stubble {
namespace {

/// What becomes descriptor 1 or 2 must be none of 0 to 2 here: dup2 onto itself leaves a descriptor's
/// close-on-exec flag set.
int aboveStandard(int fd) {
    if (fd < 0 || fd > STDERR_FILENO) return fd;
    const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(fd);
    return moved;
}

class SpawnSetup {
  public:
    SpawnSetup(int inputFd, int outputFd, int messagesFd) {
        posix_spawn_file_actions_init(&actions);
        if (inputFd >= 0)
            posix_spawn_file_actions_adddup2(&actions, inputFd, STDIN_FILENO);
        else
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, outputFd, STDOUT_FILENO);
        if (messagesFd >= 0)
            posix_spawn_file_actions_adddup2(&actions, messagesFd, STDERR_FILENO);
        else
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

/// Ends with the null that exec asks for; refers to the words.
std::vector<char*> pointersTo(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

}  // namespace

Pipe::Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    readEnd_ = ends[0], writeEnd_ = aboveStandard(ends[1]);
}

Pipe::~Pipe() {
    closeWriteEnd();
    if (readEnd_ >= 0) ::close(readEnd_);
}

void Pipe::closeWriteEnd() {
    if (writeEnd_ >= 0) ::close(std::exchange(writeEnd_, -1));
}

Result<pid_t> spawnProgram(const std::filesystem::path& program, std::vector<std::string> arguments,
                           Pipe& output, Pipe* messages, std::vector<std::string> environment, int input) {
    const std::string name = program.string();
    arguments.insert(arguments.begin(), name);
    for (char** entry = environ; *entry; ++entry) environment.emplace_back(*entry);
    pid_t process = -1;
    int error = EMFILE;
    if (output.writeEnd() >= 0 && (!messages || messages->writeEnd() >= 0)) {
        const SpawnSetup setup(input, output.writeEnd(), messages ? messages->writeEnd() : -1);
        error = ::posix_spawn(&process, name.c_str(), &setup.actions, &setup.attributes,
                              pointersTo(arguments).data(), pointersTo(environment).data());
    }
    output.closeWriteEnd();
    if (messages) messages->closeWriteEnd();
    if (error != 0) return fail(ExitCode::io, "{}: cannot be started: {}", name, std::strerror(error));
    return process;
}

}  // namespace stubble
