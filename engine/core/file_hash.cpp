#include "engine/core/file_hash.h"

#include <xxhash.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <vector>

namespace stubble {

Result<FileHash> hashFile(const std::filesystem::path& path) {
    constexpr std::size_t kBlockBytes = 1u << 20;
    const auto unreadable = [&](int cause) {
        return fail(ExitCode::badInput, "{}: cannot be read: {}", path.string(), std::strerror(cause));
    };
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) return unreadable(error ? error.value() : ENOENT);
    if (!std::filesystem::is_regular_file(status))
        return fail(ExitCode::badInput, "{}: is not a regular file", path.string());
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return unreadable(errno);
    const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(), XXH3_freeState);
    XXH3_128bits_reset(state.get());
    FileHash result;
    std::vector<char> block(kBlockBytes);
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        XXH3_128bits_update(state.get(), block.data(), got);
        result.bytes += got;
    }
    if (file.bad()) return unreadable(errno);
    const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
    result.hash = {hash.low64, hash.high64};
    return result;
}

}  // namespace stubble
