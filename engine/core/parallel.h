#pragma once
// Parallel loops over oneTBB. Results must not depend on how a range is split, nor on which thread takes a
// part: bodies run with denormal numbers as zero everywhere, as ray tracers and drivers leave some threads
// and not others.

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_sort.h>

#include <cstddef>
#ifdef __SSE2__
#include <xmmintrin.h>
#endif

namespace stubble {

/// While it lives, this thread takes denormal numbers for zero.
class DenormalsAreZero {
  public:
#ifdef __SSE2__
    DenormalsAreZero() : before_(_mm_getcsr()) {
        _mm_setcsr(before_ | kFlushToZero | kDenormalsAreZero);
    }
    ~DenormalsAreZero() {
        _mm_setcsr(before_);
    }

  private:
    static constexpr unsigned kFlushToZero = 0x8000, kDenormalsAreZero = 0x40;
    unsigned before_;

  public:
#else
    DenormalsAreZero() {}
#endif
    DenormalsAreZero(const DenormalsAreZero&) = delete;
    DenormalsAreZero& operator=(const DenormalsAreZero&) = delete;
};

/// Calls body(begin, end) for parts that make up [0, count), in any order, on the threads that TBB's arena
/// allows.
template <typename Body>
void parallelForRanges(std::size_t count, const Body& body, std::size_t grain = 1024) {
    tbb::parallel_for(tbb::blocked_range<std::size_t>(0, count, grain), [&](const auto& range) {
        const DenormalsAreZero mode;
        body(range.begin(), range.end());
    });
}

/// Calls body(i) for every i in [0, count).
template <typename Body>
void parallelFor(std::size_t count, const Body& body, std::size_t grain = 256) {
    parallelForRanges(
        count,
        [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i != end; ++i) body(i);
        },
        grain);
}

/// Calls all of them, at the same time where there are threads.
template <typename... Bodies>
void parallelDo(const Bodies&... bodies) {
    tbb::parallel_invoke([&] {
        const DenormalsAreZero mode;
        bodies();
    }...);
}

/// Sorts values of which no two are equal.
template <typename Values>
void parallelSort(Values& values) {
    tbb::parallel_sort(values.begin(), values.end());
}

}  // namespace stubble
