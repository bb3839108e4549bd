// Edge collapse by quadric error: Garland and Heckbert, "Surface simplification using quadric error metrics",
// 1997, with area-weighted planes, the link condition (Dey et al., "Topology preserving edge contraction",
// 1999) and no foldovers.

#include "engine/geometry/decimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <queue>

#include "engine/geometry/mesh_repair.h"

namespace stubble {
namespace {

/// Planes across a rim hold it with this many times the weight of the surface.
constexpr double kRimWeight = 10;
/// Where the surface is flat the quadric cannot choose; this share of length⁴ makes short edges go first.
constexpr double kLengthWeight = 1e-4;
/// A triangle may not turn by more than about 60° nor become thinner than this (1 = equilateral).
constexpr double kMinTurnCosine = 0.5, kMinShape = 0.08;

/// Sum of weighted squared distances from planes: p·A·p + 2 b·p + c.
struct Quadric {
    double xx = 0, xy = 0, xz = 0, yy = 0, yz = 0, zz = 0;
    glm::dvec3 b{0};
    double c = 0;

    void addPlane(glm::dvec3 n, double d, double w) {
        xx += w * n.x * n.x, xy += w * n.x * n.y, xz += w * n.x * n.z;
        yy += w * n.y * n.y, yz += w * n.y * n.z, zz += w * n.z * n.z;
        b += w * d * n;
        c += w * d * d;
    }
    Quadric operator+(const Quadric& o) const {
        return {xx + o.xx, xy + o.xy, xz + o.xz, yy + o.yy, yz + o.yz, zz + o.zz, b + o.b, c + o.c};
    }
    [[nodiscard]] glm::dmat3 matrix() const { return {xx, xy, xz, xy, yy, yz, xz, yz, zz}; }
    [[nodiscard]] double at(glm::dvec3 p) const {
        return std::max(0.0, glm::dot(p, matrix() * p) + 2 * glm::dot(b, p) + c);
    }
};

struct Candidate {
    double cost;
    std::uint32_t a, b, stampA, stampB;
    bool operator>(const Candidate& o) const {
        if (cost != o.cost) return cost > o.cost;
        return a != o.a ? a > o.a : b > o.b;
    }
};

class Decimator {
  public:
    explicit Decimator(TriMesh& mesh)
        : mesh_(mesh),
          position_(mesh.positionsMm.begin(), mesh.positionsMm.end()),
          quadric_(position_.size()),
          stamp_(position_.size(), 0),
          rim_(position_.size(), 0),
          around_(position_.size()),
          alive_(mesh.triangles.size(), 1),
          left_(mesh.triangles.size()) {
        // Far from the origin the quadrics would cancel.
        middle_ = glm::dvec3(boundsOf(mesh).centreMm());
        for (glm::dvec3& p : position_) p -= middle_;
        for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t)
            for (int k = 0; k < 3; ++k) around_[mesh.triangles[t][k]].push_back(t);
        for (std::uint32_t t = 0; t < mesh.triangles.size(); ++t) addTriangle(t);
        for (std::uint32_t a = 0; a < position_.size(); ++a)
            for (const std::uint32_t b : neighbours(a))
                if (a < b) push(a, b);
    }

    void run(std::size_t maxTriangles) {
        while (left_ > maxTriangles && !queue_.empty()) {
            const Candidate next = queue_.top();
            queue_.pop();
            if (stamp_[next.a] == next.stampA && stamp_[next.b] == next.stampB) collapse(next.a, next.b);
        }
        std::vector<glm::uvec3> kept;
        for (std::size_t t = 0; t < alive_.size(); ++t)
            if (alive_[t]) kept.push_back(mesh_.triangles[t]);
        mesh_.triangles = std::move(kept);
        for (std::size_t v = 0; v < position_.size(); ++v)
            mesh_.positionsMm[v] = glm::vec3(position_[v] + middle_);
        mesh_.normals.clear();
    }

  private:
    void addTriangle(std::uint32_t t) {
        const glm::uvec3 v = mesh_.triangles[t];
        const glm::dvec3 cross = glm::cross(position_[v.y] - position_[v.x], position_[v.z] - position_[v.x]);
        const double length = glm::length(cross);
        if (length <= 0) return;
        const glm::dvec3 n = cross / length;
        for (int k = 0; k < 3; ++k) quadric_[v[k]].addPlane(n, -glm::dot(n, position_[v.x]), length / 2);
        for (int k = 0; k < 3; ++k) {
            const std::uint32_t a = v[k], b = v[(k + 1) % 3];
            if (facesAtEdge(a, b) == 2) continue;
            rim_[a] = rim_[b] = 1;
            const glm::dvec3 along = position_[b] - position_[a], across = glm::cross(along, n);
            const double size = glm::length(across);
            if (size <= 0) continue;
            const glm::dvec3 wall = across / size;
            for (const std::uint32_t end : {a, b})
                quadric_[end].addPlane(wall, -glm::dot(wall, position_[a]),
                                       kRimWeight * glm::dot(along, along));
        }
    }

    [[nodiscard]] bool has(std::uint32_t t, std::uint32_t v) const {
        const glm::uvec3 c = mesh_.triangles[t];
        return c.x == v || c.y == v || c.z == v;
    }
    [[nodiscard]] int facesAtEdge(std::uint32_t a, std::uint32_t b) const {
        return static_cast<int>(
            std::count_if(around_[a].begin(), around_[a].end(), [&](std::uint32_t t) { return has(t, b); }));
    }
    [[nodiscard]] std::vector<std::uint32_t> neighbours(std::uint32_t v) const {
        std::vector<std::uint32_t> out;
        for (const std::uint32_t t : around_[v])
            for (int k = 0; k < 3; ++k)
                if (mesh_.triangles[t][k] != v) out.push_back(mesh_.triangles[t][k]);
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
        return out;
    }

    /// The best place for both ends: the quadric's minimum where it is well defined and near, else the best
    /// of both ends and their middle.
    [[nodiscard]] glm::dvec3 place(std::uint32_t a, std::uint32_t b) const {
        const Quadric q = quadric_[a] + quadric_[b];
        const glm::dvec3 pa = position_[a], pb = position_[b], middle = 0.5 * (pa + pb);
        const glm::dmat3 m = q.matrix();
        const double trace = q.xx + q.yy + q.zz, determinant = glm::determinant(m);
        if (determinant > 1e-6 * trace * trace * trace) {
            const glm::dvec3 best = -(glm::inverse(m) * q.b);
            if (glm::distance(best, middle) <= glm::distance(pa, pb)) return best;
        }
        glm::dvec3 best = middle;
        for (const glm::dvec3& p : {pa, pb})
            if (q.at(p) < q.at(best) * (1 - 1e-9)) best = p;
        return best;
    }

    void push(std::uint32_t a, std::uint32_t b) {
        if (a > b) std::swap(a, b);
        const glm::dvec3 along = position_[b] - position_[a];
        const double length2 = glm::dot(along, along);
        const double cost = (quadric_[a] + quadric_[b]).at(place(a, b)) + kLengthWeight * length2 * length2;
        queue_.push({cost, a, b, stamp_[a], stamp_[b]});
    }

    /// Whether v may move to p: no triangle around it but those with `other` turns over or becomes a sliver.
    [[nodiscard]] bool mayMove(std::uint32_t v, std::uint32_t other, glm::dvec3 p) const {
        for (const std::uint32_t t : around_[v]) {
            if (has(t, other)) continue;
            std::array<glm::dvec3, 3> before, after;
            for (int k = 0; k < 3; ++k) {
                const std::uint32_t c = mesh_.triangles[t][k];
                before[static_cast<std::size_t>(k)] = position_[c];
                after[static_cast<std::size_t>(k)] = c == v ? p : position_[c];
            }
            const glm::dvec3 old = glm::cross(before[1] - before[0], before[2] - before[0]);
            const glm::dvec3 now = glm::cross(after[1] - after[0], after[2] - after[0]);
            const double nowLength = glm::length(now);
            if (glm::dot(old, now) < kMinTurnCosine * glm::length(old) * nowLength) return false;
            double sides = 0;
            for (std::size_t k = 0; k < 3; ++k) {
                const glm::dvec3 side = after[(k + 1) % 3] - after[k];
                sides += glm::dot(side, side);
            }
            if (2 * std::sqrt(3.0) * nowLength < kMinShape * sides) return false;
        }
        return true;
    }

    void collapse(std::uint32_t a, std::uint32_t b) {
        const int faces = facesAtEdge(a, b);
        if (faces < 1 || faces > 2 || (faces == 2 && rim_[a] && rim_[b])) return;
        const std::vector<std::uint32_t> na = neighbours(a), nb = neighbours(b);
        std::vector<std::uint32_t> shared;
        std::set_intersection(na.begin(), na.end(), nb.begin(), nb.end(), std::back_inserter(shared));
        if (shared.size() != static_cast<std::size_t>(faces)) return;  // the link condition
        const glm::dvec3 p = place(a, b);
        if (!mayMove(a, b, p) || !mayMove(b, a, p)) return;

        position_[a] = p;
        quadric_[a] = quadric_[a] + quadric_[b];
        rim_[a] = rim_[a] || rim_[b];
        if (!mesh_.tints.empty()) mesh_.tints[a] = 0.5f * (mesh_.tints[a] + mesh_.tints[b]);
        for (const std::uint32_t t : around_[b]) {
            if (has(t, a)) {
                alive_[t] = 0;
                --left_;
                for (int k = 0; k < 3; ++k)
                    if (const std::uint32_t c = mesh_.triangles[t][k]; c != b) std::erase(around_[c], t);
            } else {
                for (int k = 0; k < 3; ++k)
                    if (mesh_.triangles[t][k] == b) mesh_.triangles[t][k] = a;
                around_[a].push_back(t);
            }
        }
        around_[b].clear();
        around_[b].shrink_to_fit();
        ++stamp_[a], ++stamp_[b];
        for (const std::uint32_t n : neighbours(a)) push(a, n);
    }

    TriMesh& mesh_;
    glm::dvec3 middle_{0};
    std::vector<glm::dvec3> position_;
    std::vector<Quadric> quadric_;
    std::vector<std::uint32_t> stamp_;  ///< raised when a vertex moves: older candidates are void
    std::vector<char> rim_;
    std::vector<std::vector<std::uint32_t>> around_;  ///< live triangles of each vertex
    std::vector<char> alive_;
    std::size_t left_;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> queue_;
};

}  // namespace

void decimate(TriMesh& mesh, std::size_t maxTriangles) {
    if (mesh.triangles.size() <= maxTriangles) return;
    Decimator(mesh).run(maxTriangles);
    dropBadTriangles(mesh);
}

}  // namespace stubble
