#include "tools/studio/head_diagram.h"

#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "tools/studio/theme.h"

namespace stubble {
namespace {

// Outlines in a square of side 1, x to the right, y down; drawn by hand.

/// The face towards the left.
constexpr glm::vec2 kProfile[] = {{.80f, 1.0f},  {.79f, .90f},  {.82f, .80f},  {.885f, .70f},  {.935f, .585f},
                                  {.955f, .46f}, {.93f, .31f},  {.855f, .17f}, {.72f, .075f},  {.54f, .045f},
                                  {.37f, .07f},  {.245f, .15f}, {.175f, .27f}, {.150f, .36f},  {.142f, .405f},
                                  {.165f, .45f}, {.13f, .52f},  {.065f, .60f}, {.085f, .635f}, {.135f, .65f},
                                  {.115f, .69f}, {.14f, .72f},  {.12f, .755f}, {.15f, .79f},   {.145f, .85f},
                                  {.20f, .895f}, {.31f, .885f}, {.42f, .86f},  {.455f, .92f},  {.45f, 1.0f}};
constexpr glm::vec2 kProfileEar[] = {{.555f, .565f}, {.535f, .50f}, {.555f, .455f}, {.605f, .44f},
                                     {.645f, .47f},  {.64f, .53f},  {.60f, .575f},  {.585f, .625f},
                                     {.56f, .625f},  {.555f, .565f}};
constexpr glm::vec2 kProfileEye[] = {{.20f, .475f}, {.235f, .455f}, {.275f, .475f}};
/// The right half of a head from the front or the back.
constexpr glm::vec2 kHalf[] = {{.5f, .045f},  {.62f, .065f}, {.735f, .15f}, {.785f, .29f}, {.79f, .45f},
                               {.765f, .62f}, {.71f, .76f},  {.61f, .87f},  {.5f, .90f}};
constexpr glm::vec2 kHalfBehind[] = {{.5f, .045f},  {.62f, .065f}, {.735f, .15f}, {.785f, .29f}, {.79f, .45f},
                                     {.755f, .60f}, {.69f, .70f},  {.655f, .80f}, {.665f, 1.0f}};
constexpr glm::vec2 kHalfEar[] = {{.79f, .46f}, {.825f, .43f}, {.845f, .48f}, {.825f, .57f}, {.785f, .605f}};
constexpr glm::vec2 kHalfEye[] = {{.565f, .475f}, {.605f, .452f}, {.65f, .455f}, {.685f, .475f},
                                  {.645f, .49f},  {.60f, .492f},  {.565f, .475f}};
constexpr glm::vec2 kHalfBrow[] = {{.555f, .415f}, {.62f, .392f}, {.70f, .41f}};
constexpr glm::vec2 kHalfNose[] = {{.5f, .645f}, {.535f, .64f}, {.55f, .615f}};
constexpr glm::vec2 kHalfMouth[] = {{.5f, .735f}, {.54f, .728f}, {.585f, .735f}};
/// The right half from above, the nose at the bottom.
constexpr glm::vec2 kHalfTop[] = {{.5f, .06f},  {.64f, .09f}, {.755f, .21f}, {.795f, .40f}, {.77f, .60f},
                                  {.70f, .77f}, {.60f, .86f}, {.545f, .88f}, {.53f, .93f},  {.5f, .95f}};
constexpr glm::vec2 kHalfTopEar[] = {{.79f, .47f}, {.84f, .45f}, {.845f, .50f}, {.785f, .55f}};

enum class Side { front, right, left, back, top };

struct Spot {
    Side side;
    glm::vec2 at;
};

Spot spotOf(Landmark landmark) {
    switch (landmark) {
        case Landmark::nasion:
            return {Side::front, {.5f, .455f}};
        case Landmark::glabella:
            return {Side::front, {.5f, .40f}};
        case Landmark::canthusLeft:  // the client's left is at the right of a picture from the front
            return {Side::front, {.685f, .475f}};
        case Landmark::canthusRight:
            return {Side::front, {.315f, .475f}};
        case Landmark::tragusLeft:
            return {Side::left, {.548f, .525f}};
        case Landmark::tragusRight:
            return {Side::right, {.452f, .525f}};
        case Landmark::inion:
            return {Side::back, {.5f, .585f}};
        case Landmark::vertex:
            return {Side::top, {.5f, .46f}};
        case Landmark::pronasale:
            return {Side::front, {.5f, .60f}};
        case Landmark::menton:
            return {Side::front, {.5f, .90f}};
    }
    return {Side::front, {.5f, .5f}};
}

/// A smooth line through the points (Catmull–Rom).
void curve(ImDrawList& list, std::span<const glm::vec2> points, glm::vec2 corner, float side, bool mirrored,
           ImU32 ink) {
    const auto at = [&](std::size_t i) {
        const glm::vec2 p = points[i];
        return corner + side * glm::vec2(mirrored ? 1 - p.x : p.x, p.y);
    };
    constexpr int kPieces = 8;
    const std::size_t last = points.size() - 1;
    for (std::size_t i = 0; i < last; ++i) {
        const glm::vec2 a = at(i > 0 ? i - 1 : 0), b = at(i), c = at(i + 1),
                        d = at(i + 2 <= last ? i + 2 : last);
        for (int k = i == 0 ? 0 : 1; k <= kPieces; ++k) {
            const float t = static_cast<float>(k) / kPieces;
            const glm::vec2 p =
                0.5f * (2.0f * b + (c - a) * t + (2.0f * a - 5.0f * b + 4.0f * c - d) * t * t +
                        (3.0f * b - a - 3.0f * c + d) * t * t * t);
            list.PathLineTo({p.x, p.y});
        }
    }
    list.PathStroke(ink, 0, px(1.6f));
}

}  // namespace

void drawHeadDiagram(Landmark landmark, ImVec2 size) {
    const ImVec2 low = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled(low, {low.x + size.x, low.y + size.y}, colour::kWindow, px(metric::kRounding));
    const float side = size.y - px(20);
    const glm::vec2 corner(low.x + (size.x - side) / 2, low.y + px(10));
    const Spot spot = spotOf(landmark);
    const ImU32 ink = colour::kMuted, thin = colour::kFaint;
    const auto line = [&](std::span<const glm::vec2> points, bool mirrored, ImU32 with) {
        curve(list, points, corner, side, mirrored, with);
    };
    const auto both = [&](std::span<const glm::vec2> points, ImU32 with) {
        line(points, false, with);
        line(points, true, with);
    };
    list.PushClipRect(low, {low.x + size.x, low.y + size.y}, true);
    switch (spot.side) {
        case Side::left:
        case Side::right: {
            // Their left side has the face at the left of the picture.
            const bool mirrored = spot.side == Side::right;
            line(kProfile, mirrored, ink);
            line(kProfileEar, mirrored, ink);
            line(kProfileEye, mirrored, thin);
            break;
        }
        case Side::front:
            for (const auto& part :
                 {std::span<const glm::vec2>(kHalfEye), std::span<const glm::vec2>(kHalfBrow),
                  std::span<const glm::vec2>(kHalfNose), std::span<const glm::vec2>(kHalfMouth)})
                both(part, thin);
            both(kHalf, ink);
            both(kHalfEar, ink);
            break;
        case Side::back:
            both(kHalfBehind, ink);
            both(kHalfEar, ink);
            break;
        case Side::top:
            both(kHalfTop, ink);
            both(kHalfTopEar, ink);
            break;
    }
    const bool midline = spot.at.x == .5f;
    for (float y = .06f; midline && y < .9f; y += .05f)
        list.AddLine({corner.x + side / 2, corner.y + side * y},
                     {corner.x + side / 2, corner.y + side * (y + .025f)}, thin, px(1));
    const ImVec2 centre{corner.x + side * spot.at.x, corner.y + side * spot.at.y};
    list.AddCircleFilled(centre, px(9), IM_COL32(214, 178, 118, 60), 32);
    list.AddCircleFilled(centre, px(4.5f), colour::kWarning, 24);
    list.PopClipRect();
}

}  // namespace stubble
