// Isotropic remeshing: split long edges, collapse short ones, flip towards valence six, relax in the tangent
// plane, project back to the surface. Method: Mario Botsch and Leif Kobbelt, "A Remeshing Approach to
// Multiresolution Modeling", SGP 2004.
#include "remesh.h"

#include <algorithm>
#include <cmath>

namespace stubble::bake {
namespace {

constexpr double kFoldCosine = 0.2;

class Remesher {
  public:
    Remesher(const Mesh& m, const HeadField& field, const SizeField& size) : field_(field), size_(size) {
        p_ = m.positions;
        t_ = m.triangles;
        alive_.assign(t_.size(), 1);
        around_.resize(p_.size());
        for (size_t f = 0; f < t_.size(); ++f)
            for (const int v : t_[f]) around_[u(v)].push_back(static_cast<int>(f));
        refreshSizes();
    }

    void splitLong() {
        for (const auto& [a, b] : edges()) {
            const double want = 0.5 * (s_[u(a)] + s_[u(b)]);
            if (glm::distance(p_[u(a)], p_[u(b)]) > want * 4.0 / 3.0) split(a, b);
        }
    }

    void collapseShort() {
        for (const auto& [a, b] : edges()) {
            if (around_[u(a)].empty() || around_[u(b)].empty()) continue;
            const double want = 0.5 * (s_[u(a)] + s_[u(b)]);
            if (glm::distance(p_[u(a)], p_[u(b)]) < want * 0.8) collapse(a, b);
        }
    }

    void flipEdges() {
        for (const auto& [a, b] : edges()) flip(a, b);
    }

    void relax(bool move) {
        const int n = static_cast<int>(p_.size());
        std::vector<glm::dvec3> q = p_;
        parallelFor(n, [&](int i) {
            if (around_[u(i)].empty()) return;
            glm::dvec3 sum(0.0), normal(0.0);
            double weight = 0.0;
            for (const int f : around_[u(i)]) {
                const Triangle& t = t_[u(f)];
                const glm::dvec3 c = cross(f);
                // Weighing by area over the wanted area keeps the grading of sizes in place.
                const double w = glm::length(c) / (s_[u(t[0])] * s_[u(t[1])] + 1e-9);
                sum += w * (p_[u(t[0])] + p_[u(t[1])] + p_[u(t[2])]) / 3.0;
                normal += c;
                weight += w;
            }
            if (move && weight > 0.0 && glm::length(normal) > 1e-12) {
                normal = glm::normalize(normal);
                const glm::dvec3 d = sum / weight - p_[u(i)];
                q[u(i)] = p_[u(i)] + 0.7 * (d - normal * glm::dot(normal, d));
            }
            q[u(i)] = field_.project(q[u(i)]);
        });
        p_.swap(q);
        refreshSizes();
    }

    // In a crevice narrower than an edge, projection can throw a vertex to the far wall and fold the mesh
    // over. Such spots are drawn to the mean of their neighbours until no triangle lies against its
    // surroundings; one that will not yield is collapsed.
    void unfold() {
        for (int round = 0; round < 30; ++round) {
            std::vector<glm::dvec3> normal(p_.size(), glm::dvec3(0.0));
            for (size_t f = 0; f < t_.size(); ++f)
                if (alive_[f])
                    for (const int v : t_[f]) normal[u(v)] += cross(static_cast<int>(f));
            auto against = [](const glm::dvec3& a, const glm::dvec3& b) {
                return glm::dot(a, b) <= kFoldCosine * glm::length(a) * glm::length(b);
            };
            std::vector<int> folded;
            for (size_t f = 0; f < t_.size(); ++f) {
                if (!alive_[f]) continue;
                const Triangle& t = t_[f];
                const glm::dvec3 c = cross(static_cast<int>(f));
                bool bad = false;
                for (size_t k = 0; k < 3 && !bad; ++k) {
                    int f0, f1;
                    bad = against(c, normal[u(t[k])]);
                    if (!bad && wings(t[k], t[(k + 1) % 3], f0, f1)) bad = against(cross(f0), cross(f1));
                }
                if (bad) folded.push_back(static_cast<int>(f));
            }
            if (folded.empty()) return;
            std::vector<glm::dvec3> q = p_;
            for (const int f : folded) {
                for (const int v : t_[u(f)]) {
                    const std::vector<int> r = ring(v);
                    q[u(v)] = glm::dvec3(0.0);
                    for (const int w : r) q[u(v)] += p_[u(w)] / static_cast<double>(r.size());
                }
            }
            p_.swap(q);
            if (round % 5 != 4) continue;
            for (const int f : folded)
                if (alive_[u(f)]) collapseShortest(f);
        }
    }

    Mesh result() const {
        Mesh out;
        std::vector<int> index(p_.size(), -1);
        for (size_t f = 0; f < t_.size(); ++f) {
            if (!alive_[f]) continue;
            Triangle t = t_[f];
            for (int& v : t) {
                if (index[u(v)] < 0) {
                    index[u(v)] = static_cast<int>(out.positions.size());
                    out.positions.push_back(p_[u(v)]);
                }
                v = index[u(v)];
            }
            out.triangles.push_back(t);
        }
        return out;
    }

  private:
    static size_t u(int i) { return static_cast<size_t>(i); }

    void refreshSizes() {
        s_.resize(p_.size());
        parallelFor(static_cast<int>(p_.size()), [&](int i) { s_[u(i)] = size_(p_[u(i)]); });
    }

    std::vector<std::pair<int, int>> edges() const {
        std::vector<std::pair<int, int>> e;
        for (size_t f = 0; f < t_.size(); ++f) {
            if (!alive_[f]) continue;
            for (size_t k = 0; k < 3; ++k) {
                const int a = t_[f][k], b = t_[f][(k + 1) % 3];
                if (a < b) e.emplace_back(a, b);
            }
        }
        return e;
    }

    static glm::dvec3 cross(const glm::dvec3& a, const glm::dvec3& b, const glm::dvec3& c) {
        return glm::cross(b - a, c - a);
    }
    glm::dvec3 cross(int f) const {
        const Triangle& t = t_[u(f)];
        return cross(p_[u(t[0])], p_[u(t[1])], p_[u(t[2])]);
    }

    static bool has(const Triangle& t, int v) { return t[0] == v || t[1] == v || t[2] == v; }
    static int opposite(const Triangle& t, int a, int b) {
        for (const int v : t)
            if (v != a && v != b) return v;
        return -1;
    }
    // The two triangles at an edge; false if the edge is gone.
    bool wings(int a, int b, int& f0, int& f1) const {
        f0 = f1 = -1;
        for (const int f : around_[u(a)]) {
            if (!has(t_[u(f)], b)) continue;
            if (f0 < 0)
                f0 = f;
            else
                f1 = f;
        }
        return f1 >= 0;
    }
    std::vector<int> ring(int v) const {
        std::vector<int> r;
        for (const int f : around_[u(v)])
            for (const int w : t_[u(f)])
                if (w != v) r.push_back(w);
        std::sort(r.begin(), r.end());
        r.erase(std::unique(r.begin(), r.end()), r.end());
        return r;
    }
    void drop(int v, int f) {
        auto& l = around_[u(v)];
        l.erase(std::find(l.begin(), l.end(), f));
    }

    void split(int a, int b) {
        int f0, f1;
        if (!wings(a, b, f0, f1)) return;
        const int m = static_cast<int>(p_.size());
        p_.push_back(0.5 * (p_[u(a)] + p_[u(b)]));
        s_.push_back(0.5 * (s_[u(a)] + s_[u(b)]));
        around_.emplace_back();
        for (const int f : {f0, f1}) {
            const int c = opposite(t_[u(f)], a, b);
            Triangle half = t_[u(f)];
            for (int& v : half)
                if (v == a) v = m;  // this half keeps b
            for (int& v : t_[u(f)])
                if (v == b) v = m;  // and the old triangle keeps a
            const int g = static_cast<int>(t_.size());
            t_.push_back(half);
            alive_.push_back(1);
            drop(b, f);
            around_[u(b)].push_back(g);
            around_[u(c)].push_back(g);
            around_[u(m)].push_back(f);
            around_[u(m)].push_back(g);
        }
    }

    void collapseShortest(int f) {
        const Triangle t = t_[u(f)];
        size_t best = 0;
        auto side = [&](size_t k) { return glm::distance(p_[u(t[k])], p_[u(t[(k + 1) % 3])]); };
        for (size_t k = 1; k < 3; ++k)
            if (side(k) < side(best)) best = k;
        collapse(t[best], t[(best + 1) % 3], false);
    }

    void collapse(int a, int b, bool keepNormals = true) {
        int f0, f1;
        if (!wings(a, b, f0, f1)) return;
        const std::vector<int> ra = ring(a), rb = ring(b);
        std::vector<int> common;
        std::set_intersection(ra.begin(), ra.end(), rb.begin(), rb.end(), std::back_inserter(common));
        if (common.size() != 2 || ra.size() + rb.size() < (keepNormals ? 10u : 7u)) return;  // link condition
        for (const int c : common)
            if (around_[u(c)].size() <= 3) return;
        const glm::dvec3 to = 0.5 * (p_[u(a)] + p_[u(b)]);
        const double want = s_[u(a)];
        for (const auto* r : {&ra, &rb})
            for (const int w : *r)
                if (w != a && w != b && glm::distance(p_[u(w)], to) > want * 4.0 / 3.0) return;
        for (const int v : {a, b}) {
            for (const int f : around_[u(v)]) {
                if (f == f0 || f == f1 || !keepNormals) continue;
                glm::dvec3 q[3];
                for (size_t k = 0; k < 3; ++k) q[k] = t_[u(f)][k] == v ? to : p_[u(t_[u(f)][k])];
                const glm::dvec3 before = cross(f), after = cross(q[0], q[1], q[2]);
                if (glm::dot(before, after) < 0.5 * glm::length(before) * glm::length(after)) return;
            }
        }
        p_[u(a)] = to;
        for (const int f : {f0, f1}) {
            alive_[u(f)] = 0;
            for (const int v : t_[u(f)]) drop(v, f);
        }
        for (const int f : around_[u(b)]) {
            for (int& v : t_[u(f)])
                if (v == b) v = a;
            around_[u(a)].push_back(f);
        }
        around_[u(b)].clear();
    }

    void flip(int a, int b) {
        int f0, f1;
        if (!wings(a, b, f0, f1)) return;
        const int c = opposite(t_[u(f0)], a, b), d = opposite(t_[u(f1)], a, b);
        if (c == d) return;
        auto off = [&](int v, int change) {
            const int e = static_cast<int>(around_[u(v)].size()) + change - 6;
            return e * e;
        };
        const int before = off(a, 0) + off(b, 0) + off(c, 0) + off(d, 0);
        const int after = off(a, -1) + off(b, -1) + off(c, 1) + off(d, 1);
        if (after >= before || around_[u(a)].size() <= 3 || around_[u(b)].size() <= 3) return;
        int g0, g1;
        if (wings(c, d, g0, g1)) return;
        // Keep the winding: f0 runs a->b or b->a.
        Triangle n0 = t_[u(f0)], n1 = t_[u(f1)];
        for (int& v : n0)
            if (v == b) v = d;
        for (int& v : n1)
            if (v == a) v = c;
        const glm::dvec3 o0 = cross(f0), o1 = cross(f1);
        const glm::dvec3 x0 = cross(p_[u(n0[0])], p_[u(n0[1])], p_[u(n0[2])]),
                         x1 = cross(p_[u(n1[0])], p_[u(n1[1])], p_[u(n1[2])]);
        const glm::dvec3 n = glm::normalize(o0 + o1 + glm::dvec3(1e-30));
        if (glm::dot(x0, n) < 0.6 * glm::length(x0) || glm::dot(x1, n) < 0.6 * glm::length(x1)) return;
        if (glm::length(x0) < 1e-6 || glm::length(x1) < 1e-6) return;
        t_[u(f0)] = n0;
        t_[u(f1)] = n1;
        drop(b, f0);
        drop(a, f1);
        around_[u(d)].push_back(f0);
        around_[u(c)].push_back(f1);
    }

    const HeadField& field_;
    const SizeField& size_;
    std::vector<glm::dvec3> p_;
    std::vector<double> s_;
    std::vector<Triangle> t_;
    std::vector<char> alive_;
    std::vector<std::vector<int>> around_;
};

}  // namespace

Mesh remesh(const Mesh& coarse, const HeadField& field, const SizeField& edgeLength, int rounds) {
    Remesher r(coarse, field, edgeLength);
    for (int i = 0; i < rounds; ++i) {
        r.splitLong();
        r.collapseShort();
        r.flipEdges();
        r.relax(true);
    }
    r.relax(false);
    r.unfold();
    return r.result();
}

}  // namespace stubble::bake
