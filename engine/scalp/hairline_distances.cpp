// Going down the tree, each node hands on to its children only the points of the line and the edges of the
// region that can matter to one of its places; what lies wholly before the edge or beyond the reach is
// settled there (branch and bound, as in Fukunaga and Narendra, "A branch and bound algorithm for computing
// k-nearest neighbors", 1975).

#include "engine/scalp/hairline_distances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/core/parallel.h"
#include "engine/scalp/chart_curve.h"

namespace stubble {
namespace {

constexpr float kSlackMm = 1e-2f;      // for rounding, where a node is settled as a whole
constexpr float kSlackChart = 1e-4f;   // the same in the chart
constexpr std::size_t kTaskLevel = 7;  // of the tree: its nodes are the parallel tasks

struct Edge {
    glm::vec2 a, b;
};

}  // namespace

/// What one update goes by, and one task's lists: of each level, so that nothing is allocated on the way.
struct HairlineDistances::Pass {
    HairlineDistances& all;
    const Hairline& hairline;
    float reachMm;
    std::span<std::uint8_t> leafChanged;
    float waveMm, halfStepMm;

    /// Points of the line, side by side for vector units.
    struct Points {
        std::vector<float> x, y, z;
        std::vector<std::uint32_t> indices;
        void clear() { x.clear(), y.clear(), z.clear(), indices.clear(); }
        void add(glm::vec3 p, std::uint32_t index) {
            x.push_back(p.x), y.push_back(p.y), z.push_back(p.z), indices.push_back(index);
        }
    };
    struct Lists {
        Points points;
        std::vector<Edge> edges;
        std::vector<float> squared;
    };
    using Levels = std::array<Lists, 32>;

    static void squaredDistances(const Points& points, glm::vec3 p, std::vector<float>& squared) {
        const std::size_t count = points.x.size();
        squared.resize(count);
        const float* x = points.x.data();
        const float* y = points.y.data();
        const float* z = points.z.data();
        float* out = squared.data();
        for (std::size_t i = 0; i < count; ++i) {
            const float dx = p.x - x[i], dy = p.y - y[i], dz = p.z - z[i];
            out[i] = dx * dx + dy * dy + dz * dz;
        }
    }

    void settle(std::size_t firstLeaf, std::size_t leaves, float value) const {
        float* distances = all.distancesMm_.data();
        for (std::size_t leaf = firstLeaf; leaf < firstLeaf + leaves; ++leaf) {
            const PlaceTree::Node& node = all.tree_->leaf(leaf);
            bool changed = false;
            for (std::size_t s = node.begin; s < node.end; ++s) {
                changed |= distances[s] != value;
                distances[s] = value;
            }
            if (changed) leafChanged[leaf] = 1;
        }
    }

    enum class Side { before, behind, mixed };

    void go(std::size_t index, std::size_t level, Side side, Levels& levels) const {
        const PlaceTree::Node& node = all.tree_->node(index);
        if (node.begin == node.end) return;
        const Lists& given = levels[level];
        Lists& mine = levels[level + 1];
        // Which edges of the region does a ray from one of the places towards +x meet, and does one of them
        // pass between the places?
        if (side == Side::mixed) {
            const Box& box = all.boxes_[index];
            bool passes = false;
            mine.edges.clear();
            for (const Edge& e : given.edges) {
                const glm::vec2 low = glm::min(e.a, e.b), high = glm::max(e.a, e.b);
                if (low.y > box.high.y || high.y < box.low.y || high.x + kSlackChart < box.low.x) continue;
                mine.edges.push_back(e);
                passes = passes || low.x - kSlackChart <= box.high.x;
            }
            if (!passes) side = inside(mine.edges, all.chart_[node.begin]) ? Side::behind : Side::before;
        }
        std::vector<float>& squared = mine.squared;
        squaredDistances(given.points, node.centreMm, squared);
        const float nearest = std::sqrt(*std::min_element(squared.begin(), squared.end()));
        const float least = nearest - node.radiusMm - halfStepMm - kSlackMm;
        const bool settledBefore = side == Side::before && least > waveMm;
        if (settledBefore || (side == Side::behind && least > waveMm + reachMm)) {
            settle(leavesFrom(index, level), all.tree_->leafCount() >> level,
                   settledBefore ? kBefore : reachMm);
            return;
        }
        const float within = nearest + 2 * node.radiusMm + kSlackMm;
        mine.points.clear();
        for (std::size_t i = 0; i < squared.size(); ++i)
            if (squared[i] <= within * within)
                mine.points.add({given.points.x[i], given.points.y[i], given.points.z[i]},
                                given.points.indices[i]);
        if (!all.tree_->isLeaf(index)) {
            go(2 * index + 1, level + 1, side, levels);
            go(2 * index + 2, level + 1, side, levels);
            return;
        }
        bool changed = false;
        for (std::size_t s = node.begin; s < node.end; ++s) {
            const float value = at(s, side, mine, levels[level + 2].squared);
            changed |= all.distancesMm_[s] != value;
            all.distancesMm_[s] = value;
        }
        if (changed) leafChanged[leavesFrom(index, level)] = 1;
    }

    float at(std::size_t slot, Side side, const Lists& lists, std::vector<float>& squared) const {
        const glm::vec3 p = all.tree_->positionsMm()[slot];
        squaredDistances(lists.points, p, squared);
        std::size_t best = 0;
        for (std::size_t i = 1; i < squared.size(); ++i)
            if (squared[i] < squared[best]) best = i;
        const PolylineDistance::Nearest nearest =
            hairline.distance().fromPoint(p, lists.points.indices[best], std::sqrt(squared[best]));
        const bool behind =
            side == Side::mixed ? inside(lists.edges, all.chart_[slot]) : side == Side::behind;
        const float distance = hairline.signedDistanceMm(nearest, behind);
        return distance < 0 ? kBefore : std::min(distance, reachMm);
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
};

HairlineDistances::HairlineDistances(const PlaceTree& tree, const ScalpChart& chart)
    : tree_(&tree),
      chart_(tree.positionsMm().size()),
      boxes_(tree.nodeCount()),
      distancesMm_(tree.positionsMm().size(), std::numeric_limits<float>::max()) {
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
    const std::vector<glm::vec3>& line = hairline.distance().pointsMm();
    if (chart_.empty() || line.empty()) return;
    float longest = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        longest = std::max(longest, glm::distance(line[i - 1], line[i]));
    const Pass pass{*this, hairline, reachMm, leafChanged, hairline.maxWaveMm(), 0.5f * longest};
    Pass::Lists whole;
    for (std::uint32_t i = 0; i < line.size(); ++i) whole.points.add(line[i], i);
    const std::vector<glm::vec2>& region = hairline.region();
    for (std::size_t i = 0, j = region.size() - 1; i < region.size(); j = i++)
        whole.edges.push_back({region[i], region[j]});

    // From the level at which there are enough tasks; each starts with the whole line.
    std::size_t level = 0;
    while (level < kTaskLevel && (tree_->leafCount() >> level) > 1) ++level;
    parallelFor(
        std::size_t{1} << level,
        [&](std::size_t k) {
            thread_local Pass::Levels levels;
            levels[level] = whole;
            pass.go((std::size_t{1} << level) - 1 + k, level, Pass::Side::mixed, levels);
        },
        1);
}

}  // namespace stubble
