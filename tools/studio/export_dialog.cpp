#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <utility>

#include "tools/studio/exporter.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

struct PictureSize {
    int width, height;
};
constexpr std::array<PictureSize, 3> kSizes = {{{1920, 1080}, {3840, 2160}, {2048, 2048}}};
/// The first is the command line's own.
constexpr std::array<int, 3> kSamples = {8, 32, 128};
constexpr std::array<std::string_view, 3> kBoardSuffixes = {".png", ".pdf", ".html"};

/// A label and chips beside it; the one that was clicked.
template <std::size_t Count>
std::optional<std::size_t> choices(const char* label, const char* hint,
                                   const std::array<std::string, Count>& names, std::size_t selected) {
    std::optional<std::size_t> clicked;
    ImGui::PushID(label);
    rowLabel(label, hint);
    const float gap = px(4), width = (ImGui::GetContentRegionAvail().x - gap * (Count - 1)) / Count;
    for (std::size_t i = 0; i < Count; ++i) {
        if (i > 0) ImGui::SameLine(0, gap);
        if (chip(names[i].c_str(), names[i].c_str(), i == selected, width)) clicked = i;
    }
    ImGui::PopID();
    return clicked;
}

}  // namespace

void ExportDialog::open(std::vector<ReadyBoard> boards) {
    boards_ = std::move(boards);
    const bool known =
        std::ranges::any_of(boards_, [&](const ReadyBoard& board) { return board.name == order_.board; });
    if (!known) order_.board = boards_.empty() ? std::string() : boards_.front().name;
    open_ = true;
}

void ExportDialog::drawBoardRows() {
    const auto chosen = std::ranges::find(boards_, order_.board, &ReadyBoard::name);
    if (chosen == boards_.end()) return;
    rowLabel(text("export.board"), text("hint.export.board"));
    if (beginList("##board", chosen->spec.title.c_str(), ImGui::GetContentRegionAvail().x)) {
        for (const ReadyBoard& board : boards_)
            if (ImGui::Selectable(board.spec.title.c_str(), board.name == order_.board))
                order_.board = board.name;
        endList();
    }
    ImGui::PushTextWrapPos(0);
    coloured(colour::kMuted, chosen->spec.description.c_str());
    ImGui::PopTextWrapPos();
    const auto place = std::ranges::find(kBoardSuffixes, order_.suffix);
    if (const auto form = choices<3>(text("export.form"), text("hint.export.form"),
                                     {text("export.picture"), text("export.print"), text("export.page")},
                                     static_cast<std::size_t>(place - kBoardSuffixes.begin())))
        order_.suffix = kBoardSuffixes[*form];
}

void ExportDialog::drawRows() {
    if (const auto what = choices<4>(
            text("export.what"), text("hint.export.what"),
            {text("export.still"), text("export.pair"), text("export.sheet"), text("export.board")},
            static_cast<std::size_t>(order_.kind))) {
        order_.kind = static_cast<ExportKind>(*what);
        order_.suffix = order_.kind == ExportKind::sheet ? ".pdf" : ".png";
    }
    ImGui::PushTextWrapPos(0);
    constexpr std::array<const char*, 4> kMore = {"export.still.more", "export.pair.more",
                                                  "export.sheet.more", "export.board.more"};
    coloured(colour::kMuted, text(kMore[static_cast<std::size_t>(order_.kind)]));
    ImGui::PopTextWrapPos();
    if (order_.kind == ExportKind::board) return drawBoardRows();
    if (order_.kind == ExportKind::sheet) return;
    if (order_.kind == ExportKind::pair)
        if (const auto form =
                choices<2>(text("export.form"), text("hint.export.pairForm"),
                           {text("export.files"), text("export.page")}, order_.isPage() ? 1 : 0))
            order_.suffix = *form == 1 ? ".html" : ".png";
    std::array<std::string, kSizes.size()> sizes;
    std::size_t size = kSizes.size(), quality = kSamples.size();
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
        sizes[i] = fmt::format("{} × {}", kSizes[i].width, kSizes[i].height);
        if (kSizes[i].width == order_.width && kSizes[i].height == order_.height) size = i;
    }
    if (const auto chosen = choices(text("export.size"), text("hint.export.size"), sizes, size))
        order_.width = kSizes[*chosen].width, order_.height = kSizes[*chosen].height;
    for (std::size_t i = 0; i < kSamples.size(); ++i)
        if (kSamples[i] == order_.samples) quality = i;
    if (const auto chosen =
            choices<3>(text("export.quality"), text("hint.export.quality"),
                       {text("export.normal"), text("export.fine"), text("export.finest")}, quality))
        order_.samples = kSamples[*chosen];
}

std::optional<ExportOrder> ExportDialog::draw() {
    constexpr const char* kId = "##export";
    if (!open_ && !ImGui::IsPopupOpen(kId)) return std::nullopt;
    if (open_ && !ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
    std::optional<ExportOrder> given;
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({px(600), 0});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(20), px(18)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
    if (ImGui::BeginPopupModal(kId, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) {
        ImGui::PushFont(fonts().strong);
        ImGui::TextUnformatted(text("export.title"));
        ImGui::PopFont();
        ImGui::Dummy({0, px(4)});
        drawRows();
        ImGui::Dummy({0, px(8)});
        const float width = px(120);
        if (ImGui::Button(text("files.cancel"), {width, 0})) close();
        ImGui::SameLine(ImGui::GetContentRegionMax().x - width);
        ImGui::PushStyleColor(ImGuiCol_Button, colour::kAccentQuiet);
        if (ImGui::Button(text("export.choose"), {width, 0})) given = order_;
        probe::control("export.choose");
        ImGui::PopStyleColor();
        if (given) close();
        if (!open_) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
    return given;
}

}  // namespace stubble
