#pragma once
// The one table of design keys. Reading, writing, --set, the JSON Schema and docs/design.md all follow it.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/json.h"
#include "engine/scene/design.h"

namespace stubble {

enum class KeyType { number, integer, flag, choice, text, seed, points };

/// A member of Design as people see it. Its default is what a default-constructed Design holds.
struct DesignKey {
    std::string_view path;  ///< dotted, as in the design file: "smp.depthMm"
    KeyType type = KeyType::number;
    double min = 0, max = 0;     ///< of a number or coordinate; of a text, its length in bytes
    std::string_view unit = {};  ///< "mm", "hairs/cm²", …; empty where there is none
    std::string_view description = {};
    std::string_view source = {};  ///< where the default and the range come from
    std::vector<std::string_view> choices = {};
    std::function<Json(const Design&)> get = {};
    std::function<void(Design&, const Json&)> set = {};  ///< takes a value without fault (faultIn)
};

/// All keys in the order of the file, members of a group next to one another.
std::span<const DesignKey> designKeys();

/// The key of a dotted path, or null.
const DesignKey* findDesignKey(std::string_view path);

/// The keys' dotted paths, for suggestions.
std::span<const std::string_view> designKeyPaths();

/// "a number from 0.05 to 1.5 mm": what a key takes.
std::string describeExpected(const DesignKey& key);

/// Why a value cannot be the key's: "smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm".
std::optional<std::string> faultIn(const DesignKey& key, const Json& value);

/// A number that prints without a point when it is whole.
Json plainNumber(double value);

/// The value's shortest decimal that reads back as the same float.
Json shortestNumber(float value);

}  // namespace stubble
