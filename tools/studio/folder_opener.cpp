#include "tools/studio/folder_opener.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <limits>

extern char** environ;

namespace stubble {
namespace {

constexpr const char* kProgram = "xdg-open";
// It tells within this time that it knows no way; later ends are those of a file manager that it became.
constexpr std::chrono::seconds kAnswers{10};  // working default
constexpr double kLookSeconds = 0.2;

}  // namespace

Result<void> FolderOpener::open(const std::filesystem::path& folder) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", fd == STDIN_FILENO ? O_RDONLY : O_WRONLY,
                                         0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID);
    std::string program = kProgram, place = folder.string();
    const std::array<char*, 3> words = {program.data(), place.data(), nullptr};
    pid_t process = 0;
    const int error = ::posix_spawnp(&process, kProgram, &actions, &attributes, words.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) return fail(ExitCode::io, "{}: cannot be started: {}", kProgram, std::strerror(error));
    started_.push_back({process, folder, Clock::now()});
    return {};
}

std::optional<Error> FolderOpener::takeError() {
    std::optional<Error> fault;
    std::erase_if(started_, [&](const Started& one) {
        int status = 0;
        if (::waitpid(one.process, &status, WNOHANG) == 0) return false;
        if (WIFEXITED(status) && WEXITSTATUS(status) != 0 && Clock::now() - one.at < kAnswers)
            fault =
                fail(ExitCode::io, "{} {}: ended with {}", kProgram, one.folder.string(), WEXITSTATUS(status))
                    .value();
        return true;
    });
    return fault;
}

double FolderOpener::due() const {
    for (const Started& one : started_)
        if (Clock::now() - one.at < kAnswers) return kLookSeconds;
    return std::numeric_limits<double>::infinity();
}

}  // namespace stubble
