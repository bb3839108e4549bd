#include "engine/hair/follicles.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/blue_noise.h"
#include "engine/hair/growth_direction.h"

namespace stubble {
namespace {

/// Units of 1 to 5 hairs, percent; the mean of these shares is 1.92 hairs.
constexpr std::array<float, 5> kUnitShares = {28, 53, 17, 1.3f, 0.2f};

/// Where density is below this part of full hair, units thin out towards single hairs (the transition zone of
/// a hairline is made of singles; so is hair on its way to be lost). Working default.
constexpr float kFullUnitsFrom = 0.7f;
/// Shaft diameter where density vanishes, relative to full hair: miniaturised and hairline hairs are finer.
/// Working default.
constexpr float kFinestRelative = 0.7f;
/// Hairs of a unit stand on a ring of this radius (0.1 to 0.3 mm from each other). Working default.
constexpr float kUnitRingMm = 0.1f;
constexpr float kRingJitter = 0.15f;  ///< of the ring's radius; working default
/// Directions wander by these standard deviations from unit to unit, and from hair to hair in a unit. Working
/// defaults.
constexpr float kUnitTurnDegrees = 7, kHairTurnDegrees = 3;
constexpr float kMinDiameterUm = 20, kMaxDiameterUm = 150;  ///< the design's range (hair.h)

/// Places are ranked up to this density, whatever a head has of it, so that roots stay where they are from
/// one density to another: that of 400 hairs/cm² in units of 1.92.
constexpr float kMaxUnitsPerCm2 = 210;

enum Stream : std::uint64_t {
    sampling = 0x68616972,
    ring,
    ringJitter,
    unitTurn,
    emergence,
    hairTurn,
    diameter,
    grey
};

/// How much of the way from singles to full units a density is.
float fullness(float relativeDensity) {
    return glm::smoothstep(0.0f, kFullUnitsFrom, relativeDensity);
}

struct UnitSizes {
    std::array<float, 5> cumulative{};  ///< share of units with at most 1, 2, … hairs
    float mean = 1;
};

UnitSizes unitSizes(float fullness) {
    UnitSizes sizes;
    float sum = 0;
    for (const float share : kUnitShares) sum += share;
    float upTo = 0, mean = 0;
    for (std::size_t k = 0; k < 5; ++k) {
        const float share = fullness * kUnitShares[k] / sum + (k == 0 ? 1 - fullness : 0);
        mean += share * static_cast<float>(k + 1);
        sizes.cumulative[k] = upTo += share;
    }
    sizes.mean = mean;
    return sizes;
}

float deviate(std::uint64_t seed, Stream stream, std::uint64_t index) {
    const float normal = normalDeviate(unitFloat(hashCounters(seed, stream, 2 * index)),
                                       unitFloat(hashCounters(seed, stream, 2 * index + 1)));
    return std::clamp(normal, -3.0f, 3.0f);
}

Result<void> check(const Head& head, std::span<const float> hairs, const HairDesign& hair) {
    const std::size_t vertices = head.mesh.positionsMm.size();
    if (hairs.size() != vertices || head.chartPositions.size() != vertices ||
        head.mesh.normals.size() != vertices)
        return fail(
            ExitCode::badInput,
            "follicles: {} densities, {} chart positions and {} normals for {} vertices, expected one "
            "of each a vertex",
            hairs.size(), head.chartPositions.size(), head.mesh.normals.size(), vertices);
    for (std::size_t i = 0; i < vertices; ++i)
        if (!std::isfinite(hairs[i]) || hairs[i] < 0)
            return fail(
                ExitCode::badInput,
                "follicles: density at vertex {} is {} hairs/cm², expected a finite number of at least 0", i,
                hairs[i]);
    if (!std::isfinite(hair.densityPerCm2) || hair.densityPerCm2 < 0)
        return fail(ExitCode::badInput, "hair.densityPerCm2: is {}, expected 0 to 400", hair.densityPerCm2);
    return {};
}

std::vector<std::uint32_t> trianglesWithHair(const TriMesh& mesh, std::span<const float> unitsPerCm2) {
    std::vector<std::uint32_t> triangles;
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i) {
        const glm::uvec3 t = mesh.triangles[i];
        if (unitsPerCm2[t.x] + unitsPerCm2[t.y] + unitsPerCm2[t.z] > 0) triangles.push_back(i);
    }
    return triangles;
}

}  // namespace

Result<Follicles> growFollicles(const Head& head, std::span<const float> vertexHairsPerCm2,
                                const HairDesign& hair, std::uint64_t seed) {
    STUBBLE_CHECK(check(head, vertexHairsPerCm2, hair));
    const auto fullnessOf = [&](float hairsPerCm2) {
        return hair.densityPerCm2 > 0 ? fullness(hairsPerCm2 / hair.densityPerCm2) : 1.0f;
    };
    std::vector<float> unitsPerCm2(vertexHairsPerCm2.size()), vertexFullness(vertexHairsPerCm2.size());
    for (std::size_t i = 0; i < unitsPerCm2.size(); ++i) {
        vertexFullness[i] = fullnessOf(vertexHairsPerCm2[i]);
        unitsPerCm2[i] = vertexHairsPerCm2[i] / unitSizes(vertexFullness[i]).mean;
    }
    const std::vector<std::uint32_t> haired = trianglesWithHair(head.mesh, unitsPerCm2);
    if (haired.empty()) return Follicles{};
    const SampledRegion region(head.mesh, haired);
    const double densest = std::max(kMaxUnitsPerCm2, *std::ranges::max_element(unitsPerCm2));
    BlueNoiseOptions options;
    options.seed = hashCounters(seed, Stream::sampling);
    options.count = static_cast<std::size_t>(std::ceil(densest * region.areaMm2 / kMm2PerCm2));
    options.triangles = haired;
    STUBBLE_TRY(const BlueNoise units, sampleBlueNoise(head.mesh, options));

    const std::vector<glm::vec3> growth = growthAtVertices(head, whorlTurnOf(seed));
    Follicles follicles;
    for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
        const SurfacePoint& point = units.points[unit];
        const glm::uvec3 t = head.mesh.triangles[point.triangle];
        const auto blend = [&](const auto& values) {
            return point.barycentric.x * values[t.x] + point.barycentric.y * values[t.y] +
                   point.barycentric.z * values[t.z];
        };
        // A ranked place holds a unit where its rank is below the density there.
        if (region.densityPerCm2(unit + 0.5) > blend(unitsPerCm2)) continue;
        const float full = blend(vertexFullness);
        // Golden-ratio steps along the rank order: every size keeps its share everywhere, not only on
        // average.
        const auto turn =
            static_cast<double>(unit) * 0.6180339887498949 + unitDouble(hashCounters(seed, Stream::ring));
        const auto pick = static_cast<float>(turn - std::floor(turn));
        const UnitSizes sizes = unitSizes(full);
        int hairs = 1;
        while (hairs < 5 && pick >= sizes.cumulative[static_cast<std::size_t>(hairs - 1)]) ++hairs;

        const glm::vec3 normal = units.normals[unit];
        glm::vec3 along = blend(growth);
        along -= glm::dot(along, normal) * normal;
        along = glm::dot(along, along) > 1e-8f ? glm::normalize(along) : growth[t.x];
        const glm::vec3 across = glm::cross(normal, along);
        const EmergenceAngle range = emergenceAngle(blend(head.chartPositions));
        const float rise =
            range.mean + range.halfRange * (2 * unitFloat(hashCounters(seed, Stream::emergence, unit)) - 1);
        const float unitTurnRadians =
            radiansFromDegrees(kUnitTurnDegrees) * deviate(seed, Stream::unitTurn, unit);
        // The ring lies in the triangle's plane, so that hairs stand on the surface.
        const glm::vec3 a = head.mesh.positionsMm[t.x];
        const glm::vec3 flat =
            glm::normalize(glm::cross(head.mesh.positionsMm[t.y] - a, head.mesh.positionsMm[t.z] - a));
        const glm::vec3 right = glm::normalize(along - glm::dot(along, flat) * flat);
        const glm::vec3 up = glm::cross(flat, right);
        const float ringStart = 2 * kPi * unitFloat(hashCounters(seed, Stream::ring, unit));
        for (int k = 0; k < hairs; ++k) {
            const std::uint64_t id = 8ull * unit + static_cast<std::uint64_t>(k);
            glm::vec3 position = units.positionsMm[unit];
            if (hairs > 1) {
                const float angle = ringStart + 2 * kPi * static_cast<float>(k) / static_cast<float>(hairs);
                const float radiusMm =
                    kUnitRingMm *
                    (1 + kRingJitter * (2 * unitFloat(hashCounters(seed, Stream::ringJitter, id)) - 1));
                position += radiusMm * (std::cos(angle) * right + std::sin(angle) * up);
            }
            const float turnRadians = unitTurnRadians + radiansFromDegrees(kHairTurnDegrees) *
                                                            deviate(seed, Stream::hairTurn, 2 * id);
            const float riseRadians = std::clamp(
                rise + radiansFromDegrees(kHairTurnDegrees) * deviate(seed, Stream::hairTurn, 2 * id + 1),
                range.mean - range.halfRange, range.mean + range.halfRange);
            const glm::vec3 tangent = std::cos(turnRadians) * along + std::sin(turnRadians) * across;
            follicles.positionsMm.push_back(position);
            follicles.normals.push_back(normal);
            follicles.directions.push_back(
                glm::normalize(std::cos(riseRadians) * tangent + std::sin(riseRadians) * normal));
            const float fineness = glm::mix(kFinestRelative, 1.0f, full);
            follicles.diametersUm.push_back(std::clamp(
                hair.diameterUm * fineness * (1 + hair.diameterSpread * deviate(seed, Stream::diameter, id)),
                kMinDiameterUm, kMaxDiameterUm));
            follicles.melanin.push_back(
                unitFloat(hashCounters(seed, Stream::grey, id)) < hair.greyShare ? 0.0f : 1.0f);
            follicles.units.push_back(unit);
        }
    }
    return follicles;
}

}  // namespace stubble
