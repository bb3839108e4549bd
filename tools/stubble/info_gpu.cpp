#include "tools/stubble/info_gpu.h"

#include <fmt/format.h>

#include "engine/gpu/context.h"

namespace stubble {

nlohmann::ordered_json describeGpu() {
    nlohmann::ordered_json gpu;
    gpu["devices"] = listEglDevices();
    const auto context = GlContext::createHeadless();
    gpu["works"] = context.has_value();
    if (!context) {
        gpu["error"] = context.error().message;
        return gpu;
    }
    const DeviceInfo& device = context->device();
    gpu["renderer"] = device.renderer;
    gpu["vendor"] = device.vendor;
    gpu["version"] = device.version;
    gpu["platform"] = device.platform;
    gpu["software"] = device.software;
    return gpu;
}

std::string gpuText(const nlohmann::ordered_json& gpu) {
    const auto value = [&](const char* name) { return gpu[name].get<std::string>(); };
    std::string text;
    if (gpu["works"].get<bool>())
        text = fmt::format("OpenGL: {}, {}, {}\n", value("version"), value("renderer"), value("platform"));
    else
        text = fmt::format("OpenGL: none: {}\n", value("error"));
    for (const auto& device : gpu["devices"])
        text += fmt::format("EGL device: {}\n", device.get<std::string>());
    return text;
}

}  // namespace stubble
