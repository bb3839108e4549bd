#include "engine/hair/follicles.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/geometry/blue_noise.h"
#include "engine/hair/growth_direction.h"
#include "engine/hair/regional_density.h"

namespace stubble {
namespace {

/// Where less than this share of full hair is left, units thin out towards single hairs (the transition zone
/// of a hairline is made of singles; so is hair on its way to be lost), and hairs miniaturise one by one.
/// Working default.
constexpr float kFullUnitsFrom = 0.7f;
/// Shaft of a miniaturised hair relative to a full one. Working default: 34 of 57 µm, just above vellus hair,
/// which is finer than 30 µm.
constexpr float kMiniatureRelative = 0.6f;
/// The longest that hairs grow: miniaturised ones between two ends, others so long as an anagen phase of 4.5
/// years at 0.367 mm/day lets them. Working defaults.
constexpr float kMiniatureLeastMm = 2, kMiniatureMostMm = 12, kTerminalReachMm = 600;
/// Hairs of a unit stand on a ring of this radius (0.1 to 0.3 mm from each other). Working default.
constexpr float kUnitRingMm = 0.1f;
constexpr float kRingJitter = 0.15f;  ///< of the ring's radius; working default
/// Directions wander by these standard deviations from unit to unit, and from hair to hair in a unit. Working
/// defaults.
constexpr float kUnitTurnDegrees = 7, kHairTurnDegrees = 3;
/// Planes of curl wander by this standard deviation around the one that leads down to the skin. Working
/// default.
constexpr float kCurlTurnDegrees = 50;
constexpr float kMinDiameterUm = 20, kMaxDiameterUm = 150;  ///< the design's ranges (hair.h)
constexpr float kMaxHairsPerCm2 = 400;

/// Places are ranked up to this density, whatever a head has of it, so that roots stay where they are from
/// one density to another, up to about 300 hairs/cm².
constexpr float kMaxUnitsPerCm2 = 210;

enum Stream : std::uint64_t {
    sampling = 0x68616972,
    ring,
    ringJitter,
    unitTurn,
    emergence,
    hairTurn,
    diameter,
    grey,
    phase,
    miniature,
    curl,
    curlTurn
};

/// How much of the way from fine single hairs to full units a place is.
float fullness(float hairShare) {
    return glm::smoothstep(0.0f, kFullUnitsFrom, hairShare);
}

struct UnitSizes {
    std::array<float, 5> cumulative{};  ///< share of units with at most 1, 2, … hairs
    float mean = 1;
};

UnitSizes unitSizes(const std::array<float, 5>& fullShares, float fullness) {
    UnitSizes sizes;
    float upTo = 0, mean = 0;
    for (std::size_t k = 0; k < 5; ++k) {
        const float share = fullness * fullShares[k] + (k == 0 ? 1 - fullness : 0);
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

Result<void> check(const Head& head, std::span<const float> shares, const HairTraits& traits) {
    const std::size_t vertices = head.mesh.positionsMm.size();
    if (shares.size() != vertices || head.chartPositions.size() != vertices ||
        head.mesh.normals.size() != vertices || head.scalpMask.size() != vertices)
        return fail(ExitCode::badInput,
                    "follicles: {} shares of hair, {} chart positions, {} normals and a scalp mask of {} for "
                    "{} vertices, expected one of each a vertex",
                    shares.size(), head.chartPositions.size(), head.mesh.normals.size(),
                    head.scalpMask.size(), vertices);
    for (std::size_t i = 0; i < vertices; ++i)
        if (!(shares[i] >= 0 && shares[i] <= 1))
            return fail(ExitCode::badInput,
                        "follicles: share of hair at vertex {} is {}, expected a number from 0 to 1", i,
                        shares[i]);
    if (!(traits.densityPerCm2 >= 0 && traits.densityPerCm2 <= kMaxHairsPerCm2))
        return fail(ExitCode::badInput, "hair.densityPerCm2: is {}, expected 0 to {}", traits.densityPerCm2,
                    kMaxHairsPerCm2);
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

void keepFollicles(Follicles& follicles, const std::function<bool(std::size_t)>& isKept) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < follicles.size(); ++i)
        if (isKept(i)) kept.push_back(i);
    eachField(follicles, [&](auto& field) {
        for (std::size_t k = 0; k < kept.size(); ++k) field[k] = field[kept[k]];
        field.resize(kept.size());
    });
}

void append(Follicles& follicles, const Follicles& more) {
    const auto add = [](auto& to, const auto& from) { to.insert(to.end(), from.begin(), from.end()); };
    add(follicles.positionsMm, more.positionsMm);
    add(follicles.normals, more.normals);
    add(follicles.directions, more.directions);
    add(follicles.diametersUm, more.diametersUm);
    add(follicles.melanin, more.melanin);
    add(follicles.reachMm, more.reachMm);
    add(follicles.curvaturesPerMm, more.curvaturesPerMm);
    add(follicles.curlAxes, more.curlAxes);
    add(follicles.growing, more.growing);
    add(follicles.units, more.units);
}

Result<Follicles> growFollicles(const Head& head, std::span<const float> vertexHairShare,
                                const HairDesign& hair, std::uint64_t seed) {
    const HairTraits traits = traitsOf(hair);
    STUBBLE_CHECK(check(head, vertexHairShare, traits));
    const std::vector<float> full = fullHairsPerCm2(head, traits.densityPerCm2);
    std::vector<float> unitsPerCm2(full.size()), vertexFullness(full.size());
    for (std::size_t i = 0; i < full.size(); ++i) {
        vertexFullness[i] = fullness(vertexHairShare[i]);
        unitsPerCm2[i] = vertexHairShare[i] * full[i] / unitSizes(traits.unitShares, vertexFullness[i]).mean;
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

    const std::vector<glm::vec3> growth = growthAtVertices(head, whorlsOf(head, hair, seed));
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
        const float placeFullness = blend(vertexFullness);
        // Golden-ratio steps along the rank order: every size keeps its share everywhere, not only on
        // average.
        const auto turn =
            static_cast<double>(unit) * 0.6180339887498949 + unitDouble(hashCounters(seed, Stream::ring));
        const auto pick = static_cast<float>(turn - std::floor(turn));
        const UnitSizes sizes = unitSizes(traits.unitShares, placeFullness);
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
            const glm::vec3 direction =
                glm::normalize(std::cos(riseRadians) * tangent + std::sin(riseRadians) * normal);
            follicles.positionsMm.push_back(position);
            follicles.normals.push_back(normal);
            follicles.directions.push_back(direction);
            const bool isMiniature =
                unitFloat(hashCounters(seed, Stream::miniature, 2 * id)) >= placeFullness;
            follicles.diametersUm.push_back(
                std::clamp((isMiniature ? kMiniatureRelative : 1) * traits.diameterUm *
                               (1 + traits.diameterSpread * deviate(seed, Stream::diameter, id)),
                           kMinDiameterUm, kMaxDiameterUm));
            follicles.reachMm.push_back(
                isMiniature ? glm::mix(kMiniatureLeastMm, kMiniatureMostMm,
                                       unitFloat(hashCounters(seed, Stream::miniature, 2 * id + 1)))
                            : kTerminalReachMm);
            follicles.melanin.push_back(
                unitFloat(hashCounters(seed, Stream::grey, id)) < hair.greyShare ? 0.0f : 1.0f);
            follicles.growing.push_back(unitFloat(hashCounters(seed, Stream::phase, id)) >=
                                        traits.telogenShare);
            follicles.curvaturesPerMm.push_back(
                traits.curvaturePerMm * (1 + traits.curvatureSpread * deviate(seed, Stream::curl, id)));
            const glm::vec3 downwards = glm::normalize(glm::cross(normal, direction));
            const float turnOfCurl =
                radiansFromDegrees(kCurlTurnDegrees) * deviate(seed, Stream::curlTurn, id);
            follicles.curlAxes.push_back(std::cos(turnOfCurl) * downwards +
                                         std::sin(turnOfCurl) * glm::cross(direction, downwards));
            follicles.units.push_back(unit);
        }
    }
    return follicles;
}

}  // namespace stubble
