#pragma once
// Who runs: names that tell a process from every other one, on this machine, also after its number was given
// anew.

#include <string>
#include <string_view>

namespace stubble {

/// "BOOT-PID-START" of this process: the first eight digits of the machine's boot id, the process number and
/// the clock tick it began at (proc(5), stat, field 22).
std::string ownProcessName();

/// Whether the process of that name still runs. What is no such name does not.
bool isRunning(std::string_view processName);

}  // namespace stubble
