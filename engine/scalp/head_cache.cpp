#include "engine/scalp/head_cache.h"

#include <algorithm>
#include <cctype>

#include "engine/core/bytes.h"
#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// In lower case, ".gltf".
std::string suffixOf(const fs::path& file) {
    std::string suffix = file.extension().string();
    std::ranges::transform(suffix, suffix.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return suffix;
}

bool addFile(ByteWriter& key, const fs::path& path) {
    constexpr std::size_t kMaxBytes = std::size_t{4} << 30;  // the import sets the limit that matters
    const auto bytes = readFile(path, kMaxBytes);
    if (!bytes) return false;
    key(hashBytes(*bytes));
    return true;
}

template <typename T>
void addOptional(ByteWriter& key, const std::optional<T>& value) {
    key(value.has_value());
    if (value) key(*value);
}

/// Everything but the name, which the caller knows.
template <typename Archive, typename Loaded>
void transfer(Archive& archive, Loaded& loaded) {
    static_assert(std::is_trivially_copyable_v<ImportReport> && std::is_trivially_copyable_v<Landmarks> &&
                  std::is_trivially_copyable_v<ScalpChart>);
    archive(loaded.importReport);
    archive(loaded.headFromFile);
    archive(loaded.head.landmarks);
    archive(loaded.head.chart);
    archive(loaded.head.mesh.positionsMm);
    archive(loaded.head.mesh.normals);
    archive(loaded.head.mesh.tints);
    archive(loaded.head.mesh.triangles);
    archive(loaded.head.chartPositions);
    archive(loaded.head.scalpMask);
    archive(loaded.head.craniumMask);
}

bool consistent(const Head& head) {
    const std::size_t count = head.mesh.positionsMm.size();
    return head.mesh.normals.size() == count && head.chartPositions.size() == count &&
           head.scalpMask.size() == count && head.craniumMask.size() == count &&
           (head.mesh.tints.empty() || head.mesh.tints.size() == count) && !head.mesh.triangles.empty() &&
           std::ranges::all_of(head.mesh.triangles, [&](const glm::uvec3& t) {
               return t.x < count && t.y < count && t.z < count;
           });
}

}  // namespace

std::optional<std::vector<fs::path>> gltfBuffersOf(const fs::path& file) {
    std::vector<fs::path> files;
    if (suffixOf(file) != ".gltf") return files;
    const auto text = readTextFile(file, kMaxJsonBytes);
    const auto json = text ? parseJson(*text, file.string()) : Result<Json>(tl::unexpected(text.error()));
    if (!json || !json->is_object()) return std::nullopt;
    const auto buffers = json->find("buffers");
    if (buffers == json->end() || !buffers->is_array()) return files;
    for (const Json& buffer : *buffers) {
        if (!buffer.is_object() || !buffer.contains("uri") || !buffer["uri"].is_string()) continue;
        const auto uri = buffer["uri"].get<std::string>();
        if (uri.starts_with("data:")) continue;
        if (uri.find('%') != std::string::npos) return std::nullopt;  // an encoded name: not worth a decoder
        // A buffer outside the file's folder is nobody's model: leave it to the reading process.
        if (fs::path(uri).is_absolute() || uri.find("..") != std::string::npos) return std::nullopt;
        files.push_back(file.parent_path() / uri);
    }
    return files;
}

std::optional<ContentHash> headCacheKey(const HeadSource& source, const fs::path& meshFile,
                                        const fs::path& landmarkFile) {
    ByteWriter key;
    key(kHeadCacheVersion);
    key(sizeof(ImportReport) + sizeof(ScalpChart) + sizeof(Landmarks));
    key(std::string_view(suffixOf(meshFile)));  // it picks the parser
    const auto buffers = gltfBuffersOf(meshFile);
    if (!buffers || !addFile(key, meshFile)) return std::nullopt;
    for (const fs::path& buffer : *buffers)
        if (!addFile(key, buffer)) return std::nullopt;
    if (!landmarkFile.empty() && !addFile(key, landmarkFile)) return std::nullopt;
    key(source.import.purpose);
    addOptional(key, source.import.mmPerUnit);
    addOptional(key, source.import.up);
    addOptional(key, source.import.face);
    for (const CropPlane& plane : source.import.crop) {
        key(plane.axis);
        key(plane.above);
        key(plane.value);
    }
    key(source.import.maxTriangles);
    key(source.import.maxFileBytes);
    return hashBytes(key.bytes());
}

std::vector<std::byte> bytesOfHead(const LoadedHead& loaded) {
    ByteWriter writer;
    transfer(writer, loaded);
    return writer.bytes();
}

std::optional<LoadedHead> headOfBytes(std::span<const std::byte> bytes) {
    ByteReader reader(bytes);
    LoadedHead loaded;
    transfer(reader, loaded);
    if (!reader.atEnd() || !consistent(loaded.head)) return std::nullopt;
    loaded.fromCache = true;
    // As ready for measuring as a head just built: hairlines, strokes and scars all ask for it.
    const Head& head = loaded.head;
    loaded.head.skull = std::make_shared<const Skull>(head.mesh, head.chart, head.landmarks);
    return loaded;
}

}  // namespace stubble
