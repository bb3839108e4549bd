#pragma once
// The designed hairline: a closed curve in the chart is opened by named styles, measured in mm on the head.

#include <array>
#include <cstdint>
#include <glm/glm.hpp>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/scalp/head.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {

enum class HairlineStyle {
    natural,
    broken,
    defined,
    feathered,
    receded,
    faded,
    edgeUp,
    rounded,
    straight,
    widowsPeak,
    winged
};
inline constexpr int kHairlineStyleCount = 11;

/// "natural", "broken", …, "edgeUp", "widowsPeak", "winged": the names in designs.
std::string_view hairlineStyleName(HairlineStyle style);
std::optional<HairlineStyle> hairlineStyleFromName(std::string_view name);

/// What a design says about the hairline. Ranges are checked when a design is read.
struct HairlineDesign {
    HairlineStyle style = HairlineStyle::natural;
    /// Arc along the midline skin from the glabella to the midpoint, mm; 40 to 130. Practice: 70 (aggressive)
    /// to 100 (conservative), "8 cm rule".
    float heightMm = 70;
    /// Width over which the edge fades in, mm; 0 to 40. Practice: a transition of 5 to 10 mm.
    float featherMm = 8;
    /// Amplitude of the irregular edge (macro waves of cm, micro notches of mm), mm; 0 to 8. Working default.
    float irregularityMm = 1.6f;
    /// Editable control points in the chart, ordered from the right temple over the forehead to the left.
    /// Empty: derived from style and height.
    std::vector<glm::vec2> points;

    bool operator==(const HairlineDesign&) const = default;
};

inline constexpr float kMaxHairlineRadius = 1.4f;  ///< of control points in the chart
inline constexpr std::size_t kMaxHairlinePoints = 256;

/// Fails (badInput) with the number of the offending point: fewer than 4 or more than 256, not finite, beyond
/// radius 1.4, not from the head's right to its left, twice the same, or crossing itself.
Result<void> checkHairlinePoints(const std::vector<glm::vec2>& points);

/// The control points a design stands for: its own, checked, or those of its style and height on this head.
/// Fails as checkHairlinePoints does.
Result<std::vector<glm::vec2>> hairlinePoints(const Head& head, const HairlineDesign& design);

/// A designed hairline on a head. A value of its own: it does not refer to the head. Thread-safe.
class Hairline {
  public:
    /// Fails as hairlinePoints does. `seed` draws the irregularity.
    static Result<Hairline> build(const Head& head, const HairlineDesign& design, std::uint64_t seed);

    /// Distance along the skin from the irregular edge, mm: positive behind it, where hair is, negative
    /// before it. Within 1 % up to 40 mm from the line, and growing with distance beyond.
    [[nodiscard]] float signedDistanceMm(glm::vec3 positionMm) const;
    /// The same in parts: from the smooth line to the irregular edge, for a place whose nearest place on the
    /// line is known and whose chart position lies inside region() or not.
    [[nodiscard]] float signedDistanceMm(const PolylineDistance::Nearest& nearest, bool inside) const;
    /// The smooth line for measuring.
    [[nodiscard]] const PolylineDistance& distance() const { return distance_; }
    /// The closed chart polygon of all that lies behind the line.
    [[nodiscard]] const std::vector<glm::vec2>& region() const { return region_; }
    /// Whether the edge of two hairlines is equally irregular at equal arcs of their lines.
    [[nodiscard]] bool hasEdgeOf(const Hairline& other) const;
    /// The irregular edge lies at most so far from the smooth line.
    [[nodiscard]] float maxWaveMm() const;

    [[nodiscard]] const std::vector<glm::vec2>& points() const { return points_; }
    /// The smooth line on the skin, from the head's right to its left, steps of 0.5 mm.
    [[nodiscard]] const std::vector<glm::vec3>& lineMm() const { return lineMm_; }
    /// Arc of midline skin from the glabella to the line, mm.
    [[nodiscard]] float midpointHeightMm() const { return midpointHeightMm_; }
    [[nodiscard]] float lengthMm() const;
    /// Where the line passes the verticals of the lateral canthi highest: left, right. The midpoint where it
    /// does not reach them.
    [[nodiscard]] std::array<glm::vec3, 2> templesMm() const { return templesMm_; }
    /// Width of the edge after the style's say, mm.
    [[nodiscard]] float featherMm() const { return featherMm_; }

  private:
    Hairline(const Head& head, std::vector<glm::vec3> lineMm);

    ScalpChart chart_;
    std::vector<glm::vec2> points_, region_;
    std::vector<glm::vec3> lineMm_;
    PolylineDistance distance_;
    float midpointHeightMm_ = 0, featherMm_ = 0;
    /// One-dimensional gradient noise along the line.
    struct Wave {
        float amplitudeMm = 0, lengthMm = 1;
        std::uint64_t seed = 0;
        std::vector<float> slopes;  ///< at whole multiples of the length
        /// Unit noise, within ±2 and mostly ±1.
        [[nodiscard]] float at(float arcMm) const {
            const float x = arcMm / lengthMm;
            const auto cell = static_cast<std::int32_t>(x);  // a cheap conversion; arcs are short
            const float t = x - static_cast<float>(cell);
            const float before = slopes[cell] * t, after = slopes[cell + 1] * (t - 1);
            return glm::mix(before, after, t * t * t * (t * (6 * t - 15) + 10)) * 2;
        }
    };
    Wave waveOf(float amplitudeMm, float lengthMm, std::uint64_t seed) const;
    std::array<Wave, 4> waves_;  ///< macro and micro in turn
    Wave gaps_;
    std::array<glm::vec3, 2> templesMm_{};
};

/// The hairline at the vertices of a head. A mesh cannot carry detail finer than its edges: ask
/// Hairline::signedDistanceMm at the place itself for notches of 2 mm.
struct HairlineField {
    std::vector<float> signedDistanceMm;  ///< see Hairline::signedDistanceMm
    float featherMm = 0;
    float midpointHeightMm = 0;
    float lengthMm = 0;
};
HairlineField hairlineField(const Head& head, const Hairline& hairline);

}  // namespace stubble
