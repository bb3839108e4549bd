#include "engine/geometry/mesh_repair.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/core/random.h"
#include "engine/geometry/mesh_parts.h"

namespace stubble {
namespace {

constexpr std::uint32_t kNone = 0xffffffffu;
/// A triangle lower than this part of its longest edge has no area that single precision could tell.
constexpr double kMinHeightRatio = 1e-6;

bool hasArea(glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    const glm::dvec3 ab = glm::dvec3(b) - glm::dvec3(a), ac = glm::dvec3(c) - glm::dvec3(a), bc = ac - ab;
    const double longest = std::max({glm::dot(ab, ab), glm::dot(ac, ac), glm::dot(bc, bc)});
    return glm::length(glm::cross(ab, ac)) > kMinHeightRatio * longest;
}

/// Chained hash of grid cells, a vertex in each link.
class CellTable {
  public:
    CellTable(std::size_t count, double cell, glm::dvec3 low) : cell_(cell), low_(low), next_(count, kNone) {
        std::size_t size = 16;
        while (size < count * 2) size *= 2;
        heads_.assign(size, kNone);
    }
    [[nodiscard]] glm::i64vec3 cellOf(glm::dvec3 p) const {
        return glm::i64vec3(glm::floor((p - low_) / cell_));
    }
    void insert(glm::i64vec3 cell, std::uint32_t vertex) {
        std::uint32_t& head = heads_[bucket(cell)];
        next_[vertex] = head;
        head = vertex;
    }
    template <typename Visit>
    void visit(glm::i64vec3 cell, const Visit& visitVertex) const {
        for (std::uint32_t v = heads_[bucket(cell)]; v != kNone; v = next_[v]) visitVertex(v);
    }

  private:
    [[nodiscard]] std::size_t bucket(glm::i64vec3 c) const {
        return hashCounters(static_cast<std::uint64_t>(c.x), static_cast<std::uint64_t>(c.y),
                            static_cast<std::uint64_t>(c.z)) &
               (heads_.size() - 1);
    }
    double cell_;
    glm::dvec3 low_;  ///< keeps cell numbers small
    std::vector<std::uint32_t> heads_, next_;
};

struct EdgeUse {
    std::uint64_t key;  ///< both vertices, the smaller first
    std::uint32_t face;
    bool forward;  ///< the face runs from the smaller vertex to the larger
};

std::vector<EdgeUse> edgeUses(const PolygonMesh& mesh) {
    std::vector<EdgeUse> uses;
    uses.reserve(mesh.indices.size());
    std::size_t start = 0;
    for (std::uint32_t f = 0; f < mesh.faceSizes.size(); ++f) {
        const std::uint32_t size = mesh.faceSizes[f];
        for (std::uint32_t k = 0; k < size; ++k) {
            const std::uint64_t a = mesh.indices[start + k], b = mesh.indices[start + (k + 1) % size];
            uses.push_back({std::min(a, b) << 32 | std::max(a, b), f, a < b});
        }
        start += size;
    }
    std::sort(uses.begin(), uses.end(), [](const EdgeUse& a, const EdgeUse& b) {
        return a.key != b.key ? a.key < b.key : a.face < b.face;
    });
    return uses;
}

/// Calls visit(first, last) for the uses of every edge.
template <typename Visit>
void forEachEdge(const std::vector<EdgeUse>& uses, const Visit& visit) {
    for (std::size_t i = 0; i < uses.size();) {
        std::size_t j = i + 1;
        while (j < uses.size() && uses[j].key == uses[i].key) ++j;
        visit(i, j);
        i = j;
    }
}

struct FaceLink {
    std::uint32_t face, other;
    bool agree;  ///< both look the same way
};

/// Which faces to turn so that linked faces agree, and the patch each face belongs to.
void agreeOnSides(std::size_t faceCount, std::vector<FaceLink> links, std::vector<char>& turn,
                  std::vector<std::uint32_t>& patch) {
    std::sort(links.begin(), links.end(), [](const FaceLink& a, const FaceLink& b) {
        return a.face != b.face ? a.face < b.face : a.other < b.other;
    });
    std::vector<std::size_t> first(faceCount + 1, 0);
    for (const FaceLink& link : links) ++first[link.face + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    turn.assign(faceCount, 0);
    patch.assign(faceCount, kNone);
    std::vector<std::uint32_t> stack;
    std::uint32_t patches = 0;
    for (std::uint32_t seed = 0; seed < faceCount; ++seed) {
        if (patch[seed] != kNone) continue;
        patch[seed] = patches++;
        stack.push_back(seed);
        while (!stack.empty()) {
            const std::uint32_t f = stack.back();
            stack.pop_back();
            for (std::size_t i = first[f]; i < first[f + 1]; ++i) {
                const FaceLink& link = links[i];
                if (patch[link.other] != kNone) continue;
                patch[link.other] = patch[f];
                turn[link.other] = static_cast<char>(link.agree ? turn[f] : !turn[f]);
                stack.push_back(link.other);
            }
        }
    }
}

}  // namespace

std::size_t weldVertices(PolygonMesh& mesh, float tolerance) {
    const std::size_t count = mesh.positions.size();
    // Cells some tolerances wide: most vertices need a look into their own cell only.
    glm::dvec3 low(0), high(0);
    if (count > 0) low = high = glm::dvec3(mesh.positions[0]);
    for (const glm::vec3& p : mesh.positions)
        low = glm::min(low, glm::dvec3(p)), high = glm::max(high, glm::dvec3(p));
    const double size = glm::length(high - low);
    CellTable table(count, size > 0 ? std::max(8.0 * tolerance, 1e-7 * size) : 1.0, low);
    std::vector<std::uint32_t> first(count);
    std::size_t merged = 0;
    const double limit = static_cast<double>(tolerance) * tolerance;
    for (std::uint32_t v = 0; v < count; ++v) {
        const glm::dvec3 p(mesh.positions[v]);
        const glm::i64vec3 from = table.cellOf(p - glm::dvec3(tolerance)),
                           to = table.cellOf(p + glm::dvec3(tolerance));
        std::uint32_t found = kNone;
        for (std::int64_t x = from.x; x <= to.x; ++x)
            for (std::int64_t y = from.y; y <= to.y; ++y)
                for (std::int64_t z = from.z; z <= to.z; ++z)
                    table.visit({x, y, z}, [&](std::uint32_t other) {
                        const glm::dvec3 gap = glm::dvec3(mesh.positions[other]) - p;
                        if (glm::dot(gap, gap) <= limit) found = std::min(found, other);
                    });
        first[v] = found == kNone ? v : found;
        if (found == kNone)
            table.insert(table.cellOf(p), v);
        else
            ++merged;
    }
    for (std::uint32_t& v : mesh.indices) v = first[v];
    keepFaces(mesh, std::vector<char>(mesh.faceCount(), 1));
    return merged;
}

std::size_t dropBadFaces(PolygonMesh& mesh) {
    PolygonMesh clean;
    clean.positions = std::move(mesh.positions);
    clean.colours = std::move(mesh.colours);
    std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;  // of the sorted corners; new face
    std::vector<std::uint32_t> corners, sorted;
    std::vector<std::uint64_t> hashOfFace;
    std::size_t start = 0, dropped = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        corners.clear();
        for (std::uint32_t k = 0; k < size; ++k) {
            const std::uint32_t v = mesh.indices[start + k];
            if (std::find(corners.begin(), corners.end(), v) == corners.end()) corners.push_back(v);
        }
        start += size;
        const bool flat =
            corners.size() == 3 &&
            !hasArea(clean.positions[corners[0]], clean.positions[corners[1]], clean.positions[corners[2]]);
        if (corners.size() < 3 || flat) {
            ++dropped;
            continue;
        }
        sorted = corners;
        std::sort(sorted.begin(), sorted.end());
        std::uint64_t hash = sorted.size();
        for (const std::uint32_t v : sorted) hash = hashCounters(hash, v);
        hashes.emplace_back(hash, static_cast<std::uint32_t>(clean.faceSizes.size()));
        clean.faceSizes.push_back(static_cast<std::uint32_t>(corners.size()));
        clean.indices.insert(clean.indices.end(), corners.begin(), corners.end());
    }
    // Equal 64-bit hashes of sorted corners stand for equal corners: a false match is a 1 in 10⁶ event even
    // at five million faces, and costs one triangle.
    std::sort(hashes.begin(), hashes.end());
    std::vector<char> keep(clean.faceSizes.size(), 1);
    for (std::size_t i = 1; i < hashes.size(); ++i)
        if (hashes[i].first == hashes[i - 1].first) {
            keep[hashes[i].second] = 0;
            ++dropped;
        }
    keepFaces(clean, keep);
    mesh = std::move(clean);
    return dropped;
}

std::size_t dropLooseParts(PolygonMesh& mesh) {
    const MeshParts parts = findParts(mesh);
    if (parts.count < 2) return 0;
    constexpr double kSmallPart = 0.05;  // working default: eyes, teeth and scan crumbs are far below
    const std::vector<char> inside = partsInside(mesh, parts, kSmallPart);
    std::vector<char> keepPart(parts.count, 0);
    std::size_t dropped = 0;
    for (std::uint32_t p = 0; p < parts.count; ++p) {
        keepPart[p] =
            p == parts.largest || (parts.area[p] >= kSmallPart * parts.area[parts.largest] && !inside[p]);
    }
    // Empty sockets would stare: eyes stay, though they are small and inside.
    for (const std::uint32_t eye : eyeballParts(mesh, parts)) keepPart[eye] = 1;
    for (const char kept : keepPart) dropped += !kept;
    std::vector<char> keep(mesh.faceCount());
    for (std::size_t f = 0; f < keep.size(); ++f) keep[f] = keepPart[parts.partOfFace[f]];
    keepFaces(mesh, keep);
    return dropped;
}

Topology orientOutwards(PolygonMesh& mesh, bool& turned) {
    Topology topology;
    const std::vector<EdgeUse> uses = edgeUses(mesh);
    std::vector<FaceLink> links;
    DisjointSets rims(mesh.positions.size());
    std::vector<char> onRim(mesh.positions.size(), 0);
    forEachEdge(uses, [&](std::size_t i, std::size_t j) {
        if (j - i == 1) {
            const auto a = static_cast<std::uint32_t>(uses[i].key >> 32);
            const auto b = static_cast<std::uint32_t>(uses[i].key);
            rims.join(a, b);
            onRim[a] = onRim[b] = 1;
        } else if (j - i > 2) {
            ++topology.nonManifoldEdges;
        } else {
            const bool agree = uses[i].forward != uses[i + 1].forward;
            links.push_back({uses[i].face, uses[i + 1].face, agree});
            links.push_back({uses[i + 1].face, uses[i].face, agree});
        }
    });
    for (std::uint32_t v = 0; v < mesh.positions.size(); ++v)
        topology.openRims += onRim[v] && rims.find(v) == v;

    std::vector<char> turn;
    std::vector<std::uint32_t> patch;
    agreeOnSides(mesh.faceCount(), std::move(links), turn, patch);
    glm::dvec3 middle(0);
    for (const glm::vec3& p : mesh.positions) middle += glm::dvec3(p);
    middle /= std::max<double>(1, static_cast<double>(mesh.positions.size()));
    std::vector<double> volume(patch.empty() ? 0 : *std::max_element(patch.begin(), patch.end()) + 1, 0.0);
    std::size_t start = 0;
    for (std::size_t f = 0; f < mesh.faceCount(); ++f) {
        const glm::dvec3 a = glm::dvec3(mesh.positions[mesh.indices[start]]) - middle;
        double sum = 0;
        for (std::uint32_t k = 1; k + 1 < mesh.faceSizes[f]; ++k)
            sum += glm::dot(a, glm::cross(glm::dvec3(mesh.positions[mesh.indices[start + k]]) - middle,
                                          glm::dvec3(mesh.positions[mesh.indices[start + k + 1]]) - middle));
        volume[patch[f]] += turn[f] ? -sum : sum;
        start += mesh.faceSizes[f];
    }
    start = 0;
    std::size_t turnedFaces = 0;
    for (std::size_t f = 0; f < mesh.faceCount(); ++f) {
        if ((turn[f] != 0) != (volume[patch[f]] < 0)) {
            std::reverse(mesh.indices.begin() + static_cast<std::ptrdiff_t>(start),
                         mesh.indices.begin() + static_cast<std::ptrdiff_t>(start + mesh.faceSizes[f]));
            ++turnedFaces;
        }
        start += mesh.faceSizes[f];
    }
    turned = 2 * turnedFaces > mesh.faceCount();
    return topology;
}

void tintsFromColours(TriMesh& mesh) {
    if (mesh.tints.empty()) return;
    bool varied = false;
    for (int k = 0; k < 3; ++k) {
        std::vector<float> values;
        values.reserve(mesh.tints.size());
        for (const glm::vec3& tint : mesh.tints) values.push_back(tint[k]);
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        const float median = std::max(*middle, 1e-3f);
        for (glm::vec3& tint : mesh.tints) {
            tint[k] = std::clamp(tint[k] / median, 0.0f, 4.0f);
            varied |= std::abs(tint[k] - 1) > 1e-3f;
        }
    }
    if (!varied) mesh.tints.clear();
}

std::size_t dropBadTriangles(TriMesh& mesh) {
    const std::size_t before = mesh.triangles.size();
    std::erase_if(mesh.triangles, [&](const glm::uvec3& t) {
        return t.x == t.y || t.y == t.z || t.z == t.x ||
               !hasArea(mesh.positionsMm[t.x], mesh.positionsMm[t.y], mesh.positionsMm[t.z]);
    });
    std::vector<std::uint32_t> newIndex(mesh.positionsMm.size(), kNone);
    for (const glm::uvec3& t : mesh.triangles)
        for (int k = 0; k < 3; ++k) newIndex[t[k]] = 0;
    std::uint32_t count = 0;
    for (std::size_t v = 0; v < newIndex.size(); ++v) {
        if (newIndex[v] == kNone) continue;
        mesh.positionsMm[count] = mesh.positionsMm[v];
        if (!mesh.tints.empty()) mesh.tints[count] = mesh.tints[v];
        if (!mesh.normals.empty()) mesh.normals[count] = mesh.normals[v];
        newIndex[v] = count++;
    }
    mesh.positionsMm.resize(count);
    if (!mesh.tints.empty()) mesh.tints.resize(count);
    if (!mesh.normals.empty()) mesh.normals.resize(count);
    for (glm::uvec3& t : mesh.triangles) t = {newIndex[t.x], newIndex[t.y], newIndex[t.z]};
    return before - mesh.triangles.size();
}

}  // namespace stubble
