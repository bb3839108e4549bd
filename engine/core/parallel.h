#pragma once
// Parallel loops over oneTBB. Results must not depend on how a range is split.

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include <cstddef>

namespace stubble {

/// Calls body(i) for every i in [0, count), in any order, on the threads that TBB's arena allows.
template <typename Body>
void parallelFor(std::size_t count, const Body& body, std::size_t grain = 256) {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain), [&](const auto& range) {
        for (std::size_t i = range.begin(); i != range.end(); ++i) body(i);
    });
}

/// Calls all of them, at the same time where there are threads.
template <typename... Bodies>
void parallelDo(const Bodies&... bodies) {
    tbb::parallel_invoke(bodies...);
}

}  // namespace stubble
