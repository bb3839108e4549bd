#include "engine/render/cell_order.h"

#include <algorithm>
#include <numeric>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

constexpr unsigned kBits = 10, kCoarseBits = 5;

/// Two zeros behind each of the lowest ten bits.
std::uint32_t spread(std::uint32_t bits) {
    bits &= 0x3ffu;
    bits = (bits | bits << 16) & 0x030000ffu;
    bits = (bits | bits << 8) & 0x0300f00fu;
    bits = (bits | bits << 4) & 0x030c30c3u;
    return (bits | bits << 2) & 0x09249249u;
}

}  // namespace

std::uint32_t cellCode(glm::uvec3 cube) {
    return spread(cube.x) | spread(cube.y) << 1 | spread(cube.z) << 2;
}

std::vector<std::uint32_t> cellOrder(std::span<const glm::vec3> positionsMm) {
    glm::vec3 low(1e9f), high(-1e9f);
    for (const glm::vec3& p : positionsMm) low = glm::min(low, p), high = glm::max(high, p);
    const glm::vec3 scale = 1023.99f / glm::max(high - low, glm::vec3(1e-3f));
    std::vector<std::uint32_t> codes(positionsMm.size());
    parallelFor(codes.size(),
                [&](std::size_t i) { codes[i] = cellCode(glm::uvec3((positionsMm[i] - low) * scale)); });
    // By coarse cells in one go, then each cell's own.
    constexpr unsigned kShift = 3 * (kBits - kCoarseBits);
    constexpr std::size_t kCells = std::size_t{1} << (3 * kCoarseBits);
    std::vector<std::uint32_t> starts(kCells + 1, 0), order(codes.size());
    for (const std::uint32_t code : codes) ++starts[(code >> kShift) + 1u];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
    for (std::uint32_t i = 0; i < codes.size(); ++i) order[next[codes[i] >> kShift]++] = i;
    parallelFor(kCells, [&](std::size_t cell) {
        std::sort(order.begin() + starts[cell], order.begin() + starts[cell + 1],
                  [&](std::uint32_t a, std::uint32_t b) {
                      return codes[a] != codes[b] ? codes[a] < codes[b] : a < b;
                  });
    });
    return order;
}

}  // namespace stubble
