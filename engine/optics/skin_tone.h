#pragma once
// A person's skin colour and the pigments in the skin that make it.

#include <glm/glm.hpp>

#include "engine/optics/dot_table.h"

namespace stubble {

/// The ten swatches of E. Monk's skin tone scale (2019), 1 to 10, linear sRGB: colours as skin shows them.
glm::vec3 monkSwatch(int tone);

/// Melanin and blood that stand for a Monk tone in the model.
SkinPigments monkPigments(int tone);

struct SkinTone {
    SkinPigments pigments;
    glm::vec3 colour{0.5f};     ///< as it shows, surface included, linear sRGB
    glm::vec3 scatterMm{0.5f};  ///< by channel: d of Burley's profile, whose mean radius is 2.5 d
};

/// `melaninPercent` and `bloodPercent` replace the tone's own unless they are 0: the colour is then that of
/// the tones to both sides of this melanin, and changes with blood as the model's does.
SkinTone skinTone(const DotTable& table, int monk, float melaninPercent, float bloodPercent);

}  // namespace stubble
