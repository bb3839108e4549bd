#include "tools/studio/notes.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxNotes = 4;  // older ones give way

}  // namespace

void Notes::add(Kind kind, std::string title, std::string message, Offer offer) {
    const auto same = [&](const Note& note) { return note.title == title && note.message == message; };
    const auto old = std::ranges::find_if(notes_, same);
    const int times = old == notes_.end() ? 1 : old->times + 1;
    if (old != notes_.end()) notes_.erase(old);
    if (notes_.size() == kMaxNotes) notes_.erase(notes_.begin());
    notes_.push_back({kind, std::move(title), std::move(message), nextId_++, std::move(offer), times});
}

std::string Notes::Note::heading() const {
    return times == 1 ? title
                      : fmt::format(fmt::runtime(text("note.times")), fmt::arg("title", title),
                                    fmt::arg("count", times));
}

void Notes::withdraw(std::string_view offer) {
    std::erase_if(notes_, [&](const Note& note) { return note.offer.label == offer; });
}

std::vector<std::string> Notes::all() const {
    std::vector<std::string> words;
    for (const Note& note : notes_) words.push_back(note.heading() + '\n' + note.message);
    return words;
}

void Notes::draw(float left, float bottom, float width) {
    std::optional<int> dismissed;
    std::function<void()> then;
    for (auto note = notes_.rbegin(); note != notes_.rend(); ++note) {
        ImGui::SetNextWindowPos({left, bottom}, ImGuiCond_Always, {0, 1});
        ImGui::SetNextWindowSize({width, 0});
        ImGui::PushStyleColor(ImGuiCol_WindowBg, colour::kRaised);
        ImGui::PushStyleColor(ImGuiCol_Border, colour::kLine);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(7));
        ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1);
        ImGui::Begin(fmt::format("##note{}", note->id).c_str(), nullptr,
                     ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                         ImGuiWindowFlags_NoNav);
        const float button = px(22);
        const ImVec2 start = ImGui::GetCursorPos();
        ImGui::PushTextWrapPos(width - px(metric::kPadding) - button);
        ImGui::PushFont(fonts().strong);
        coloured(note->kind == Kind::fault ? colour::kWarning : colour::kText, note->heading().c_str());
        ImGui::PopFont();
        if (!note->message.empty()) coloured(colour::kMuted, note->message.c_str());
        ImGui::PopTextWrapPos();
        if (!note->offer.label.empty()) {
            ImGui::Dummy({0, px(2)});
            if (ImGui::Button(note->offer.label.c_str())) dismissed = note->id, then = note->offer.then;
            probe::control("offer:" + note->offer.label);
        }
        ImGui::SetCursorPos({width - px(metric::kPadding) - button + px(6), start.y - px(3)});
        const ImVec2 low = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton(text("note.dismiss"), {button, button})) dismissed = note->id;
        probe::place("note:" + note->title, low.x, low.y, low.x + button, low.y + button);
        const ImU32 line = ImGui::IsItemHovered() ? colour::kText : colour::kMuted;
        const ImVec2 middle{low.x + button / 2, low.y + button / 2};
        const float r = px(4);
        ImGui::GetWindowDrawList()->AddLine({middle.x - r, middle.y - r}, {middle.x + r, middle.y + r}, line,
                                            px(1.5f));
        ImGui::GetWindowDrawList()->AddLine({middle.x - r, middle.y + r}, {middle.x + r, middle.y - r}, line,
                                            px(1.5f));
        bottom -= ImGui::GetWindowHeight() + px(metric::kGap);
        ImGui::End();
        ImGui::PopStyleVar(2);
        ImGui::PopStyleColor(2);
    }
    if (dismissed) std::erase_if(notes_, [&](const Note& note) { return note.id == *dismissed; });
    if (then) then();
}

}  // namespace stubble
