#include "engine/scalp/head_load.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "engine/core/cache.h"
#include "engine/core/file.h"
#include "engine/scalp/head_cache.h"
#include "engine/scalp/landmark_file.h"
#include "engine/scalp/landmark_guess.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kBuiltinPrefix = "builtin:";
constexpr std::string_view kCacheKind = "head";

struct HeadFiles {
    fs::path mesh, landmarks;  ///< landmarks may be empty
    bool builtin = false;
};

std::string builtinNames(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error))
        if (file->path().extension() == ".ply")
            names.push_back(std::string(kBuiltinPrefix) + file->path().stem().string());
    std::ranges::sort(names);
    return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

Result<HeadFiles> findFiles(const HeadSource& source) {
    if (!isBuiltinHead(source.head)) {
        HeadFiles files{source.head, source.landmarks, false};
        std::error_code error;
        if (const fs::path beside = landmarkFileOf(files.mesh);
            files.landmarks.empty() && fs::is_regular_file(beside, error))
            files.landmarks = beside;
        return files;
    }
    const std::string name = source.head.substr(kBuiltinPrefix.size());
    STUBBLE_TRY(const fs::path data, dataDir());
    const fs::path folder = data / "assets" / "heads";
    const bool plain = !name.empty() && std::ranges::all_of(name, [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
    });
    std::error_code error;
    if (!plain || !fs::is_regular_file(folder / (name + ".ply"), error))
        return fail(ExitCode::badInput, "head \"{}\": there is no such built-in head in {}; there: {}",
                    source.head, folder.string(), builtinNames(folder));
    HeadFiles files{folder / (name + ".ply"), source.landmarks, true};
    if (files.landmarks.empty()) files.landmarks = folder / (name + ".landmarks.json");
    return files;
}

ImportOptions importOptionsFor(const HeadSource& source, const HeadFiles& files) {
    ImportOptions options = source.import;
    options.purpose = ImportPurpose::head;
    if (files.builtin) {
        // Built-in heads are in the head frame already.
        options.mmPerUnit = 1.0f, options.up = AxisDirection::plusY, options.face = AxisDirection::plusZ;
        options.crop.clear();
    }
    return options;
}

/// Guessed where not given.
Result<Landmarks> findLandmarks(const ImportedMesh& imported, const HeadSource& source,
                                const HeadFiles& files) {
    GivenLandmarks given;
    if (!files.landmarks.empty()) {
        const bool own = files.builtin && source.landmarks.empty();
        if (own) {
            STUBBLE_TRY(const std::string text, readTextFile(files.landmarks, kMaxJsonBytes));
            STUBBLE_TRY(given, parseLandmarks(text, files.landmarks.string(), true));
        } else {
            STUBBLE_TRY(given, readLandmarkFile(files.landmarks));
        }
    }
    // Refinement would hide it.
    if (imported.report.trianglesInFile < kMinHeadTriangles)
        return fail(ExitCode::badInput, "{}: is not a head: number of triangles {}, expected at least {}",
                    files.mesh.string(), imported.report.trianglesInFile, kMinHeadTriangles);
    const RayScene scene(imported.mesh);
    Landmarks landmarks;
    if (given.size() < kLandmarkCount) {
        auto guessed = guessLandmarks(imported.mesh, scene);
        if (!guessed)
            return fail(guessed.error().code, "{}: {}", files.mesh.string(), guessed.error().message);
        landmarks = *guessed;
    }
    STUBBLE_CHECK(applyLandmarks(given, imported.mmFromFile, scene, files.landmarks.string(), landmarks));
    return landmarks;
}

/// Axes that are fixed to the skull, whatever frame it is in.
glm::mat4 landmarkAxes(const Landmarks& landmarks) {
    const glm::vec3 origin = landmarks[Landmark::tragusRight];
    const glm::vec3 x = glm::normalize(landmarks[Landmark::tragusLeft] - origin);
    const glm::vec3 y = glm::normalize(glm::cross(landmarks[Landmark::nasion] - origin, x));
    return {glm::vec4(x, 0), glm::vec4(y, 0), glm::vec4(glm::cross(x, y), 0), glm::vec4(origin, 1)};
}

}  // namespace

Result<LoadedHead> loadHead(const HeadSource& source) {
    STUBBLE_TRY(const HeadFiles files, findFiles(source));
    HeadSource keyed = source;
    keyed.import = importOptionsFor(source, files);
    const auto key = headCacheKey(keyed, files.mesh, files.landmarks);
    if (key) {
        if (const auto bytes = readCache(kCacheKind, *key)) {
            if (auto cached = headOfBytes(*bytes)) {
                cached->head.name = source.head;
                if (!files.builtin) cached->landmarkFile = files.landmarks;
                return *std::move(cached);
            }
        }
    }
    STUBBLE_TRY(ImportedMesh imported, importMesh(files.mesh, keyed.import));
    STUBBLE_TRY(const Landmarks landmarks, findLandmarks(imported, source, files));
    LoadedHead loaded;
    loaded.importReport = imported.report;
    STUBBLE_TRY(loaded.head, buildHead(source.head, std::move(imported.mesh), landmarks));
    // The head's frame is a rigid move of the import's.
    loaded.headFromFile =
        landmarkAxes(loaded.head.landmarks) * glm::inverse(landmarkAxes(landmarks)) * imported.mmFromFile;
    if (!files.builtin) loaded.landmarkFile = files.landmarks;
    if (key) writeCache(kCacheKind, *key, bytesOfHead(loaded));
    return loaded;
}

Result<std::vector<fs::path>> headFilesOf(const HeadSource& source) {
    std::vector<fs::path> paths;
    if (isBuiltinHead(source.head)) return paths;
    STUBBLE_TRY(const HeadFiles files, findFiles(source));
    paths = {files.mesh, files.landmarks.empty() ? landmarkFileOf(files.mesh) : files.landmarks};
    const auto buffers = gltfBuffersOf(files.mesh);
    if (!buffers)
        return fail(ExitCode::badInput,
                    "{}: names its buffers in a way that is not read here: expected plain "
                    "file names beside it",
                    files.mesh.string());
    paths.insert(paths.end(), buffers->begin(), buffers->end());
    return paths;
}

std::string LoadedHead::reportText() const {
    std::string text = importReport.text();
    if (!landmarkFile.empty())
        text += fmt::format("landmarks given by {}\n", oneLine(landmarkFile.filename().string()));
    text += "landmarks (confidence):";
    for (int i = 0; i < kLandmarkCount; ++i)
        text += fmt::format(" {} {:.2f}", landmarkName(static_cast<Landmark>(i)),
                            head.landmarks.confidence[static_cast<std::size_t>(i)]);
    return text + '\n';
}

}  // namespace stubble
