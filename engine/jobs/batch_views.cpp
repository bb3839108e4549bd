#include "engine/jobs/batch_views.h"

#include <fmt/ranges.h>

#include <array>

#include "engine/jobs/own_camera.h"
#include "engine/render/light.h"

namespace stubble {
namespace {

constexpr std::array<std::string_view, 7> kKeys = {"cameras", "lights", "sizes", "samples",
                                                   "format",  "bits",   "dpi"};

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
        json["fieldOfViewDegrees"] = camera.fieldOfViewDegrees;
    }
    return json;
}

/// {"name": …, "camera": …, "distanceCm": …} or one of its own.
Result<BatchCamera> readCamera(const SpecReader& reader) {
    constexpr std::array<std::string_view, 7> kKnown = {"name",     "camera", "distanceCm",        "eyeMm",
                                                        "targetMm", "up",     "fieldOfViewDegrees"};
    STUBBLE_CHECK(reader.check(kKnown));
    BatchCamera camera;
    STUBBLE_TRY(camera.name, reader.text("name", kMaxSpecNameBytes, true));
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
    camera.fieldOfViewDegrees = *degrees;
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
            return BatchCamera{value.get<std::string>(), value.get<std::string>(), {}, {}, 0};
        return reader.bad(place, "found {}, expected an object or one of {}", describeType(value),
                          fmt::join(cameraNames(), ", "));
    };
    const std::string usual = StillJob{}.camera;
    return readList<BatchCamera>(reader, "cameras", kMaxBatchViews, {{usual, usual, {}, {}, 0}}, read);
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

}  // namespace

std::span<const std::string_view> batchViewKeys() {
    return kKeys;
}

Result<void> readBatchViews(const SpecReader& reader, BatchManifest& manifest) {
    STUBBLE_TRY(manifest.cameras, readCameras(reader));
    STUBBLE_TRY(manifest.lights, readLights(reader));
    STUBBLE_TRY(manifest.sizes, readSizes(reader));
    return readFormat(reader, manifest);
}

void writeBatchViews(const BatchManifest& manifest, Json& json) {
    json["cameras"] = json["sizes"] = Json::array();
    for (const BatchCamera& camera : manifest.cameras) json["cameras"].push_back(jsonOf(camera));
    json["lights"] = manifest.lights;
    for (const BatchSize& size : manifest.sizes)
        json["sizes"].push_back(fmt::format("{}x{}", size.width, size.height));
    json["samples"] = manifest.samples;
    json["format"] = manifest.format;
    if (manifest.format != "exr") json["bits"] = manifest.bits;
    if (manifest.dpi) json["dpi"] = *manifest.dpi;
}

}  // namespace stubble
