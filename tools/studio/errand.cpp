#include "tools/studio/errand.h"

#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "engine/core/file.h"
#include "engine/core/spawn.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kNiceness = 10;                      // a picture that moves goes first
constexpr std::size_t kMaxOutputBytes = 16 << 20;  // of a report
constexpr std::string_view kProgressWord = "progress ";

/// What is there to read; false at the end.
bool readSome(int fd, std::string& into) {
    std::array<char, 4096> block;
    const ssize_t got = ::read(fd, block.data(), block.size());
    if (got > 0) into.append(block.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && errno == EINTR);
}

}  // namespace

Result<DesignCopy> DesignCopy::write(const Design& design) {
    std::error_code error;
    const fs::path folder = fs::temp_directory_path(error);
    if (error) return fail(ExitCode::io, "no folder for temporary files: {}", error.message());
    std::string name = (folder / "stubble-XXXXXX.json").string();
    const int fd = ::mkstemps(name.data(), 5);
    if (fd < 0) return fail(ExitCode::io, "{}: cannot be made: {}", name, std::strerror(errno));
    DesignCopy copy{fs::path(name)};
    const std::string text = formatDesign(design);
    std::size_t written = 0;
    while (written < text.size()) {
        const ssize_t step = ::write(fd, text.data() + written, text.size() - written);
        if (step < 0 && errno == EINTR) continue;
        if (step <= 0) break;
        written += static_cast<std::size_t>(step);
    }
    const int fault = errno;
    if (::close(fd) != 0 || written < text.size())
        return fail(ExitCode::io, "{}: cannot be written: {}", name, std::strerror(fault));
    return copy;
}

DesignCopy::~DesignCopy() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove(path_, ignored);
}

DesignCopy& DesignCopy::operator=(DesignCopy&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

Errand::Errand(std::function<void()> wake, fs::path program)
    : wake_(std::move(wake)), program_(program.empty() ? programDir() / "stubble" : std::move(program)) {}

Errand::~Errand() {
    cancel();
    if (thread_.joinable()) thread_.join();
}

void Errand::start(std::vector<std::string> arguments) {
    cancel();
    if (thread_.joinable()) thread_.join();
    busy_ = true;
    cancelled_ = false;
    state_ = {};
    result_.reset();
    thread_ = std::thread([this, given = std::move(arguments)] { run(given); });
}

void Errand::cancel() {
    const std::lock_guard lock(mutex_);
    if (!busy_) return;
    cancelled_ = true;
    // It removes what it has half written.
    if (process_ > 0) ::kill(process_, SIGTERM);
}

bool Errand::busy() const {
    const std::lock_guard lock(mutex_);
    return busy_ && !cancelled_;
}

Errand::State Errand::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

std::optional<Result<std::string>> Errand::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(result_, std::nullopt);
}

/// "progress 0.42 rendering", or a part of what the program has to say.
void Errand::takeLine(std::string_view line, std::string& message) {
    if (!line.starts_with(kProgressWord)) {
        if (!line.empty()) message += (message.empty() ? "" : "\n") + std::string(line);
        return;
    }
    line.remove_prefix(kProgressWord.size());
    double done = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), done);
    if (error != std::errc()) return;
    line.remove_prefix(static_cast<std::size_t>(end - line.data()));
    if (line.starts_with(' ')) line.remove_prefix(1);
    {
        const std::lock_guard lock(mutex_);
        state_ = {done, std::string(line)};
    }
    wake_();
}

void Errand::run(const std::vector<std::string>& arguments) {
    Pipe output, messages;
    const auto finish = [this](Result<std::string> result) {
        {
            const std::lock_guard lock(mutex_);
            process_ = 0;
            busy_ = false;
            if (!cancelled_) result_ = std::move(result);
        }
        wake_();
    };
    Result<pid_t> started = 0;
    {
        const std::lock_guard lock(mutex_);
        if (!cancelled_)
            started = spawnProgram(program_, arguments, output, &messages, {"STUBBLE_PROGRESS=lines"});
        process_ = started.value_or(0);
        if (process_ > 0) ::setpriority(PRIO_PROCESS, static_cast<id_t>(process_), kNiceness);
    }
    if (!started) return finish(tl::unexpected(started.error()));
    if (*started == 0) return finish(std::string());  // called off before it began

    std::string written, told, message;
    bool outputOpen = true, messagesOpen = true, tooLong = false;
    while (outputOpen || messagesOpen) {
        std::array<pollfd, 2> waiting{{{outputOpen ? output.readEnd() : -1, POLLIN, 0},
                                       {messagesOpen ? messages.readEnd() : -1, POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
        if (waiting[0].revents) outputOpen = readSome(output.readEnd(), written);
        if (waiting[1].revents) messagesOpen = readSome(messages.readEnd(), told);
        for (auto end = told.find('\n'); end != std::string::npos; end = told.find('\n')) {
            takeLine(std::string_view(told).substr(0, end), message);
            told.erase(0, end + 1);
        }
        if (written.size() + told.size() + message.size() > kMaxOutputBytes && !std::exchange(tooLong, true))
            ::kill(process_, SIGTERM);
    }
    takeLine(told, message);
    int status = 0;
    {
        // Waits without reaping, so that `cancel` never meets another process under this number.
        siginfo_t info{};
        while (::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOWAIT) != 0 &&
               errno == EINTR) {
        }
        const std::lock_guard lock(mutex_);
        while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
        }
        process_ = 0;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !tooLong) return finish(std::move(written));
    const std::string_view opening = "stubble: ";
    if (message.starts_with(opening)) message.erase(0, opening.size());
    if (message.empty())
        message = WIFSIGNALED(status)
                      ? fmt::format("{}: ended by signal {}", program_.string(), WTERMSIG(status))
                      : fmt::format("{}: ended with {}", program_.string(), WEXITSTATUS(status));
    finish(tl::unexpected(Error{ExitCode::io, std::move(message)}));
}

}  // namespace stubble
