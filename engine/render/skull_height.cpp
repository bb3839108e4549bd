#include "engine/render/skull_height.h"

#include <algorithm>

#include "engine/core/parallel.h"

namespace stubble {

std::vector<float> skullHeights(const Head& head, const TailMap& map, glm::vec2 cornerMm, float texelMm,
                                int width, int height) {
    const TriMesh& mesh = head.mesh;
    struct Corner {
        glm::vec2 texel;
        float heightMm, mask;
    };
    std::vector<Corner> corners(mesh.positionsMm.size());
    parallelFor(corners.size(), [&](std::size_t i) {
        corners[i] = {(map.mapMm(mesh.positionsMm[i]) - cornerMm) / texelMm - 0.5f,
                      map.heightMm(mesh.positionsMm[i]),
                      head.craniumMask.empty() ? 1.0f : head.craniumMask[i]};
    });
    const auto index = [width](int x, int y) {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
    };
    const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    std::vector<float> heights(count, 0), masks(count, 0);
    for (const glm::uvec3& t : mesh.triangles) {
        const Corner &a = corners[t.x], &b = corners[t.y], &c = corners[t.z];
        if (a.mask + b.mask + c.mask <= 0) continue;
        const glm::vec2 low = glm::min(a.texel, glm::min(b.texel, c.texel)),
                        high = glm::max(a.texel, glm::max(b.texel, c.texel));
        const glm::ivec2 from = glm::max(glm::ivec2(glm::ceil(low)), glm::ivec2(0)),
                         to = glm::min(glm::ivec2(glm::floor(high)), glm::ivec2(width, height) - 1);
        const glm::vec2 ab = b.texel - a.texel, ac = c.texel - a.texel;
        const float area = ab.x * ac.y - ab.y * ac.x;
        if (area == 0) continue;
        for (int y = from.y; y <= to.y; ++y)
            for (int x = from.x; x <= to.x; ++x) {
                const glm::vec2 p = glm::vec2(x, y) - a.texel;
                const float v = (p.x * ac.y - p.y * ac.x) / area, w = (ab.x * p.y - ab.y * p.x) / area;
                const float u = 1 - v - w;
                if (u < 0 || v < 0 || w < 0) continue;
                // Of several layers of skin the one that is most surely skull.
                const float mask = u * a.mask + v * b.mask + w * c.mask;
                if (mask <= masks[index(x, y)]) continue;
                masks[index(x, y)] = mask;
                heights[index(x, y)] = u * a.heightMm + v * b.heightMm + w * c.heightMm;
            }
    }
    // Over the border and over gaps: the mean of known neighbours, ring by ring.
    constexpr int kRings = 6;
    for (int ring = 0; ring < kRings; ++ring) {
        std::vector<std::pair<std::size_t, float>> found;
        for (int y = 0; y < height; ++y)
            for (int x = 0; x < width; ++x) {
                if (masks[index(x, y)] > 0) continue;
                float sum = 0;
                int known = 0;
                for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, height - 1); ++ny)
                    for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, width - 1); ++nx)
                        if (masks[index(nx, ny)] > 0) sum += heights[index(nx, ny)], ++known;
                if (known > 0) found.emplace_back(index(x, y), sum / static_cast<float>(known));
            }
        for (const auto& [i, value] : found) heights[i] = value, masks[i] = 1;
    }
    return heights;
}

}  // namespace stubble
