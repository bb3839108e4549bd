#include "engine/render/scar_field.h"

#include <algorithm>
#include <cmath>
#include <glm/gtc/packing.hpp>
#include <vector>

#include "engine/core/parallel.h"
#include "engine/render/mottling.h"
#include "engine/scalp/scar.h"

namespace stubble {
namespace {

constexpr float kTexelMm = 0.12f;  // a scar of 1 mm is eight texels wide
constexpr int kMaxTexels = 2048;
/// A scar's edge wanders by this share of half its width, at most so far. Working defaults.
constexpr float kWander = 0.35f, kMaxWanderMm = 0.8f;

struct Look {
    float share = 0;
    glm::vec4 texel{0};  ///< as in the texture
};

Look lookAt(glm::vec3 positionMm, std::span<const Scar> scars, const ScarsOnSkin& onSkin) {
    Look look;
    for (const std::uint32_t i : onSkin.near(positionMm)) {
        const StrokeOnSkin& stroke = onSkin.strokes()[i];
        if (!stroke.mayReach(positionMm)) continue;
        const float radiusMm = stroke.radiusMm();
        const float wanderMm = std::min(kWander * radiusMm, kMaxWanderMm);
        const float distanceMm = stroke.distanceMm(positionMm) +
                                 wanderMm * softNoise(positionMm, std::max(2.5f * radiusMm, 2.0f), 31);
        const float away = std::clamp(distanceMm / radiusMm, 0.0f, 1.0f);
        const float share = 1 - glm::smoothstep(0.65f, 1.0f, away);
        if (share <= look.share) continue;
        const Scar& scar = scars[i];
        const float dome = 1 - away * away;
        // Pigment and vessels come back in patches.
        const float patchy = 0.85f + 0.3f * softNoise(positionMm, 3, 32);
        look = {share, glm::vec4(share * glm::vec3(patchy * scar.paleness, patchy * scar.redness, scar.gloss),
                                 scar.reliefMm * dome * dome)};
    }
    return look;
}

/// Whether a scar may reach a box.
bool isReached(glm::vec3 least, glm::vec3 most, const ScarsOnSkin& onSkin) {
    constexpr float kStepMm = 10;  // cells of the grid are no smaller
    const glm::ivec3 steps(glm::ceil((most - least) / kStepMm));
    for (int z = 0; z <= steps.z; ++z)
        for (int y = 0; y <= steps.y; ++y)
            for (int x = 0; x <= steps.x; ++x)
                for (const std::uint32_t i :
                     onSkin.near(glm::min(least + kStepMm * glm::vec3(x, y, z), most))) {
                    const Bounds& box = onSkin.strokes()[i].boundsMm();
                    if (glm::all(glm::lessThanEqual(least, box.maxMm)) &&
                        glm::all(glm::greaterThanEqual(most, box.minMm)))
                        return true;
                }
    return false;
}

}  // namespace

std::optional<ScarField> scarField(const Scene& scene, const TailMap& map) {
    const std::vector<Scar>& scars = scene.scars;
    if (scars.empty()) return std::nullopt;
    const ScarsOnSkin onSkin(*scene.head, scars);
    const TriMesh& mesh = scene.head->mesh;

    // The triangles that a scar may reach, and the window round them.
    struct Piece {
        glm::vec3 mm[3];
        glm::vec2 map[3];
    };
    std::vector<Piece> pieces;
    glm::vec2 low(1e9f), high(-1e9f);
    for (const glm::uvec3 t : mesh.triangles) {
        Piece piece{{mesh.positionsMm[t.x], mesh.positionsMm[t.y], mesh.positionsMm[t.z]}, {}};
        const glm::vec3 least = glm::min(glm::min(piece.mm[0], piece.mm[1]), piece.mm[2]);
        const glm::vec3 most = glm::max(glm::max(piece.mm[0], piece.mm[1]), piece.mm[2]);
        if (!isReached(least, most, onSkin)) continue;
        for (int k = 0; k < 3; ++k) {
            piece.map[k] = map.mapMm(piece.mm[k]);
            low = glm::min(low, piece.map[k]), high = glm::max(high, piece.map[k]);
        }
        // Where the map tears, at its far pole, a triangle spans it.
        if (glm::distance(piece.map[0], piece.map[1]) + glm::distance(piece.map[0], piece.map[2]) < 100)
            pieces.push_back(piece);
    }
    if (pieces.empty()) return std::nullopt;
    const glm::vec2 extentMm = high - low;
    const float texelMm = std::max(kTexelMm, std::max(extentMm.x, extentMm.y) / (kMaxTexels - 4));
    const glm::ivec2 size = glm::ivec2(glm::ceil(extentMm / texelMm)) + 4;
    const glm::vec2 corner = low - 2 * texelMm;

    std::vector<glm::vec4> texels(static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y));
    // Rows in bands, so that each texel has one writer and the last triangle in order wins.
    constexpr int kBandRows = 64;
    parallelFor(
        static_cast<std::size_t>((size.y + kBandRows - 1) / kBandRows),
        [&](std::size_t band) {
            const int firstRow = static_cast<int>(band) * kBandRows,
                      endRow = std::min(firstRow + kBandRows, size.y);
            for (const Piece& piece : pieces) {
                glm::vec2 p[3];
                for (int k = 0; k < 3; ++k) p[k] = (piece.map[k] - corner) / texelMm - 0.5f;
                const glm::vec2 least = glm::min(glm::min(p[0], p[1]), p[2]),
                                most = glm::max(glm::max(p[0], p[1]), p[2]);
                const int fromY = std::max(firstRow, static_cast<int>(std::ceil(least.y)));
                const int toY = std::min(endRow - 1, static_cast<int>(std::floor(most.y)));
                const glm::vec2 ab = p[1] - p[0], ac = p[2] - p[0];
                const float area = ab.x * ac.y - ab.y * ac.x;
                if (area == 0) continue;
                for (int y = fromY; y <= toY; ++y)
                    for (int x = std::max(0, static_cast<int>(std::ceil(least.x)));
                         x <= std::min(size.x - 1, static_cast<int>(std::floor(most.x))); ++x) {
                        const glm::vec2 d = glm::vec2(x, y) - p[0];
                        const float b = (d.x * ac.y - d.y * ac.x) / area,
                                    c = (ab.x * d.y - ab.y * d.x) / area;
                        if (b < 0 || c < 0 || b + c > 1) continue;
                        const glm::vec3 mm =
                            piece.mm[0] + b * (piece.mm[1] - piece.mm[0]) + c * (piece.mm[2] - piece.mm[0]);
                        texels[static_cast<std::size_t>(y) * static_cast<std::size_t>(size.x) +
                               static_cast<std::size_t>(x)] = lookAt(mm, scars, onSkin).texel;
                    }
            }
        },
        1);
    ScarField field{
        std::vector<glm::u16vec4>(texels.size()), size, {corner, 1.0f / (texelMm * glm::vec2(size))}};
    std::ranges::transform(texels, field.halves.begin(), [](const glm::vec4& t) { return glm::packHalf(t); });
    return field;
}

}  // namespace stubble
