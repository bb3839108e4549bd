#include "tools/studio/overlay.h"

#include <algorithm>
#include <cmath>

#include "tools/studio/theme.h"

namespace stubble {
namespace {

constexpr ImU32 kRim = IM_COL32(0, 0, 0, 110);

void polyline(ImDrawList& list, std::span<const glm::vec2> run, ImU32 lineColour, float width) {
    for (const glm::vec2 place : run) list.PathLineTo({place.x, place.y});
    list.PathStroke(lineColour, 0, width);
}

}  // namespace

void strokeRuns(ImDrawList& list, const Runs& runs, ImU32 lineColour, float width) {
    for (const auto& run : runs) polyline(list, run, kRim, width + px(2));
    for (const auto& run : runs) polyline(list, run, lineColour, width);
}

void dashRuns(ImDrawList& list, const Runs& runs, ImU32 lineColour, float width, float dash) {
    for (const auto& run : runs) {
        float gone = 0;  // of this dash or gap
        bool on = true;
        std::vector<glm::vec2> piece{run.front()};
        const auto flush = [&] {
            if (!on || piece.size() < 2) return;
            polyline(list, piece, kRim, width + px(1));
            polyline(list, piece, lineColour, width);
        };
        for (std::size_t i = 1; i < run.size(); ++i) {
            glm::vec2 from = run[i - 1];
            float left = glm::distance(from, run[i]);
            while (gone + left >= dash) {
                from += (run[i] - from) * ((dash - gone) / left);
                left = glm::distance(from, run[i]);
                piece.push_back(from);
                flush();
                on = !on, gone = 0;
                piece = {from};
            }
            gone += left;
            piece.push_back(run[i]);
        }
        flush();
    }
}

void plate(ImDrawList& list, glm::vec2 at, std::span<const std::string> lines) {
    ImFont* const font = fonts().small;
    const float row = std::round(px(metric::kSmallSize) * 1.4f), pad = px(8);
    float width = 0;
    for (const std::string& line : lines)
        width = std::max(width, font->CalcTextSizeA(px(metric::kSmallSize), 1e6f, 0, line.c_str()).x);
    const glm::vec2 size(width + 2 * pad, row * static_cast<float>(lines.size()) + 2 * px(5));
    const ImVec2 clipLow = list.GetClipRectMin(), clipHigh = list.GetClipRectMax();
    glm::vec2 low = at - glm::vec2(0.5f * size.x, px(34) + size.y);
    low.x = std::clamp(low.x, clipLow.x + px(4), std::max(clipHigh.x - size.x - px(4), clipLow.x + px(4)));
    if (low.y < clipLow.y + px(metric::kToolsBottom)) low.y = at.y + px(34);
    low = glm::round(low);
    list.AddRectFilled({low.x, low.y}, {low.x + size.x, low.y + size.y}, IM_COL32(20, 20, 20, 225),
                       px(metric::kRounding));
    for (std::size_t i = 0; i < lines.size(); ++i)
        list.AddText(font, px(metric::kSmallSize),
                     {low.x + pad, std::round(low.y + px(5) + row * static_cast<float>(i) + px(1))},
                     i == 0 ? colour::kText : colour::kMuted, lines[i].c_str());
}

}  // namespace stubble
