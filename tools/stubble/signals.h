#pragma once

namespace stubble {

/// SIGINT and SIGTERM from now on remove half-written files and end the program with 130 and 143; a file too
/// large for the user's limit is an error of writing.
void endCleanlyOnSignals();

}  // namespace stubble
