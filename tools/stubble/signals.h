#pragma once

namespace stubble {

/// SIGINT, SIGTERM and SIGPIPE from now on remove half-written files and end the program with 130, 143 and
/// 141; a file too large for the user's limit is an error of writing.
void endCleanlyOnSignals();

}  // namespace stubble
