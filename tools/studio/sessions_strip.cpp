#include "tools/studio/sessions_strip.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/scene/design_keys.h"
#include "tools/studio/figures.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

constexpr float kTotalsWidth = 196, kMostCardWidth = 210, kCardHeight = 64;

std::string withUnit(const std::string& number, const char* unit) {
    return fmt::format("{} {}", number, text(unit));
}

/// One card of three lines; true when it was clicked.
bool card(const char* id, float width, const char* title, const std::string& more, const std::string& first,
          const std::string& second) {
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + width, low.y + px(kCardHeight)};
    const bool clicked = ImGui::InvisibleButton(id, {width, px(kCardHeight)});
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList* const list = ImGui::GetWindowDrawList();
    list->AddRectFilled(low, high, hovered ? colour::kControl : colour::kRaised, px(metric::kRounding));
    const float left = low.x + px(10), right = high.x - px(10);
    list->PushClipRect(low, {right, high.y}, true);
    ImGui::PushFont(fonts().strong);
    list->AddText({left, low.y + px(6)}, colour::kText, title);
    ImGui::PopFont();
    ImGui::PushFont(fonts().small);
    list->AddText({std::round(right - ImGui::CalcTextSize(more.c_str()).x), low.y + px(8)}, colour::kMuted,
                  more.c_str());
    list->AddText({left, std::round(low.y + px(26))}, IM_COL32(205, 205, 205, 255), first.c_str());
    list->AddText({left, std::round(low.y + px(43))}, colour::kMuted, second.c_str());
    ImGui::PopFont();
    list->PopClipRect();
    return clicked;
}

std::string decimals(double value, int most) {
    std::string figure = fmt::format("{:.{}f}", value, most);
    if (figure.ends_with(".0")) figure.resize(figure.size() - 2);
    return figure;
}

std::string dotsLine(std::size_t dots, std::optional<double> areaCm2, bool showsDensity) {
    std::string line = withUnit(grouped(dots), "status.dots");
    if (showsDensity && areaCm2 && *areaCm2 > 0)
        line += fmt::format(
            "  ·  {} {}", text("sessions.mean"),
            withUnit(fmt::format("{:.0f}", static_cast<double>(dots) / *areaCm2), "unit.dots/cm²"));
    return line;
}

DesignEdit withSessions(const Design& design, int sessions) {
    const DesignKey& key = *findDesignKey("smp.sessions");
    DesignEdit edit;
    edit.design = design;
    key.set(*edit.design, Json(sessions));
    edit.key = key.path;
    return edit;
}

}  // namespace

std::string hoursFigure(Hours hours) {
    constexpr double kMinutes = 60, kStepMinutes = 10;
    const auto range = [](double least, double most, const char* unit) {
        const std::string low = fmt::format("{:.0f}", least), high = fmt::format("{:.0f}", most);
        return withUnit(low == high ? high : fmt::format("{}–{}", low, high), unit);
    };
    if (hours.most <= 0) return withUnit("0", "unit.h");
    if (hours.most < 2) {
        const auto minutes = [](double h) {
            return std::max(std::round(h * kMinutes / kStepMinutes), 1.0) * kStepMinutes;
        };
        return range(minutes(hours.least), minutes(hours.most), "unit.min");
    }
    return range(std::max(std::round(hours.least), 1.0), std::round(hours.most), "unit.h");
}

SessionsTouch drawSessions(const Design& design, const Survey* survey) {
    SessionsTouch touch;
    const float gap = px(metric::kGap), all = ImGui::GetContentRegionAvail().x, totals = px(kTotalsWidth);
    const std::size_t count = survey ? survey->sessions.size() : 0;
    const auto cards = static_cast<float>(std::max<std::size_t>(count, 1));
    const float width = std::floor(std::min(px(kMostCardWidth), (all - totals - px(36)) / cards - gap));
    const bool roomy = width >= px(150);
    std::size_t dots = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const SessionFigures& session = survey->sessions[k];
        dots += session.dots;
        const std::string title = fmt::format(fmt::runtime(text("sessions.one")), fmt::arg("number", k + 1));
        const std::string after =
            k == 0 ? std::string()
                   : fmt::format(fmt::runtime(text("sessions.after")),
                                 fmt::arg("days", decimals(double{design.time.sessionGapDays}, 1)));
        std::string second = hoursFigure(hoursFor(session.dots));
        if (session.dots > 0) {
            second += fmt::format("  ·  {}", withUnit(decimals(session.dilution, 1), "unit.parts"));
            if (roomy) second += fmt::format("  ·  {}", withUnit(decimals(session.diameterMm, 2), "unit.mm"));
        }
        if (card(title.c_str(), width, title.c_str(), width >= px(120) ? after : std::string(),
                 dotsLine(session.dots, survey->treatedCm2, roomy), second))
            touch.wanted = k == 0 ? "smp.sessions" : "time.sessionGapDays";
        hintFor(text("hint.sessions"));
        ImGui::SameLine(0, gap);
    }
    const ImVec2 corner = ImGui::GetCursorScreenPos();
    const int now = design.smp.sessions;
    const DesignKey& key = *findDesignKey("smp.sessions");
    const float side = px(28);
    ImGui::BeginGroup();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, px(kCardHeight) - 2 * px(26)});
    if (chip("more", "+", false, side) && now < static_cast<int>(key.max))
        touch.edit = withSessions(design, now + 1);
    hintFor(text("hint.sessions.more"));
    if (chip("fewer", "–", false, side) && now > static_cast<int>(key.min))
        touch.edit = withSessions(design, now - 1);
    hintFor(text("hint.sessions.fewer"));
    ImGui::PopStyleVar();
    ImGui::EndGroup();

    // Together, at the right edge.
    const float left =
        std::max(corner.x + side + gap, ImGui::GetWindowPos().x + ImGui::GetWindowWidth() - px(10) - totals);
    ImGui::SetCursorScreenPos({left, corner.y});
    const std::optional<double> area = survey ? survey->treatedCm2 : std::nullopt;
    std::string second = hoursFigure(hoursFor(dots));
    second += fmt::format(
        "  ·  {}", area ? withUnit(fmt::format("{:.0f}", *area), "unit.cm²") : text("sessions.measuring"));
    const std::string needle =
        text(fmt::format("choice.smp.needle.{}", kNeedleNames[static_cast<std::size_t>(design.smp.needle)]));
    if (card("together", totals, text("sessions.together"), needle, dotsLine(dots, area, true), second))
        touch.wanted = "smp.needle";
    hintFor(text("hint.sessions.together"));
    return touch;
}

}  // namespace stubble
