#include "tools/studio/hairline_edit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/scalp/chart_curve.h"

namespace stubble {
namespace {

// Working defaults, chart units of about 15 cm.
constexpr float kOnMidline = 0.012f;  // so near to the midline a point is one of it
constexpr float kOpposite = 0.07f;    // so far from the mirrored place an opposite point may stand
constexpr float kApart = 0.01f;       // two points never come nearer
constexpr float kReach = 0.999f * kMaxHairlineRadius;
// Of |x| at which a raised line goes all the way, and not at all: the temples' outer ends, and the ears.
constexpr float kWhole = 0.42f, kStill = 0.9f;

constexpr int kSamplesPerSpan = 12;
constexpr int kHalvings = 12;  // of a way that is not free to its end

glm::vec2 mirrored(glm::vec2 place) {
    return {-place.x, place.y};
}

bool standsApart(const HairlinePoints& points, std::size_t index) {
    const auto near = [&](std::size_t other) { return glm::distance(points[index], points[other]) < kApart; };
    return !(index > 0 && near(index - 1)) && !(index + 1 < points.size() && near(index + 1));
}

/// Whether neighbours stand apart, or at least no nearer than before.
bool stayApart(const HairlinePoints& points, const HairlinePoints& before) {
    for (std::size_t i = 1; i < points.size(); ++i)
        if (glm::distance(points[i], points[i - 1]) <
            std::min(kApart, glm::distance(before[i], before[i - 1])))
            return false;
    return true;
}

/// How far each point goes along with one, by its way to it along the line: 1 for itself, smoothly to 0.
std::vector<float> followShares(const HairlinePoints& points, std::size_t index, float reach) {
    std::vector<float> shares(points.size(), 0);
    shares[index] = 1;
    const auto walk = [&](int step) {
        float away = 0;
        for (std::size_t i = index; (step > 0 ? i + 1 < points.size() : i > 0) && away < reach;) {
            const std::size_t next = step > 0 ? i + 1 : i - 1;
            away += glm::distance(points[i], points[next]);
            const float t = std::min(away / reach, 1.0f);
            shares[i = next] = (1 - t * t) * (1 - t * t);
        }
    };
    if (reach > 0) walk(1), walk(-1);
    return shares;
}

/// Each point's way where one goes by `way`, and its opposite, where there is one, by the mirrored way.
std::vector<glm::vec2> waysOf(const HairlinePoints& points, std::size_t index, glm::vec2 way,
                              std::optional<std::size_t> opposite, float reach) {
    const std::vector<float> own = followShares(points, index, reach);
    std::vector<glm::vec2> ways(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) ways[i] = own[i] * way;
    if (!opposite || *opposite == index) return ways;
    const std::vector<float> other = followShares(points, *opposite, reach);
    const float away = points[index].x;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool isOwn = points[i].x * away >= 0;
        // Towards the midline less and less to the side: the halves do not run into each other.
        const float sideways = std::min(std::abs(points[i].x / away), 1.0f);
        ways[i] = {sideways * (isOwn ? own[i] * way.x : -other[i] * way.x),
                   (1 - (1 - own[i]) * (1 - other[i])) * way.y};  // both pull up or down together
    }
    ways[index] = way;
    ways[*opposite] = mirrored(points[index] + way) - points[*opposite];
    return ways;
}

struct Span {
    std::size_t first = 0;  ///< index of the point before the place
    glm::vec2 place{0};     ///< on the smooth line
    float distance = std::numeric_limits<float>::infinity();
};

Span nearestSpan(const HairlinePoints& points, glm::vec2 place) {
    const std::vector<glm::vec2> curve = smoothCurve(points, false, kSamplesPerSpan);
    Span nearest;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const glm::vec2 a = curve[i - 1], ab = curve[i] - a;
        const float length = glm::dot(ab, ab);
        const float t = length > 0 ? std::clamp(glm::dot(place - a, ab) / length, 0.0f, 1.0f) : 0;
        const float away = glm::distance(place, a + t * ab);
        if (away < nearest.distance)
            nearest = {std::min((i - 1) / kSamplesPerSpan, points.size() - 2), a + t * ab, away};
    }
    return nearest;
}

}  // namespace

std::optional<std::size_t> oppositePoint(const HairlinePoints& points, std::size_t index) {
    const glm::vec2 wanted = mirrored(points[index]);
    if (std::abs(wanted.x) < kOnMidline) return index;
    std::optional<std::size_t> best;
    float nearest = kOpposite;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (const float away = glm::distance(points[i], wanted);
            i != index && points[i].x * wanted.x > 0 && away < nearest)
            nearest = away, best = i;
    return best;
}

HairlinePoints pointMoved(const HairlinePoints& points, std::size_t index, glm::vec2 to,
                          std::optional<std::size_t> opposite, float followReach) {
    if (const float away = glm::length(to); away > kReach) to *= kReach / away;
    if (opposite == index) to.x = 0;
    const std::vector<glm::vec2> ways = waysOf(points, index, to - points[index], opposite, followReach);
    const auto movedBy = [&](float share) {
        HairlinePoints moved = points;
        for (std::size_t i = 0; i < moved.size(); ++i) moved[i] += share * ways[i];
        if (share == 1) moved[index] = to;
        return moved;
    };
    const auto isFree = [&](const HairlinePoints& moved) {
        return stayApart(moved, points) && checkHairlinePoints(moved);
    };
    if (HairlinePoints whole = movedBy(1); isFree(whole)) return whole;
    float free = 0, barred = 1;
    for (int i = 0; i < kHalvings; ++i) {
        const float middle = 0.5f * (free + barred);
        (isFree(movedBy(middle)) ? free : barred) = middle;
    }
    return free > 0 ? movedBy(free) : points;
}

std::optional<PointAdded> pointAdded(const HairlinePoints& points, glm::vec2 place, bool symmetric) {
    Span span = nearestSpan(points, place);
    const bool middle = std::abs(span.place.x) < kOnMidline;
    if (symmetric && middle) span.place.x = 0;
    PointAdded added{points, span.first + 1};
    added.points.insert(added.points.begin() + static_cast<std::ptrdiff_t>(added.index), span.place);
    const auto isGood = [](const PointAdded& to) {
        return standsApart(to.points, to.index) && checkHairlinePoints(to.points);
    };
    if (!isGood(added)) return std::nullopt;
    if (!symmetric || middle) return added;
    // A line that is not symmetric gets the other point where it runs nearest.
    const Span other = nearestSpan(added.points, mirrored(span.place));
    PointAdded both{added.points, other.first + 1};
    both.points.insert(both.points.begin() + static_cast<std::ptrdiff_t>(both.index), other.place);
    if (!isGood(both)) return added;
    both.index = added.index + (both.index <= added.index ? 1 : 0);
    return both;
}

std::optional<HairlinePoints> pointRemoved(const HairlinePoints& points, std::size_t index, bool symmetric) {
    const auto opposite = symmetric ? oppositePoint(points, index) : std::nullopt;
    HairlinePoints left;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (i != index && i != opposite) left.push_back(points[i]);
    if (!checkHairlinePoints(left)) return std::nullopt;
    return left;
}

float midpointY(const HairlinePoints& points) {
    const std::vector<glm::vec2> curve = smoothCurve(points, false, kSamplesPerSpan);
    float y = -kMaxHairlineRadius;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const glm::vec2 a = curve[i - 1], b = curve[i];
        if (a.x > 0 && b.x <= 0) y = std::max(y, glm::mix(a.y, b.y, a.x / (a.x - b.x)));
    }
    return y;
}

std::optional<HairlinePoints> lineRaised(const HairlinePoints& points, const SkullGuides& guides,
                                         float heightMm) {
    const float way = guides.aboveGlabella(heightMm).y - midpointY(points);
    HairlinePoints raised = points;
    for (glm::vec2& point : raised) {
        const float t = std::clamp((kStill - std::abs(point.x)) / (kStill - kWhole), 0.0f, 1.0f);
        point.y += way * t * t * (3 - 2 * t);
    }
    if (!checkHairlinePoints(raised)) return std::nullopt;
    return raised;
}

HairlineDesign withPoints(HairlineDesign design, HairlinePoints points, const SkullGuides& guides) {
    constexpr float kMinHeightMm = 40, kMaxHeightMm = 130;  // of the design's key
    const float heightMm = guides.arcAboveGlabellaMm(midpointY(points));
    design.heightMm = std::clamp(std::round(heightMm * 10) / 10, kMinHeightMm, kMaxHeightMm);
    design.points = std::move(points);
    return design;
}

void letPointsFollow(HairlineDesign& design, std::string_view key, const SkullGuides& guides) {
    if (design.points.empty()) return;
    if (key == "hairline.heightMm")
        design.points = lineRaised(design.points, guides, design.heightMm).value_or(HairlinePoints());
    if (key == "hairline.style") design.points.clear();
}

}  // namespace stubble
