// Writes what another renderer needs to draw a design as `stubble render` does: the head's mesh as PLY and
// camera, lamps and skin as JSON. The impressions come from `stubble place`.
#include <bit>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/core/file.h"
#include "engine/render/camera.h"
#include "engine/render/light.h"
#include "engine/render/skin_colour.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"
#include "engine/scene/dot_looks.h"

namespace stubble {
namespace {

static_assert(std::endian::native == std::endian::little, "the PLY is written as the machine holds it");

template <typename T>
void append(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Binary PLY in the head frame, mm; the albedo relative to plain skin as red, green, blue.
std::string formatHeadPly(const TriMesh& mesh) {
    std::string bytes = "ply\nformat binary_little_endian 1.0\n";
    bytes += fmt::format("element vertex {}\n", mesh.positionsMm.size());
    for (const char* name : {"x", "y", "z", "red", "green", "blue"})
        bytes += fmt::format("property float {}\n", name);
    bytes += fmt::format("element face {}\nproperty list uchar uint vertex_indices\nend_header\n",
                         mesh.triangles.size());
    for (std::size_t i = 0; i < mesh.positionsMm.size(); ++i) {
        append(bytes, mesh.positionsMm[i]);
        append(bytes, mesh.tints.empty() ? glm::vec3(1) : mesh.tints[i]);
    }
    for (const glm::uvec3& triangle : mesh.triangles) {
        append(bytes, std::uint8_t{3});
        append(bytes, triangle);
    }
    return bytes;
}

nlohmann::ordered_json listOf(glm::vec3 v) {
    return {v.x, v.y, v.z};
}

std::string formatView(const Camera& camera, const LightRig& rig, const SkinTone& skin) {
    nlohmann::ordered_json json;
    json["camera"] = {{"eyeMm", listOf(camera.eyeMm)},
                      {"targetMm", listOf(camera.targetMm)},
                      {"up", listOf(camera.trueUp())},
                      {"verticalFieldOfViewRadians", camera.fieldOfView}};
    json["lamps"] = nlohmann::ordered_json::array();
    for (const AreaLight& light : rig.lights)
        json["lamps"].push_back({{"towards", listOf(directionToLight(light, camera, {0, 0}))},
                                 {"radiusDegrees", light.radiusDegrees},
                                 {"irradianceOverPi", listOf(light.irradiance)}});
    json["ambient"] = {{"sky", listOf(rig.sky)}, {"side", listOf(rig.side)}, {"ground", listOf(rig.ground)}};
    json["backdrop"] = {{"centre", listOf(rig.backdropCentre)}, {"edge", listOf(rig.backdropEdge)}};
    json["exposure"] = rig.exposure;
    json["skin"] = {{"albedo", listOf(albedoShownAs(skin.colour))}, {"scatterMm", listOf(skin.scatterMm)}};
    return json.dump(1) + '\n';
}

Result<void> exportScene(const char* designFile, const char* cameraName, const char* lightName,
                         const std::filesystem::path& folder) {
    STUBBLE_TRY(const Design design, readDesign(designFile));
    STUBBLE_TRY(const LoadedHead loaded, loadHead({.head = design.head, .landmarks = {}, .import = {}}));
    STUBBLE_TRY(const auto looks, DotLooks::create(design));
    const auto camera = namedCamera(cameraName, loaded.head);
    if (!camera) return fail(ExitCode::usage, "camera {}: unknown", cameraName);
    const auto rig = namedLight(lightName);
    if (!rig) return fail(ExitCode::usage, "light {}: unknown", lightName);
    STUBBLE_CHECK(writeFileAtomically(folder / "head.ply", formatHeadPly(loaded.head.mesh)));
    return writeFileAtomically(folder / "view.json", formatView(*camera, *rig, looks->skin()));
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "Usage: export_scene DESIGN.json CAMERA LIGHT FOLDER\n");
        return static_cast<int>(stubble::ExitCode::usage);
    }
    if (const auto done = stubble::exportScene(argv[1], argv[2], argv[3], argv[4]); !done) {
        std::fprintf(stderr, "export_scene: %s\n", done.error().message.c_str());
        return static_cast<int>(done.error().code);
    }
    return 0;
}
