// Going down the tree, each node hands on to its children only the points of the line and the edges of the
// region that can matter to one of its places; what lies wholly before the edge or beyond the reach is
// settled there (branch and bound, as in Fukunaga and Narendra, "A branch and bound algorithm for computing
// k-nearest neighbors", 1975).

#include "engine/scalp/hairline_distances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/core/parallel.h"
#include "engine/scalp/chart_curve.h"

namespace stubble {
namespace {

constexpr float kSlackMm = 1e-2f;     // for rounding, where a node is settled as a whole
constexpr float kSlackChart = 1e-4f;  // the same in the chart
constexpr float kFarMm = 1e15f;
constexpr std::size_t kLanes = 8;      // worked on together, whatever a vector unit's width
constexpr std::size_t kTaskLevel = 7;  // of the tree: its nodes are the parallel tasks

struct Edge {
    glm::vec2 a, b;
    bool changed;
};

/// How many elements two lists have in common from their starts, and then from their ends.
template <typename T>
std::pair<std::size_t, std::size_t> commonEnds(const std::vector<T>& a, const std::vector<T>& b) {
    const std::size_t most = std::min(a.size(), b.size());
    std::size_t first = 0, last = 0;
    while (first < most && a[first] == b[first]) ++first;
    while (last < most - first && a[a.size() - 1 - last] == b[b.size() - 1 - last]) ++last;
    return {first, last};
}

}  // namespace

/// What one update goes by. Where neither a point that has moved can be nearest to a place nor the region's
/// edge has moved across it, what was measured before still holds, but for the place along the line.
struct HairlineDistances::Pass {
    HairlineDistances& all;
    const Hairline& hairline;
    float reachMm;
    std::span<std::uint8_t> leafChanged;
    float waveMm, halfStepMm;
    bool sameEdge;                         ///< irregularity and reach are those from before
    std::uint32_t firstMoved, firstAfter;  ///< points that count as moved are [firstMoved, firstAfter)
    std::uint32_t shift;                   ///< of the numbers of points after, modulo 2^32

    /// Points of the line in its order, side by side for vector units, filled up with points far away.
    struct Points {
        std::vector<float> x, y, z;
        std::vector<std::uint32_t> indices;
        std::size_t count = 0;
        void begin(std::size_t most) {
            count = 0;
            const std::size_t size = (most + kLanes) / kLanes * kLanes;
            if (x.size() < size) x.resize(size), y.resize(size), z.resize(size), indices.resize(size);
        }
        void add(glm::vec3 p, std::uint32_t index) {
            x[count] = p.x, y[count] = p.y, z[count] = p.z, indices[count++] = index;
        }
        void finish() {
            for (std::size_t i = count; i % kLanes != 0; ++i) x[i] = y[i] = z[i] = kFarMm;
        }
    };
    /// What can matter to a node.
    struct Lists {
        Points points, gone;  ///< of the line, and those that it has left
        std::vector<Edge> edges, goneEdges;
        std::vector<float> squared;
    };
    using Levels = std::array<Lists, 32>;
    struct Known {
        Side side = Side::mixed, oldSide = Side::mixed;
        bool sameSides = false, sameFeet = false;  ///< as before, for every place
    };

    /// The smallest one; large for none.
    static float squaredDistances(const Points& points, glm::vec3 p, std::vector<float>& squared) {
        if (squared.size() < points.x.size()) squared.resize(points.x.size());
        std::array<float, kLanes> least;
        least.fill(kFarMm * kFarMm);
        for (std::size_t i = 0; i < points.count; i += kLanes) {
            const float* x = points.x.data() + i;
            const float* y = points.y.data() + i;
            const float* z = points.z.data() + i;
            float* out = squared.data() + i;
            std::array<float, kLanes> sums;
            for (std::size_t k = 0; k < kLanes; ++k) {
                const float dx = p.x - x[k], dy = p.y - y[k], dz = p.z - z[k];
                sums[k] = dx * dx + dy * dy + dz * dz;
            }
            for (std::size_t k = 0; k < kLanes; ++k) {
                out[k] = sums[k];
                least[k] = sums[k] < least[k] ? sums[k] : least[k];
            }
        }
        return *std::min_element(least.begin(), least.end());
    }

    static void keepWithin(const Points& given, const std::vector<float>& squared, float withinMm,
                           Points& kept) {
        kept.begin(given.count);
        const float most = withinMm * withinMm;
        for (std::size_t i = 0; i < given.count; ++i) {
            kept.x[kept.count] = given.x[i], kept.y[kept.count] = given.y[i], kept.z[kept.count] = given.z[i];
            kept.indices[kept.count] = given.indices[i];
            kept.count += squared[i] <= most ? 1 : 0;
        }
        kept.finish();
    }

    /// Keeps the edges that a ray from one of the places towards +x may meet.
    static void keepAhead(const std::vector<Edge>& given, const Box& box, std::vector<Edge>& kept) {
        kept.clear();
        for (const Edge& e : given)
            if (std::min(e.a.y, e.b.y) <= box.high.y && std::max(e.a.y, e.b.y) >= box.low.y &&
                std::max(e.a.x, e.b.x) + kSlackChart >= box.low.x)
                kept.push_back(e);
    }

    /// isInside with the edges that matter.
    static bool inside(const std::vector<Edge>& edges, glm::vec2 place) {
        bool in = false;
        for (const Edge& e : edges) in ^= crossesRay(e.a, e.b, place);
        return in;
    }

    [[nodiscard]] std::size_t leavesFrom(std::size_t index, std::size_t level) const {
        const std::size_t inLevel = index + 1 - (std::size_t{1} << level);
        return inLevel * (all.tree_->leafCount() >> level);
    }

    void findSide(std::size_t index, Known& known, const Lists& given, Lists& mine) const {
        if (known.oldSide == Side::mixed) known.oldSide = all.sides_[index];
        if (known.side == Side::mixed) {
            const Box& box = all.boxes_[index];
            keepAhead(given.edges, box, mine.edges);
            bool passes = false, changed = false;
            for (const Edge& e : mine.edges) {
                passes = passes || std::min(e.a.x, e.b.x) - kSlackChart <= box.high.x;
                changed = changed || e.changed;
            }
            if (!known.sameSides) {
                keepAhead(given.goneEdges, box, mine.goneEdges);
                known.sameSides = !changed && mine.goneEdges.empty() && known.oldSide != Side::unknown;
            }
            if (!passes)
                known.side = inside(mine.edges, all.chart_[all.tree_->node(index).begin]) ? Side::behind
                                                                                          : Side::before;
        }
        if (known.side != Side::mixed && known.side == known.oldSide) known.sameSides = true;
        all.sides_[index] = known.side;
    }

    void go(std::size_t index, std::size_t level, Known known, const Lists& given, Levels& levels) const {
        const PlaceTree::Node& node = all.tree_->node(index);
        if (node.begin == node.end) return;
        Lists& mine = levels[level];
        findSide(index, known, given, mine);

        const float nearest = std::sqrt(squaredDistances(given.points, node.centreMm, mine.squared));
        const float within = nearest + 2 * node.radiusMm + kSlackMm;
        keepWithin(given.points, mine.squared, within, mine.points);
        if (!known.sameFeet) {
            squaredDistances(given.gone, node.centreMm, mine.squared);
            keepWithin(given.gone, mine.squared, within, mine.gone);
            const auto* indices = mine.points.indices.data();
            known.sameFeet = mine.gone.count == 0 &&
                             std::none_of(indices, indices + mine.points.count,
                                          [&](auto i) { return i >= firstMoved && i < firstAfter; });
        }
        if (known.sameFeet && known.sameSides && sameEdge) {
            if (mine.points.indices[mine.points.count - 1] < firstMoved) return;
            // All that has changed is how far along the line the places' feet are.
            const std::size_t first = leavesFrom(index, level);
            for (std::size_t leaf = first; leaf < first + (all.tree_->leafCount() >> level); ++leaf)
                if (all.measured_[leaf] != 0) shiftFeet(leaf);
            return;
        }

        const float least = nearest - node.radiusMm - halfStepMm - kSlackMm;
        const bool before = known.side == Side::before && least > waveMm;
        if (before || (known.side == Side::behind && least > waveMm + reachMm)) {
            const std::size_t first = leavesFrom(index, level);
            for (std::size_t leaf = first; leaf < first + (all.tree_->leafCount() >> level); ++leaf)
                settle(leaf, before ? kBefore : reachMm);
        } else if (all.tree_->isLeaf(index)) {
            measure(leavesFrom(index, level), known, mine, levels[level + 1].squared);
        } else {
            go(2 * index + 1, level + 1, known, mine, levels);
            go(2 * index + 2, level + 1, known, mine, levels);
        }
    }

    void settle(std::size_t leaf, float value) const {
        const PlaceTree::Node& node = all.tree_->leaf(leaf);
        if (node.begin == node.end) return;
        if (all.measured_[leaf] == 0 && all.distancesMm_[node.begin] == value) return;
        all.measured_[leaf] = 0;
        set(leaf, [&](std::size_t) { return value; });
    }

    template <typename ValueOf>
    void set(std::size_t leaf, const ValueOf& valueOf) const {
        bool changed = false;
        for (std::size_t s = all.tree_->leaf(leaf).begin; s < all.tree_->leaf(leaf).end; ++s) {
            const float value = valueOf(s);
            changed |= all.distancesMm_[s] != value;
            all.distancesMm_[s] = value;
        }
        if (changed) leafChanged[leaf] = 1;
    }

    void measure(std::size_t leaf, const Known& known, const Lists& lists,
                 std::vector<float>& squared) const {
        const bool reuse = known.sameFeet && all.measured_[leaf] != 0;
        all.measured_[leaf] = 1;
        set(leaf, [&](std::size_t s) {
            PolylineDistance::Foot& foot = all.feet_[s];
            if (!reuse)
                foot = footOf(all.tree_->positionsMm()[s], lists.points, squared);
            else if (foot.point >= firstMoved)
                foot.point += shift;
            const bool behind =
                known.side == Side::mixed ? inside(lists.edges, all.chart_[s]) : known.side == Side::behind;
            all.behind_[s] = behind ? 1 : 0;
            return distanceAt(s);
        });
    }

    void shiftFeet(std::size_t leaf) const {
        set(leaf, [&](std::size_t s) {
            PolylineDistance::Foot& foot = all.feet_[s];
            if (foot.point < firstMoved) return all.distancesMm_[s];
            foot.point += shift;
            return distanceAt(s);
        });
    }

    [[nodiscard]] float distanceAt(std::size_t slot) const {
        const PolylineDistance::Foot& foot = all.feet_[slot];
        const float distance = hairline.signedDistanceMm({foot.distanceMm, hairline.distance().arcMm(foot)},
                                                         all.behind_[slot] != 0);
        return distance < 0 ? kBefore : std::min(distance, reachMm);
    }

    [[nodiscard]] PolylineDistance::Foot footOf(glm::vec3 p, const Points& points,
                                                std::vector<float>& squared) const {
        const float least = squaredDistances(points, p, squared);
        std::size_t best = 0;
        while (squared[best] != least) ++best;
        return hairline.distance().footFrom(p, points.indices[best], std::sqrt(least));
    }
};

HairlineDistances::HairlineDistances(const PlaceTree& tree, const ScalpChart& chart)
    : tree_(&tree),
      chart_(tree.positionsMm().size()),
      boxes_(tree.nodeCount()),
      distancesMm_(tree.positionsMm().size(), std::numeric_limits<float>::max()),
      sides_(tree.nodeCount(), Side::unknown),
      feet_(tree.positionsMm().size()),
      behind_(tree.positionsMm().size()),
      measured_(tree.leafCount(), 1) {
    parallelFor(chart_.size(), [&](std::size_t s) { chart_[s] = chart.chartFromMm(tree.positionsMm()[s]); });
    for (std::size_t index = tree.nodeCount(); index-- > 0;) {
        Box& box = boxes_[index];
        box = {glm::vec2(std::numeric_limits<float>::max()), glm::vec2(std::numeric_limits<float>::lowest())};
        const auto add = [&box](glm::vec2 low, glm::vec2 high) {
            box.low = glm::min(box.low, low), box.high = glm::max(box.high, high);
        };
        if (tree.isLeaf(index))
            for (std::size_t s = tree.node(index).begin; s < tree.node(index).end; ++s)
                add(chart_[s], chart_[s]);
        else
            for (const std::size_t child : {2 * index + 1, 2 * index + 2})
                add(boxes_[child].low, boxes_[child].high);
    }
}

void HairlineDistances::update(const Hairline& hairline, float reachMm, std::span<std::uint8_t> leafChanged) {
    static const std::vector<glm::vec3> kNoLine;
    static const std::vector<glm::vec2> kNoRegion;
    const std::vector<glm::vec3>& line = hairline.distance().pointsMm();
    const std::vector<glm::vec3>& oldLine = hairline_ ? hairline_->distance().pointsMm() : kNoLine;
    const std::vector<glm::vec2>& region = hairline.region();
    const std::vector<glm::vec2>& oldRegion = hairline_ ? hairline_->region() : kNoRegion;
    if (chart_.empty() || line.empty()) return;

    float longest = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        longest = std::max(longest, glm::distance(line[i - 1], line[i]));
    // A point beside one that has moved counts as moved: the segment between them has.
    const auto [first, last] = commonEnds(line, oldLine);
    const bool sameLine = first == line.size() && first == oldLine.size();
    const std::size_t moved = sameLine ? first : first - std::min<std::size_t>(first, 1);
    const auto after = [&, kept = last](std::size_t size) { return size - kept + (kept > 0 ? 1 : 0); };
    const Pass pass{*this,
                    hairline,
                    reachMm,
                    leafChanged,
                    hairline.maxWaveMm(),
                    0.5f * longest,
                    hairline_ && reachMm == reachMm_ && hairline.hasEdgeOf(*hairline_),
                    static_cast<std::uint32_t>(moved),
                    static_cast<std::uint32_t>(sameLine ? moved : after(line.size())),
                    static_cast<std::uint32_t>(line.size() - oldLine.size())};
    Pass::Lists whole;
    whole.points.begin(line.size());
    for (std::uint32_t i = 0; i < line.size(); ++i) whole.points.add(line[i], i);
    whole.points.finish();
    whole.gone.begin(oldLine.size());
    if (!sameLine)
        for (std::size_t i = moved; i < after(oldLine.size()); ++i) whole.gone.add(oldLine[i], 0);
    whole.gone.finish();
    const auto [firstCorners, lastCorners] = commonEnds(region, oldRegion);
    const auto addEdges = [&, kept = firstCorners, keptLast = lastCorners](
                              const std::vector<glm::vec2>& of, std::vector<Edge>& edges, bool all) {
        const auto stays = [&](std::size_t i) { return i < kept || i >= of.size() - keptLast; };
        for (std::size_t i = 0, j = of.size() - 1; i < of.size(); j = i++) {
            // Two that stay with none between them that has gone; the closing edge, where both ends do.
            const bool changed =
                i == 0 ? kept == 0 || keptLast == 0 : !stays(i) || !stays(j) || (i == kept && j + 1 == kept);
            if (all || changed) edges.push_back({of[i], of[j], changed});
        }
    };
    addEdges(region, whole.edges, true);
    addEdges(oldRegion, whole.goneEdges, false);

    // From the level at which there are enough tasks; each starts with the whole line.
    std::size_t level = 0;
    while (level < kTaskLevel && (tree_->leafCount() >> level) > 1) ++level;
    parallelFor(
        std::size_t{1} << level,
        [&](std::size_t k) {
            thread_local Pass::Levels levels;
            pass.go((std::size_t{1} << level) - 1 + k, level, {}, whole, levels);
        },
        1);
    hairline_ = hairline;
    reachMm_ = reachMm;
}

}  // namespace stubble
