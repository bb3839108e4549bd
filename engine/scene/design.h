#pragma once
// The one editable document: everything that a person decides. A value; undo is a list of these.

#include <cstdint>
#include <string>
#include <vector>

#include "engine/hair/concealer.h"
#include "engine/hair/grafts.h"
#include "engine/hair/hair.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/scar.h"
#include "engine/treatment/ageing.h"
#include "engine/treatment/smp.h"

namespace stubble {

struct SkinDesign {
    int monk = 4;  ///< Monk skin tone, 1 to 10
    float melaninPercent =
        0;                   ///< melanosomes in the epidermis, percent of volume, 0.5 to 45; 0: as monk says
    float bloodPercent = 0;  ///< in the dermis, percent of volume, 0.05 to 5; 0: as monk says
    float shine = 0.5f;      ///< 0 matte powder … 1 oily; working default
    float redness = 0.5f;    ///< strength of the uneven vascular red, 0 to 1; working default
    std::vector<Scar> scars;

    bool operator==(const SkinDesign&) const = default;
};

/// Every member is a key of the design file: engine/scene/design_keys.cpp.
struct Design {
    std::string name;                        ///< for people; up to 100 bytes
    std::string description;                 ///< for people; up to 2000 bytes
    std::string head = "builtin:mannequin";  ///< builtin:NAME or a path, relative to the design file
    SkinDesign skin;
    HairDesign hair;
    HairlineDesign hairline;
    GraftDesign grafts;
    ConcealerDesign concealer;
    SmpDesign smp;
    TimeDesign time;
    std::uint64_t seed = 1;

    bool operator==(const Design&) const = default;
};

}  // namespace stubble
