#include "engine/core/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    bool close() {
        if (fd_ < 0) return true;
        const int fd = std::exchange(fd_, -1);
        return ::close(fd) == 0;
    }

  private:
    int fd_;
};

/// The temporary files being written now, readable from a signal handler: a slot's text is complete before
/// its flag is set.
struct UnfinishedFile {
    std::atomic<bool> taken{false}, named{false};
    char path[4096] = {};
};
std::array<UnfinishedFile, 16> unfinishedFiles;

/// A name beside the target that no other process or thread uses.
std::string temporaryNameFor(const fs::path& path) {
    static std::atomic<unsigned> counter{0};
    return fmt::format("{}.{}-{}.tmp", path.string(), ::getpid(), counter++);
}

/// The file itself where the path is a link to it, so that a rename takes the file's place, not the link's.
fs::path behindLinks(fs::path path) {
    constexpr int kMostLinks = 40;  // as Linux follows
    std::error_code error;
    for (int i = 0; i < kMostLinks && fs::is_symlink(path, error); ++i) {
        const fs::path to = fs::read_symlink(path, error);
        if (error) break;
        path = path.parent_path() / to;
    }
    return path;
}

/// A file that goes with its owner unless it was kept. It holds one slot of the table; without a free one (or
/// with an overlong path) it is just not listed.
class TemporaryFile {
  public:
    explicit TemporaryFile(std::string path) : path_(std::move(path)) {
        if (path_.size() >= sizeof UnfinishedFile::path) return;
        for (UnfinishedFile& slot : unfinishedFiles) {
            if (slot.taken.exchange(true)) continue;
            std::memcpy(slot.path, path_.c_str(), path_.size() + 1);
            slot.named = true;
            slot_ = &slot;
            return;
        }
    }
    ~TemporaryFile() {
        if (made_) ::unlink(path_.c_str());
        if (!slot_) return;
        slot_->named = false;
        slot_->taken = false;
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    /// Makes it: a descriptor to write to, or −1.
    int open() {
        const int fd = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        made_ = fd >= 0;
        return fd;
    }
    bool keepAs(const fs::path& path) {
        made_ = ::rename(path_.c_str(), path.c_str()) != 0;
        return !made_;
    }

  private:
    std::string path_;
    UnfinishedFile* slot_ = nullptr;
    bool made_ = false;  ///< by us, and still there
};

}  // namespace

Result<std::vector<std::byte>> readFile(const fs::path& path, std::size_t maxBytes) {
    // Not blocking: opening a named pipe would wait for a writer; what is no regular file is refused below.
    Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0)
        return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    struct stat info {};
    if (::fstat(file.get(), &info) != 0)
        return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), std::strerror(errno));
    if (!S_ISREG(info.st_mode)) return fail(ExitCode::badInput, "{}: is not a regular file", path.string());
    const auto size = static_cast<std::size_t>(info.st_size);
    if (size > maxBytes)
        return fail(ExitCode::badInput, "{}: has {} bytes, at most {} are accepted", path.string(), size,
                    maxBytes);
    std::vector<std::byte> bytes(size);
    std::size_t done = 0;
    while (done < size) {
        const ssize_t got = ::read(file.get(), bytes.data() + done, size - done);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), std::strerror(errno));
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    bytes.resize(done);
    return bytes;
}

Result<std::string> readTextFile(const fs::path& path, std::size_t maxBytes) {
    STUBBLE_TRY(const auto bytes, readFile(path, maxBytes));
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

bool FileWriter::keep(bool good) {
    if (!good && fault_ == 0) fault_ = errno;
    return fault_ == 0;
}

bool FileWriter::write(std::span<const std::byte> bytes) {
    while (fault_ == 0 && !bytes.empty()) {
        const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (!keep(written >= 0)) break;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
        place_ += static_cast<std::uint64_t>(written);
        size_ = std::max(size_, place_);
    }
    return fault_ == 0;
}

bool FileWriter::seek(std::uint64_t place) {
    if (fault_ == 0 && keep(::lseek(fd_, static_cast<off_t>(place), SEEK_SET) >= 0)) place_ = place;
    return fault_ == 0;
}

Result<void> writeFileAtomically(const fs::path& path, const std::function<Result<void>(FileWriter&)>& fill) {
    const auto cannot = [&](int cause) {
        return fail(ExitCode::io, "{}: cannot be written: {}", path.string(), std::strerror(cause));
    };
    // A device such as /dev/stdout or /dev/null cannot be replaced by a rename; write to it as it stands.
    std::error_code ignored;
    const bool device =
        fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) && !fs::is_directory(path, ignored);
    const fs::path target = behindLinks(path);
    if (fs::is_symlink(target, ignored)) return cannot(ELOOP);
    std::optional<TemporaryFile> temporary;
    if (!device) temporary.emplace(temporaryNameFor(target));
    Descriptor file(temporary ? temporary->open() : ::open(path.c_str(), O_WRONLY | O_CLOEXEC));
    if (file.get() < 0) return cannot(errno);
    struct stat before {};
    if (temporary && ::stat(target.c_str(), &before) == 0) (void)::fchmod(file.get(), before.st_mode & 07777);
    FileWriter writer(file.get());
    Result<void> filled = fill(writer);
    if (filled && temporary) writer.keep(::fsync(file.get()) == 0);
    writer.keep(file.close());
    if (filled && temporary && writer.fault_ == 0) writer.keep(temporary->keepAs(target));
    // A fault of the file is the cause of what the one who filled it complains of.
    if (writer.fault_ != 0) return cannot(writer.fault_);
    return filled;
}

Result<void> writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
    return writeFileAtomically(path, [&](FileWriter& file) -> Result<void> {
        file.write(bytes);
        return {};
    });
}

void removeUnfinishedFiles() noexcept {
    for (const UnfinishedFile& slot : unfinishedFiles)
        if (slot.named) ::unlink(slot.path);
}

Result<void> writeFileAtomically(const fs::path& path, std::string_view text) {
    return writeFileAtomically(path, std::as_bytes(std::span(text)));
}

fs::path programDir() {
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::current_path() : program.parent_path();
}

ContentHash programHash() {
    static const ContentHash hash = [] {
        constexpr std::size_t kMaxProgramBytes = std::size_t{2} << 30;
        const auto bytes = readFile("/proc/self/exe", kMaxProgramBytes);
        return bytes ? hashBytes(*bytes) : ContentHash{};
    }();
    return hash;
}

Result<fs::path> dataDir() {
    std::error_code ignored;
    if (const char* named = std::getenv("STUBBLE_DATA_DIR"); named && *named) {
        if (fs::is_directory(fs::path(named) / "shaders", ignored)) return fs::path(named);
        return fail(ExitCode::badInput, "STUBBLE_DATA_DIR={}: has no folder 'shaders'", named);
    }
    for (const fs::path& candidate : {programDir() / "../share/stubble", fs::path(STUBBLE_SOURCE_DIR)})
        if (fs::is_directory(candidate / "shaders", ignored)) return candidate.lexically_normal();
    return fail(ExitCode::badInput,
                "no data folder found: set STUBBLE_DATA_DIR to the folder that holds 'shaders' and 'assets'");
}

fs::path cacheDir() {
    fs::path dir;
    if (const char* named = std::getenv("STUBBLE_CACHE_DIR"); named && *named)
        dir = named;
    else if (const char* xdg = std::getenv("XDG_CACHE_HOME"); xdg && *xdg)
        dir = fs::path(xdg) / "stubble";
    else if (const char* home = std::getenv("HOME"); home && *home)
        dir = fs::path(home) / ".cache/stubble";
    else
        return {};
    std::error_code error;
    fs::create_directories(dir, error);
    return error || ::access(dir.c_str(), W_OK) != 0 ? fs::path() : dir;
}

}  // namespace stubble
