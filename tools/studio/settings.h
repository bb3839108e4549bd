#pragma once
// What the studio remembers of how a person works: studio.json in the settings folder.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

inline constexpr std::size_t kMaxRecentFiles = 10;
inline constexpr float kMinMapShare = 0.2f, kMaxMapShare = 0.7f;

struct Settings {
    std::vector<std::filesystem::path> recent;   ///< absolute, the latest first, at most kMaxRecentFiles
    float uiScale = 0;                           ///< 0.5 to 4; 0: as the screen says
    int windowWidth = 1280, windowHeight = 800;  ///< screen coordinates, 320 to 16384
    std::string camera = "three-quarter";        ///< cameraNames()
    std::string light = "studio";                ///< lightNames()
    bool mapShown = false;                       ///< beside the picture
    float mapShare = 0.42f;                      ///< of the room for both, kMinMapShare to kMaxMapShare
    float divider = 0.5f;                        ///< of a compared picture, of its width

    bool operator==(const Settings&) const = default;
};

/// The file is the latest now.
void addRecent(Settings& settings, const std::filesystem::path& path);

struct RecentFile {
    std::filesystem::path path;
    bool isThere = false;
};
/// The recent files with whether each can be found: a look at the disk.
std::vector<RecentFile> recentFiles(const Settings& settings);

struct ReadSettings {
    Settings settings;
    std::string note;  ///< a sentence where the file could not be used; else empty
};
/// Without a file the defaults. A file that is damaged is set aside as studio.json.broken, and the defaults
/// are used, which the note says; unknown members are passed over, as a newer studio may have written them.
ReadSettings readSettings(const std::filesystem::path& folder);

/// Atomic. Fails with ExitCode::io.
Result<void> writeSettings(const Settings& settings, const std::filesystem::path& folder);

}  // namespace stubble
