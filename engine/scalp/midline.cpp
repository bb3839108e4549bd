#include "engine/scalp/midline.h"

#include <algorithm>
#include <cmath>

#include "engine/scalp/head_proportions.h"

namespace stubble {
namespace {

constexpr float kMissing = -1e6f;

/// Samples of a function of height, 1 mm apart downwards from `startY`, smoothed by a median over 5 mm: eye
/// and mouth slits let rays into the head.
class Outline {
  public:
    template <typename Sample>
    Outline(float startY, int rows, const Sample& sample) : startY_(startY) {
        std::vector<float> raw(static_cast<std::size_t>(rows));
        for (int i = 0; i < rows; ++i) raw[static_cast<std::size_t>(i)] = sample(yOf(i)).value_or(kMissing);
        z_ = raw;
        for (std::size_t i = 2; i + 2 < raw.size(); ++i) {
            std::array<float, 5> window{};
            std::copy_n(raw.begin() + static_cast<std::ptrdiff_t>(i) - 2, 5, window.begin());
            std::nth_element(window.begin(), window.begin() + 2, window.end());
            z_[i] = window[2];
        }
    }
    [[nodiscard]] int rows() const { return static_cast<int>(z_.size()); }
    [[nodiscard]] float yOf(int row) const { return startY_ - static_cast<float>(row); }
    [[nodiscard]] int rowOf(float y) const {
        return std::clamp(static_cast<int>(std::lround(startY_ - y)), 0, std::max(0, rows() - 1));
    }
    [[nodiscard]] float z(int row) const {
        return z_[static_cast<std::size_t>(std::clamp(row, 0, rows() - 1))];
    }
    [[nodiscard]] bool has(int row) const { return row >= 0 && row < rows() && z(row) > kMissing; }
    [[nodiscard]] MidlinePlace place(int row, float confidence) const {
        return {yOf(row), z(row), confidence};
    }

    /// Row between two that stands farthest in front (sign 1) of the chord between them, or behind it (−1).
    [[nodiscard]] int farthestFromChord(int a, int b, float sign) const {
        int best = a;
        float bestDistance = -1e30f;
        const float slope = (z(b) - z(a)) / static_cast<float>(std::max(1, b - a));
        for (int i = a; i <= b; ++i) {
            const float distance = sign * (z(i) - (z(a) + slope * static_cast<float>(i - a)));
            if (distance > bestDistance) bestDistance = distance, best = i;
        }
        return best;
    }
    /// Row of the largest (sign 1) or smallest (−1) z between two.
    [[nodiscard]] int extreme(int a, int b, float sign) const {
        int best = a;
        for (int i = a; i <= b; ++i)
            if (has(i) && sign * z(i) > sign * z(best)) best = i;
        return best;
    }

  private:
    float startY_;
    std::vector<float> z_;
};

/// Menton: the chin's lowest point, found as the outline's support in a direction down and a little forward,
/// so that an underside sloping down to the neck does not win.
MidlinePlace findMenton(const Outline& front, int pogonion) {
    constexpr float kForward = 0.15f;      // 9° forward (working default)
    constexpr float kChinDepthMm = 20.0f;  // the underside of the chin itself, not of the jaw
    int best = pogonion;
    for (int i = pogonion; i < front.rows() && front.has(i); ++i) {
        if (front.z(i) < front.z(pogonion) - kChinDepthMm) break;
        if (-front.yOf(i) + kForward * front.z(i) > -front.yOf(best) + kForward * front.z(best)) best = i;
    }
    return front.place(best, best > pogonion ? 0.8f : 0.4f);
}

}  // namespace

std::optional<FaceOutline> traceFace(const HeadProbe& probe, float topMm, float breadthMm,
                                     float& bestRidgeMm) {
    const float scale = breadthMm / proportion::kBreadthMm;
    const int rows = static_cast<int>(290 * scale);
    const Outline front(topMm - 20 * scale, rows, [&](float y) { return probe.front(0, y); });
    const auto beside = [&](float x) {
        return Outline(topMm - 20 * scale, rows, [&](float y) { return probe.front(x, y); });
    };
    const Outline left = beside(18 * scale), right = beside(-18 * scale);
    const auto ridge = [&](int i) {
        return front.has(i) && left.has(i) && right.has(i) ? front.z(i) - 0.5f * (left.z(i) + right.z(i))
                                                           : 0.0f;
    };

    // The tip: a ridge that reaches farther forward than the outline above and below, and ends there.
    bestRidgeMm = 0;
    int tip = -1;
    float bestScore = 0;
    const int near = static_cast<int>(10 * scale), wide = static_cast<int>(32 * scale);
    for (int i = front.rowOf(topMm - 95 * scale); i < front.rowOf(topMm - 205 * scale); ++i) {
        if (!front.has(i) || front.z(i) <= front.z(i - wide) || front.z(i) <= front.z(i + near)) continue;
        if (ridge(i) > proportion::kMaxNoseRidgeMm * scale) continue;  // a ledge such as the jaw's
        bestRidgeMm = std::max(bestRidgeMm, ridge(i));
        float asymmetry = 0;
        for (int d = near; d <= wide; ++d)
            asymmetry += (ridge(i - d) - ridge(i + d)) / static_cast<float>(wide - near + 1);
        const float score = std::min(ridge(i), 18 * scale) * (1 + std::clamp(asymmetry / 6, -0.9f, 1.0f)) +
                            0.3f * (front.z(i) - front.z(i - wide));
        if (ridge(i) > proportion::kMinNoseRidgeMm * scale && score > bestScore) bestScore = score, tip = i;
    }
    if (tip < 0) return std::nullopt;
    tip = front.extreme(std::max(0, tip - near), std::min(front.rows() - 1, tip + near), 1);

    FaceOutline face;
    face.noseRidgeMm = ridge(tip);
    face.pronasale = front.place(tip, std::clamp(0.5f + face.noseRidgeMm / 30, 0.0f, 0.95f));

    // The nasal root: a true hollow where there is one, else where the outline lies farthest behind the chord
    // from the bridge to the forehead.
    const int bridge = front.rowOf(front.yOf(tip) + 16 * scale),
              forehead = front.rowOf(front.yOf(tip) + 88 * scale);
    const int highest = front.rowOf(front.yOf(tip) + 66 * scale),
              lowest = front.rowOf(front.yOf(tip) + 24 * scale);
    int nasion = front.extreme(highest, lowest, -1);
    const bool hollow = nasion > highest + 1 && nasion < lowest - 1;
    if (!hollow) nasion = std::clamp(front.farthestFromChord(forehead, bridge, -1), highest, lowest);
    face.nasion = front.place(nasion, hollow ? 0.85f : 0.6f);

    const int above = front.rowOf(front.yOf(nasion) + 34 * scale),
              over = front.rowOf(front.yOf(nasion) + 6 * scale);
    int glabella = front.extreme(above, over, 1);
    const bool bulge = glabella > above + 1 && glabella < over - 1;
    if (!bulge) glabella = front.farthestFromChord(front.rowOf(front.yOf(nasion) + 50 * scale), nasion, 1);
    // On a steep forehead the chord's farthest place runs up it: the brows are never far above the nasal
    // root.
    glabella = std::clamp(glabella, front.rowOf(front.yOf(nasion) + 26 * scale), over);
    face.glabella = front.place(glabella, bulge ? 0.8f : 0.55f);

    const int chinTop = front.rowOf(front.yOf(tip) - 42 * scale),
              chinBottom = front.rowOf(front.yOf(tip) - 85 * scale);
    const int pogonion =
        front.extreme(std::min(chinTop + static_cast<int>(8 * scale), chinBottom), chinBottom, 1);
    face.pogonion = front.place(pogonion, 0.7f);
    face.menton = findMenton(front, pogonion);
    return face;
}

MidlinePlace findVertex(const HeadProbe& probe, float zMiddleMm) {
    constexpr float kPlateauMm = 0.7f;
    float highest = kMissing;
    for (int i = -70; i <= 70; ++i)
        highest = std::max(highest, probe.top(0, zMiddleMm + static_cast<float>(i)).value_or(kMissing));
    // The middle of all that is nearly as high: steadier than the single highest point of a flat top.
    double sum = 0;
    int count = 0;
    for (int i = -70; i <= 70; ++i) {
        const float z = zMiddleMm + static_cast<float>(i);
        if (probe.top(0, z).value_or(kMissing) > highest - kPlateauMm) sum += z, ++count;
    }
    const float z = count > 0 ? static_cast<float>(sum / count) : zMiddleMm;
    return {probe.top(0, z).value_or(highest), z, 0.8f};
}

MidlinePlace findInion(const HeadProbe& probe, float tragusYMm) {
    constexpr int kSearchMm = 15, kArmMm = 18;
    const Outline back(tragusYMm + proportion::kInionOverTragusMm + kSearchMm + kArmMm,
                       2 * (kSearchMm + kArmMm) + 1, [&](float y) { return probe.back(0, y); });
    const int middle = kSearchMm + kArmMm;
    int best = middle;
    float bestScore = -1e30f;
    bool whole = true;
    for (int i = middle - kSearchMm; i <= middle + kSearchMm; ++i) {
        if (!back.has(i - kArmMm) || !back.has(i) || !back.has(i + kArmMm)) {
            whole = false;
            continue;
        }
        // How far the place stands out behind the chord of its neighbourhood, against how far it lies from
        // the usual height: 8 mm away cost as much as 1 mm of bump (working default).
        const float bump = 0.5f * (back.z(i - kArmMm) + back.z(i + kArmMm)) - back.z(i);
        const float away = static_cast<float>(i - middle) / 8;
        const float score = bump - away * away;
        if (score > bestScore) bestScore = score, best = i;
    }
    return back.place(best, whole && bestScore > 2 ? 0.7f : 0.5f);
}

}  // namespace stubble
