#pragma once
// What the values of design keys may be, and how a fault in one is told.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/json.h"

namespace stubble {

enum class KeyType { number, integer, flag, choice, text, seed, points, list };

/// What a key takes, as people see it.
struct KeyShape {
    std::string path;  ///< dotted, as in the design file: "smp.depthMm"; in a list's items a bare name
    KeyType type = KeyType::number;
    double min = 0, max = 0;  ///< of a number or coordinate; of a text, its length in bytes
    std::string_view unit{};  ///< "mm", "hairs/cm²", …; empty where there is none
    std::string description{};
    std::string_view source{};                ///< where the default and the range come from
    std::vector<std::string_view> choices{};  ///< of a choice; names of values that a number takes as well
    bool orNull = false;                      ///< null is a value, too
    std::size_t minCount = 0, maxCount = 0;   ///< of points, or of a list's items
    std::vector<KeyShape> members{};  ///< of a list's items; points that must not be none are required
    Json byDefault{};
    /// Why values of the right shape cannot be the key's, path included: rules on the whole of a list.
    std::function<std::optional<std::string>(const Json&)> rule{};
};

/// Whether an item of a list must have the member.
inline bool isRequired(const KeyShape& key) {
    return key.minCount > 0;
}

/// "a number from 0.05 to 1.5 mm": what a key takes.
std::string describeExpected(const KeyShape& key);

/// Why a value cannot be the key's: "smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm".
/// In lists the item is named: "smp.strokes[3].points[7]: …".
std::optional<std::string> faultIn(const KeyShape& key, const Json& value);

}  // namespace stubble
