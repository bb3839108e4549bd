#include "engine/jobs/batch_job.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"
#include "engine/jobs/own_camera.h"
#include "engine/jobs/spec_reader.h"
#include "engine/render/light.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kJobVersion = 1;
constexpr std::string_view kBuiltin = "builtin:";
constexpr std::size_t kMaxFileWordBytes = 60;
constexpr std::size_t kMaxPathBytes = 4096;

/// "0.12 mm · Monk 4" as part of a file's name: "0.12-mm-monk-4".
std::string fileWord(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || (c == '.' && !word.empty()));
        if (kept)
            word += static_cast<char>(std::tolower(byte));
        else if (!word.empty() && word.back() != '-')
            word += '-';
        if (word.size() == kMaxFileWordBytes) break;
    }
    while (!word.empty() && (word.back() == '-' || word.back() == '.')) word.pop_back();
    return word;
}

/// Names that differ.
class DifferentNames {
  public:
    std::string next(const std::string& name) {
        std::string different = name;
        for (int i = 2; !taken_.insert(different).second; ++i) different = fmt::format("{}-{}", name, i);
        return different;
    }

  private:
    std::set<std::string> taken_;
};

/// Heads of relative paths are in `folder`.
std::string resolvedHead(const Design& design, const fs::path& folder) {
    return design.head.starts_with(kBuiltin) ? design.head
                                             : (folder / design.head).lexically_normal().string();
}

/// The items of a list of 1 to `most`; `usual` where there is no list.
template <typename Item, typename Read>
Result<std::vector<Item>> readList(const SpecReader& reader, std::string_view name, std::size_t most,
                                   std::vector<Item> usual, const Read& read) {
    if (!reader.has(name)) return usual;
    const Json& list = reader.at(name);
    if (!list.is_array()) return reader.unexpected(name, "a list");
    if (list.empty() || list.size() > most)
        return reader.bad(name, "found {} items, expected 1 to {}", list.size(), most);
    std::vector<Item> items;
    for (std::size_t i = 0; i < list.size(); ++i) {
        STUBBLE_TRY(Item item, read(list[i], fmt::format("{}[{}]", name, i), i));
        if (std::ranges::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(i), list[i]) !=
            list.begin() + static_cast<std::ptrdiff_t>(i))
            return reader.bad(fmt::format("{}[{}]", name, i), "is there twice");
        items.push_back(std::move(item));
    }
    return items;
}

Result<std::vector<BatchScene>> readDesigns(const SpecReader& reader, const fs::path& folder) {
    const auto read = [&](const Json& value, const std::string& place, std::size_t) -> Result<BatchScene> {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > kMaxPathBytes)
            return reader.bad(place, "found {}, expected a preset or a design file (.json)",
                              describeType(value));
        const auto& text = value.get_ref<const std::string&>();
        const fs::path file = folder / text;
        if (file.extension() != ".json") {
            auto design = readPreset(text);
            if (!design) return reader.bad(place, "{}", design.error().message);
            return BatchScene{fileWord(text), *design, design->head};
        }
        auto design = readDesign(file);
        if (!design) return reader.bad(place, "{}", design.error().message);
        return BatchScene{fileWord(file.stem().string()), *design, resolvedHead(*design, file.parent_path())};
    };
    return readList<BatchScene>(reader, "designs", kMaxBatchScenes, {{"", Design{}, Design{}.head}}, read);
}

Result<std::vector<BoardCell>> readOverrides(const SpecReader& reader) {
    if (reader.has("overrides") && reader.has("sweep"))
        return reader.bad("overrides, sweep", "expected one of the two at most");
    if (reader.has("overrides")) return readCells(reader, "overrides", "name");
    if (!reader.has("sweep")) return std::vector<BoardCell>{{"", {}}};
    STUBBLE_TRY(std::vector<BoardSweep> sweeps, readSweeps(reader, "sweep"));
    STUBBLE_TRY(BoardSpec spec,
                boardOfSweeps(std::move(sweeps), 0, ExitCode::badInput, reader.placeOf("sweep: ")));
    return std::move(spec.cells);
}

Result<std::vector<BatchScene>> readScenes(const SpecReader& reader, const fs::path& folder) {
    STUBBLE_TRY(const std::vector<BatchScene> designs, readDesigns(reader, folder));
    STUBBLE_TRY(const std::vector<BoardCell> overrides, readOverrides(reader));
    if (designs.size() * overrides.size() > kMaxBatchScenes)
        return reader.bad("designs, overrides", "found {} x {} designs, at most {} are accepted",
                          designs.size(), overrides.size(), kMaxBatchScenes);
    std::vector<BatchScene> scenes;
    DifferentNames names;
    for (const BatchScene& design : designs)
        for (const BoardCell& override : overrides) {
            BatchScene scene = design;
            STUBBLE_TRY(scene.design, designOf(override, design.design, reader.placeOf("overrides: ")));
            if (scene.design.head != design.design.head) scene.head = resolvedHead(scene.design, folder);
            const std::string word = fileWord(override.title);
            scene.name = names.next(design.name + (design.name.empty() || word.empty() ? "" : "-") + word);
            scenes.push_back(std::move(scene));
        }
    return scenes;
}

/// {"name": …, "camera": …, "distanceCm": …} or one of its own.
Result<BatchCamera> readCamera(const SpecReader& reader) {
    constexpr std::array<std::string_view, 7> kKnown = {"name",     "camera", "distanceCm",        "eyeMm",
                                                        "targetMm", "up",     "fieldOfViewDegrees"};
    STUBBLE_CHECK(reader.check(kKnown));
    BatchCamera camera;
    STUBBLE_TRY(const std::string name, reader.text("name", kMaxSpecNameBytes, true));
    camera.name = fileWord(name);
    if (camera.name.empty()) return reader.bad("name", "expected a name with letters or digits");
    if (reader.has("camera")) {
        STUBBLE_TRY(camera.camera, reader.choice("camera", "", cameraNames()));
        const float nearest = showsWholeHead(camera.camera) ? kMinWholeHeadDistanceCm : kMinStillDistanceCm;
        STUBBLE_TRY(const auto distance, reader.number("distanceCm", nearest, kMaxStillDistanceCm));
        if (distance) camera.distanceCm = static_cast<float>(*distance);
        for (const char* own : {"eyeMm", "targetMm", "up", "fieldOfViewDegrees"})
            if (reader.has(own)) return reader.bad(own, "is for a camera of its own, this is one by name");
        return camera;
    }
    const auto vec3 = [&](std::string_view key) -> Result<glm::vec3> {
        const bool is = reader.has(key) && reader.at(key).is_array() && reader.at(key).size() == 3 &&
                        std::ranges::all_of(reader.at(key), [](const Json& v) { return v.is_number(); });
        if (!is) return reader.unexpected(key, "a list of three numbers");
        const Json& v = reader.at(key);
        return glm::vec3(v[0].get<float>(), v[1].get<float>(), v[2].get<float>());
    };
    STUBBLE_TRY(const glm::vec3 eyeMm, vec3("eyeMm"));
    STUBBLE_TRY(const glm::vec3 targetMm, vec3("targetMm"));
    STUBBLE_TRY(const glm::vec3 up, vec3("up"));
    STUBBLE_TRY(const auto degrees, reader.number("fieldOfViewDegrees", kMinFieldDegrees, kMaxFieldDegrees));
    if (!degrees) return reader.unexpected("fieldOfViewDegrees", "a number");
    if (reader.has("distanceCm"))
        return reader.bad("distanceCm", "is for a camera by name, this one has its place by \"eyeMm\"");
    camera.own = ownCamera(eyeMm, targetMm, up, *degrees);
    if (!canSee(*camera.own))
        return reader.bad("eyeMm, targetMm, up",
                          "expected places up to {} mm away, and an up that is not the line of sight",
                          kMaxCameraMm);
    return camera;
}

Result<std::vector<BatchCamera>> readCameras(const SpecReader& reader) {
    const auto read = [&](const Json& value, const std::string& place,
                          std::size_t index) -> Result<BatchCamera> {
        if (value.is_object()) {
            STUBBLE_TRY(const SpecReader item, reader.item("cameras", index));
            return readCamera(item);
        }
        if (value.is_string() &&
            std::ranges::find(cameraNames(), value.get<std::string>()) != cameraNames().end())
            return BatchCamera{value.get<std::string>(), value.get<std::string>(), {}, {}};
        return reader.bad(place, "found {}, expected an object or one of {}", describeType(value),
                          fmt::join(cameraNames(), ", "));
    };
    const std::string usual = StillJob{}.camera;
    STUBBLE_TRY(std::vector<BatchCamera> cameras,
                readList<BatchCamera>(reader, "cameras", kMaxBatchViews, {{usual, usual, {}, {}}}, read));
    DifferentNames names;
    for (BatchCamera& camera : cameras) camera.name = names.next(camera.name);
    return cameras;
}

Result<std::vector<std::string>> readLights(const SpecReader& reader) {
    const auto read = [&](const Json& value, const std::string& place, std::size_t) -> Result<std::string> {
        if (value.is_string() &&
            std::ranges::find(lightNames(), value.get<std::string>()) != lightNames().end())
            return value.get<std::string>();
        return reader.bad(place, "found {}, expected one of {}", describeType(value),
                          fmt::join(lightNames(), ", "));
    };
    return readList<std::string>(reader, "lights", kMaxBatchViews, {StillJob{}.light}, read);
}

Result<std::vector<BatchSize>> readSizes(const SpecReader& reader) {
    const auto read = [&](const Json& value, const std::string& place, std::size_t) -> Result<BatchSize> {
        const std::string text = value.is_string() ? value.get<std::string>() : "";
        const auto size = parseStillSize(text);
        if (!size)
            return reader.bad(place, "found {}, expected \"WIDTHxHEIGHT\", each from 1 to {} pixels",
                              describeType(value), kMaxStillSide);
        return BatchSize{size->first, size->second};
    };
    return readList<BatchSize>(reader, "sizes", kMaxBatchViews, {{}}, read);
}

/// The number where it is there and whole; `usual` where it is not there.
Result<int> readWhole(const SpecReader& reader, std::string_view name, int usual, int least, int most) {
    if (!reader.has(name)) return usual;
    const Json& value = reader.at(name);
    if (value.is_number_integer() && value.get<double>() >= least && value.get<double>() <= most)
        return value.get<int>();
    return reader.bad(name, "found {}, expected a whole number from {} to {}", describeType(value), least,
                      most);
}

Result<void> readFormat(const SpecReader& reader, BatchManifest& manifest) {
    STUBBLE_TRY(manifest.format, reader.choice("format", manifest.format, batchFormats()));
    STUBBLE_TRY(manifest.samples, readWhole(reader, "samples", manifest.samples, 1, kMaxStillSamples));
    STUBBLE_TRY(manifest.bits, readWhole(reader, "bits", manifest.bits, 8, 16));
    if (manifest.bits != 8 && manifest.bits != 16)
        return reader.bad("bits", "found {}, expected 8 or 16", manifest.bits);
    if (reader.has("dpi")) {
        STUBBLE_TRY(manifest.dpi, readWhole(reader, "dpi", 0, 1, kMaxStillDpi));
    }
    for (const char* name : {"bits", "dpi"})
        if (manifest.format == "exr" && reader.has(name))
            return reader.bad(name, "is for png and tiff, the format is exr");
    return {};
}

/// What the heads of all scenes come from.
Result<std::vector<BatchInput>> hashInputs(const std::vector<BatchScene>& scenes) {
    std::set<fs::path> paths;
    for (const BatchScene& scene : scenes) {
        HeadSource source;
        source.head = scene.head;
        STUBBLE_TRY(const std::vector<fs::path> files, headFilesOf(source));
        paths.insert(files.begin(), files.end());
    }
    std::vector<BatchInput> inputs;
    for (const fs::path& path : paths) {
        std::error_code error;
        BatchInput& input = inputs.emplace_back();
        input.path = path;
        // Only landmarks may be missing; a mesh is read below.
        if (!fs::exists(path, error) && path.string().ends_with(".landmarks.json")) continue;
        STUBBLE_TRY(const FileHash file, hashFile(path));
        input.hash = file.hash.hex();
    }
    return inputs;
}

}  // namespace

Result<BatchManifest> readBatchJob(const fs::path& path, std::string software) {
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxJsonBytes));
    STUBBLE_TRY(const Json file, parseJson(text, path.string()));
    STUBBLE_TRY(const SpecReader reader, SpecReader::ofFile(file, path.string(), "batch", kJobVersion));
    constexpr std::array<std::string_view, 13> kKnown = {
        "stubble", "version", "name",    "designs", "overrides", "sweep", "cameras",
        "lights",  "sizes",   "samples", "format",  "bits",      "dpi"};
    STUBBLE_CHECK(reader.check(kKnown));
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(fs::absolute(path, error), error).parent_path();
    BatchManifest manifest;
    manifest.software = std::move(software);
    STUBBLE_TRY(manifest.name, reader.text("name", kMaxSpecNameBytes, false));
    STUBBLE_TRY(manifest.scenes, readScenes(reader, folder));
    STUBBLE_TRY(manifest.cameras, readCameras(reader));
    STUBBLE_TRY(manifest.lights, readLights(reader));
    STUBBLE_TRY(manifest.sizes, readSizes(reader));
    STUBBLE_CHECK(readFormat(reader, manifest));
    if (manifest.imageCount() > kMaxBatchImages)
        return reader.bad("designs, overrides, cameras, lights, sizes",
                          "make {} pictures, at most {} are accepted", manifest.imageCount(),
                          kMaxBatchImages);
    STUBBLE_TRY(manifest.inputs, hashInputs(manifest.scenes));
    return manifest;
}

}  // namespace stubble
