#include "tools/studio/preset_gallery.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/core/cache.h"
#include "engine/core/file.h"
#include "engine/core/png_file.h"
#include "engine/scalp/zones.h"
#include "engine/scene/design_json.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

/// Narrower than what is stamped: there the mark would be a blot (engine/jobs/stamp.h).
constexpr int kSide = 156;
constexpr std::size_t kBytes = std::size_t{kSide} * kSide * 3;
constexpr int kSamples = 8, kColumns = 5;
constexpr std::string_view kKind = "preset-picture";

ContentHash keyOf(const Design& design) {
    return hashText(fmt::format("{} {} {} {} {}", programHash().hex(), kSide, kSamples, previewCamera(design),
                                formatDesign(design)));
}

std::filesystem::path pictureOf(const DesignCopy& copy) {
    return std::filesystem::path(copy.path()).replace_extension(".png");
}

}  // namespace

std::string_view previewCamera(const Design& design) {
    const std::vector<Scar>& scars = design.skin.scars;
    double y = 0;
    std::size_t count = 0;
    for (const Scar& scar : scars)
        for (const glm::vec2 point : scar.points) y += double{point.y}, ++count;
    constexpr double kBehind = -0.2;  // of the chart: behind the line from ear to ear
    if (count > 0 && y < kBehind * static_cast<double>(count)) return "back";
    // Where the front is left alone, a transplant's scars are what there is to see.
    const bool treatsFront =
        design.smp.enabled && design.smp.zones[static_cast<std::size_t>(Zone::frontEdge)].density > 0;
    if (design.grafts.count > 0 && design.grafts.hairline == GraftHairline::natural && !treatsFront)
        return "back";
    const bool thinsOnTop = design.hair.ludwig > 0 || design.hair.norwood == Norwood::IIIVertex;
    return thinsOnTop ? "top" : "three-quarter";
}

Design withPreset(const Design& client, const Design& preset) {
    Design design = preset;
    design.head = client.head;
    design.name = client.name;
    design.description = client.description;
    return design;
}

Result<void> PresetGallery::open() {
    if (entries_.empty()) {
        STUBBLE_TRY(std::vector<Preset> presets, readPresets());
        for (Preset& preset : presets) entries_.push_back({std::move(preset), {}, false});
        for (Entry& entry : entries_)
            if (const auto kept = readCache(kKind, keyOf(entry.preset.design))) show(entry, *kept);
    }
    open_ = true;
    return {};
}

void PresetGallery::close() {
    open_ = false;
    if (!copy_) return;
    errand_.cancel();
    entries_[inWork_].tried = false;  // when it is opened again
    std::error_code ignored;
    std::filesystem::remove(pictureOf(*copy_), ignored);
    copy_.reset();
}

void PresetGallery::show(Entry& entry, std::span<const std::byte> pixels) {
    if (pixels.size() != kBytes) return;
    GlTexture picture = makeTexture("preset", GL_RGB8, kSide, kSide);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTextureSubImage2D(picture.name(), 0, 0, 0, kSide, kSide, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
        glTextureParameteri(picture.name(), filter, GL_LINEAR);
    entry.picture = std::move(picture);
    entry.tried = true;
}

void PresetGallery::update() {
    if (copy_) {
        const auto done = errand_.take();
        if (!done) return;
        const std::filesystem::path file = pictureOf(*copy_);
        if (const auto image = *done ? readPng(file) : tl::unexpected(done->error())) {
            const auto pixels = std::as_bytes(std::span(image->pixels));
            writeCache(kKind, keyOf(entries_[inWork_].preset.design), pixels);
            show(entries_[inWork_], pixels);
        }
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        copy_.reset();
    }
    const auto next = std::ranges::find(entries_, false, &Entry::tried);
    if (next == entries_.end()) return;
    next->tried = true;  // what cannot be drawn stays a name
    auto copy = DesignCopy::write(next->preset.design);
    if (!copy) return;
    copy_ = *std::move(copy);
    inWork_ = static_cast<std::size_t>(next - entries_.begin());
    errand_.start({"render", copy_->path().string(), "-o", pictureOf(*copy_).string(), "--camera",
                   std::string(previewCamera(next->preset.design)), "--size", fmt::format("{0}x{0}", kSide),
                   "--samples", std::to_string(kSamples), "--quiet"});
}

bool PresetGallery::drawCard(const Entry& entry) const {
    const Design& design = entry.preset.design;
    const std::string& name = design.name.empty() ? entry.preset.name : design.name;
    const float side = px(kSide), height = side + px(38);
    const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + height};
    ImGui::PushID(entry.preset.name.c_str());
    const bool clicked = ImGui::InvisibleButton("card", {side, height});
    probe::control("preset:" + entry.preset.name);
    const bool hovered = ImGui::IsItemHovered();
    hintFor(design.description.c_str());
    ImGui::PopID();
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float round = px(metric::kRounding);
    list->AddRectFilled(low, high, hovered ? colour::kControlHovered : colour::kControl, round);
    if (entry.picture)
        list->AddImageRounded(
            reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(entry.picture.name())), low,
            {high.x, low.y + side}, {0, 0}, {1, 1}, IM_COL32_WHITE, round, ImDrawFlags_RoundCornersTop);
    else
        list->AddRectFilled(low, {high.x, low.y + side}, colour::kPanel, round, ImDrawFlags_RoundCornersTop);
    if (hovered) list->AddRect(low, high, colour::kAccent, round, 0, px(1.5f));
    ImGui::PushFont(fonts().small);
    const float wrap = side - px(14);
    const ImVec2 size = ImGui::CalcTextSize(name.c_str(), nullptr, false, wrap);
    list->PushClipRect(low, high, true);
    list->AddText(ImGui::GetFont(), ImGui::GetFontSize(),
                  {low.x + px(8), std::round(low.y + side + (px(38) - size.y) / 2)},
                  hovered ? IM_COL32(250, 250, 250, 255) : IM_COL32(215, 215, 215, 255), name.c_str(),
                  nullptr, wrap);
    list->PopClipRect();
    ImGui::PopFont();
    return clicked;
}

std::optional<Design> PresetGallery::draw() {
    constexpr const char* kId = "##presets";
    if (!open_ && !ImGui::IsPopupOpen(kId)) return std::nullopt;
    if (open_) {
        update();
        if (!ImGui::IsPopupOpen(kId)) ImGui::OpenPopup(kId);
    }
    std::optional<Design> chosen;
    const ImVec2 all = ImGui::GetIO().DisplaySize;
    const float gap = px(metric::kGap), pad = px(20);
    const float width = kColumns * (px(kSide) + gap) + 2 * pad + px(8);
    ImGui::SetNextWindowPos(ImGui::GetMainViewport()->GetCenter(), ImGuiCond_Always, {0.5f, 0.5f});
    ImGui::SetNextWindowSize({std::min(width, all.x - px(24)), std::min(px(760), all.y - px(48))});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {pad, px(18)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
    if (ImGui::BeginPopupModal(kId, nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove)) {
        ImGui::PushFont(fonts().strong);
        ImGui::TextUnformatted(text("presets.title"));
        ImGui::PopFont();
        ImGui::SameLine(ImGui::GetContentRegionMax().x - px(90));
        if (ImGui::Button(text("presets.close"), {px(90), 0})) close();
        probe::control("presets.close");
        coloured(colour::kMuted, text("presets.more"));
        const auto missing =
            std::ranges::count_if(entries_, [](const Entry& e) { return !e.tried; }) + (copy_ ? 1 : 0);
        if (missing > 0) {
            ImGui::SameLine(0, px(16));
            coloured(colour::kAccent,
                     fmt::format(fmt::runtime(text("presets.busy")), fmt::arg("count", missing)).c_str());
        }
        ImGui::Dummy({0, px(2)});
        ImGui::PushStyleColor(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
        if (ImGui::BeginChild("cards", {0, 0}, false, ImGuiWindowFlags_None)) {
            ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
            const float room = ImGui::GetContentRegionAvail().x;
            const int columns = std::max(1, static_cast<int>((room + gap) / (px(kSide) + gap)));
            for (std::size_t i = 0; i < entries_.size(); ++i) {
                if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, gap);
                if (drawCard(entries_[i])) chosen = entries_[i].preset.design;
            }
            ImGui::PopStyleVar();
        }
        ImGui::EndChild();
        ImGui::PopStyleColor();
        if (chosen) close();
        if (!open_) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    ImGui::PopStyleVar(2);
    return chosen;
}

}  // namespace stubble
