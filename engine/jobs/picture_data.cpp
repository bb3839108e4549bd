#include "engine/jobs/picture_data.h"

#include <array>
#include <filesystem>
#include <set>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"

namespace stubble {
namespace fs = std::filesystem;

Result<std::string> pictureDataHash() {
    constexpr std::array kFolders = {"shaders", "assets/heads", "assets/optics", "assets/stamp"};
    STUBBLE_TRY(const fs::path data, dataDir());
    std::set<std::string> names;
    for (const char* folder : kFolders) {
        std::error_code error;
        for (fs::recursive_directory_iterator file(data / folder, error), end; !error && file != end;
             file.increment(error))
            if (std::error_code gone; file->is_regular_file(gone))
                names.insert(file->path().lexically_relative(data).generic_string());
        if (error)
            return fail(ExitCode::badInput, "{}: cannot be read: {}", (data / folder).string(),
                        error.message());
    }
    std::string all;
    for (const std::string& name : names) {
        STUBBLE_TRY(const FileHash file, hashFile(data / name));
        all += fmt::format("{} {}\n", file.hash.hex(), name);
    }
    return hashText(all).hex();
}

}  // namespace stubble
