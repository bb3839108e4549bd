#include "engine/jobs/batch_job.h"

#include <algorithm>
#include <set>

#include "engine/core/file.h"
#include "engine/core/file_hash.h"
#include "engine/jobs/batch_views.h"
#include "engine/jobs/file_word.h"
#include "engine/jobs/picture_data.h"
#include "engine/jobs/spec_reader.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/presets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

constexpr int kJobVersion = 1;

/// Heads of relative paths are in `folder`, an absolute one. Links on the way are followed, so that ".."
/// after one is where the system has it; the file itself may be a link, its landmarks are beside that.
std::string resolvedHead(const Design& design, const fs::path& folder) {
    if (isBuiltinHead(design.head)) return design.head;
    const fs::path head = folder / design.head;
    std::error_code error;
    const fs::path parent = fs::weakly_canonical(head.parent_path(), error);
    return ((error ? head.parent_path() : parent) / head.filename()).string();
}

bool setsHead(const BoardCell& override) {
    return std::ranges::any_of(override.settings,
                               [](const std::string& s) { return s.starts_with("head="); });
}

Result<std::vector<BatchScene>> readDesigns(const SpecReader& reader, const fs::path& folder) {
    const auto read = [&](const Json& value, const std::string& place, std::size_t) -> Result<BatchScene> {
        if (!value.is_string() || value.get_ref<const std::string&>().size() > kMaxSpecPathBytes)
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
    if (reader.has("overrides")) return readCells(reader, "overrides", "name", kMaxBatchScenes);
    if (!reader.has("sweep")) return std::vector<BoardCell>{{"", {}}};
    STUBBLE_TRY(const std::vector<BoardSweep> sweeps, readSweeps(reader, "sweep"));
    if (std::ranges::find(sweeps, "head", &BoardSweep::key) != sweeps.end())
        return reader.bad("sweep", "head: is not swept; heads are for \"designs\" and \"overrides\"");
    return cellsOfSweeps(sweeps, kMaxBatchScenes, ExitCode::badInput, reader.placeOf("sweep: "));
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
            if (setsHead(override)) scene.head = resolvedHead(scene.design, folder);
            const std::string word = fileWord(override.title);
            scene.name = names.next(design.name + (design.name.empty() || word.empty() ? "" : "-") + word);
            scenes.push_back(std::move(scene));
        }
    return scenes;
}

/// As parts of file names, no two alike.
Result<void> nameCameras(const SpecReader& reader, std::vector<BatchCamera>& cameras) {
    DifferentNames names;
    for (std::size_t i = 0; i < cameras.size(); ++i) {
        const std::string word = fileWord(cameras[i].name);
        if (word.empty())
            return reader.bad(fmt::format("cameras[{}].name", i), "expected a name with letters or digits");
        cameras[i].name = names.next(word);
    }
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
    std::vector<std::string_view> known = {"stubble", "version", "name", "designs", "overrides", "sweep"};
    known.insert(known.end(), batchViewKeys().begin(), batchViewKeys().end());
    STUBBLE_CHECK(reader.check(known));
    std::error_code error;
    const fs::path folder = fs::weakly_canonical(fs::absolute(path, error).parent_path(), error);
    BatchManifest manifest;
    manifest.software = std::move(software);
    STUBBLE_TRY(manifest.name, reader.text("name", kMaxSpecNameBytes, false));
    STUBBLE_TRY(manifest.scenes, readScenes(reader, folder));
    STUBBLE_CHECK(readBatchViews(reader, manifest));
    STUBBLE_CHECK(nameCameras(reader, manifest.cameras));
    if (manifest.imageCount() > kMaxBatchImages)
        return reader.bad("designs, overrides, cameras, lights, sizes",
                          "make {} pictures, at most {} are accepted", manifest.imageCount(),
                          kMaxBatchImages);
    STUBBLE_TRY(manifest.inputs, hashInputs(manifest.scenes));
    STUBBLE_TRY(manifest.data, pictureDataHash());
    return manifest;
}

}  // namespace stubble
