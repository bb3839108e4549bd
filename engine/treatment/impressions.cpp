#include "engine/treatment/impressions.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scalp/zones.h"

namespace stubble {
namespace {

/// Practice: "light first, most density second, darkness matched last". Shares of the dots and load relative
/// to the mean, for the first, the second and every later session, before they are scaled to a whole
/// treatment: working defaults.
constexpr std::array<double, 3> kSessionShares = {0.30, 0.45, 0.25};
constexpr std::array<double, 3> kSessionLoads = {0.85, 1.0, 1.15};
constexpr int kMaxSessions = 6;

/// Physical limits of single dots, those of the design's ranges (smp.h).
constexpr float kMinDiameterMm = 0.03f, kMaxDiameterMm = 0.8f;
constexpr float kMinDepthMm = 0.05f, kMaxDepthMm = 1.5f;
constexpr float kMinLoad = 0.05f, kMaxLoad = 2;
constexpr float kMaxDeviates = 3;  ///< spreads end at three standard deviations; working default

enum Stream : std::uint64_t { sampling = 0x736d70, diameter, depth, load };

float deviate(std::uint64_t seed, Stream stream, std::size_t index) {
    const float normal = normalDeviate(unitFloat(hashCounters(seed, stream, 2 * index)),
                                       unitFloat(hashCounters(seed, stream, 2 * index + 1)));
    return std::clamp(normal, -kMaxDeviates, kMaxDeviates);
}

template <typename T>
T interpolate(const TriMesh& mesh, const SurfacePoint& point, const std::vector<T>& vertexValues) {
    const glm::uvec3 t = mesh.triangles[point.triangle];
    return point.barycentric.x * vertexValues[t.x] + point.barycentric.y * vertexValues[t.y] +
           point.barycentric.z * vertexValues[t.z];
}

struct Session {
    double endShare = 1;  ///< of the dots, up to and with this session
    float loadFactor = 1;
};

std::vector<Session> sessionsOf(int count) {
    std::vector<Session> sessions(static_cast<std::size_t>(count));
    double shares = 0, loads = 0;
    for (std::size_t k = 0; k < sessions.size(); ++k) {
        const std::size_t kind = std::min<std::size_t>(k, 2);
        shares += kSessionShares[kind];
        loads += kSessionShares[kind] * kSessionLoads[kind];
        sessions[k].endShare = shares;
    }
    // The mean load over all dots stays the design's.
    for (std::size_t k = 0; k < sessions.size(); ++k) {
        sessions[k].endShare /= shares;
        sessions[k].loadFactor =
            static_cast<float>(kSessionLoads[std::min<std::size_t>(k, 2)] * shares / loads);
    }
    return sessions;
}

}  // namespace

std::vector<std::size_t> dotsPerSession(const Impressions& impressions) {
    std::vector<std::size_t> counts;
    for (const std::uint8_t session : impressions.sessions) {
        if (session >= counts.size()) counts.resize(session + 1u, 0);
        ++counts[session];
    }
    return counts;
}

Result<Impressions> placeImpressions(const Head& head, std::span<const float> vertexDensityPerCm2,
                                     const SmpDesign& smp, std::span<const KeepClear> existing,
                                     std::uint64_t seed, const HairlineField* hairline) {
    if (!smp.enabled) return Impressions{};
    if (smp.sessions < 1 || smp.sessions > kMaxSessions)
        return fail(ExitCode::badInput, "smp.sessions: is {}, expected 1 to {}", smp.sessions, kMaxSessions);
    const std::size_t vertices = head.mesh.positionsMm.size();
    if (hairline && (hairline->signedDistanceMm.size() != vertices || head.chartPositions.size() != vertices))
        return fail(
            ExitCode::badInput,
            "impressions: {} hairline distances and {} chart positions for {} vertices, expected one of "
            "each a vertex",
            hairline->signedDistanceMm.size(), head.chartPositions.size(), vertices);
    SampleOptions options;
    options.seed = hashCounters(seed, Stream::sampling);
    options.keepClear = existing;
    STUBBLE_TRY(SurfaceSamples samples, samplePoissonDisk(head.mesh, vertexDensityPerCm2, options));

    Impressions dots;
    const std::size_t count = samples.points.size();
    dots.positionsMm = std::move(samples.positionsMm);
    dots.normals = std::move(samples.normals);
    dots.expectedCount = samples.expectedCount;
    dots.relativeSpacing = samples.relativeSpacing;
    dots.diametersMm.resize(count), dots.depthsMm.resize(count), dots.loads.resize(count);
    dots.sessions.resize(count), dots.zones.resize(count, 0);
    // Ranks make sessions: the first is a prefix, so well spread by itself, and each next one fills its gaps.
    const std::vector<Session> sessions = sessionsOf(smp.sessions);
    parallelFor(count, [&](std::size_t i) {
        const double rank = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
        std::size_t session = 0;
        while (session + 1 < sessions.size() && rank >= sessions[session].endShare) ++session;
        dots.sessions[i] = static_cast<std::uint8_t>(session);
        if (hairline) {
            const SurfacePoint& point = samples.points[i];
            dots.zones[i] =
                static_cast<std::uint8_t>(zoneAt(interpolate(head.mesh, point, head.chartPositions),
                                                 interpolate(head.mesh, point, hairline->signedDistanceMm)));
        }
        dots.diametersMm[i] =
            std::clamp(smp.diameterMm * (1 + smp.diameterSpread * deviate(seed, Stream::diameter, i)),
                       kMinDiameterMm, kMaxDiameterMm);
        dots.depthsMm[i] = std::clamp(smp.depthMm + smp.depthSpreadMm * deviate(seed, Stream::depth, i),
                                      kMinDepthMm, kMaxDepthMm);
        dots.loads[i] = std::clamp(
            smp.load * sessions[session].loadFactor * (1 + smp.loadSpread * deviate(seed, Stream::load, i)),
            kMinLoad, kMaxLoad);
    });
    return dots;
}

}  // namespace stubble
