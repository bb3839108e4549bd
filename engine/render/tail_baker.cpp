// A pyramid of grids, each twice as coarse as the one before. Each of the shared tails is drawn where it is a
// little wider than a texel, a few dozen texels a dot, and brought up by quadratic B-spline subdivision
// (Chaikin, "An algorithm for high-speed curve generation", 1974), which is exact for a spline; what the
// steps and the last, linear read add to its variance is left out at the drawing.
#include "engine/render/tail_baker.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/render/skull_height.h"
#include "engine/render/tail_grid.h"

namespace stubble {
namespace {

/// Texels a sigma of the narrowest tail in the finished picture: a linear read then strays by less than a
/// hundredth of its peak.
constexpr float kFinestTexelsPerSigma = 2.25f;
/// And of any tail in the grid that it is drawn in.
constexpr float kTexelsPerSigma = 0.95f;
constexpr int kMaxSide = 2048;             // but for what fills the outermost blocks
constexpr float kStepVariance = 0.75f;     // of one subdivision, finer texels²
constexpr float kReadVariance = 1.0f / 6;  // of the linear read, finest texels²
constexpr std::size_t kNarrowest = 0;      // of kTailSigmaMm
static_assert(std::is_sorted(kTailSigmaMm.begin(), kTailSigmaMm.end()));

/// Dots this far over or under the skin that the field lies on stand in another part of the head, mm.
constexpr float kOtherSkinMm = 5;  // as in tail_field.cpp

/// Where a field lies.
struct Window {
    float texelMm = 0;
    glm::ivec2 firstBlock{0}, blocks{0};  ///< of a lattice that is fixed in the map
    bool operator==(const Window&) const = default;
};

Window windowOf(const MapRect& rect) {
    constexpr int kMargin = 16;      // finest texels, all round, that no tail reaches
    constexpr float kStep = 1.125f;  // so that dots which come and go hardly ever change the texels' size
    Window window;
    window.texelMm = kTailSigmaMm[kNarrowest] / kFinestTexelsPerSigma;
    const glm::vec2 extentMm = rect.highMm - rect.lowMm;
    while (std::max(extentMm.x, extentMm.y) > window.texelMm * (kMaxSide - 2 * kMargin))
        window.texelMm *= kStep;
    const auto blockAt = [&](glm::vec2 placeMm) {
        return glm::ivec2(glm::floor(placeMm / (window.texelMm * TailField::kBlock)));
    };
    const float marginMm = kMargin * window.texelMm;
    window.firstBlock = blockAt(rect.lowMm - marginMm);
    window.blocks = blockAt(rect.highMm + marginMm) + 1 - window.firstBlock;
    // Drivers may make programs anew for sides that are powers of two (engine/render/speck.cpp).
    for (int k = 0; k < 2; ++k)
        if (std::has_single_bit(static_cast<unsigned>(window.blocks[k]))) ++window.blocks[k];
    return window;
}

}  // namespace

TailDot::TailDot(const TailMap& map, const SkinDot& dot)
    : placeMm(map.mapMm(dot.positionMm)), heightMm(map.heightMm(dot.positionMm)), loss(dot.profile.tailLoss) {
    const glm::mat2x3 rows = map.gradients(dot.positionMm);
    const glm::vec3 gx = rows[0] - glm::dot(rows[0], dot.normal) * dot.normal,
                    gy = rows[1] - glm::dot(rows[1], dot.normal) * dot.normal;
    covariance = {glm::dot(gx, gx), glm::dot(gx, gy), glm::dot(gy, gy)};
    reachMm = (kTailReach * kTailSigmaMm.back()) * glm::sqrt(glm::vec2(covariance.x, covariance.z));
    if (glm::dot(dot.normal, dot.positionMm - map.centreMm) > 0)
        areaRatio = std::sqrt(std::max(covariance.x * covariance.z - covariance.y * covariance.y, 0.0f));
}

struct TailBaker::State {
    const Head* head;
    TailField field;
    Window window;
    std::array<int, kTailLobes> levels{};  ///< that the tails are drawn in
    std::vector<TailLayer> layers;         ///< by level, the finest first
    std::vector<TailSums> sums;            ///< by level: what is drawn in it; empty where nothing is
    std::vector<TailGrid> grids;           ///< and all from there on; the finest needs none without sums
    std::vector<float> heights;            ///< of the coarsest grid
    /// By tail and block: the dots to be drawn that may reach it.
    std::array<std::vector<std::vector<const TailDot*>>, kTailLobes> members;

    [[nodiscard]] std::size_t blockCount() const {
        return static_cast<std::size_t>(window.blocks.x) * static_cast<std::size_t>(window.blocks.y);
    }
    [[nodiscard]] glm::ivec2 blockAt(std::size_t i) const {
        const int index = static_cast<int>(i);
        return {index % window.blocks.x, index / window.blocks.x};
    }
    [[nodiscard]] TexelRect rectOf(std::size_t block, std::size_t level) const {
        const int side = TailField::kBlock >> level;
        const glm::ivec2 from = blockAt(block) * side;
        return {from, from + side - 1};
    }

    void layOut(const Window& wanted);
    void findMembers(std::span<const TailDot* const> dots, std::size_t lobe);
    [[nodiscard]] bool isStray(const TailDot& dot) const;
    void drawBlock(std::size_t block, std::size_t level, bool anew);
    void draw(std::span<const TailDot* const> dots, bool all);
};

TailBaker::TailBaker(const Head& head, const TailMap& map) : state_(std::make_unique<State>()) {
    state_->head = &head;
    state_->field.map = map;
}
TailBaker::~TailBaker() = default;
TailBaker::TailBaker(TailBaker&&) noexcept = default;
TailBaker& TailBaker::operator=(TailBaker&&) noexcept = default;

void TailBaker::State::layOut(const Window& wanted) {
    window = wanted;
    field.texelMm = window.texelMm;
    field.cornerMm = glm::vec2(window.firstBlock * TailField::kBlock) * window.texelMm;
    const glm::ivec2 size = window.blocks * TailField::kBlock;
    field.width = size.x, field.height = size.y;
    field.blocks.assign(blockCount(), {});
    for (std::size_t k = 0; k < kTailLobes; ++k)
        levels[k] = std::max(
            static_cast<int>(std::floor(std::log2(kTailSigmaMm[k] / (kTexelsPerSigma * window.texelMm)))), 0);
    layers.clear(), sums.clear(), grids.clear();
    for (int level = 0; level <= levels.back(); ++level) {
        const float texels = static_cast<float>(1 << level);
        TailLayer& layer = layers.emplace_back(TailLayer{
            texels * window.texelMm, kReadVariance / (texels * texels), field.cornerMm, size / (1 << level)});
        for (int step = 1; step <= level; ++step)
            layer.addedVariance += kStepVariance / static_cast<float>(1 << (2 * step));
        const bool isDrawnIn = std::ranges::find(levels, level) != levels.end();
        const auto side = [&](bool isNeeded) { return isNeeded ? layer.size : glm::ivec2(0); };
        const glm::ivec2 drawn = side(isDrawnIn), all = side(isDrawnIn || level > 0);
        sums.emplace_back(drawn.x, drawn.y), grids.emplace_back(all.x, all.y);
    }
    heights = skullHeights(*head, field.map, field.cornerMm, layers.back().texelMm, layers.back().size.x,
                           layers.back().size.y);
    for (auto& lists : members) lists.assign(blockCount(), {});
}

void TailBaker::State::findMembers(std::span<const TailDot* const> dots, std::size_t lobe) {
    for (auto& list : members[lobe]) list.clear();
    const TailLayer& layer = layers[static_cast<std::size_t>(levels[lobe])];
    const float blockMm = TailField::kBlock * window.texelMm;
    const float narrower = kTailSigmaMm[lobe] / kTailSigmaMm.back(), leastMm = kTailReach * layer.texelMm;
    for (const TailDot* dot : dots) {
        if (dot->loss[lobe] == glm::vec3(0)) continue;
        // At least what stampOf makes of it.
        const glm::vec2 reachMm = glm::max(narrower * dot->reachMm, glm::vec2(leastMm));
        const glm::vec2 place = dot->placeMm - layer.cornerMm;
        const glm::ivec2 from = glm::max(glm::ivec2(glm::floor((place - reachMm) / blockMm)), glm::ivec2(0));
        const glm::ivec2 to =
            glm::min(glm::ivec2(glm::floor((place + reachMm) / blockMm)), window.blocks - 1);
        for (int y = from.y; y <= to.y; ++y)
            for (int x = from.x; x <= to.x; ++x)
                members[lobe][static_cast<std::size_t>(y * window.blocks.x + x)].push_back(dot);
    }
}

/// Dots that do not stand in the skin which the field lies on take nothing from it.
bool TailBaker::State::isStray(const TailDot& dot) const {
    const TailLayer& layer = layers.back();
    const glm::ivec2 texel((dot.placeMm - layer.cornerMm) / layer.texelMm);
    return std::abs(dot.heightMm - heights[static_cast<std::size_t>(texel.y * layer.size.x + texel.x)]) >
           kOtherSkinMm;
}

void TailBaker::State::drawBlock(std::size_t block, std::size_t level, bool anew) {
    const TexelRect rect = rectOf(block, level);
    TailGrid& grid = grids[level];
    if (level + 1 == grids.size()) {
        for (int y = rect.from.y; y <= rect.to.y; ++y)
            for (int x = rect.from.x; x <= rect.to.x; ++x)
                grid.row(y)[x] = Float4{0, 0, 0, heights[static_cast<std::size_t>(y * grid.width + x)]};
    } else {
        refine(grids[level + 1], rect, [&](int x, int y, Float4 value) { grid.row(y)[x] = value; });
    }
    TailSums& drawn = sums[level];
    if (drawn.width == 0) return;
    for (int y = rect.from.y; anew && y <= rect.to.y; ++y)
        std::fill(drawn.row(y) + rect.from.x, drawn.row(y) + rect.to.x + 1, Int4{});
    for (std::size_t lobe = 0; lobe < kTailLobes; ++lobe)
        if (levels[lobe] == static_cast<int>(level))
            for (const TailDot* dot : members[lobe][block]) drawTail(drawn, layers[level], *dot, lobe, rect);
    for (int y = rect.from.y; y <= rect.to.y; ++y)
        for (int x = rect.from.x; x <= rect.to.x; ++x)
            grid.row(y)[x] += kTailPart * __builtin_convertvector(drawn.row(y)[x], Float4);
}

/// Draws these dots where `all`, and else adds them.
void TailBaker::State::draw(std::span<const TailDot* const> dots, bool all) {
    std::vector<const TailDot*> drawn(dots.begin(), dots.end());
    parallelFor(drawn.size(), [&](std::size_t i) {
        if (drawn[i]->areaRatio <= 0 || isStray(*drawn[i])) drawn[i] = nullptr;
    });
    std::erase(drawn, nullptr);
    parallelFor(
        kTailLobes, [&](std::size_t lobe) { findMembers(drawn, lobe); }, 1);

    // Which texels of a grid's blocks have changed: with those of the eight around them, a bit each for the
    // blocks that read them as they are refined.
    const std::size_t count = blockCount();
    std::vector<std::array<std::uint8_t, 9>> reads(count);  // by direction towards the reader; 4: itself
    for (std::size_t level = grids.size(); level-- > 0;) {
        std::vector<std::uint32_t> dirty;
        for (std::size_t block = 0; block < count; ++block) {
            bool isDirty = all;
            for (std::size_t lobe = 0; lobe < kTailLobes; ++lobe)
                isDirty =
                    isDirty || (levels[lobe] == static_cast<int>(level) && !members[lobe][block].empty());
            for (int way = 0; way < 9 && !isDirty; ++way) {
                const glm::ivec2 from = blockAt(block) - glm::ivec2(way % 3 - 1, way / 3 - 1);
                if (glm::any(glm::lessThan(from, glm::ivec2(0))) ||
                    glm::any(glm::greaterThanEqual(from, window.blocks)))
                    continue;
                isDirty = reads[static_cast<std::size_t>(from.y * window.blocks.x + from.x)]
                               [static_cast<std::size_t>(way)] != 0;
            }
            if (isDirty) dirty.push_back(static_cast<std::uint32_t>(block));
        }
        for (auto& bits : reads) bits.fill(0);
        parallelFor(
            dirty.size(),
            [&](std::size_t d) {
                const std::size_t block = dirty[d];
                const TexelRect rect = rectOf(block, level);
                TailGrid& grid = grids[level];
                if (level == 0) {
                    std::vector<TailField::Texel> texels;
                    texels.reserve(static_cast<std::size_t>(TailField::kBlock) * TailField::kBlock);
                    if (grid.width > 0) {
                        drawBlock(block, level, all);
                        for (int y = rect.from.y; y <= rect.to.y; ++y)
                            for (int x = rect.from.x; x <= rect.to.x; ++x)
                                texels.push_back(halvesOf(grid.row(y)[x]));
                    } else {
                        refine(grids[1], rect,
                               [&](int, int, Float4 value) { texels.push_back(halvesOf(value)); });
                    }
                    field.blocks[block] = std::move(texels);
                    return;
                }
                std::vector<Float4> before;
                for (int y = rect.from.y; y <= rect.to.y; ++y)
                    before.insert(before.end(), grid.row(y) + rect.from.x, grid.row(y) + rect.to.x + 1);
                drawBlock(block, level, all);
                std::size_t i = 0;
                for (int y = rect.from.y; y <= rect.to.y; ++y)
                    for (int x = rect.from.x; x <= rect.to.x; ++x, ++i) {
                        if (std::memcmp(&before[i], &grid.row(y)[x], sizeof(Float4)) == 0) continue;
                        const int left = x == rect.from.x ? 0 : 1, right = x == rect.to.x ? 2 : 1;
                        const int low = y == rect.from.y ? 0 : 1, high = y == rect.to.y ? 2 : 1;
                        for (int v = low; v <= high; ++v)
                            for (int u = left; u <= right; ++u)
                                reads[block][static_cast<std::size_t>(3 * v + u)] = 1;
                    }
            },
            1);
    }
}

TailField TailBaker::bake(const MapRect& rect, std::span<const TailDot* const> dots) {
    State& state = *state_;
    if (dots.empty()) {
        state.window = {};
        return {};
    }
    const Window wanted = windowOf(rect);
    if (wanted != state.window) state.layOut(wanted);
    state.draw(dots, true);
    return state.field;
}

std::optional<TailField> TailBaker::change(const MapRect& rect, std::span<const TailDot* const> come,
                                           std::span<const TailDot* const> gone) {
    State& state = *state_;
    if (windowOf(rect) != state.window) return std::nullopt;
    // Less than nothing takes off what was added, to the bit.
    std::vector<TailDot> less(gone.size());
    std::vector<const TailDot*> drawn(come.begin(), come.end());
    for (std::size_t i = 0; i < gone.size(); ++i) {
        less[i] = *gone[i];
        for (glm::vec3& tail : less[i].loss) tail = -tail;
        drawn.push_back(&less[i]);
    }
    state.draw(drawn, false);
    return state.field;
}

TailField bakeTailField(const Head& head, std::span<const SkinDot> dots) {
    const TailMap map = TailMap::of(head);
    std::vector<TailDot> made(dots.size());
    std::vector<const TailDot*> places(dots.size());
    parallelFor(dots.size(), [&](std::size_t i) {
        made[i] = TailDot(map, dots[i]);
        places[i] = &made[i];
    });
    MapRect rect;
    for (const TailDot& dot : made) rect.add(dot);
    return TailBaker(head, map).bake(rect, places);
}

}  // namespace stubble
