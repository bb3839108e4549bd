#pragma once
// Hair transplants: follicles from the back of the head, where hair lasts, put where it is lost.

#include <string_view>
#include <vector>

#include "engine/hair/follicles.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/scar.h"

namespace stubble {

/// FUE: a punch for each graft, which leaves a dot of scar; strip: one cut across the back.
enum class GraftMethod { fue, strip };
inline constexpr int kGraftMethodCount = 2;
/// "FUE", "strip": the names in designs.
std::string_view graftMethodName(GraftMethod method);

/// natural: follicular units as they grow, single hairs in front; pluggy: 4 mm plugs of 10 to 20 hairs in
/// rows with a straight front, as until the 1990s.
enum class GraftHairline { natural, pluggy };
inline constexpr int kGraftHairlineCount = 2;
/// "natural", "pluggy": the names in designs.
std::string_view graftHairlineName(GraftHairline hairline);

inline constexpr int kMaxGraftCount = 10000;

/// Ranges are checked when a design is read. Sources: docs/sources.md, hair.
struct GraftDesign {
    int count = 0;  ///< taken and planted, 0 to kMaxGraftCount: follicular units, or plugs
    GraftMethod method = GraftMethod::fue;
    GraftHairline hairline = GraftHairline::natural;
    float setbackMm = 0;    ///< from the hairline to the first graft, 0 to 40
    float survival = 0.9f;  ///< share of planted hair that grows, 0 to 1

    bool operator==(const GraftDesign&) const = default;
};

/// What a transplant is done on.
struct GraftGround {
    const Head* head = nullptr;
    const Hairline* hairline = nullptr;  ///< grafts stand behind it
    std::span<const float> hairShare;    ///< of natural hair, one a vertex; grafts stand where it is lacking
    std::span<const glm::vec3> growth;   ///< which way hair grows, one a vertex (growthAtVertices)
};

/// How freely hair at a place of the chart is taken, 0 to 1: hair that lasts, in a band of some 5 cm round
/// the back from ear to ear, whose edges are spared.
float donorShare(glm::vec2 chart);

/// What a transplant leaves behind.
struct Transplant {
    std::vector<Scar> scars;       ///< in the donor area
    std::size_t firstPlanted = 0;  ///< follicles from this one on are grafts
};

/// Moves hair. FUE takes the units out of
/// `follicles`; after a strip the skin is drawn together, so that they stay as dense as they were. Grafts
/// keep what hair they are: shaft, melanin, growth and curl. Fails (badInput) when more is asked for than the
/// donor area can give or the ground can take.
Result<Transplant> transplant(const GraftGround& ground, const GraftDesign& design, std::uint64_t seed,
                              Follicles& follicles);

/// Share of natural hair that these follicles make up at each vertex of the head, 0 to 1, seen over 3 mm.
std::vector<float> shareOf(const Follicles& follicles, const Head& head, const HairDesign& hair);

}  // namespace stubble
