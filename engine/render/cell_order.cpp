#include "engine/render/cell_order.h"

#include <numeric>

#include "engine/core/parallel.h"

namespace stubble {

std::vector<std::uint32_t> cellOrder(std::span<const glm::vec3> positionsMm) {
    glm::vec3 low(1e9f), high(-1e9f);
    for (const glm::vec3& p : positionsMm) low = glm::min(low, p), high = glm::max(high, p);
    constexpr int kBits = 5;
    const glm::vec3 scale = 31.99f / glm::max(high - low, glm::vec3(1e-3f));
    std::vector<std::uint16_t> cells(positionsMm.size());
    parallelFor(cells.size(), [&](std::size_t i) {
        const glm::uvec3 c((positionsMm[i] - low) * scale);
        unsigned code = 0;
        for (unsigned bit = 0; bit < kBits; ++bit)
            for (int axis = 0; axis < 3; ++axis)
                code |= ((c[axis] >> bit) & 1u) << (3 * bit + static_cast<unsigned>(axis));
        cells[i] = static_cast<std::uint16_t>(code);
    });
    std::vector<std::uint32_t> starts((1u << (3 * kBits)) + 1, 0), order(cells.size());
    for (const std::uint16_t cell : cells) ++starts[cell + 1u];
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    for (std::uint32_t i = 0; i < cells.size(); ++i) order[starts[cells[i]]++] = i;
    return order;
}

}  // namespace stubble
