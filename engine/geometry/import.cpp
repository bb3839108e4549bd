#include "engine/geometry/import.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "engine/geometry/decimate.h"
#include "engine/geometry/mesh_parts.h"
#include "engine/geometry/mesh_repair.h"
#include "engine/geometry/pose_guess.h"
#include "engine/geometry/subdivide.h"

namespace stubble {
namespace {

/// Per-vertex fields and smooth shading want edges no longer than this; a dot is 0.1 mm, a zone's edge about
/// 5 mm (working default).
constexpr float kMaxEdgeMm = 2.5f;
constexpr std::size_t kMaxOutputTriangles = 400'000;
/// Vertices closer than this part of the mesh's size are one: a few steps of single precision.
constexpr float kWeldRatio = 2e-6f;
/// A mesh that reaches farther than kBodyMm under the top of the head is a body: it is cut kKeepBelowTopMm
/// under the top and kKeepBesideMm to both sides of it. A head with its neck is about 300 mm tall.
constexpr float kBodyMm = 450, kKeepBelowTopMm = 300, kKeepBesideMm = 160;

void applyCrop(PolygonMesh& mesh, const std::vector<CropPlane>& planes) {
    if (planes.empty()) return;
    std::vector<char> inside(mesh.positions.size());
    for (std::size_t v = 0; v < inside.size(); ++v)
        inside[v] = std::all_of(planes.begin(), planes.end(), [&](const CropPlane& plane) {
            const float value = mesh.positions[v][plane.axis];
            return plane.above ? value > plane.value : value < plane.value;
        });
    std::vector<char> keep(mesh.faceCount(), 1);
    std::size_t corner = 0;
    for (std::size_t f = 0; f < keep.size(); ++f)
        for (std::uint32_t k = 0; k < mesh.faceSizes[f]; ++k, ++corner)
            keep[f] &= inside[mesh.indices[corner]];
    keepFaces(mesh, keep);
}

float sizeOf(const PolygonMesh& mesh) {
    glm::vec3 low(mesh.positions[0]), high(low);
    for (const glm::vec3& p : mesh.positions) low = glm::min(low, p), high = glm::max(high, p);
    return glm::length(high - low);
}

Result<void> checkOptions(const ImportOptions& options) {
    if (options.mmPerUnit && !(*options.mmPerUnit > 0 && *options.mmPerUnit < 1e6f))
        return fail(ExitCode::usage, "millimetres per unit: {} is not between 0 and 1000000",
                    *options.mmPerUnit);
    if (options.up && options.face &&
        static_cast<int>(*options.up) / 2 == static_cast<int>(*options.face) / 2)
        return fail(ExitCode::usage, "up {} and face {} lie along the same axis",
                    axisDirectionName(*options.up), axisDirectionName(*options.face));
    return {};
}

/// Columns: the file's images of +X (the head's left), +Y (up), +Z (face), transposed.
glm::mat3 rotationTo(AxisDirection up, AxisDirection face) {
    const glm::vec3 y = vectorOf(up), z = vectorOf(face);
    return glm::transpose(glm::mat3(glm::cross(y, z), y, z));
}

/// Settles units and axes in the report.
void guessFrame(const PolygonMesh& mesh, const ImportOptions& options, ImportReport& report) {
    if (options.purpose == ImportPurpose::anyMesh) {
        report.mmPerUnit = options.mmPerUnit.value_or(1.0f);
        report.up = options.up.value_or(AxisDirection::plusY);
        // A face direction that up leaves free.
        const bool zTaken = static_cast<int>(report.up) / 2 == 2;
        report.face = options.face.value_or(zTaken ? AxisDirection::minusY : AxisDirection::plusZ);
        if (!options.up && static_cast<int>(report.face) / 2 == 1) report.up = AxisDirection::plusZ;
        return;
    }
    const PoseGuess pose = guessPose(triangulate(mesh), options.up, options.face);
    report.up = pose.up, report.face = pose.face;
    report.axesGuessed = !options.up || !options.face;
    report.unitsGuessed = !options.mmPerUnit;
    if (options.mmPerUnit) {
        report.mmPerUnit = *options.mmPerUnit;
    } else if (const auto mm = guessMmPerUnit(pose.breadth)) {
        report.mmPerUnit = *mm;
    } else {
        report.unitsPlausible = false;
        report.mmPerUnit = pose.breadth > 0 ? kMeanHeadBreadthMm / pose.breadth : 1.0f;
    }
    report.headBreadthMm = pose.breadth * report.mmPerUnit;
}

void cropBody(PolygonMesh& mesh, ImportReport& report) {
    float top = -1e30f, bottom = 1e30f;
    for (const glm::vec3& p : mesh.positions) top = std::max(top, p.y), bottom = std::min(bottom, p.y);
    if (top - bottom <= kBodyMm) return;
    float low = 1e30f, high = -1e30f;
    for (const glm::vec3& p : mesh.positions)
        if (p.y > top - 100) low = std::min(low, p.x), high = std::max(high, p.x);
    const float middle = 0.5f * (low + high);
    const std::size_t before = mesh.faceCount();
    PolygonMesh cut = mesh;
    applyCrop(cut, {{1, true, top - kKeepBelowTopMm},
                    {0, true, middle - kKeepBesideMm},
                    {0, false, middle + kKeepBesideMm}});
    if (cut.faceCount() == 0) return;
    mesh = std::move(cut);
    report.croppedBelowHead = mesh.faceCount() < before;
}

TriMesh refine(const PolygonMesh& mesh, ImportReport& report) {
    TriMesh coarse = triangulate(mesh);
    const float edge = typicalEdgeMm(coarse);
    std::size_t count = coarse.triangles.size();
    std::size_t quads = 0;
    bool allTriangles = true;
    for (const std::uint32_t size : mesh.faceSizes) quads += size == 4, allTriangles &= size == 3;
    // Halving the edges may leave them a little long; the last step splits those that are.
    for (float now = edge;
         now > 1.4f * kMaxEdgeMm && 4 * count <= kMaxOutputTriangles && report.subdivisionLevels < 5;
         now /= 2) {
        ++report.subdivisionLevels;
        count *= 4;
    }
    TriMesh fine;
    if (report.subdivisionLevels == 0) {
        fine = std::move(coarse);
    } else if (2 * quads >= mesh.faceCount() || !allTriangles) {
        fine = triangulate(subdivide(mesh, SubdivisionScheme::catmullClark, report.subdivisionLevels));
    } else {
        fine = triangulate(subdivide(mesh, SubdivisionScheme::loop, report.subdivisionLevels));
    }
    dropBadTriangles(fine);
    computeNormals(fine);
    report.longEdgesSplit = splitLongEdges(fine, kMaxEdgeMm, kMaxOutputTriangles);
    return fine;
}

}  // namespace

std::string_view axisDirectionName(AxisDirection direction) {
    constexpr std::string_view kNames[] = {"+X", "-X", "+Y", "-Y", "+Z", "-Z"};
    return kNames[static_cast<int>(direction)];
}

std::optional<AxisDirection> axisDirectionFromName(std::string_view name) {
    bool minus = false;
    if (!name.empty() && (name[0] == '+' || name[0] == '-')) {
        minus = name[0] == '-';
        name.remove_prefix(1);
    }
    if (name.size() != 1) return std::nullopt;
    const int axis = std::tolower(static_cast<unsigned char>(name[0])) - 'x';
    if (axis < 0 || axis > 2) return std::nullopt;
    return static_cast<AxisDirection>(2 * axis + minus);
}

glm::vec3 vectorOf(AxisDirection direction) {
    glm::vec3 v(0);
    v[static_cast<int>(direction) / 2] = static_cast<int>(direction) % 2 == 0 ? 1.0f : -1.0f;
    return v;
}

Result<std::vector<CropPlane>> parseCrop(std::string_view text) {
    std::vector<CropPlane> planes;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        const std::string_view part = text.substr(0, comma);
        const int axis = part.empty() ? -1 : std::tolower(static_cast<unsigned char>(part[0])) - 'x';
        CropPlane plane;
        bool ok = part.size() >= 3 && axis >= 0 && axis <= 2 && (part[1] == '>' || part[1] == '<');
        if (ok) {
            const auto end = std::from_chars(part.data() + 2, part.data() + part.size(), plane.value);
            ok = end.ec == std::errc() && end.ptr == part.data() + part.size() && std::isfinite(plane.value);
        }
        if (!ok)
            return fail(ExitCode::usage,
                        "crop: \"{}\" was not understood, expected something like y>1.36,x<0.13", part);
        plane.axis = axis, plane.above = part[1] == '>';
        planes.push_back(plane);
        if (comma == std::string_view::npos) break;
        text.remove_prefix(comma + 1);
        if (text.empty()) return fail(ExitCode::usage, "crop: nothing follows the last comma");
    }
    return planes;
}

Result<ImportedMesh> importMesh(const std::filesystem::path& path, const ImportOptions& options) {
    STUBBLE_CHECK(checkOptions(options));
    STUBBLE_TRY(PolygonMesh polygons, readPolygons(path, options));
    const bool asHead = options.purpose == ImportPurpose::head;
    ImportedMesh out;
    ImportReport& report = out.report;
    report.trianglesInFile = triangleCountOf(polygons);
    applyCrop(polygons, options.crop);
    if (polygons.faceCount() == 0)
        return fail(ExitCode::badInput, "{}: the crop leaves no triangle of {}", path.string(),
                    report.trianglesInFile);
    // Any mesh stays as it is, specks far from one another too: only what stands on one spot is one.
    report.weldedVertices = weldVertices(polygons, asHead ? kWeldRatio * sizeOf(polygons) : 0);
    report.badFacesDropped = dropBadFaces(polygons);
    if (polygons.faceCount() == 0)
        return fail(ExitCode::badInput, "{}: none of its {} triangles has an area", path.string(),
                    report.trianglesInFile);
    if (asHead) report.partsDropped = dropLooseParts(polygons);

    guessFrame(polygons, options, report);
    const glm::mat3 mmFromFile = report.mmPerUnit * rotationTo(report.up, report.face);
    for (glm::vec3& p : polygons.positions) {
        p = mmFromFile * p;
        if (!std::isfinite(glm::dot(p, p)))
            return fail(ExitCode::badInput, "{}: is too large: a vertex lies beyond single precision in mm",
                        path.string());
    }
    out.mmFromFile = glm::mat4(mmFromFile);
    if (asHead) {
        cropBody(polygons, report);
        if (report.croppedBelowHead) report.partsDropped += dropLooseParts(polygons);
        const Topology topology = orientOutwards(polygons, report.turnedInsideOut);
        report.openRims = topology.openRims, report.nonManifoldEdges = topology.nonManifoldEdges;
        out.mesh = refine(polygons, report);
        if (out.mesh.triangles.size() > kMaxOutputTriangles) {
            decimate(out.mesh, kMaxOutputTriangles);
            report.decimated = true;
        }
    } else {
        out.mesh = triangulate(polygons);
    }
    dropBadTriangles(out.mesh);
    if (out.mesh.triangles.empty())
        return fail(ExitCode::badInput, "{}: none of its {} triangles has an area", path.string(),
                    report.trianglesInFile);
    computeNormals(out.mesh);
    tintsFromColours(out.mesh);
    report.triangles = out.mesh.triangles.size();
    return out;
}

std::string ImportReport::text() const {
    std::string out =
        fmt::format("{} ({}), up {}, face {} ({})\n", unitName(mmPerUnit),
                    !unitsGuessed    ? "given"
                    : unitsPlausible ? "guessed"
                                     : "no usual unit fits: scaled to an average head",
                    axisDirectionName(up), axisDirectionName(face), axesGuessed ? "guessed" : "given");
    if (headBreadthMm > 0) out += fmt::format("head breadth {:.0f} mm\n", headBreadthMm);
    out += fmt::format("{} triangles in the file, {} after import\n", trianglesInFile, triangles);
    if (badFacesDropped > 0) out += fmt::format("{} degenerate or repeated faces dropped\n", badFacesDropped);
    if (partsDropped > 0)
        out += fmt::format("{} loose parts dropped: small, or inside the head\n", partsDropped);
    if (nonManifoldEdges > 0) out += fmt::format("{} edges with more than two faces\n", nonManifoldEdges);
    if (openRims > 0) out += fmt::format("{} open rim{}\n", openRims, openRims == 1 ? "" : "s");
    if (turnedInsideOut) out += "was inside out: turned\n";
    if (croppedBelowHead) out += "a body: cut below the neck\n";
    if (subdivisionLevels > 0) out += fmt::format("coarse: subdivided {} times\n", subdivisionLevels);
    if (longEdgesSplit > 0) out += fmt::format("{} long edges split\n", longEdgesSplit);
    if (decimated) out += "needlessly fine: thinned\n";
    return out;
}

}  // namespace stubble
