#include "engine/jobs/video_file.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

#include "engine/core/file.h"
#include "engine/core/spawn.h"
#include "engine/geometry/child_process.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;

// Constant quality and speed. At these a frame of stubble read back differs from the rendered one by about as
// much as 4:2:0 alone costs (docs/turntable.md). Chroma is spared: pigment is told by small colours.
constexpr int kH264Crf = 14;
constexpr const char* kH264Preset = "slow";
constexpr const char* kH264Params = "chroma-qp-offset=-6";
constexpr int kH264AqMode = 3;  // more bits for dark gradients, which a backdrop is
constexpr int kVp9Crf = 8;
constexpr int kVp9Speed = 4;  // 0 slowest to 8
/// Frames between two that a player can jump to.
constexpr int kJumpFrames = 12;
/// ffmpeg that takes nothing for so long hangs: a working default, minutes beyond the slowest frame seen.
constexpr int kStallMs = 300'000;
constexpr double kProbeSeconds = 600;
constexpr std::size_t kMaxMessageBytes = 1u << 16;

Result<fs::path> findProgram(std::string_view name) {
    const char* const path = std::getenv("PATH");
    std::string_view folders = path ? path : "/usr/local/bin:/usr/bin:/bin";
    while (!folders.empty()) {
        const auto colon = std::min(folders.find(':'), folders.size());
        const fs::path program = fs::path(folders.substr(0, colon)) / name;
        std::error_code ignored;
        if (fs::is_regular_file(program, ignored) && ::access(program.c_str(), X_OK) == 0) return program;
        folders.remove_prefix(std::min(colon + 1, folders.size()));
    }
    return fail(ExitCode::badInput,
                "{}: not found in PATH, a video needs it: install the package ffmpeg, or choose a name that "
                "ends in .html",
                name);
}

/// A file without a name that other programs find under one. It goes with this process.
class MemoryFile {
  public:
    MemoryFile() : fd_(::memfd_create("stubble", MFD_CLOEXEC)) {}
    ~MemoryFile() {
        if (fd_ >= 0) ::close(fd_);
    }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    [[nodiscard]] int fd() const { return fd_; }
    [[nodiscard]] std::string path() const { return fmt::format("/proc/{}/fd/{}", ::getpid(), fd_); }
    [[nodiscard]] bool fill(std::string_view text) const {
        return fd_ >= 0 && ::pwrite(fd_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    }

  private:
    int fd_;
};

/// As ffmpeg reads it: https://ffmpeg.org/ffmpeg-formats.html#Metadata-2
std::string metadataText(const TextChunks& metadata) {
    std::string text = ";FFMETADATA1\n";
    for (const auto& [key, value] : metadata) {
        text += key + '=';
        for (const char c : value) {
            if (std::string_view("=;#\\\n").find(c) != std::string_view::npos) text += '\\';
            text += c;
        }
        text += '\n';
    }
    return text;
}

/// One thread, no dates, no versions: the same bytes on any machine. Colours are what they are in a PNG:
/// sRGB's curve and primaries, which are BT.709's, in BT.709's luma and chroma.
std::vector<std::string> encoderArguments(const VideoSpec& spec, const std::string& tags,
                                          const std::string& video) {
    std::string line = fmt::format(
        "-hide_banner -nostdin -nostats -loglevel error -y "
        "-f rawvideo -pixel_format rgb24 -video_size {}x{} -framerate {} -i pipe:0 -f ffmetadata -i {} "
        "-map 0:v -map_metadata 1 -fflags +bitexact -flags:v +bitexact -threads 1 -g {} "
        "-vf scale=in_range=pc:out_range=tv:out_color_matrix=bt709:"
        "flags=bicubic+accurate_rnd+full_chroma_int+bitexact,format=yuv420p "
        "-color_range tv -colorspace bt709 -color_primaries bt709 -color_trc iec61966-2-1 ",
        spec.width, spec.height, spec.framesPerSecond, tags, kJumpFrames);
    if (spec.kind == VideoKind::mp4)
        line += fmt::format(
            "-c:v libx264 -profile:v high -preset {} -crf {} -aq-mode {} -x264-params {} "
            "-movflags +faststart -f mp4 ",
            kH264Preset, kH264Crf, kH264AqMode, kH264Params);
    else
        line += fmt::format("-c:v libvpx-vp9 -b:v 0 -crf {} -deadline good -cpu-used {} -f webm ", kVp9Crf,
                            kVp9Speed);
    std::istringstream words(line + video);
    return {std::istream_iterator<std::string>(words), {}};
}

}  // namespace

Result<void> checkVideoPrograms() {
    for (const char* name : {"ffmpeg", "ffprobe"}) {
        const auto program = findProgram(name);
        if (!program) return tl::unexpected(program.error());
    }
    return {};
}

class VideoWriter::Encoder {
  public:
    explicit Encoder(VideoSpec spec) : spec_(std::move(spec)) {}
    ~Encoder() {
        closeFeed();
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            reap();
        }
    }
    Encoder(const Encoder&) = delete;
    Encoder& operator=(const Encoder&) = delete;

    Result<void> start();
    Result<void> add(const ImageRgb8& frame);
    Result<std::uint64_t> finish(const fs::path& path);

  private:
    void closeFeed() {
        if (feed_ >= 0) ::close(std::exchange(feed_, -1));
    }
    /// Waits until ffmpeg takes more, or without a feed until it says no more; keeps its messages meanwhile.
    Result<void> await();
    int reap();
    /// How ffmpeg ended, for the one who uses it.
    Result<void> end();
    Result<void> check(const fs::path& path) const;

    VideoSpec spec_;
    MemoryFile video_, tags_;
    Pipe output_, messages_;
    int feed_ = -1;  ///< a socket, since writing to it raises no SIGPIPE
    pid_t process_ = -1;
    bool silent_ = false;  ///< ffmpeg has closed its messages
    std::string told_;
    int added_ = 0;
};

Result<void> VideoWriter::Encoder::start() {
    STUBBLE_TRY(const fs::path program, findProgram("ffmpeg"));
    int ends[2];
    if (video_.fd() < 0 || !tags_.fill(metadataText(spec_.metadata)) ||
        ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail(ExitCode::tryAgain, "a video cannot be begun: {}", std::strerror(errno));
    feed_ = ends[0];
    const int input = ::fcntl(ends[1], F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    ::close(ends[1]);
    const auto started = spawnProgram(program, encoderArguments(spec_, tags_.path(), video_.path()), output_,
                                      &messages_, {}, input);
    if (input >= 0) ::close(input);
    if (!started) return tl::unexpected(started.error());
    process_ = *started;
    return {};
}

Result<void> VideoWriter::Encoder::await() {
    std::array<pollfd, 2> waiting = {{{feed_, POLLOUT, 0}, {silent_ ? -1 : messages_.readEnd(), POLLIN, 0}}};
    const int ready = ::poll(waiting.data(), waiting.size(), kStallMs);
    if (ready < 0 && errno != EINTR)
        return fail(ExitCode::io, "ffmpeg: cannot be waited for: {}", std::strerror(errno));
    if (ready == 0) return fail(ExitCode::io, "ffmpeg: takes no frames, stopped after {} s", kStallMs / 1000);
    if (ready > 0 && waiting[1].revents != 0) {
        std::array<char, 4096> text;
        const ssize_t got = ::read(messages_.readEnd(), text.data(), text.size());
        if (got > 0 && told_.size() < kMaxMessageBytes)
            told_.append(text.data(), static_cast<std::size_t>(got));
        silent_ = got == 0 || (got < 0 && errno != EINTR);
    }
    return {};
}

int VideoWriter::Encoder::reap() {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    return status;
}

Result<void> VideoWriter::Encoder::end() {
    closeFeed();
    while (!silent_) STUBBLE_CHECK(await());
    const int status = reap();
    if (WIFSIGNALED(status)) return fail(ExitCode::io, "ffmpeg: ended by signal {}", WTERMSIG(status));
    if (WEXITSTATUS(status) == 0) return {};
    // The first line names the cause, those after it what came of it.
    const std::string cause = told_.substr(0, told_.find('\n'));
    return fail(ExitCode::io, "ffmpeg: ended with code {}{}{}", WEXITSTATUS(status),
                cause.empty() ? "" : ": ", cause);
}

Result<void> VideoWriter::Encoder::add(const ImageRgb8& frame) {
    if (frame.width != spec_.width || frame.height != spec_.height)
        return fail(ExitCode::io, "frame {}: has {}x{} pixels, expected {}x{}", added_, frame.width,
                    frame.height, spec_.width, spec_.height);
    if (std::ranges::all_of(frame.pixels, [&](Rgb8 pixel) { return pixel == frame.pixels.front(); }))
        return fail(ExitCode::io, "frame {}: is all of one colour, expected a picture", added_);
    auto bytes = EncodedImage(frame).rows(0, frame.height);
    while (!bytes.empty()) {
        STUBBLE_CHECK(await());
        const ssize_t sent = ::send(feed_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
        } else if (errno == EPIPE || errno == ECONNRESET) {
            STUBBLE_CHECK(end());
            return fail(ExitCode::io, "ffmpeg: ended before the last frame");
        } else if (errno != EAGAIN && errno != EINTR) {
            return fail(ExitCode::io, "ffmpeg: cannot be fed: {}", std::strerror(errno));
        }
    }
    ++added_;
    return {};
}

Result<void> VideoWriter::Encoder::check(const fs::path& path) const {
    STUBBLE_TRY(const fs::path program, findProgram("ffprobe"));
    STUBBLE_TRY(const ChildOutput probe,
                runChild(program,
                         {"-loglevel", "error", "-select_streams", "v:0", "-count_frames", "-show_entries",
                          "stream=width,height,nb_read_frames", "-print_format", "csv=print_section=0",
                          video_.path()},
                         kProbeSeconds, kMaxMessageBytes));
    const std::string expected = fmt::format("{},{},{}", spec_.width, spec_.height, spec_.frames);
    std::string found(reinterpret_cast<const char*>(probe.bytes.data()), probe.bytes.size());
    found.erase(std::min(found.find('\n'), found.size()));
    if (found != expected || probe.exitStatus != 0 || probe.signal != 0)
        return fail(ExitCode::io, "{}: not written: ffprobe reads width,height,frames {} back, expected {}",
                    path.string(), found.empty() ? "nothing" : found, expected);
    return {};
}

Result<std::uint64_t> VideoWriter::Encoder::finish(const fs::path& path) {
    STUBBLE_CHECK(end());
    STUBBLE_CHECK(check(path));
    const off_t size = ::lseek(video_.fd(), 0, SEEK_END);
    STUBBLE_CHECK(writeFileAtomically(path, [&](FileWriter& file) -> Result<void> {
        std::vector<std::byte> block(1u << 20);
        for (off_t place = 0; place < size;) {
            const ssize_t got = ::pread(video_.fd(), block.data(), block.size(), place);
            if (got <= 0)
                return fail(ExitCode::io, "{}: not written: {}", path.string(),
                            got < 0 ? std::strerror(errno) : "the video became shorter");
            if (!file.write(std::span(block).first(static_cast<std::size_t>(got)))) break;
            place += got;
        }
        return {};
    }));
    return static_cast<std::uint64_t>(size);
}

VideoWriter::VideoWriter(std::unique_ptr<Encoder> encoder) : encoder_(std::move(encoder)) {}
VideoWriter::VideoWriter(VideoWriter&&) noexcept = default;
VideoWriter& VideoWriter::operator=(VideoWriter&&) noexcept = default;
VideoWriter::~VideoWriter() = default;

Result<VideoWriter> VideoWriter::start(VideoSpec spec) {
    auto encoder = std::make_unique<Encoder>(std::move(spec));
    STUBBLE_CHECK(encoder->start());
    return VideoWriter(std::move(encoder));
}

Result<void> VideoWriter::add(const ImageRgb8& frame) {
    return encoder_->add(frame);
}

Result<std::uint64_t> VideoWriter::finish(const fs::path& path) {
    return encoder_->finish(path);
}

}  // namespace stubble
