#include "tools/stubble/info_gpu.h"

#include <fmt/format.h>

#include "engine/gpu/context.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

void putDevice(OrderedJson& json, const Result<DeviceInfo>& device) {
    json["works"] = device.has_value();
    if (!device) {
        json["error"] = device.error().message;
        return;
    }
    json["renderer"] = device->renderer;
    json["vendor"] = device->vendor;
    json["version"] = device->version;
    json["software"] = device->software;
}

std::string deviceText(const OrderedJson& device) {
    const auto value = [&](const char* name) { return oneLine(device[name].get<std::string>()); };
    if (!device["works"].get<bool>())
        return fmt::format("{}: cannot be used: {}\n", value("name"), value("error"));
    return fmt::format("{}: {}, {}{}{}\n", value("name"), value("renderer"), value("vendor"),
                       device["software"].get<bool>() ? ", software" : "",
                       device["chosen"].get<bool>() ? ", chosen" : "");
}

}  // namespace

OrderedJson describeGpu() {
    OrderedJson gpu;
    gpu["devices"] = OrderedJson::array();
    const std::vector<EglDevice> devices = probeEglDevices();
    Result<GlContext> context = GlContext::createHeadless();
    for (const EglDevice& device : devices) {
        OrderedJson& json = gpu["devices"].emplace_back();
        json["index"] = device.index ? OrderedJson(*device.index) : OrderedJson();
        json["name"] = device.name;
        putDevice(json, device.device);
        json["chosen"] = context && context->device().platform == device.name;
    }
    putDevice(gpu, context.map([](const GlContext& made) { return made.device(); }));
    if (context) gpu["platform"] = context->device().platform;
    return gpu;
}

std::string gpuText(const OrderedJson& gpu) {
    const auto value = [&](const char* name) { return gpu[name].get<std::string>(); };
    std::string text;
    if (gpu["works"].get<bool>())
        text = fmt::format("OpenGL: {}, {}, {}\n", value("version"), value("renderer"), value("platform"));
    else
        text = fmt::format("OpenGL: none: {}\n", value("error"));
    for (const auto& device : gpu["devices"]) text += deviceText(device);
    return text;
}

}  // namespace stubble
