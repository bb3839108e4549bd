#pragma once
// The one table of design keys. Reading, writing, --set, the JSON Schema and docs/design.md all follow it.

#include <functional>
#include <span>
#include <string_view>

#include "engine/scene/design.h"
#include "engine/scene/design_shape.h"

namespace stubble {

/// A key bound to a member of its owner.
template <typename Owner>
struct KeyOf : KeyShape {
    std::function<Json(const Owner&)> get;
    std::function<void(Owner&, const Json&)> set;  ///< takes a value without fault (faultIn)
};
using DesignKey = KeyOf<Design>;

/// All keys in the order of the file, members of a group next to one another.
std::span<const DesignKey> designKeys();

/// The key of a dotted path, or null.
const DesignKey* findDesignKey(std::string_view path);

/// The keys' dotted paths, for suggestions.
std::span<const std::string_view> designKeyPaths();

/// A number that prints without a point when it is whole.
Json plainNumber(double value);

/// The value's shortest decimal that reads back as the same float.
Json shortestNumber(float value);

}  // namespace stubble
