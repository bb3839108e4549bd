#include "engine/jobs/batch_manifest.h"

#include <algorithm>
#include <array>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"
#include "engine/jobs/batch_record.h"
#include "engine/jobs/batch_views.h"
#include "engine/jobs/file_word.h"
#include "engine/jobs/picture_data.h"
#include "engine/jobs/spec_reader.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kManifestVersion = 1;
constexpr std::size_t kMinIndexDigits = 4;
/// Of a name that `stubble batch plan` makes: two words and a number.
constexpr std::size_t kMaxNameBytes = 2 * kMaxFileWordBytes + 10;
constexpr std::array<std::string_view, 3> kFormats = {"png", "tiff", "exr"};

/// Paths are from the manifest's folder, so that the two can move together.
Json jsonOf(const BatchManifest& manifest, const fs::path& folder) {
    const auto fromFolder = [&](const fs::path& path) { return path.lexically_relative(folder).string(); };
    Json json = {{"software", manifest.software},
                 {"data", manifest.data},
                 {"scenes", Json::array()},
                 {"inputs", Json::array()}};
    if (!manifest.name.empty()) json["name"] = manifest.name;
    writeBatchViews(manifest, json);
    for (const BatchScene& scene : manifest.scenes) {
        Design design = scene.design;
        design.head = isBuiltinHead(scene.head) ? scene.head : fromFolder(scene.head);
        json["scenes"].push_back({{"name", scene.name}, {"design", Json::parse(formatDesign(design))}});
    }
    for (const BatchInput& input : manifest.inputs)
        json["inputs"].push_back(
            {{"path", fromFolder(input.path)}, {"xxh3", input.hash ? Json(*input.hash) : Json()}});
    return json;
}

Result<std::string> readFileWords(const SpecReader& reader, std::string_view name) {
    if (reader.has(name) && reader.at(name).is_string()) {
        const auto& words = reader.at(name).get_ref<const std::string&>();
        if (words.size() <= kMaxNameBytes && isFileWords(words)) return words;
    }
    return reader.unexpected(name, fmt::format("up to {} of a-z, 0-9, . and -", kMaxNameBytes));
}

/// 32 hexadecimal digits.
Result<std::string> readHash(const SpecReader& reader, std::string_view name) {
    const std::size_t digits = ContentHash{}.hex().size();
    if (reader.has(name) && reader.at(name).is_string()) {
        const auto& text = reader.at(name).get_ref<const std::string&>();
        if (text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string::npos)
            return text;
    }
    return reader.unexpected(name, fmt::format("{} digits of a hash", digits));
}

/// The list, which has one item at least and is not longer than `most`.
Result<std::size_t> countOf(const SpecReader& reader, std::string_view name, std::size_t least,
                            std::size_t most) {
    const std::string expected = fmt::format("a list of {} to {} objects", least, most);
    if (!reader.has(name) || !reader.at(name).is_array()) return reader.unexpected(name, expected);
    const std::size_t count = reader.at(name).size();
    if (count < least || count > most) return reader.bad(name, "found {}, expected {}", count, expected);
    return count;
}

Result<BatchScene> readScene(const SpecReader& reader, const fs::path& folder) {
    constexpr std::array<std::string_view, 2> kKnown = {"name", "design"};
    STUBBLE_CHECK(reader.check(kKnown));
    BatchScene scene;
    STUBBLE_TRY(scene.name, readFileWords(reader, "name"));
    if (!reader.has("design")) return reader.unexpected("design", "a design");
    STUBBLE_TRY(scene.design, parseDesign(reader.at("design").dump(), reader.placeOf("design")));
    const std::string& head = scene.design.head;
    scene.head = isBuiltinHead(head) ? head : (folder / head).lexically_normal().string();
    return scene;
}

Result<BatchInput> readInput(const SpecReader& reader, const fs::path& folder) {
    constexpr std::array<std::string_view, 2> kKnown = {"path", "xxh3"};
    STUBBLE_CHECK(reader.check(kKnown));
    BatchInput input;
    STUBBLE_TRY(const std::string path, reader.text("path", kMaxSpecPathBytes, true));
    input.path = (folder / path).lexically_normal();
    if (reader.has("xxh3") && reader.at("xxh3").is_null()) return input;
    STUBBLE_TRY(input.hash, readHash(reader, "xxh3"));
    return input;
}

/// The hash vouches that nothing was changed by mistake; values are checked for what anyone may have written.
Result<BatchManifest> readBatch(const SpecReader& reader, const fs::path& folder) {
    std::vector<std::string_view> known = {"software", "name", "data", "scenes", "inputs"};
    known.insert(known.end(), batchViewKeys().begin(), batchViewKeys().end());
    STUBBLE_CHECK(reader.check(known));
    for (const char* name : {"cameras", "lights", "sizes", "samples", "format"})
        if (!reader.has(name)) return reader.unexpected(name, "what `stubble batch plan` writes");
    BatchManifest manifest;
    STUBBLE_TRY(manifest.software, reader.text("software", kMaxSpecNameBytes, true));
    STUBBLE_TRY(manifest.name, reader.text("name", kMaxSpecNameBytes, false));
    STUBBLE_TRY(manifest.data, readHash(reader, "data"));
    STUBBLE_CHECK(readBatchViews(reader, manifest));
    for (std::size_t i = 0; i < manifest.cameras.size(); ++i) {
        STUBBLE_TRY(const SpecReader camera, reader.item("cameras", i));
        STUBBLE_CHECK(readFileWords(camera, "name"));
    }
    STUBBLE_TRY(const std::size_t scenes, countOf(reader, "scenes", 1, kMaxBatchScenes));
    for (std::size_t i = 0; i < scenes; ++i) {
        STUBBLE_TRY(const SpecReader item, reader.item("scenes", i));
        STUBBLE_TRY(manifest.scenes.emplace_back(), readScene(item, folder));
    }
    STUBBLE_TRY(const std::size_t inputs, countOf(reader, "inputs", 0, kMaxJsonBytes));
    for (std::size_t i = 0; i < inputs; ++i) {
        STUBBLE_TRY(const SpecReader item, reader.item("inputs", i));
        STUBBLE_TRY(manifest.inputs.emplace_back(), readInput(item, folder));
    }
    if (manifest.imageCount() > kMaxBatchImages)
        return reader.bad("scenes, cameras, lights, sizes", "make {} pictures, at most {} are accepted",
                          manifest.imageCount(), kMaxBatchImages);
    return manifest;
}

Result<void> checkInput(const BatchInput& input) {
    std::error_code error;
    if (!input.hash) {
        if (!fs::exists(input.path, error)) return {};
        return fail(ExitCode::badInput, "{}: was not there when the batch was planned; plan it anew",
                    input.path.string());
    }
    STUBBLE_TRY(const FileHash now, hashFile(input.path));
    if (now.hash.hex() != *input.hash)
        return fail(ExitCode::badInput,
                    "{}: has changed since the batch was planned: its hash is {}, expected {}; plan it anew",
                    input.path.string(), now.hash.hex(), *input.hash);
    return {};
}

/// The words of a file's name, "-" between them.
std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words)
        if (!word.empty()) text += (text.empty() ? "" : "-") + word;
    return text;
}

Result<fs::path> placeOf(const fs::path& folder) {
    std::error_code error;
    fs::path path = fs::weakly_canonical(fs::absolute(folder, error), error);
    if (error) return fail(ExitCode::io, "{}: cannot be found: {}", folder.string(), error.message());
    return path;
}

}  // namespace

std::span<const std::string_view> batchFormats() {
    return kFormats;
}

BatchImage batchImage(const BatchManifest& manifest, std::size_t index) {
    std::size_t rest = index;
    const auto digit = [&rest](std::size_t base) {
        const std::size_t value = rest % base;
        rest /= base;
        return value;
    };
    BatchImage image;
    image.index = index;
    image.size = digit(manifest.sizes.size());
    image.light = digit(manifest.lights.size());
    image.camera = digit(manifest.cameras.size());
    image.scene = rest;
    return image;
}

std::string batchFile(const BatchManifest& manifest, const BatchImage& image) {
    const std::size_t digits = std::max(kMinIndexDigits, std::to_string(manifest.imageCount() - 1).size());
    std::vector<std::string> words = {fmt::format("{:0{}}", image.index, digits),
                                      manifest.scenes[image.scene].name};
    if (manifest.cameras.size() > 1) words.push_back(manifest.cameras[image.camera].name);
    if (manifest.lights.size() > 1) words.push_back(manifest.lights[image.light]);
    const BatchSize& size = manifest.sizes[image.size];
    if (manifest.sizes.size() > 1) words.push_back(fmt::format("{}x{}", size.width, size.height));
    return fmt::format("images/{}.{}", joined(words), manifest.format);
}

StillJob batchStill(const BatchManifest& manifest, const fs::path& folder, const BatchImage& image) {
    const BatchScene& scene = manifest.scenes[image.scene];
    const BatchCamera& camera = manifest.cameras[image.camera];
    StillJob job;
    job.design = scene.design;
    job.head.head = scene.head;
    job.camera = camera.camera;
    job.ownCamera = camera.own;
    job.distanceCm = camera.distanceCm;
    job.light = manifest.lights[image.light];
    job.width = manifest.sizes[image.size].width;
    job.height = manifest.sizes[image.size].height;
    job.samples = manifest.samples;
    job.bits = manifest.bits;
    job.dpi = manifest.dpi;
    job.output = folder / batchFile(manifest, image);
    job.metadata = {{"Software", manifest.software}};
    return job;
}

fs::path manifestFileOf(const fs::path& folder) {
    return folder / "manifest.json";
}

Result<void> writeManifest(const fs::path& folder, BatchManifest& manifest) {
    STUBBLE_TRY(const fs::path place, placeOf(folder));
    const Json batch = jsonOf(manifest, place);
    manifest.hash = hashText(batch.dump()).hex();
    nlohmann::ordered_json file = {{"stubble", "manifest"}, {"version", kManifestVersion}};
    file["xxh3"] = manifest.hash;
    file["batch"] = batch;
    const std::string text = file.dump() + '\n';
    const std::string path = manifestFileOf(folder).string();
    if (text.size() > kMaxJsonBytes)
        return fail(ExitCode::badInput,
                    "{}: would have {} bytes, at most {} are read: plan fewer designs at once", path,
                    text.size(), kMaxJsonBytes);
    std::error_code error;
    fs::create_directories(folder / "images", error);
    if (error)
        return fail(ExitCode::io, "{}: cannot be made: {}", (folder / "images").string(), error.message());
    // Of two that plan into a folder at once, the second finds the first one's plan.
    STUBBLE_TRY(BatchLock lock, BatchLock::open(folder));
    if (!lock.take(kMaxBatchImages)) return fail(ExitCode::tryAgain, "{}: another process is at it", path);
    const bool isThere = fs::exists(fs::symlink_status(path, error));
    if (isThere) {
        const auto there = readTextFile(path, kMaxJsonBytes);
        if (!there || *there != text)
            return fail(ExitCode::usage, "{}: is another plan; a plan is not changed, choose another folder",
                        path);
    }
    return isThere ? Result<void>() : writeFileAtomically(path, text);
}

Result<BatchManifest> readManifest(const fs::path& folder, std::string_view software) {
    const std::string path = manifestFileOf(folder).string();
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxJsonBytes));
    STUBBLE_TRY(const Json file, parseJson(text, path));
    STUBBLE_TRY(const SpecReader reader, SpecReader::ofFile(file, path, "manifest", kManifestVersion));
    constexpr std::array<std::string_view, 4> kKnown = {"stubble", "version", "xxh3", "batch"};
    STUBBLE_CHECK(reader.check(kKnown));
    if (!reader.has("batch") || !reader.at("batch").is_object())
        return reader.unexpected("batch", "an object");
    const Json& batch = reader.at("batch");
    const std::string hash = hashText(batch.dump()).hex();
    if (!reader.has("xxh3") || reader.at("xxh3") != hash)
        return reader.bad(
            "batch", "has been changed: its hash is {}, expected what \"xxh3\" says. Plan it anew", hash);
    const SpecReader batchReader(batch, reader.placeOf("batch."));
    STUBBLE_TRY(const std::string planner, batchReader.text("software", kMaxSpecNameBytes, true));
    if (planner != software)
        return reader.bad("batch.software", "planned by {}, this is {}; expected the same", planner,
                          software);
    STUBBLE_TRY(const fs::path place, placeOf(folder));
    STUBBLE_TRY(BatchManifest manifest, readBatch(batchReader, place));
    manifest.hash = hash;
    return manifest;
}

Result<void> checkInputs(const BatchManifest& manifest) {
    STUBBLE_TRY(const std::string data, pictureDataHash());
    if (data != manifest.data)
        return fail(ExitCode::badInput,
                    "{}: shaders, tables or heads there are not those that the batch was planned with: their "
                    "hash is {}, expected {}",
                    dataDir()->string(), data, manifest.data);
    for (const BatchInput& input : manifest.inputs) STUBBLE_CHECK(checkInput(input));
    return {};
}

Result<void> checkHead(const BatchManifest& manifest, const BatchScene& scene) {
    STUBBLE_TRY(const std::vector<fs::path> files, headFilesOf({scene.head, {}, {}}));
    for (const BatchInput& input : manifest.inputs)
        if (std::ranges::find(files, input.path) != files.end()) STUBBLE_CHECK(checkInput(input));
    return {};
}

}  // namespace stubble
