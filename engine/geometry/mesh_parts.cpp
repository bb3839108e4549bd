#include "engine/geometry/mesh_parts.h"

#include <algorithm>
#include <cmath>

#include "engine/geometry/rays.h"

namespace stubble {

MeshParts findParts(const PolygonMesh& mesh) {
    constexpr std::uint32_t kNone = 0xffffffffu;
    DisjointSets sets(mesh.positions.size());
    std::size_t start = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        for (std::uint32_t k = 1; k < size; ++k) sets.join(mesh.indices[start], mesh.indices[start + k]);
        start += size;
    }
    MeshParts parts;
    std::vector<std::uint32_t> partOfSet(mesh.positions.size(), kNone);
    start = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        std::uint32_t& part = partOfSet[sets.find(mesh.indices[start])];
        if (part == kNone) {
            part = parts.count++;
            parts.area.push_back(0);
        }
        parts.partOfFace.push_back(part);
        const glm::dvec3 a(mesh.positions[mesh.indices[start]]);
        for (std::uint32_t k = 1; k + 1 < size; ++k)
            parts.area[part] +=
                0.5 * glm::length(glm::cross(glm::dvec3(mesh.positions[mesh.indices[start + k]]) - a,
                                             glm::dvec3(mesh.positions[mesh.indices[start + k + 1]]) - a));
        start += size;
    }
    if (parts.count > 0)
        parts.largest = static_cast<std::uint32_t>(std::max_element(parts.area.begin(), parts.area.end()) -
                                                   parts.area.begin());
    return parts;
}

std::vector<char> partsInside(const PolygonMesh& mesh, const MeshParts& parts, double minShare) {
    std::vector<char> inside(parts.count, 0);
    PolygonMesh largest = mesh;
    std::vector<char> keep(mesh.faceCount());
    for (std::size_t f = 0; f < keep.size(); ++f) keep[f] = parts.partOfFace[f] == parts.largest;
    keepFaces(largest, keep);
    const TriMesh triangles = triangulate(largest);
    const RayScene scene(triangles);
    const float reach = 2 * glm::length(boundsOf(triangles).sizeMm());
    const std::vector<std::size_t> starts = faceStarts(mesh);
    for (std::uint32_t part = 0; part < parts.count; ++part) {
        if (part == parts.largest || parts.area[part] < minShare * parts.area[parts.largest]) continue;
        std::vector<std::size_t> faces;
        for (std::size_t f = 0; f < mesh.faceCount(); ++f)
            if (parts.partOfFace[f] == part) faces.push_back(f);
        constexpr std::size_t kSamples = 64;
        const std::size_t step = std::max<std::size_t>(1, faces.size() / kSamples);
        std::size_t tried = 0, within = 0;
        for (std::size_t i = 0; i < faces.size(); i += step) {
            const glm::vec3 p = mesh.positions[mesh.indices[starts[faces[i]]]];
            int walls = 0;
            for (int axis = 0; axis < 3; ++axis)
                for (const float sign : {-1.0f, 1.0f}) {
                    glm::vec3 direction(0);
                    direction[axis] = sign;
                    walls += scene.occluded(p, direction, reach);
                }
            ++tried;
            within += walls >= 5;
        }
        inside[part] = 4 * within >= 3 * tried;
    }
    return inside;
}

std::vector<std::uint32_t> eyeballParts(const PolygonMesh& mesh, const MeshParts& parts) {
    constexpr double kLeastShare = 0.002,
                     kMostShare = 0.03;  // working defaults: real eyes are about 1 % of a head
    std::vector<glm::vec3> low(parts.count, glm::vec3(1e30f)), high(parts.count, glm::vec3(-1e30f));
    std::size_t corner = 0;
    for (std::size_t f = 0; f < mesh.faceCount(); ++f)
        for (std::uint32_t k = 0; k < mesh.faceSizes[f]; ++k, ++corner) {
            const std::uint32_t part = parts.partOfFace[f];
            low[part] = glm::min(low[part], mesh.positions[mesh.indices[corner]]);
            high[part] = glm::max(high[part], mesh.positions[mesh.indices[corner]]);
        }
    std::vector<std::uint32_t> balls;
    for (std::uint32_t part = 0; part < parts.count; ++part) {
        const double share = parts.area[part] / parts.area[parts.largest];
        if (share < kLeastShare || share > kMostShare) continue;
        const glm::vec3 size = high[part] - low[part];
        const float most = std::max({size.x, size.y, size.z}), least = std::min({size.x, size.y, size.z});
        // A ball's area is π · diameter²; modelled eyes may lack their back or bulge at the cornea.
        const double round = parts.area[part] / (3.14159265 * double(most) * double(most));
        if (least > 0.7f * most && round > 0.6 && round < 1.15) balls.push_back(part);
    }
    const auto alike = [&] { return std::abs(parts.area[balls[0]] / parts.area[balls[1]] - 1) < 0.1; };
    return balls.size() == 2 && alike() ? balls : std::vector<std::uint32_t>();
}

}  // namespace stubble
