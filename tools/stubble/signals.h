#pragma once

namespace stubble {

/// SIGINT and SIGTERM from now on remove half-written files and end the program with 130 and 143.
void endCleanlyOnSignals();

}  // namespace stubble
