#include "engine/scalp/landmark_file.h"

#include <algorithm>
#include <cmath>

#include "engine/core/file.h"
#include "engine/core/suggest.h"

namespace stubble {
namespace {

std::vector<std::string_view> landmarkNames() {
    std::vector<std::string_view> names;
    for (int i = 0; i < kLandmarkCount; ++i) names.push_back(landmarkName(static_cast<Landmark>(i)));
    return names;
}

Result<glm::vec3> parsePlace(const Json& value, std::string_view fileName, std::string_view name) {
    if (!value.is_array() || value.size() != 3)
        return fail(ExitCode::badInput, "{}: {}: is {}, expected three numbers [x, y, z]", fileName, name,
                    value.is_array() ? fmt::format("an array of {}", value.size()) : describeType(value));
    glm::vec3 place(0);
    for (std::size_t k = 0; k < 3; ++k) {
        if (!value[k].is_number())
            return fail(ExitCode::badInput, "{}: {}[{}]: is {}, expected a number", fileName, name, k,
                        describeType(value[k]));
        place[static_cast<int>(k)] = value[k].get<float>();
        if (!std::isfinite(place[static_cast<int>(k)]))
            return fail(ExitCode::badInput, "{}: {}[{}]: is {}, expected a finite number", fileName, name, k,
                        value[k].dump());
    }
    return place;
}

}  // namespace

Result<GivenLandmarks> parseLandmarks(std::string_view text, std::string_view fileName, bool othersToo) {
    STUBBLE_TRY(const Json json, parseJson(text, fileName));
    if (!json.is_object())
        return fail(ExitCode::badInput, "{}: is {}, expected an object like {{\"nasion\": [x, y, z]}}",
                    fileName, describeType(json));
    GivenLandmarks given;
    for (const auto& [name, value] : json.items()) {
        if (name == "frame" && !othersToo) {
            if (!value.is_string() || value.get_ref<const std::string&>() != "file")
                return fail(ExitCode::badInput, "{}: frame: is {}, expected \"file\"", fileName,
                            describeType(value));
            continue;
        }
        const auto landmark = landmarkFromName(name);
        if (!landmark && othersToo) continue;
        if (!landmark)
            return fail(ExitCode::badInput, "{}: \"{}\" is no landmark{}", fileName, name,
                        didYouMean(name, landmarkNames()));
        STUBBLE_TRY(const glm::vec3 place, parsePlace(value, fileName, name));
        given.emplace_back(*landmark, place);
    }
    if (given.empty()) return fail(ExitCode::badInput, "{}: names no landmark", fileName);
    std::sort(given.begin(), given.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return given;
}

Result<GivenLandmarks> readLandmarkFile(const std::filesystem::path& path) {
    STUBBLE_TRY(const std::string text, readTextFile(path, kMaxJsonBytes));
    return parseLandmarks(text, path.string());
}

std::string formatLandmarks(const GivenLandmarks& given) {
    std::string text = "{";
    for (const auto& [landmark, place] : given)
        text += fmt::format("{}\n    \"{}\": [{}, {}, {}]", text.size() > 1 ? "," : "",
                            landmarkName(landmark), place.x, place.y, place.z);
    return text + "\n}\n";
}

std::filesystem::path landmarkFileOf(const std::filesystem::path& meshFile) {
    std::filesystem::path file = meshFile;
    return file += ".landmarks.json";
}

Result<void> applyLandmarks(const GivenLandmarks& given, const glm::mat4& mmFromFile, const RayScene& scene,
                            std::string_view fileName, Landmarks& landmarks) {
    for (const auto& [landmark, place] : given) {
        const glm::vec3 mm(mmFromFile * glm::vec4(place, 1));
        const auto skin = scene.closestPoint(mm);
        if (!skin || !(skin->distanceMm <= kMaxLandmarkOffSkinMm))
            return fail(ExitCode::badInput,
                        "{}: {}: [{}, {}, {}] lies {:.4g} mm from the skin, expected at most {:.0f} mm (are "
                        "these the "
                        "head file's own coordinates?)",
                        fileName, landmarkName(landmark), place.x, place.y, place.z,
                        skin ? skin->distanceMm : HUGE_VALF, kMaxLandmarkOffSkinMm);
        landmarks[landmark] = skin->positionMm;
        landmarks.confidence[static_cast<std::size_t>(landmark)] = 1;
    }
    return {};
}

}  // namespace stubble
