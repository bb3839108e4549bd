#include "engine/jobs/batch_manifest.h"

#include <algorithm>
#include <array>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"
#include "engine/jobs/spec_reader.h"
#include "engine/render/light.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kManifestVersion = 1;
constexpr std::string_view kBuiltin = "builtin:";
constexpr std::size_t kMinIndexDigits = 4;
constexpr std::array<std::string_view, 3> kFormats = {"png", "tiff", "exr"};

Json jsonOf(glm::vec3 v) {
    return {v.x, v.y, v.z};
}

Json jsonOf(const BatchCamera& camera) {
    Json json = {{"name", camera.name}};
    if (!camera.camera.empty()) json["camera"] = camera.camera;
    if (camera.distanceCm) json["distanceCm"] = *camera.distanceCm;
    if (camera.own) {
        json["eyeMm"] = jsonOf(camera.own->eyeMm);
        json["targetMm"] = jsonOf(camera.own->targetMm);
        json["up"] = jsonOf(camera.own->up);
        json["fieldOfViewRadians"] = camera.own->fieldOfView;
    }
    return json;
}

/// Paths are from the manifest's folder, so that the two can move together.
Json jsonOf(const BatchManifest& manifest, const fs::path& folder) {
    const auto fromFolder = [&](const fs::path& path) { return path.lexically_relative(folder).string(); };
    Json json = {{"software", manifest.software}, {"name", manifest.name},       {"format", manifest.format},
                 {"bits", manifest.bits},         {"samples", manifest.samples}, {"lights", manifest.lights},
                 {"scenes", Json::array()},       {"cameras", Json::array()},    {"sizes", Json::array()},
                 {"inputs", Json::array()}};
    if (manifest.dpi) json["dpi"] = *manifest.dpi;
    for (const BatchScene& scene : manifest.scenes) {
        Design design = scene.design;
        design.head = scene.head.starts_with(kBuiltin) ? scene.head : fromFolder(scene.head);
        json["scenes"].push_back({{"name", scene.name}, {"design", Json::parse(formatDesign(design))}});
    }
    for (const BatchCamera& camera : manifest.cameras) json["cameras"].push_back(jsonOf(camera));
    for (const BatchSize& size : manifest.sizes) json["sizes"].push_back(Json{size.width, size.height});
    for (const BatchInput& input : manifest.inputs)
        json["inputs"].push_back(
            {{"path", fromFolder(input.path)}, {"xxh3", input.hash ? Json(*input.hash) : Json()}});
    return json;
}

/// What the hash vouches for needs no finer messages than a type's or a design's.
BatchManifest manifestOf(const Json& json, const fs::path& folder) {
    const auto vec3 = [](const Json& v) { return glm::vec3(v.at(0), v.at(1), v.at(2)); };
    BatchManifest manifest;
    json.at("software").get_to(manifest.software);
    json.at("name").get_to(manifest.name);
    json.at("format").get_to(manifest.format);
    json.at("bits").get_to(manifest.bits);
    json.at("samples").get_to(manifest.samples);
    json.at("lights").get_to(manifest.lights);
    if (json.contains("dpi")) manifest.dpi = json["dpi"].get<int>();
    for (const Json& camera : json.at("cameras")) {
        BatchCamera& read = manifest.cameras.emplace_back();
        camera.at("name").get_to(read.name);
        read.camera = camera.value("camera", "");
        if (camera.contains("distanceCm")) read.distanceCm = camera["distanceCm"].get<float>();
        if (camera.contains("eyeMm"))
            read.own = Camera{vec3(camera["eyeMm"]), vec3(camera.at("targetMm")), vec3(camera.at("up")),
                              camera.at("fieldOfViewRadians").get<float>()};
    }
    for (const Json& size : json.at("sizes"))
        manifest.sizes.push_back({size.at(0).get<int>(), size.at(1).get<int>()});
    for (const Json& input : json.at("inputs")) {
        BatchInput& read = manifest.inputs.emplace_back();
        read.path = (folder / input.at("path").get<std::string>()).lexically_normal();
        if (!input.at("xxh3").is_null()) read.hash = input["xxh3"].get<std::string>();
    }
    return manifest;
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

BatchImage batchImage(const BatchManifest& manifest, const fs::path& folder, std::size_t index) {
    std::size_t rest = index;
    const auto digit = [&rest](std::size_t base) {
        const std::size_t value = rest % base;
        rest /= base;
        return value;
    };
    const BatchSize& size = manifest.sizes[digit(manifest.sizes.size())];
    const std::string& light = manifest.lights[digit(manifest.lights.size())];
    const BatchCamera& camera = manifest.cameras[digit(manifest.cameras.size())];
    BatchImage image;
    image.scene = rest;
    const BatchScene& scene = manifest.scenes[image.scene];

    const std::size_t digits = std::max(kMinIndexDigits, std::to_string(manifest.imageCount() - 1).size());
    std::vector<std::string> words = {fmt::format("{:0{}}", index, digits), scene.name};
    if (manifest.cameras.size() > 1) words.push_back(camera.name);
    if (manifest.lights.size() > 1) words.push_back(light);
    if (manifest.sizes.size() > 1) words.push_back(fmt::format("{}x{}", size.width, size.height));
    image.file = fmt::format("images/{}.{}", joined(words), manifest.format);

    image.cameraName = camera.name;
    image.job.design = scene.design;
    image.job.head.head = scene.head;
    image.job.camera = camera.camera;
    image.job.ownCamera = camera.own;
    image.job.distanceCm = camera.distanceCm;
    image.job.light = light;
    image.job.width = size.width;
    image.job.height = size.height;
    image.job.samples = manifest.samples;
    image.job.bits = manifest.bits;
    image.job.dpi = manifest.dpi;
    image.job.output = folder / image.file;
    image.job.metadata = {{"Software", manifest.software}};
    return image;
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
    if (fs::exists(path, error)) {
        const auto there = readTextFile(path, kMaxJsonBytes);
        if (there && *there == text) return {};
        return fail(ExitCode::usage, "{}: is another plan; a plan is not changed, choose another folder",
                    path);
    }
    fs::create_directories(folder / "images", error);
    if (error)
        return fail(ExitCode::io, "{}: cannot be made: {}", (folder / "images").string(), error.message());
    return writeFileAtomically(path, text);
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
    if (batch.value("software", "") != software)
        return reader.bad("batch.software", "planned by {}, this is {}; expected the same",
                          batch.value("software", "another program"), software);
    STUBBLE_TRY(const fs::path place, placeOf(folder));
    BatchManifest manifest;
    try {
        manifest = manifestOf(batch, place);
        for (const Json& scene : batch.at("scenes")) {
            STUBBLE_TRY(Design design, parseDesign(scene.at("design").dump(), path));
            const std::string head = design.head.starts_with(kBuiltin)
                                         ? design.head
                                         : (place / design.head).lexically_normal().string();
            manifest.scenes.push_back({scene.at("name").get<std::string>(), std::move(design), head});
        }
    } catch (const Json::exception& fault) {
        return reader.bad("batch", "is not what `stubble batch plan` writes: {}", fault.what());
    }
    manifest.hash = hash;
    if (manifest.imageCount() == 0 || manifest.imageCount() > kMaxBatchImages)
        return reader.bad("batch", "found {} pictures, expected 1 to {}", manifest.imageCount(),
                          kMaxBatchImages);
    return manifest;
}

Result<void> checkInputs(const BatchManifest& manifest) {
    for (const BatchInput& input : manifest.inputs) {
        std::error_code error;
        if (!input.hash) {
            if (fs::exists(input.path, error))
                return fail(ExitCode::badInput, "{}: was not there when the batch was planned; plan it anew",
                            input.path.string());
            continue;
        }
        STUBBLE_TRY(const FileHash now, hashFile(input.path));
        if (now.hash.hex() != *input.hash)
            return fail(
                ExitCode::badInput,
                "{}: has changed since the batch was planned: its hash is {}, expected {}; plan it anew",
                input.path.string(), now.hash.hex(), *input.hash);
    }
    return {};
}

}  // namespace stubble
