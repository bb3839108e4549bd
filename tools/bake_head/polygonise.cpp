// Marching tetrahedra over a grid of which only the blocks near the surface are sampled.
// Method: Akio Doi and Akio Koide, "An Efficient Method of Triangulating Equi-Valued Surfaces by Using
// Tetrahedral Cells", 1991. Tetrahedra leave no ambiguous case, so the mesh is closed and manifold by
// construction; the slivers they leave are cleared by the remesher.
#include "polygonise.h"

#include <unordered_map>

namespace stubble::bake {
namespace {

constexpr int kBlock = 8;

struct Grid {
    int nx = 0, ny = 0, nz = 0;
    glm::dvec3 lo{0.0};
    double cell = 1.0;
    std::vector<float> value;
    int64_t index(int x, int y, int z) const { return (static_cast<int64_t>(z) * ny + y) * nx + x; }
    glm::dvec3 point(int x, int y, int z) const { return lo + cell * glm::dvec3(x, y, z); }
};

Grid sample(const HeadField& field, const Box& box, double cell, std::vector<glm::ivec3>& active) {
    Grid g;
    g.cell = cell;
    g.lo = box.lo;
    const glm::dvec3 size = (box.hi - box.lo) / (cell * kBlock);
    const int bx = static_cast<int>(std::ceil(size.x)), by = static_cast<int>(std::ceil(size.y)),
              bz = static_cast<int>(std::ceil(size.z));
    g.nx = bx * kBlock + 1;
    g.ny = by * kBlock + 1;
    g.nz = bz * kBlock + 1;
    g.value.assign(static_cast<size_t>(g.nx) * static_cast<size_t>(g.ny) * static_cast<size_t>(g.nz), 0.0f);
    std::vector<char> near(static_cast<size_t>(bx * by * bz), 0);
    parallelFor(bx * by * bz, [&](int b) {
        const glm::ivec3 o(b % bx * kBlock, b / bx % by * kBlock, b / (bx * by) * kBlock);
        const double half = 0.5 * kBlock;
        const glm::dvec3 c = g.lo + cell * (glm::dvec3(o) + half);
        // The field is only roughly a distance: allow it to grow 2.2 times too fast.
        if (std::abs(field.distance(c)) < 2.2 * cell * half * 1.7321) near[static_cast<size_t>(b)] = 1;
    });
    // Grid points belong to the block that starts at them, so neighbours of near blocks are sampled too.
    std::vector<char> wanted(g.value.size(), 0);
    for (int b = 0; b < bx * by * bz; ++b) {
        if (!near[static_cast<size_t>(b)]) continue;
        const glm::ivec3 o(b % bx * kBlock, b / bx % by * kBlock, b / (bx * by) * kBlock);
        active.push_back(o);
        for (int z = 0; z <= kBlock; ++z)
            for (int y = 0; y <= kBlock; ++y)
                for (int x = 0; x <= kBlock; ++x)
                    wanted[static_cast<size_t>(g.index(o.x + x, o.y + y, o.z + z))] = 1;
    }
    parallelFor(g.ny * g.nz, [&](int row) {
        const int y = row % g.ny, z = row / g.ny;
        for (int x = 0; x < g.nx; ++x) {
            const auto i = static_cast<size_t>(g.index(x, y, z));
            if (!wanted[i]) continue;
            float v = static_cast<float>(field.distance(g.point(x, y, z)));
            // A sample exactly on the surface would make zero-length edges.
            if (std::abs(v) < 1e-4f) v = v < 0.0f ? -1e-4f : 1e-4f;
            g.value[i] = v;
        }
    });
    return g;
}

}  // namespace

Mesh polygonise(const HeadField& field, const Box& box, double cell) {
    std::vector<glm::ivec3> active;
    const Grid g = sample(field, box, cell, active);
    Mesh mesh;
    std::unordered_map<int64_t, int> vertexOf;
    // Corners are numbered by bits (x, y, z); all six tetrahedra share the diagonal 0-7 and match across
    // cells.
    static constexpr int kTets[6][4] = {{0, 1, 3, 7}, {0, 3, 2, 7}, {0, 2, 6, 7},
                                        {0, 6, 4, 7}, {0, 4, 5, 7}, {0, 5, 1, 7}};
    for (const glm::ivec3& o : active) {
        for (int c = 0; c < kBlock * kBlock * kBlock; ++c) {
            const glm::ivec3 q = o + glm::ivec3(c % kBlock, c / kBlock % kBlock, c / (kBlock * kBlock));
            float v[8];
            int inside = 0;
            for (int k = 0; k < 8; ++k) {
                v[k] =
                    g.value[static_cast<size_t>(g.index(q.x + (k & 1), q.y + (k >> 1 & 1), q.z + (k >> 2)))];
                inside += v[k] < 0.0f;
            }
            if (inside == 0 || inside == 8) continue;
            auto vertex = [&](int a, int b) {
                if (a > b)
                    std::swap(a, b);  // corner b contains all bits of a, so b - a names the edge's direction
                const glm::ivec3 pa = q + glm::ivec3(a & 1, a >> 1 & 1, a >> 2),
                                 pb = q + glm::ivec3(b & 1, b >> 1 & 1, b >> 2);
                const int64_t key = g.index(pa.x, pa.y, pa.z) * 8 + (b - a);
                const auto [it, fresh] = vertexOf.try_emplace(key, static_cast<int>(mesh.positions.size()));
                if (fresh) {
                    const double t = std::clamp(static_cast<double>(v[a]) / (v[a] - v[b]), 0.02, 0.98);
                    mesh.positions.push_back(
                        glm::mix(g.point(pa.x, pa.y, pa.z), g.point(pb.x, pb.y, pb.z), t));
                }
                return it->second;
            };
            for (const auto& tet : kTets) {
                int in[4], out[4], ni = 0, no = 0;
                for (const int k : tet) (v[k] < 0.0f ? in[ni++] : out[no++]) = k;
                if (ni == 0 || ni == 4) continue;
                // Orient each piece by the direction from inside to outside corners.
                auto emit = [&](int a, int b, int d) {
                    glm::dvec3 dir(0.0);
                    for (int k = 0; k < no; ++k)
                        dir += glm::dvec3(out[k] & 1, out[k] >> 1 & 1, out[k] >> 2) / double(no);
                    for (int k = 0; k < ni; ++k)
                        dir -= glm::dvec3(in[k] & 1, in[k] >> 1 & 1, in[k] >> 2) / double(ni);
                    const glm::dvec3 pa = mesh.positions[static_cast<size_t>(a)],
                                     pb = mesh.positions[static_cast<size_t>(b)],
                                     pd = mesh.positions[static_cast<size_t>(d)];
                    if (glm::dot(glm::cross(pb - pa, pd - pa), dir) < 0.0) std::swap(b, d);
                    mesh.triangles.push_back({a, b, d});
                };
                if (ni == 1 || ni == 3) {
                    const int* many = ni == 1 ? out : in;
                    const int one = ni == 1 ? in[0] : out[0];
                    emit(vertex(one, many[0]), vertex(one, many[1]), vertex(one, many[2]));
                } else {
                    const int a = vertex(in[0], out[0]), b = vertex(in[0], out[1]), d = vertex(in[1], out[1]),
                              e = vertex(in[1], out[0]);
                    emit(a, b, d);
                    emit(a, d, e);
                }
            }
        }
    }
    return mesh;
}

}  // namespace stubble::bake
