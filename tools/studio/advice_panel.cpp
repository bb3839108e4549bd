#include "tools/studio/advice_panel.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scene/design_keys.h"
#include "tools/studio/figures.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

constexpr float kBarHeight = 40, kMarkWidth = 20, kCloseSide = 20;

/// Whole from 20, one decimal from 1, two below: what the measures are good for.
std::string figureWith(double value, std::string_view unit) {
    const double size = std::abs(value);
    std::string figure = fmt::format("{:.{}f}", value, size >= 20 ? 0 : size >= 1 ? 1 : 2);
    if (figure.find('.') != std::string::npos) {
        figure.erase(figure.find_last_not_of('0') + 1);
        if (figure.back() == '.') figure.pop_back();
    }
    return unit.empty() ? figure : fmt::format("{} {}", figure, text(fmt::format("unit.{}", unit)));
}

/// A triangle for what is regretted, a ring for what is worth a thought.
void drawMark(LintSeverity severity, ImVec2 middle) {
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float r = px(4);
    if (severity == LintSeverity::warning)
        list->AddTriangleFilled({middle.x, middle.y - r}, {middle.x + r, middle.y + r * 0.8f},
                                {middle.x - r, middle.y + r * 0.8f}, colour::kWarning);
    else
        list->AddCircle(middle, r * 0.85f, colour::kAccent, 16, px(1.5f));
}

void drawCross(ImVec2 middle, ImU32 line) {
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float r = px(3.5f);
    list->AddLine({middle.x - r, middle.y - r}, {middle.x + r, middle.y + r}, line, px(1.5f));
    list->AddLine({middle.x - r, middle.y + r}, {middle.x + r, middle.y - r}, line, px(1.5f));
}

/// What its link says: "Do it: Density 208 /cm²", or that it leads to the control.
std::string linkOf(const std::optional<Remedy>& remedy) {
    if (!remedy) return text("advice.show");
    return fmt::format(fmt::runtime(text("advice.doIt")),
                       fmt::arg("name", text(fmt::format("key.{}", remedy->key))),
                       fmt::arg("figure", figureFor(*findDesignKey(remedy->key), remedy->value)));
}

enum class NoteTouch { none, goesThere, doesIt, putsAside };

NoteTouch drawNote(const LintNote& note, const std::optional<Remedy>& remedy) {
    ImGui::PushID(std::string(note.rule).c_str());
    const std::string sentence = adviceSentence(note);
    const float all = ImGui::GetContentRegionAvail().x, mark = px(kMarkWidth), close = px(kCloseSide);
    const float wrap = all - mark - close - px(4);
    const ImVec2 size = ImGui::CalcTextSize(sentence.c_str(), nullptr, false, wrap);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const std::string link = linkOf(remedy);
    const ImVec2 linkSize = ImGui::CalcTextSize(link.c_str());
    const float body = size.y + px(8), height = body + linkSize.y + px(4);
    NoteTouch touch = NoteTouch::none;
    if (ImGui::InvisibleButton("go", {all - close, body})) touch = NoteTouch::goesThere;
    const bool hovered = ImGui::IsItemHovered();
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    hintFor(text("hint.advice.go"));
    ImGui::SameLine(0, 0);
    if (ImGui::InvisibleButton("aside", {close, body})) touch = NoteTouch::putsAside;
    const bool overClose = ImGui::IsItemHovered();
    hintFor(text("hint.advice.aside"));
    const ImVec2 corner{low.x + mark, low.y + body};
    ImGui::SetCursorScreenPos(corner);
    if (ImGui::InvisibleButton("link", {linkSize.x, linkSize.y + px(4)}))
        touch = remedy ? NoteTouch::doesIt : NoteTouch::goesThere;
    const bool overLink = ImGui::IsItemHovered();
    if (overLink) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    probe::control(fmt::format("advice:{}", note.rule));
    if (remedy) hintFor(text("hint.advice.doIt"));
    ImGui::GetWindowDrawList()->AddText({corner.x, std::round(corner.y)},
                                        overLink ? colour::kText : colour::kAccent, link.c_str());
    ImGui::SetCursorScreenPos({low.x, low.y + height});
    ImGui::Dummy({0, 0});
    const float line = low.y + px(5) + ImGui::GetFontSize() / 2;
    drawMark(note.severity, {low.x + px(5), line});
    ImGui::GetWindowDrawList()->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                                        {low.x + mark, std::round(low.y + px(5))},
                                        hovered ? IM_COL32(250, 250, 250, 255) : IM_COL32(205, 205, 205, 255),
                                        sentence.c_str(), nullptr, wrap);
    drawCross({low.x + all - close / 2, line}, overClose ? colour::kText : colour::kFaint);
    ImGui::PopID();
    return touch;
}

}  // namespace

std::string adviceSentence(const LintNote& note) {
    const std::string key = fmt::format("advice.{}", note.rule);
    if (!hasText(key)) return note.sentence;
    return fmt::format(fmt::runtime(text(key)), fmt::arg("figure", figureWith(note.measured, note.unit)),
                       fmt::arg("limit", figureWith(note.limit, note.unit)));
}

void AdvicePanel::reset() {
    notes_.clear();
    aside_.clear();
}

std::vector<const LintNote*> AdvicePanel::shown() const {
    std::vector<const LintNote*> shown;
    for (const LintNote& note : notes_)
        if (!aside_.contains(note.rule)) shown.push_back(&note);
    std::ranges::stable_sort(shown, [](const LintNote* a, const LintNote* b) {
        return a->severity == LintSeverity::warning && b->severity == LintSeverity::hint;
    });
    return shown;
}

std::size_t AdvicePanel::asideCount() const {
    return notes_.size() - shown().size();
}

float AdvicePanel::height(float mostHeight) const {
    return open_ ? std::clamp(px(kBarHeight) + contentHeight_ + px(6), px(kBarHeight), mostHeight)
                 : px(kBarHeight);
}

AdviceTouch AdvicePanel::draw(const Design& design) {
    const std::vector<const LintNote*> notes = shown();
    const float width = ImGui::GetContentRegionAvail().x, height = px(kBarHeight);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    if (ImGui::InvisibleButton("advice", {width, height})) open_ = !open_;
    probe::control("advice");
    const bool hovered = ImGui::IsItemHovered();
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float middle = std::round(low.y + height / 2), textY = middle - ImGui::GetFontSize() / 2 - px(0.5f);
    ImGui::PushFont(fonts().strong);
    const char* const title = text("group.advice");
    const float titleWidth = ImGui::CalcTextSize(title).x;
    list->AddText({low.x, std::round(textY)}, colour::kText, title);
    ImGui::PopFont();
    ImGui::PushFont(fonts().small);
    const bool warns = !notes.empty() && notes.front()->severity == LintSeverity::warning;
    const std::string count = notes.empty() ? text("advice.none") : std::to_string(notes.size());
    const ImVec2 size = ImGui::CalcTextSize(count.c_str());
    const float left = low.x + titleWidth + px(10);
    if (!notes.empty())
        list->AddRectFilled({left, middle - px(9)},
                            {left + std::max(size.x + px(12), px(20)), middle + px(9)},
                            warns ? IM_COL32(92, 76, 50, 255) : colour::kAccentQuiet, px(9));
    list->AddText({std::round(notes.empty() ? left : left + (std::max(size.x + px(12), px(20)) - size.x) / 2),
                   std::round(middle - ImGui::GetFontSize() / 2 - px(0.5f))},
                  notes.empty() ? colour::kMuted : IM_COL32(245, 240, 230, 255), count.c_str());
    const float r = px(3.5f), x = low.x + width - px(8);
    const std::array<ImVec2, 3> points =
        open_
            ? std::array<ImVec2, 3>{{{x - r, middle - r / 2}, {x, middle + r / 2}, {x + r, middle - r / 2}}}
            : std::array<ImVec2, 3>{{{x - r, middle + r / 2}, {x, middle - r / 2}, {x + r, middle + r / 2}}};
    list->AddPolyline(points.data(), 3, hovered ? colour::kText : colour::kFaint, 0, px(1.5f));

    AdviceTouch made;
    std::string_view answered;
    if (open_) {
        const float begin = ImGui::GetCursorPosY();
        for (const LintNote* note : notes) {
            const std::optional<Remedy> remedy = remedyFor(*note, design);
            const NoteTouch touch = drawNote(*note, remedy);
            if (touch == NoteTouch::goesThere) made.wanted = note->key;
            if (touch == NoteTouch::doesIt) made.remedy = remedy, answered = note->rule;
            if (touch == NoteTouch::putsAside) putAside(note->rule);
        }
        if (asideCount() > 0) {
            const ImVec2 corner = ImGui::GetCursorScreenPos();
            const std::string words =
                fmt::format(fmt::runtime(text("advice.aside")), fmt::arg("count", asideCount()));
            if (ImGui::InvisibleButton("back", {width, px(24)})) bringBack();
            list->AddText({corner.x + px(kMarkWidth), std::round(corner.y + px(4))},
                          ImGui::IsItemHovered() ? colour::kText : colour::kAccent, words.c_str());
        }
        contentHeight_ = ImGui::GetCursorPosY() - begin;
    }
    ImGui::PopFont();
    if (made.remedy)
        std::erase_if(notes_,
                      [rule = std::string(answered)](const LintNote& note) { return note.rule == rule; });
    return made;
}

}  // namespace stubble
