#pragma once
// The main of a benchmark that draws: an OpenGL context without a window, whose device the output names.

#include <benchmark/benchmark.h>

#include <cstdio>

#include "engine/gpu/context.h"

namespace stubble {

inline int runGlBenchmarks(int argc, char** argv, const char* program) {
    benchmark::Initialize(&argc, argv);
    const auto context = GlContext::createHeadless();
    if (!context) {
        std::fprintf(stderr, "%s: %s\n", program, context.error().message.c_str());
        return static_cast<int>(context.error().code);
    }
    benchmark::AddCustomContext("device", context->device().renderer);
    benchmark::AddCustomContext("driver", context->device().version);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}

}  // namespace stubble
