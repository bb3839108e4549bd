#pragma once
// What a batch's job and its manifest say alike: cameras, lights, sizes, and the form of the pictures.

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/jobs/batch_manifest.h"
#include "engine/jobs/spec_reader.h"

namespace stubble {

/// The keys that readBatchViews reads.
std::span<const std::string_view> batchViewKeys();

/// Cameras, lights, sizes, samples, format, bits, dpi; what is not there is as `stubble render` has it. Every
/// value is held to the range that the options of `stubble render` have; names of cameras are as told.
Result<void> readBatchViews(const SpecReader& reader, BatchManifest& manifest);

/// As readBatchViews reads it back, to the bit.
void writeBatchViews(const BatchManifest& manifest, Json& json);

/// The items of a list of 1 to `most`, no two alike; `usual` where there is no list. `read` takes an item,
/// its place for messages, and its number.
template <typename Item, typename Read>
Result<std::vector<Item>> readList(const SpecReader& reader, std::string_view name, std::size_t most,
                                   std::vector<Item> usual, const Read& read) {
    if (!reader.has(name)) return usual;
    const Json& list = reader.at(name);
    if (!list.is_array()) return reader.unexpected(name, "a list");
    if (list.empty() || list.size() > most)
        return reader.bad(name, "found {} items, expected 1 to {}", list.size(), most);
    std::vector<Item> items;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::string place = fmt::format("{}[{}]", name, i);
        STUBBLE_TRY(Item item, read(list[i], place, i));
        const auto end = list.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(list.begin(), end, list[i]) != end) return reader.bad(place, "is there twice");
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace stubble
