#pragma once
// The stages of pattern baldness and how each is drawn.

#include <glm/glm.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/scalp/front_line.h"

namespace stubble {

/// Hamilton–Norwood scale (Norwood, "Male pattern baldness: classification and incidence", 1975). Stages with
/// an a are those of the variant in which the front as a whole moves back and no spot opens at the crown.
enum class Norwood { none, I, II, IIa, III, IIIa, IIIVertex, IV, IVa, V, Va, VI, VII };

inline constexpr int kNorwoodCount = 13;

/// "none", "I", "II", "IIa", … "VII": the names in designs.
std::string_view norwoodName(Norwood norwood);
std::optional<Norwood> norwoodFromName(std::string_view name);

/// The next in the stage's series: none, I, II, III, IIIVertex, IV, V, VI, VII; IIa, IIIa, IVa, Va, VI. VII
/// stays itself.
Norwood nextStage(Norwood stage);
/// The stages on the way to one, itself included, `none` left out. VI and VII take both series in.
std::vector<Norwood> stagesUpTo(Norwood stage);

/// What a stage by itself has lost: all before a front line, a spot around the crown, all in a ring of the
/// chart. Working defaults, calibrated as described in docs/sources.md.
struct NorwoodPattern {
    FrontShape front;
    float spotY = 0;         ///< centre of the crown's spot
    glm::vec2 spotRadii{0};  ///< across and along; 0: no spot
    /// Right half of the ring's border from the temple back towards the midline; empty: no ring.
    std::vector<glm::vec2> ring;
};
NorwoodPattern patternOf(Norwood stage);

}  // namespace stubble
