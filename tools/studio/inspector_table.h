#pragma once
// Which keys of the design the inspector offers, in which order and by which control. What a key may be is
// the key table's alone (engine/scene/design_keys.h).

#include <span>
#include <string_view>
#include <vector>

namespace stubble {

enum class RowKind {
    slider,
    typical,  ///< a slider whose key may be null: then what is typical of the client's hair
    list,
    style,  ///< a list of styles, and the way back from a line drawn by hand
    chips,
    toggle,
    skinTone,    ///< swatches
    hairColour,  ///< swatches
    moments,     ///< days that people speak of
    guards,      ///< of clippers
    zones,       ///< a zone to choose, and its three factors
};

struct InspectorRow {
    std::string_view path;  ///< of a design key; of `zones`, what all of theirs begin with
    RowKind kind = RowKind::slider;
    double curve = 1;  ///< of a slider (SliderShape)
    double step = 0;   ///< the same
    int columns = 1;   ///< of chips
};

struct InspectorSection {
    std::string_view name;  ///< its heading is the text group.NAME
    bool openAtFirst = false;
    std::vector<InspectorRow> rows;
};
std::span<const InspectorSection> inspectorSections();

/// The section that has a key's row; empty where none has.
std::string_view sectionOf(std::string_view path);

/// The path of the row to go to for a key: its own, else the first of its group; empty where none comes near.
std::string_view rowFor(std::string_view path);

}  // namespace stubble
