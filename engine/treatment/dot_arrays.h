#pragma once
// From candidates that are let in to the arrays of impressions.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/scalp/zones.h"
#include "engine/treatment/candidates.h"
#include "engine/treatment/impressions.h"
#include "engine/treatment/smp.h"

namespace stubble {

inline constexpr int kMaxSessions = 6;

/// What a place says about a dot on a candidate.
struct DotPlace {
    std::uint8_t zone = static_cast<std::uint8_t>(Zone::outside);
    std::uint8_t look = static_cast<std::uint8_t>(Zone::outside);  ///< the zone whose size and shade it has
    std::uint16_t scar = 0;                                        ///< from 1; 0 is none
    bool operator==(const DotPlace&) const = default;
};

/// What a design says about all dots.
struct DotRules {
    float diameterMm = 0, diameterSpread = 0, depthMm = 0, depthSpreadMm = 0, loadSpread = 0;
    float meanLoad = 0;                               ///< percent
    int sessions = 1;                                 ///< 1 to kMaxSessions
    std::array<float, kZoneCount> sizes{}, shades{};  ///< by zone
    std::vector<float> uptakes;                       ///< by DotPlace::scar, from 0: healthy skin
    bool clusters = false;                            ///< three dots a candidate
    float ringMm = 0;                                 ///< from a cluster's centre to its dots
    bool operator==(const DotRules&) const = default;
};

/// Which candidates are let in: those of a key below `key`, or of just this key up to a rank.
struct Threshold {
    float key = 0;
    std::uint32_t lastRank = ~0u;
    std::uint32_t dotsOfLast = 3;  ///< in the cluster on the candidate `lastRank`
    [[nodiscard]] bool lets(float itsKey, std::uint32_t rank) const {
        return itsKey < key || (itsKey == key && rank <= lastRank);
    }
    bool operator==(const Threshold&) const = default;
};

/// All of one length, in rank order.
struct CandidateStates {
    std::vector<float> keys;  ///< the nominal density at which a candidate becomes a dot; may be infinite
    std::vector<float> densities;  ///< the even density at which it would
    std::vector<DotPlace> places;
};

/// Impressions that are kept up to date.
class DotArrays {
  public:
    /// The candidates must outlive this.
    explicit DotArrays(const Candidates& candidates) : candidates_(&candidates) {}

    void write(const CandidateStates& states, const Threshold& threshold, const DotRules& rules);
    void clear() { dots_ = {}; }
    [[nodiscard]] const Impressions& impressions() const { return dots_; }

  private:
    const Candidates* candidates_;
    Impressions dots_;
    std::vector<std::uint32_t> starts_;  ///< of each chunk of ranks among the dots
};

}  // namespace stubble
