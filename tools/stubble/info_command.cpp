// stubble info: what this installation is and what it can use.

#include "engine/core/file.h"
#include "tools/stubble/command.h"
#include "tools/stubble/info_gpu.h"
#include "tools/stubble/output.h"

namespace stubble {
namespace {

Result<void> printInfo(bool json) {
    nlohmann::ordered_json info;
    info["version"] = STUBBLE_VERSION;
    const auto data = dataDir();
    info["dataDir"] = data ? data->string() : data.error().message;
    const auto cache = cacheDir();
    info["cacheDir"] =
        cache.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(cache.string());
    info["openGl"] = describeGpu();
    if (json) return writeStandardOutput(reportText(info));
    return writeStandardOutput(fmt::format(
        "stubble {}\ndata:  {}\ncache: {}\n{}", STUBBLE_VERSION, info["dataDir"].get<std::string>(),
        cache.empty() ? "none, nothing is cached" : cache.string(), gpuText(info["openGl"])));
}

}  // namespace

void addInfoCommand(CLI::App& app, Command& run) {
    CLI::App* command = app.add_subcommand("info", "Print version, folders and graphics devices");
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "Print as JSON");
    command->callback([json, &run] { run = [json] { return printInfo(*json); }; });
}

}  // namespace stubble
