// A pyramid of grids, each twice as coarse as the one before. Each of the shared tails is drawn where it is a
// little wider than a texel, a few dozen texels a dot, and brought up by quadratic B-spline subdivision
// (Chaikin, "An algorithm for high-speed curve generation", 1974), which is exact for a spline; what the
// steps and the last, linear read add to its variance is left out at the drawing.
#include "engine/render/tail_baker.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "engine/core/hash.h"
#include "engine/core/parallel.h"
#include "engine/core/random.h"
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

Window windowOf(std::span<const TailDot* const> dots) {
    glm::vec2 low(1e9f), high(-1e9f);
    for (const TailDot* dot : dots)
        low = glm::min(low, dot->placeMm - dot->reachMm), high = glm::max(high, dot->placeMm + dot->reachMm);
    constexpr int kMargin = 16;      // finest texels, all round, that no tail reaches
    constexpr float kStep = 1.125f;  // so that dots which come and go hardly ever change the texels' size
    Window window;
    window.texelMm = kTailSigmaMm[kNarrowest] / kFinestTexelsPerSigma;
    const glm::vec2 extentMm = high - low;
    while (std::max(extentMm.x, extentMm.y) > window.texelMm * (kMaxSide - 2 * kMargin))
        window.texelMm *= kStep;
    const auto blockAt = [&](glm::vec2 placeMm) {
        return glm::ivec2(glm::floor(placeMm / (window.texelMm * TailField::kBlock)));
    };
    const float marginMm = kMargin * window.texelMm;
    window.firstBlock = blockAt(low - marginMm);
    window.blocks = blockAt(high + marginMm) + 1 - window.firstBlock;
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
    hash = hashBytes(std::as_bytes(std::span(this, 1)).first(offsetof(TailDot, hash))).low;
}

struct TailBaker::State {
    const Head* head;
    TailField field;
    Window window;
    std::array<int, kTailLobes> levels{};  ///< that the tails are drawn in
    std::vector<TailLayer> layers;         ///< by level, the finest first
    std::vector<TailGrid> grids;           ///< by level; the finest is empty where nothing is drawn in it
    std::vector<float> heights;            ///< of the coarsest grid
    /// By tail and block: the dots that may reach it, and a hash of them.
    std::array<std::vector<std::vector<const TailDot*>>, kTailLobes> members;
    std::array<std::vector<std::uint64_t>, kTailLobes> hashes;

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
    std::vector<std::uint8_t> changedMembers(std::span<const TailDot* const> dots, std::size_t lobe,
                                             bool all);
    [[nodiscard]] bool isStray(const TailDot& dot) const;
    void drawBlock(std::size_t block, std::size_t level);
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
    layers.clear(), grids.clear();
    for (int level = 0; level <= levels.back(); ++level) {
        const float texels = static_cast<float>(1 << level);
        TailLayer& layer = layers.emplace_back(TailLayer{
            texels * window.texelMm, kReadVariance / (texels * texels), field.cornerMm, size / (1 << level)});
        for (int step = 1; step <= level; ++step)
            layer.addedVariance += kStepVariance / static_cast<float>(1 << (2 * step));
        const bool isNeeded = level > 0 || std::ranges::find(levels, 0) != levels.end();
        grids.emplace_back(isNeeded ? layer.size.x : 0, isNeeded ? layer.size.y : 0);
    }
    heights = skullHeights(*head, field.map, field.cornerMm, layers.back().texelMm, layers.back().size.x,
                           layers.back().size.y);
    for (std::size_t k = 0; k < kTailLobes; ++k) {
        members[k].assign(blockCount(), {});
        hashes[k].assign(blockCount(), {});
    }
}

/// Finds the members of all blocks; of each, whether they have changed.
std::vector<std::uint8_t> TailBaker::State::changedMembers(std::span<const TailDot* const> dots,
                                                           std::size_t lobe, bool all) {
    for (auto& list : members[lobe]) list.clear();
    std::vector<std::uint64_t> found(blockCount(), 0);
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
            for (int x = from.x; x <= to.x; ++x) {
                const auto block = static_cast<std::size_t>(y * window.blocks.x + x);
                members[lobe][block].push_back(dot);
                found[block] = mixBits(found[block] + dot->hash);
            }
    }
    std::vector<std::uint8_t> changed(blockCount());
    for (std::size_t block = 0; block < changed.size(); ++block)
        changed[block] = all || found[block] != hashes[lobe][block];
    hashes[lobe] = std::move(found);
    return changed;
}

/// Dots that do not stand in the skin which the field lies on take nothing from it.
bool TailBaker::State::isStray(const TailDot& dot) const {
    const TailLayer& layer = layers.back();
    const glm::ivec2 texel((dot.placeMm - layer.cornerMm) / layer.texelMm);
    return std::abs(dot.heightMm - heights[static_cast<std::size_t>(texel.y * layer.size.x + texel.x)]) >
           kOtherSkinMm;
}

void TailBaker::State::drawBlock(std::size_t block, std::size_t level) {
    const TexelRect rect = rectOf(block, level);
    TailGrid& grid = grids[level];
    if (level + 1 == grids.size()) {
        for (int y = rect.from.y; y <= rect.to.y; ++y)
            for (int x = rect.from.x; x <= rect.to.x; ++x)
                grid.row(y)[x] = Float4{0, 0, 0, heights[static_cast<std::size_t>(y * grid.width + x)]};
    } else {
        refine(grids[level + 1], rect, [&](int x, int y, Float4 value) { grid.row(y)[x] = value; });
    }
    for (std::size_t lobe = 0; lobe < kTailLobes; ++lobe)
        if (levels[lobe] == static_cast<int>(level))
            for (const TailDot* dot : members[lobe][block]) drawTail(grid, layers[level], *dot, lobe, rect);
}

TailField TailBaker::bake(std::span<const TailDot* const> dots) {
    State& state = *state_;
    if (dots.empty()) {
        TailField none;
        return none;
    }
    const Window window = windowOf(dots);
    const bool all = window != state.window;
    if (all) state.layOut(window);
    std::array<std::vector<std::uint8_t>, kTailLobes> changed;
    std::vector<const TailDot*> drawn(dots.begin(), dots.end());
    parallelFor(drawn.size(), [&](std::size_t i) {
        if (drawn[i]->areaRatio <= 0 || state.isStray(*drawn[i])) drawn[i] = nullptr;
    });
    std::erase(drawn, nullptr);
    parallelFor(
        kTailLobes, [&](std::size_t lobe) { changed[lobe] = state.changedMembers(drawn, lobe, all); }, 1);

    // Which texels of a grid's blocks have changed: with those of the eight around them, a bit each for the
    // blocks that read them as they are refined.
    const std::size_t count = state.blockCount();
    std::vector<std::array<std::uint8_t, 9>> reads(count);  // by direction towards the reader; 4: itself
    for (std::size_t level = state.grids.size(); level-- > 0;) {
        std::vector<std::uint32_t> dirty;
        for (std::size_t block = 0; block < count; ++block) {
            bool isDirty = all;
            for (std::size_t lobe = 0; lobe < kTailLobes; ++lobe)
                isDirty =
                    isDirty || (state.levels[lobe] == static_cast<int>(level) && changed[lobe][block] != 0);
            for (int way = 0; way < 9 && !isDirty; ++way) {
                const glm::ivec2 from = state.blockAt(block) - glm::ivec2(way % 3 - 1, way / 3 - 1);
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
                const TexelRect rect = state.rectOf(block, level);
                TailGrid& grid = state.grids[level];
                if (level == 0) {
                    std::vector<TailField::Texel> texels;
                    texels.reserve(static_cast<std::size_t>(TailField::kBlock) * TailField::kBlock);
                    if (grid.width > 0) {
                        state.drawBlock(block, level);
                        for (int y = rect.from.y; y <= rect.to.y; ++y)
                            for (int x = rect.from.x; x <= rect.to.x; ++x)
                                texels.push_back(halvesOf(grid.row(y)[x]));
                    } else {
                        refine(state.grids[1], rect,
                               [&](int, int, Float4 value) { texels.push_back(halvesOf(value)); });
                    }
                    state.field.blocks[block] = std::move(texels);
                    return;
                }
                std::vector<Float4> before;
                for (int y = rect.from.y; y <= rect.to.y; ++y)
                    before.insert(before.end(), grid.row(y) + rect.from.x, grid.row(y) + rect.to.x + 1);
                state.drawBlock(block, level);
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
    return TailBaker(head, map).bake(places);
}

}  // namespace stubble
