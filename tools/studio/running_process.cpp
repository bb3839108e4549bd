#include "tools/studio/running_process.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace stubble {
namespace {

std::string textOf(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Empty where no such process runs; one that has ended and was not yet asked for counts as ended.
std::string nameOf(long pid) {
    const std::string stat = textOf(fmt::format("/proc/{}/stat", pid));
    const auto command = stat.rfind(')');  // the program's name may hold anything
    if (command == std::string::npos) return {};
    std::istringstream fields(stat.substr(command + 1));
    const std::vector<std::string> words{std::istream_iterator<std::string>(fields), {}};
    constexpr std::size_t kState = 0, kStart = 19;  // fields 3 and 22
    if (words.size() <= kStart || words[kState] == "Z" || words[kState] == "X") return {};
    return fmt::format("{}-{}-{}", textOf("/proc/sys/kernel/random/boot_id").substr(0, 8), pid,
                       words[kStart]);
}

}  // namespace

std::string ownProcessName() {
    return nameOf(::getpid());
}

bool isRunning(std::string_view processName) {
    const auto dash = processName.find('-');
    if (dash == std::string_view::npos) return false;
    long pid = 0;
    std::from_chars(processName.data() + dash + 1, processName.data() + processName.size(), pid);
    return pid > 0 && nameOf(pid) == processName;
}

}  // namespace stubble
