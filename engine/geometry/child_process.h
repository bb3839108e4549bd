#pragma once
// Runs a program and collects what it writes to its standard output, with a deadline.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "engine/core/result.h"

namespace stubble {

struct ChildOutput {
    std::vector<std::byte> bytes;
    bool timedOut = false;  ///< killed at the deadline
    bool stopped = false;   ///< killed as `stop` asked for
    bool tooLong = false;   ///< killed when it had written more than maxBytes
    int exitStatus = 0;     ///< of exit(), when signal is 0
    int signal = 0;         ///< that ended it, or 0
};

/// Starts `program` with `arguments` (without a shell), standard input and error on /dev/null, and reads its
/// standard output until it closes. The child is always reaped; on the deadline (wall clock) or past maxBytes
/// it is killed, and soon after `stop`, where there is one, has said true. Fails (io) when it cannot be
/// started.
Result<ChildOutput> runChild(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                             double maxSeconds, std::size_t maxBytes, const std::function<bool()>& stop = {});

}  // namespace stubble
