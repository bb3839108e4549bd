#pragma once
// The graphics part of `stubble info`.

#include <nlohmann/json.hpp>
#include <string>

namespace stubble {

/// {"devices": [{"index": 0, "name": …, "works": true, "renderer": …} or {…, "works": false, "error": …}, …],
/// "works": true, "renderer": …} or {…, "works": false, "error": …}; index null is EGL's surfaceless
/// platform.
nlohmann::ordered_json describeGpu();

/// The same as lines for people.
std::string gpuText(const nlohmann::ordered_json& gpu);

}  // namespace stubble
