#include "engine/geometry/subdivide.h"

#include <opensubdiv/far/primvarRefiner.h>
#include <opensubdiv/far/topologyDescriptor.h>
#include <opensubdiv/far/topologyRefinerFactory.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

namespace stubble {
namespace {

namespace Far = OpenSubdiv::Far;
namespace Sdc = OpenSubdiv::Sdc;

/// What OpenSubdiv interpolates, in the shape its templates ask for (hence the names).
struct RefinedVertex {
    glm::vec3 position{0}, colour{0};
    void Clear(void* = nullptr) { position = colour = glm::vec3(0); }
    void AddWithWeight(const RefinedVertex& other, float weight) {
        position += weight * other.position;
        colour += weight * other.colour;
    }
};

using RefinerFactory = Far::TopologyRefinerFactory<Far::TopologyDescriptor>;

std::unique_ptr<Far::TopologyRefiner> makeRefiner(const PolygonMesh& cage, SubdivisionScheme scheme) {
    std::vector<int> sizes(cage.faceSizes.begin(), cage.faceSizes.end());
    std::vector<int> indices(cage.indices.begin(), cage.indices.end());
    Far::TopologyDescriptor descriptor;
    descriptor.numVertices = static_cast<int>(cage.positions.size());
    descriptor.numFaces = static_cast<int>(cage.faceCount());
    descriptor.numVertsPerFace = sizes.data();
    descriptor.vertIndicesPerFace = indices.data();
    Sdc::Options options;
    options.SetVtxBoundaryInterpolation(Sdc::Options::VTX_BOUNDARY_EDGE_ONLY);
    const auto type = scheme == SubdivisionScheme::loop ? Sdc::SCHEME_LOOP : Sdc::SCHEME_CATMARK;
    return std::unique_ptr<Far::TopologyRefiner>(
        RefinerFactory::Create(descriptor, RefinerFactory::Options(type, options)));
}

struct Edge {
    std::uint64_t key;     ///< both vertices, the smaller first
    std::uint32_t corner;  ///< 3 · triangle + k: the edge from corner k to k + 1
};

std::vector<Edge> sortedEdges(const TriMesh& mesh) {
    std::vector<Edge> edges;
    edges.reserve(3 * mesh.triangles.size());
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t)
        for (std::uint32_t k = 0; k < 3; ++k) {
            const std::uint64_t a = mesh.triangles[t][static_cast<int>(k)];
            const std::uint64_t b = mesh.triangles[t][static_cast<int>((k + 1) % 3)];
            edges.push_back({std::min(a, b) << 32 | std::max(a, b), 3 * t + k});
        }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) {
        return a.key != b.key ? a.key < b.key : a.corner < b.corner;
    });
    return edges;
}

float lengthMm(const TriMesh& mesh, std::uint64_t key) {
    return glm::distance(mesh.positionsMm[key >> 32], mesh.positionsMm[key & 0xffffffffu]);
}

glm::vec3 curvedMiddle(const TriMesh& mesh, std::uint32_t a, std::uint32_t b) {
    const glm::vec3 pa = mesh.positionsMm[a], pb = mesh.positionsMm[b], along = pb - pa;
    const glm::vec3 na = mesh.normals[a], nb = mesh.normals[b];
    glm::vec3 bulge = (glm::dot(along, nb) * nb - glm::dot(along, na) * na) / 8.0f;
    // At a fold the normals say nothing about the edge.
    const float limit = 0.15f * glm::length(along), size = glm::length(bulge);
    if (size > limit) bulge *= limit / size;
    return 0.5f * (pa + pb) + bulge;
}

/// One pass: every edge longer than maxEdgeMm gets a vertex.
std::size_t splitOnce(TriMesh& mesh, const std::vector<Edge>& edges, float maxEdgeMm) {
    constexpr std::uint32_t kNone = 0xffffffffu;
    std::vector<std::array<std::uint32_t, 3>> middle(mesh.triangles.size(), {kNone, kNone, kNone});
    std::size_t split = 0;
    for (std::size_t i = 0; i < edges.size();) {
        std::size_t j = i;
        const bool isLong = lengthMm(mesh, edges[i].key) > maxEdgeMm;
        const auto vertex = static_cast<std::uint32_t>(mesh.positionsMm.size());
        for (; j < edges.size() && edges[j].key == edges[i].key; ++j)
            if (isLong) middle[edges[j].corner / 3][edges[j].corner % 3] = vertex;
        if (isLong) {
            const auto a = static_cast<std::uint32_t>(edges[i].key >> 32);
            const auto b = static_cast<std::uint32_t>(edges[i].key);
            mesh.positionsMm.push_back(curvedMiddle(mesh, a, b));
            if (!mesh.tints.empty()) mesh.tints.push_back(0.5f * (mesh.tints[a] + mesh.tints[b]));
            ++split;
        }
        i = j;
    }
    std::vector<glm::uvec3> out;
    out.reserve(mesh.triangles.size() + 2 * split);
    for (std::size_t t = 0; t < mesh.triangles.size(); ++t) {
        glm::uvec3 v = mesh.triangles[t];
        std::array<std::uint32_t, 3> m = middle[t];
        const int count = (m[0] != kNone) + (m[1] != kNone) + (m[2] != kNone);
        const auto turn = [&] {
            v = {v.y, v.z, v.x};
            std::rotate(m.begin(), m.begin() + 1, m.end());
        };
        if (count == 0) {
            out.push_back(v);
        } else if (count == 1) {
            while (m[0] == kNone) turn();
            out.emplace_back(v.x, m[0], v.z);
            out.emplace_back(m[0], v.y, v.z);
        } else if (count == 2) {
            while (m[2] != kNone) turn();  // edges 0 and 1 are split: corner y is cut off
            out.emplace_back(m[0], v.y, m[1]);
            const bool first = glm::distance(mesh.positionsMm[v.x], mesh.positionsMm[m[1]]) <=
                               glm::distance(mesh.positionsMm[m[0]], mesh.positionsMm[v.z]);
            if (first) {
                out.emplace_back(v.x, m[0], m[1]);
                out.emplace_back(v.x, m[1], v.z);
            } else {
                out.emplace_back(v.x, m[0], v.z);
                out.emplace_back(m[0], m[1], v.z);
            }
        } else {
            out.emplace_back(v.x, m[0], m[2]);
            out.emplace_back(m[0], v.y, m[1]);
            out.emplace_back(m[2], m[1], v.z);
            out.emplace_back(m[0], m[1], m[2]);
        }
    }
    mesh.triangles = std::move(out);
    return split;
}

}  // namespace

PolygonMesh subdivide(const PolygonMesh& cage, SubdivisionScheme scheme, int levels) {
    const auto refiner = makeRefiner(cage, scheme);
    if (!refiner) return cage;
    Far::TopologyRefiner::UniformOptions uniform(levels);
    uniform.fullTopologyInLastLevel = true;  // limit positions need it
    refiner->RefineUniform(uniform);
    std::vector<RefinedVertex> vertices(cage.positions.size());
    for (std::size_t v = 0; v < vertices.size(); ++v) {
        vertices[v].position = cage.positions[v];
        if (!cage.colours.empty()) vertices[v].colour = cage.colours[v];
    }
    const Far::PrimvarRefiner primvars(*refiner);
    for (int level = 1; level <= levels; ++level) {
        std::vector<RefinedVertex> finer(static_cast<std::size_t>(refiner->GetLevel(level).GetNumVertices()));
        primvars.Interpolate(level, vertices, finer);
        vertices = std::move(finer);
    }
    std::vector<RefinedVertex> limit(vertices.size());
    primvars.Limit(vertices, limit);

    PolygonMesh out;
    for (std::size_t v = 0; v < limit.size(); ++v) {
        out.positions.push_back(limit[v].position);
        if (!cage.colours.empty()) out.colours.push_back(glm::clamp(limit[v].colour, 0.0f, 1.0f));
    }
    const Far::TopologyLevel last = refiner->GetLevel(levels);
    for (int face = 0; face < last.GetNumFaces(); ++face) {
        const Far::ConstIndexArray corners = last.GetFaceVertices(face);
        out.faceSizes.push_back(static_cast<std::uint32_t>(corners.size()));
        for (int k = 0; k < corners.size(); ++k)
            out.indices.push_back(static_cast<std::uint32_t>(corners[k]));
    }
    return out;
}

float typicalEdgeMm(const TriMesh& mesh) {
    std::vector<std::pair<float, double>> lengths;
    double total = 0;
    for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) {
        const glm::uvec3 v = mesh.triangles[t];
        const float longest = std::max({glm::distance(mesh.positionsMm[v.x], mesh.positionsMm[v.y]),
                                        glm::distance(mesh.positionsMm[v.y], mesh.positionsMm[v.z]),
                                        glm::distance(mesh.positionsMm[v.z], mesh.positionsMm[v.x])});
        const double area = triangleAreaMm2(mesh, t);
        lengths.emplace_back(longest, area);
        total += area;
    }
    std::sort(lengths.begin(), lengths.end());
    double below = 0;
    for (const auto& [length, area] : lengths) {
        below += area;
        if (2 * below >= total) return length;
    }
    return 0;
}

std::size_t splitLongEdges(TriMesh& mesh, float maxEdgeMm, std::size_t maxTriangles) {
    constexpr int kMaxPasses = 12;
    std::size_t total = 0;
    for (int pass = 0; pass < kMaxPasses; ++pass) {
        const std::vector<Edge> edges = sortedEdges(mesh);
        // Each split edge adds one triangle on each of its sides.
        float threshold = maxEdgeMm;
        const auto added = [&](float limit) {
            std::size_t count = 0;
            for (const Edge& edge : edges) count += lengthMm(mesh, edge.key) > limit;
            return count;
        };
        std::size_t more = added(threshold);
        while (more > 0 && mesh.triangles.size() + more > maxTriangles) more = added(threshold *= 1.25f);
        if (more == 0) break;
        total += splitOnce(mesh, edges, threshold);
        computeNormals(mesh);
    }
    return total;
}

}  // namespace stubble
