#include "tools/studio/questions.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <imgui.h>

#include <optional>
#include <span>

#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

struct Words {
    const char* id;
    const char* title;
    std::string more;
    /// The first at the left, the others at the right; the last is what most people want.
    std::span<const char* const> answers;
};

/// The number of the answer that was given. Stays open while `asking`.
std::optional<std::size_t> ask(const Words& words, bool asking) {
    if (!asking && !ImGui::IsPopupOpen(words.id)) return std::nullopt;
    std::optional<std::size_t> answer;
    if (asking && !ImGui::IsPopupOpen(words.id)) ImGui::OpenPopup(words.id);
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({px(440), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(20), px(18)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
    if (ImGui::BeginPopupModal(words.id, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) {
        ImGui::PushFont(fonts().strong);
        ImGui::TextUnformatted(words.title);
        ImGui::PopFont();
        ImGui::PushTextWrapPos(0);
        coloured(colour::kMuted, words.more.c_str());
        ImGui::PopTextWrapPos();
        ImGui::Dummy({0, px(8)});
        const float width = px(112), gap = px(metric::kGap);
        const auto right = static_cast<float>(words.answers.size() - 1);
        for (std::size_t i = 0; i < words.answers.size(); ++i) {
            if (i == 1)
                ImGui::SameLine(ImGui::GetContentRegionMax().x - right * width - (right - 1) * gap);
            else if (i > 1)
                ImGui::SameLine(0, gap);
            const bool last = i + 1 == words.answers.size();
            if (last) ImGui::PushStyleColor(ImGuiCol_Button, colour::kAccentQuiet);
            if (ImGui::Button(text(words.answers[i]), {width, 0})) answer = i;
            probe::control(words.answers[i]);
            if (last) ImGui::PopStyleColor();
        }
        if (!asking || answer) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
    return asking ? answer : std::nullopt;
}

}  // namespace

UnsavedAnswer drawUnsavedQuestion(bool asking) {
    static constexpr const char* kAnswers[] = {"unsaved.discard", "unsaved.keep", "unsaved.save"};
    const auto answer = ask({"##unsaved", text("unsaved.title"), text("unsaved.more"), kAnswers}, asking);
    if (!answer) return UnsavedAnswer::none;
    constexpr UnsavedAnswer kMeant[] = {UnsavedAnswer::discard, UnsavedAnswer::keep, UnsavedAnswer::save};
    return kMeant[*answer];
}

RescueAnswer drawRescueQuestion(const Rescue& rescue) {
    static constexpr const char* kAnswers[] = {"rescue.discard", "rescue.later", "rescue.rescue"};
    const std::string name =
        rescue.path.empty() ? std::string(text("file.untitled")) : rescue.path.filename().string();
    const std::time_t time = std::chrono::system_clock::to_time_t(rescue.time);
    const std::string more =
        fmt::format(fmt::runtime(text("rescue.more")), fmt::arg("name", name),
                    fmt::arg("time", fmt::format("{:%Y-%m-%d %H:%M}", fmt::localtime(time))));
    const auto answer = ask({"##rescue", text("rescue.title"), more, kAnswers}, true);
    if (!answer) return RescueAnswer::none;
    constexpr RescueAnswer kMeant[] = {RescueAnswer::discard, RescueAnswer::later, RescueAnswer::rescue};
    return kMeant[*answer];
}

}  // namespace stubble
