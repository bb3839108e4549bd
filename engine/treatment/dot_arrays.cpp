#include "engine/treatment/dot_arrays.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// Practice: "light first, most density second, darkness matched last". Shares of the dots and load relative
/// to the mean, for the first, the second and every later session, before they are scaled to a whole
/// treatment: working defaults.
constexpr std::array<double, 3> kSessionShares = {0.30, 0.45, 0.25};
constexpr std::array<double, 3> kSessionLoads = {0.85, 1.0, 1.15};

/// Physical limits of single dots, those of the design's ranges (smp.h).
constexpr float kMinDiameterMm = 0.03f, kMaxDiameterMm = 0.8f;
constexpr float kMinDepthMm = 0.05f, kMaxDepthMm = 1.5f;
constexpr float kMinLoad = 0.05f, kMaxLoad = 7.5f;

constexpr std::size_t kChunk = 2048;  // of ranks, written by one task
constexpr std::size_t kLanes = 8;     // counted together, whatever a vector unit's width
constexpr std::size_t kTurns = 256;   // directions of clusters that are told apart
constexpr std::uint64_t kTurnStream = 0x7475726e;

struct Session {
    float endShare = 1;  ///< of the dots, up to and with this session
    float load = 1;      ///< percent
};

std::array<Session, kMaxSessions> sessionsOf(int count, float meanLoad) {
    std::array<Session, kMaxSessions> sessions{};
    double shares = 0, loads = 0;
    for (int k = 0; k < count; ++k) {
        const int kind = std::min(k, 2);
        shares += kSessionShares[kind];
        loads += kSessionShares[kind] * kSessionLoads[kind];
        sessions[k].endShare = static_cast<float>(shares);
    }
    // The mean load over all dots stays the design's.
    for (int k = 0; k < count; ++k) {
        sessions[k].endShare = k + 1 < count ? sessions[k].endShare / static_cast<float>(shares) : 2;
        sessions[k].load = static_cast<float>(meanLoad * kSessionLoads[std::min(k, 2)] * shares / loads);
    }
    return sessions;
}

const std::array<glm::vec2, kTurns>& turns() {
    static const std::array<glm::vec2, kTurns> all = [] {
        std::array<glm::vec2, kTurns> made;
        for (std::size_t i = 0; i < kTurns; ++i) {
            const float angle = 2 * kPi * static_cast<float>(i) / kTurns;
            made[i] = {std::cos(angle), std::sin(angle)};
        }
        return made;
    }();
    return all;
}

/// Where dot k of the cluster on a candidate stands.
glm::vec3 positionInCluster(const Candidates& candidates, std::size_t rank, std::uint32_t k, float ringMm) {
    const glm::vec3 n = candidates.normals[rank];
    const glm::vec3 away = std::abs(n.x) < 0.5f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
    const glm::vec3 u = glm::normalize(glm::cross(n, away)), v = glm::cross(n, u);
    const glm::vec2 turn = turns()[hashCounters(candidates.seed, kTurnStream, rank) % kTurns];
    constexpr float kHalf = 0.5f, kRoot = 0.8660254f;  // cosine and sine of 60°
    const glm::vec2 d = k == 0 ? turn
                        : k == 1
                            ? glm::vec2(-kHalf * turn.x - kRoot * turn.y, kRoot * turn.x - kHalf * turn.y)
                            : glm::vec2(-kHalf * turn.x + kRoot * turn.y, -kRoot * turn.x - kHalf * turn.y);
    return candidates.positionsMm[rank] + ringMm * (d.x * u + d.y * v);
}

}  // namespace

void DotArrays::write(const CandidateStates& states, const Threshold& threshold, const DotRules& rules) {
    const std::size_t count = candidates_->size(), chunks = (count + kChunk - 1) / kChunk;
    const float* keys = states.keys.data();
    const std::uint32_t each = rules.clusters ? 3 : 1;
    // Of the last one let in, where ties and the count's remainder have a say.
    const bool exact = threshold.lastRank != ~0u;
    const auto lets = [&](std::size_t rank) {
        return exact ? threshold.lets(keys[rank], static_cast<std::uint32_t>(rank))
                     : keys[rank] <= threshold.key;
    };
    starts_.assign(chunks + 1, 0);
    parallelFor(
        chunks,
        [&](std::size_t chunk) {
            const std::size_t begin = chunk * kChunk, end = std::min(count, begin + kChunk);
            std::uint32_t sum = 0;
            std::size_t i = begin;
            if (!exact) {
                std::array<std::uint32_t, kLanes> sums{};
                for (; i + kLanes <= end; i += kLanes)
                    for (std::size_t k = 0; k < kLanes; ++k) sums[k] += keys[i + k] <= threshold.key ? 1 : 0;
                for (const std::uint32_t part : sums) sum += part;
            }
            for (; i < end; ++i) sum += lets(i) ? 1 : 0;
            sum *= each;
            if (exact && threshold.lastRank >= begin && threshold.lastRank < end)
                sum -= each - std::min(threshold.dotsOfLast, each);
            starts_[chunk + 1] = sum;
        },
        4);
    for (std::size_t chunk = 0; chunk < chunks; ++chunk) starts_[chunk + 1] += starts_[chunk];
    const std::size_t size = starts_[chunks];
    dots_.positionsMm.resize(size), dots_.normals.resize(size), dots_.diametersMm.resize(size);
    dots_.depthsMm.resize(size), dots_.loads.resize(size), dots_.sessions.resize(size);
    dots_.zones.resize(size);

    const std::array<Session, kMaxSessions> sessions = sessionsOf(rules.sessions, rules.meanLoad);
    const float perKey = 1 / threshold.key, perDensity = 1 / candidates_->maxDensityPerCm2();
    parallelFor(
        chunks,
        [&](std::size_t chunk) {
            const std::size_t begin = chunk * kChunk, end = std::min(count, begin + kChunk);
            std::array<std::uint32_t, kChunk> chosen;
            std::size_t choices = 0;
            for (std::size_t i = begin; i < end; ++i) {
                chosen[choices] = static_cast<std::uint32_t>(i);
                choices += lets(i) ? 1 : 0;
            }
            std::size_t out = starts_[chunk];
            for (std::size_t c = 0; c < choices; ++c) {
                const std::size_t i = chosen[c];
                const std::uint32_t dots =
                    i == threshold.lastRank ? std::min(threshold.dotsOfLast, each) : each;
                // Its rank among those that stand where it does, so that every session is even by itself;
                // where more is asked for than candidates hold, all of them share the sessions.
                const float share = std::max(keys[i] * perKey, states.densities[i] * perDensity);
                std::size_t session = 0;
                while (share >= sessions[session].endShare) ++session;
                const DotPlace place = states.places[i];
                const float load =
                    sessions[session].load * rules.shades[place.look] * rules.uptakes[place.scar];
                const float diameterMm = rules.diameterMm * rules.sizes[place.look];
                for (std::uint32_t k = 0; k < dots; ++k, ++out) {
                    // A cluster's other dots take the deviates of candidates that bear no cluster.
                    const std::size_t from = k == 0 ? i : (i + k * (count / 3)) % count;
                    const auto& deviates = candidates_->deviates[from];
                    const auto deviate = [&](int which) { return kDeviateUnit * deviates[which]; };
                    dots_.positionsMm[out] = rules.clusters
                                                 ? positionInCluster(*candidates_, i, k, rules.ringMm)
                                                 : candidates_->positionsMm[i];
                    dots_.normals[out] = candidates_->normals[i];
                    dots_.diametersMm[out] = std::clamp(diameterMm * (1 + rules.diameterSpread * deviate(0)),
                                                        kMinDiameterMm, kMaxDiameterMm);
                    dots_.depthsMm[out] = std::clamp(rules.depthMm + rules.depthSpreadMm * deviate(1),
                                                     kMinDepthMm, kMaxDepthMm);
                    dots_.loads[out] =
                        std::clamp(load * (1 + rules.loadSpread * deviate(2)), kMinLoad, kMaxLoad);
                    dots_.sessions[out] = static_cast<std::uint8_t>(session);
                    dots_.zones[out] = place.zone;
                }
            }
        },
        4);
}

}  // namespace stubble
