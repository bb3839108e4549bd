#include "engine/jobs/batch_record.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"
#include "engine/core/json.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxRecordBytes = 1u << 16;

/// 0, or the error's number.
int setLock(int fd, short kind, std::size_t index) {
    struct flock lock {};
    lock.l_type = kind;
    lock.l_whence = SEEK_SET;
    lock.l_start = static_cast<off_t>(index);
    lock.l_len = 1;
    return ::fcntl(fd, F_OFD_SETLK, &lock) == 0 ? 0 : errno;
}

}  // namespace

fs::path recordFileOf(const fs::path& picture) {
    return picture.string() + ".json";
}

BatchRecord readRecord(const BatchManifest& manifest, const fs::path& folder, const BatchImage& image) {
    BatchRecord record;
    const fs::path file = folder / batchFile(manifest, image);
    const auto text = readTextFile(recordFileOf(file), kMaxRecordBytes);
    const auto json = text ? parseJson(*text, "") : tl::unexpected(text.error());
    if (!json || !json->is_object() || json->value("manifest", Json()) != manifest.hash ||
        json->value("image", Json()) != image.index)
        return record;
    const auto told = [&](const char* name) {
        const auto value = json->find(name);
        return value != json->end() && value->is_string() ? value->get<std::string>() : std::string();
    };
    record.xxh3 = told("xxh3");
    record.renderer = told("renderer");
    record.program = told("program");
    record.state = BatchState::damaged;
    const auto picture = hashFile(file);
    if (!picture || picture->hash.hex() != record.xxh3) return record;
    record.bytes = picture->bytes;
    record.state = BatchState::done;
    return record;
}

Result<BatchRecord> writeRecord(const BatchManifest& manifest, const fs::path& folder,
                                const BatchImage& image, const std::string& renderer) {
    const fs::path file = folder / batchFile(manifest, image);
    const auto picture = hashFile(file);
    if (!picture) return fail(ExitCode::io, "{}", picture.error().message);
    const nlohmann::ordered_json json = {{"stubble", "batch picture"},     {"manifest", manifest.hash},
                                         {"image", image.index},           {"bytes", picture->bytes},
                                         {"xxh3", picture->hash.hex()},    {"software", manifest.software},
                                         {"program", programHash().hex()}, {"renderer", renderer}};
    STUBBLE_CHECK(writeFileAtomically(recordFileOf(file), json.dump() + '\n'));
    return BatchRecord{BatchState::done, picture->hash.hex(), picture->bytes, renderer, programHash().hex()};
}

Result<BatchLock> BatchLock::open(const fs::path& folder) {
    const fs::path path = folder / "images/.lock";
    std::error_code error;
    fs::create_directory(path.parent_path(), error);  // a fault is that of opening, below
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) return fail(ExitCode::io, "{}: cannot be written: {}", path.string(), std::strerror(errno));
    return BatchLock(fd);
}

BatchLock::~BatchLock() {
    if (fd_ >= 0) ::close(fd_);
}

BatchLock::BatchLock(BatchLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

bool BatchLock::take(std::size_t index) {
    const int fault = setLock(fd_, F_WRLCK, index);
    return fault != EAGAIN && fault != EACCES;
}

void BatchLock::release(std::size_t index) {
    setLock(fd_, F_UNLCK, index);
}

}  // namespace stubble
