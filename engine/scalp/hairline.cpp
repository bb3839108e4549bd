// Hairlines by the measured rules of hairline planning, with macro- and micro-irregularity (Shapiro): waves
// of cm and notches of mm, here gradient noise (Perlin, "An image synthesizer", 1985) along the line.

#include "engine/scalp/hairline.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"
#include "engine/core/random.h"
#include "engine/scalp/chart_curve.h"
#include "engine/scalp/front_line.h"
#include "engine/scalp/skull.h"

namespace stubble {
namespace {

struct StyleRule {
    std::string_view name;
    FrontShape shape;    // midpointMm comes from the design
    float macro, micro;  // share of the design's irregularity
    float gaps;          // depth of gaps, in units of the design's irregularity
    float feather;       // times the design's feather
};

// Working defaults after what practitioners show under these names. Shape: midpoint, temple rise, shoulder
// rise, widow's peak, recess back, peak forward (mm), level.
constexpr StyleRule kStyles[kHairlineStyleCount] = {
    {"natural", {0, 0, 0, 0, 0, 0, false}, 1, 1, 0, 1},
    {"broken", {0, 0, 0, 0, 0, 0, false}, 1.2f, 1.5f, 3, 1},
    {"defined", {0, -3, 0, 0, -3, 2, false}, 0.1f, 0.15f, 0, 0.35f},
    {"feathered", {0, 0, 0, 0, 0, 0, false}, 1, 0.8f, 0, 2},
    {"receded", {0, 24, 0, 0, 8, -4, false}, 1, 1, 0, 1},
    {"faded", {0, 2, 0, 0, 0, 0, false}, 0.8f, 0.5f, 0, 3},
    {"edgeUp", {0, 0, 0, 0, -6, 6, true}, 0, 0, 0, 0.15f},
    {"rounded", {0, -12, 0, 0, -7, 0, false}, 0.7f, 0.8f, 0, 0.8f},
    {"straight", {0, 0, 0, 0, -3, 2, true}, 0.3f, 0.6f, 0, 0.7f},
    {"widowsPeak", {0, 4, 0, 9, 0, 0, false}, 0.8f, 1, 0, 1},
    {"winged", {0, 16, -4, 0, 2, 6, false}, 0.7f, 0.8f, 0, 0.9f},
};

constexpr float kMacroWavesMm[2] = {27, 17};  // lengths of the edge's waves
constexpr float kMicroWavesMm[2] = {3.7f, 2.3f};
constexpr float kMicroShare = 0.5f;                  // amplitude of notches to that of waves
constexpr float kGapSpacingMm = 11;                  // mean length from gap to gap in a broken line
constexpr float kFadeStartMm = 12, kFadeEndMm = 45;  // the edge's waves die away so far from it

const StyleRule& ruleOf(HairlineStyle style) {
    return kStyles[static_cast<std::size_t>(style)];
}

float smoothStep(float low, float high, float x) {
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

bool crosses(glm::vec2 a, glm::vec2 b, glm::vec2 c, glm::vec2 d) {
    const auto turn = [](glm::vec2 p, glm::vec2 q, glm::vec2 r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    };
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
}

}  // namespace

std::string_view hairlineStyleName(HairlineStyle style) {
    return ruleOf(style).name;
}

std::optional<HairlineStyle> hairlineStyleFromName(std::string_view name) {
    for (int i = 0; i < kHairlineStyleCount; ++i)
        if (kStyles[i].name == name) return static_cast<HairlineStyle>(i);
    return std::nullopt;
}

Result<void> checkHairlinePoints(const std::vector<glm::vec2>& points) {
    if (points.size() < 4 || points.size() > kMaxHairlinePoints)
        return fail(ExitCode::badInput, "hairline.points: {} points; expected 4 to {}", points.size(),
                    kMaxHairlinePoints);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const glm::vec2 p = points[i];
        if (!std::isfinite(p.x) || !std::isfinite(p.y))
            return fail(ExitCode::badInput, "hairline.points[{}]: not finite", i);
        if (glm::length(p) > kMaxHairlineRadius)
            return fail(
                ExitCode::badInput,
                "hairline.points[{}]: ({:.4g}, {:.4g}) lies {:.4g} from the vertex; expected at most {}", i,
                p.x, p.y, glm::length(p), kMaxHairlineRadius);
        if (i > 0 && glm::distance(p, points[i - 1]) < 1e-4f)
            return fail(ExitCode::badInput, "hairline.points[{}]: the same place as the point before it", i);
    }
    if (!(points.front().x > 0 && points.back().x < 0))
        return fail(
            ExitCode::badInput,
            "hairline.points: run from x = {:.4g} to x = {:.4g}; expected from the head's right (x > 0) "
            "to its left (x < 0)",
            points.front().x, points.back().x);
    for (std::size_t i = 1; i < points.size(); ++i)
        for (std::size_t k = i + 2; k < points.size(); ++k)
            if (crosses(points[i - 1], points[i], points[k - 1], points[k]))
                return fail(
                    ExitCode::badInput,
                    "hairline.points: the line from point {} to {} crosses the line from point {} to {}; "
                    "expected them in order over the forehead",
                    i - 1, i, k - 1, k);
    return {};
}

Result<std::vector<glm::vec2>> hairlinePoints(const Head& head, const HairlineDesign& design) {
    if (!design.points.empty()) {
        STUBBLE_CHECK(checkHairlinePoints(design.points));
        return design.points;
    }
    FrontShape shape = ruleOf(design.style).shape;
    shape.midpointMm = design.heightMm;
    return frontLinePoints(skullOf(head)->guides(), shape);
}

Hairline::Hairline(const Head& head, std::vector<glm::vec3> lineMm)
    : chart_(head.chart), lineMm_(std::move(lineMm)), distance_(lineMm_, kSkullRadiusMm) {}

Result<Hairline> Hairline::build(const Head& head, const HairlineDesign& design, std::uint64_t seed) {
    STUBBLE_TRY(std::vector<glm::vec2> points, hairlinePoints(head, design));
    const std::vector<glm::vec2> curve = smoothCurve(points, false);
    const std::shared_ptr<const Skull> skull = skullOf(head);
    const SkullTracer& tracer = skull->tracer();
    const SkullGuides& guides = skull->guides();
    Hairline hairline(head, tracer.trace(curve, false));
    if (hairline.lineMm_.size() < 2)
        return fail(ExitCode::badInput, "head \"{}\": there is no skin under the hairline", head.name);
    hairline.points_ = std::move(points);
    hairline.region_ = regionBehind(curve);

    const StyleRule& rule = ruleOf(design.style);
    hairline.featherMm_ = design.featherMm * rule.feather;
    const float macroMm = design.irregularityMm * rule.macro;
    const float microMm = design.irregularityMm * rule.micro * kMicroShare;
    for (std::size_t k = 0; k < 2; ++k) {
        hairline.waves_[2 * k] = hairline.waveOf(0.5f * macroMm, kMacroWavesMm[k], hashCounters(seed, 1, k));
        hairline.waves_[2 * k + 1] =
            hairline.waveOf(0.5f * microMm, kMicroWavesMm[k], hashCounters(seed, 2, k));
    }
    hairline.gaps_ =
        hairline.waveOf(design.irregularityMm * rule.gaps, 0.5f * kGapSpacingMm, hashCounters(seed, 3));

    // Measures: where the curve passes the midline in front, and the canthus verticals highest.
    float frontY = -kMaxHairlineRadius;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const glm::vec2 a = curve[i - 1], b = curve[i];
        if (a.x > 0 && b.x <= 0) frontY = std::max(frontY, glm::mix(a.y, b.y, a.x / (a.x - b.x)));
    }
    hairline.midpointHeightMm_ = guides.arcAboveGlabellaMm(frontY);
    const glm::vec3 midpoint = tracer.positionMm({0, frontY}).value_or(hairline.lineMm_.front());
    for (const Side side : {Side::left, Side::right}) {
        const float x = guides.canthusMm(side).x;
        std::optional<glm::vec3> best;
        for (std::size_t i = 1; i < hairline.lineMm_.size(); ++i) {
            const glm::vec3 a = hairline.lineMm_[i - 1], b = hairline.lineMm_[i];
            if ((a.x - x) * (b.x - x) > 0 || a.x == b.x) continue;
            const glm::vec3 p = glm::mix(a, b, (x - a.x) / (b.x - a.x));
            if (!best || p.y > best->y) best = p;
        }
        hairline.templesMm_[side == Side::left ? 0 : 1] = best.value_or(midpoint);
    }
    return hairline;
}

float Hairline::lengthMm() const {
    return static_cast<float>(distance_.lengthMm());
}

Hairline::Wave Hairline::waveOf(float amplitudeMm, float lengthMm, std::uint64_t seed) const {
    Wave wave{amplitudeMm, lengthMm, seed, {}};
    wave.slopes.resize(static_cast<std::size_t>(distance_.lengthMm() / lengthMm) + 3);
    for (std::size_t i = 0; i < wave.slopes.size(); ++i)
        wave.slopes[i] = 4 * unitFloat(hashCounters(seed, i)) - 2;
    return wave;
}

bool Hairline::hasEdgeOf(const Hairline& other) const {
    const auto same = [](const Wave& a, const Wave& b) {
        return a.amplitudeMm == b.amplitudeMm && a.lengthMm == b.lengthMm && a.seed == b.seed;
    };
    return same(gaps_, other.gaps_) && std::equal(waves_.begin(), waves_.end(), other.waves_.begin(), same);
}

float Hairline::maxWaveMm() const {
    float sum = gaps_.amplitudeMm;
    for (const Wave& wave : waves_) sum += 2 * wave.amplitudeMm;
    return sum;
}

float Hairline::signedDistanceMm(glm::vec3 positionMm) const {
    return signedDistanceMm(distance_.nearest(positionMm).value_or(PolylineDistance::Nearest{}),
                            isInside(region_, chart_.chartFromMm(positionMm)));
}

float Hairline::signedDistanceMm(const PolylineDistance::Nearest& nearest, bool inside) const {
    const auto [away, arc] = nearest;
    const float smooth = inside ? away : -away;
    if (away >= kFadeEndMm) return smooth;
    float wave = 0;
    for (const Wave& part : waves_) wave += part.amplitudeMm * part.at(arc);
    // Gaps push the edge back where a third noise is high.
    if (gaps_.amplitudeMm > 0) wave -= gaps_.amplitudeMm * smoothStep(0.15f, 0.7f, gaps_.at(arc));
    return smooth + wave * (1 - smoothStep(kFadeStartMm, kFadeEndMm, away));
}

HairlineField hairlineField(const Head& head, const Hairline& hairline) {
    HairlineField field;
    field.signedDistanceMm.resize(head.mesh.positionsMm.size());
    parallelFor(field.signedDistanceMm.size(), [&](std::size_t i) {
        field.signedDistanceMm[i] = hairline.signedDistanceMm(head.mesh.positionsMm[i]);
    });
    field.featherMm = hairline.featherMm();
    field.midpointHeightMm = hairline.midpointHeightMm();
    field.lengthMm = hairline.lengthMm();
    return field;
}

}  // namespace stubble
