#include "engine/treatment/impressions.h"

namespace stubble {

std::vector<std::size_t> dotsPerSession(const Impressions& impressions) {
    std::vector<std::size_t> counts;
    for (const std::uint8_t session : impressions.sessions) {
        if (session >= counts.size()) counts.resize(session + 1u, 0);
        ++counts[session];
    }
    return counts;
}

}  // namespace stubble
