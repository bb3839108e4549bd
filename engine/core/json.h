#pragma once
// JSON with limits, and a typed reader that names the place of every fault: "design.json: smp.depthMm: …".

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/core/result.h"

namespace stubble {

using Json = nlohmann::json;

inline constexpr std::size_t kMaxJsonBytes = 16u << 20;
inline constexpr int kMaxJsonDepth = 64;

/// Parses UTF-8 JSON of at most kMaxJsonBytes and kMaxJsonDepth nested brackets; duplicate keys are refused.
/// `fileName` opens every message; a syntax fault is given with line and column.
Result<Json> parseJson(std::string_view text, std::string_view fileName);

/// "a boolean", "a string", …: what a value is, for messages.
std::string describeType(const Json& value);

}  // namespace stubble
