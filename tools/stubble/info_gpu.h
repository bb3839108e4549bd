#pragma once
// The graphics part of `stubble info`.

#include <nlohmann/json.hpp>
#include <string>

namespace stubble {

/// {"devices": […], "works": true, "renderer": …} or {"devices": […], "works": false, "error": …}.
nlohmann::ordered_json describeGpu();

/// The same as lines for people.
std::string gpuText(const nlohmann::ordered_json& gpu);

}  // namespace stubble
