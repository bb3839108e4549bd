#include "tools/studio/file_dialog.h"

#include <imgui.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace fs = std::filesystem;

void FileDialog::ask(Question question, const fs::path& suggested) {
    question_ = std::move(question);
    std::error_code ignored;
    const fs::path whole = fs::absolute(suggested.empty() ? fs::path(".") : suggested, ignored);
    const bool isFolder = fs::is_directory(whole, ignored);
    name_ = isFolder ? std::string() : whole.filename().string();
    enter((isFolder ? whole : whole.parent_path()).lexically_normal());
    open_ = appearing_ = true;
}

void FileDialog::enter(const fs::path& folder) {
    folder_ = folder;
    confirming_ = false;
    entries_.clear();
    std::error_code fault;
    for (auto entry = fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, fault);
         !fault && entry != fs::directory_iterator(); entry.increment(fault)) {
        const std::string name = entry->path().filename().string();
        std::error_code ignored;
        const bool isFolder = entry->is_directory(ignored);
        const bool fits =
            question_.lists ? question_.lists(entry->path()) : entry->path().extension() == question_.suffix;
        if (name.starts_with('.') || (!isFolder && !fits)) continue;
        entries_.push_back({name, isFolder});
    }
    std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
        return a.folder != b.folder ? a.folder : a.name < b.name;
    });
}

void FileDialog::accept() {
    if (name_.empty()) return;
    fs::path file = folder_ / name_;  // an absolute name replaces the folder
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
        name_.clear();
        return enter(file);
    }
    if (question_.saving && !file.has_extension()) file += question_.suffix;
    if (question_.saving && fs::exists(file, ignored) && !confirming_) {
        confirming_ = true;
        return;
    }
    open_ = false;
    question_.answer(file);
}

void FileDialog::draw() {
    if (!open_ && !ImGui::IsPopupOpen("##files")) return;
    if (appearing_) ImGui::OpenPopup("##files");
    const ImVec2 middle = ImGui::GetMainViewport()->GetCenter();
    ImGui::SetNextWindowPos(middle, ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({px(520), px(420)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(20), px(18)});
    if (ImGui::BeginPopupModal("##files", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) {
        ImGui::PushFont(fonts().strong);
        ImGui::TextUnformatted(question_.title);
        ImGui::PopFont();
        ImGui::PushFont(fonts().small);
        coloured(colour::kMuted, folder_.string().c_str());
        ImGui::PopFont();
        const float rest = px(26) * 2 + ImGui::GetStyle().ItemSpacing.y * 2 + px(8);
        ImGui::PushStyleColor(ImGuiCol_ChildBg, colour::kPanel);
        ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(8), px(6)});
        ImGui::BeginChild("##entries", {0, -rest}, false, ImGuiWindowFlags_AlwaysUseWindowPadding);
        fs::path next;
        if (folder_.has_relative_path() &&
            ImGui::Selectable("..", false, ImGuiSelectableFlags_DontClosePopups))
            next = folder_.parent_path();
        bool chosen = false;
        for (const Entry& entry : entries_) {
            const std::string shown = entry.folder ? entry.name + "/" : entry.name;
            if (ImGui::Selectable(
                    shown.c_str(), entry.name == name_,
                    ImGuiSelectableFlags_DontClosePopups | ImGuiSelectableFlags_AllowDoubleClick)) {
                if (entry.folder)
                    next = folder_ / entry.name;
                else
                    name_ = entry.name, confirming_ = false, chosen = ImGui::IsMouseDoubleClicked(0);
            }
        }
        if (entries_.empty()) coloured(colour::kMuted, text("files.none"));
        ImGui::EndChild();
        ImGui::PopStyleVar();
        ImGui::PopStyleColor();
        if (!next.empty()) enter(next);

        std::array<char, 1024> typed{};
        std::strncpy(typed.data(), name_.c_str(), typed.size() - 1);
        ImGui::SetNextItemWidth(-1);
        if (appearing_) ImGui::SetKeyboardFocusHere();
        const bool entered = ImGui::InputTextWithHint(
            "##name", text("files.name"), typed.data(), typed.size(),
            ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
        probe::control("files.name");
        if (name_ != typed.data()) name_ = typed.data(), confirming_ = false;
        appearing_ = false;

        ImGui::Dummy({0, px(2)});
        if (confirming_) {
            ImGui::AlignTextToFramePadding();
            coloured(colour::kWarning, text("files.replace"));
            ImGui::SameLine();
        }
        const char* const word = confirming_ ? text("files.replaceIt") : question_.accept;
        const float width = px(96);
        ImGui::SetCursorPosX(ImGui::GetContentRegionMax().x - 2 * width - px(metric::kGap));
        const bool escaped = ImGui::Button(text("files.cancel"), {width, 0});
        probe::control("files.cancel");
        ImGui::SameLine();
        ImGui::PushStyleColor(ImGuiCol_Button, colour::kAccentQuiet);
        const bool pressed = ImGui::Button(word, {width, 0});
        probe::control("files.accept");
        ImGui::PopStyleColor();
        if (escaped) open_ = false;
        if (entered || chosen || pressed) accept();
        if (!open_) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
}

}  // namespace stubble
