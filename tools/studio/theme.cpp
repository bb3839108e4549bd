#include "tools/studio/theme.h"

#include <array>
#include <cmath>

#include "engine/core/font_files.h"

namespace stubble {
namespace {

float scale_ = 1;
Fonts fonts_;

ImVec4 rgba(ImU32 packed) {
    return ImGui::ColorConvertU32ToFloat4(packed);
}

ImFont* addFont(const char* path, float pixels) {
    // Latin with its accents, Greek µ and Δ, punctuation, superscripts, arrows.
    static constexpr std::array<ImWchar, 13> kRanges = {
        0x20, 0x17f, 0x370, 0x3ff, 0x2010, 0x205e, 0x2070, 0x209c, 0x2190, 0x2193, 0x2212, 0x2212, 0};
    ImFontConfig config;
    config.OversampleH = 3;
    config.OversampleV = 1;
    config.PixelSnapH = false;
    config.RasterizerMultiply = 1.12f;  // light text on dark looks thinner than it is
    return ImGui::GetIO().Fonts->AddFontFromFileTTF(path, std::round(pixels), &config, kRanges.data());
}

void loadFonts(float pixelsPerPoint) {
    ImGuiIO& io = ImGui::GetIO();
    io.Fonts->Clear();
    const auto files = findFontFiles();
    fonts_ = {};
    fonts_.fallback = !files || !files->isInter;
    if (files) {
        fonts_.regular = addFont(files->regular.c_str(), metric::kTextSize * pixelsPerPoint);
        fonts_.strong = addFont(files->strong.c_str(), metric::kTextSize * pixelsPerPoint);
        fonts_.small = addFont(files->regular.c_str(), metric::kSmallSize * pixelsPerPoint);
    }
    if (!fonts_.regular || !fonts_.strong || !fonts_.small) {
        ImFontConfig config;
        config.SizePixels = std::round(metric::kTextSize * pixelsPerPoint);
        fonts_.regular = fonts_.strong = fonts_.small = io.Fonts->AddFontDefault(&config);
        fonts_.fallback = true;
    }
}

void colours(ImGuiStyle& style) {
    namespace c = colour;
    const auto set = [&](std::initializer_list<ImGuiCol> which, ImU32 value) {
        for (const ImGuiCol col : which) style.Colors[col] = rgba(value);
    };
    constexpr ImU32 kNone = IM_COL32(0, 0, 0, 0);
    set({ImGuiCol_Text}, c::kText);
    set({ImGuiCol_TextDisabled}, c::kMuted);
    set({ImGuiCol_WindowBg, ImGuiCol_MenuBarBg, ImGuiCol_TitleBg, ImGuiCol_TitleBgActive}, c::kPanel);
    set({ImGuiCol_PopupBg}, c::kRaised);
    set({ImGuiCol_ChildBg, ImGuiCol_BorderShadow, ImGuiCol_ScrollbarBg}, kNone);
    set({ImGuiCol_Border, ImGuiCol_Separator}, c::kLine);
    set({ImGuiCol_FrameBg, ImGuiCol_Button}, c::kControl);
    set({ImGuiCol_Header}, c::kAccentQuiet);
    set({ImGuiCol_FrameBgHovered, ImGuiCol_ButtonHovered, ImGuiCol_HeaderHovered}, c::kControlHovered);
    set({ImGuiCol_FrameBgActive, ImGuiCol_ButtonActive, ImGuiCol_HeaderActive}, c::kControlActive);
    set({ImGuiCol_ScrollbarGrab}, c::kControl);
    set({ImGuiCol_ScrollbarGrabHovered}, c::kControlHovered);
    set({ImGuiCol_ScrollbarGrabActive}, c::kControlActive);
    set({ImGuiCol_CheckMark, ImGuiCol_SliderGrab, ImGuiCol_SliderGrabActive, ImGuiCol_NavHighlight,
         ImGuiCol_PlotHistogram},
        c::kAccent);
    set({ImGuiCol_TextSelectedBg}, c::kAccentQuiet);
    set({ImGuiCol_ModalWindowDimBg}, IM_COL32(0, 0, 0, 130));
}

}  // namespace

float px(float points) {
    return std::round(points * scale_);
}

const Fonts& fonts() {
    return fonts_;
}

void applyTheme(float scale, float pixelsPerUnit) {
    scale_ = scale;
    loadFonts(scale * pixelsPerUnit);
    ImGui::GetIO().FontGlobalScale = 1 / pixelsPerUnit;
    ImGuiStyle style;
    style.WindowPadding = {px(metric::kPadding), px(metric::kPadding)};
    style.FramePadding = {px(9), px(6)};
    style.ItemSpacing = {px(metric::kGap), px(6)};
    style.ItemInnerSpacing = {px(6), px(4)};
    style.IndentSpacing = px(12);
    style.ScrollbarSize = px(10);
    style.GrabMinSize = px(10);
    style.WindowRounding = 0;
    style.ChildRounding = style.FrameRounding = style.PopupRounding = px(metric::kRounding);
    style.ScrollbarRounding = style.GrabRounding = px(5);
    style.WindowBorderSize = style.FrameBorderSize = 0;
    style.PopupBorderSize = 1;
    style.DisabledAlpha = 0.45f;
    style.WindowMinSize = {1, 1};
    style.WindowTitleAlign = {0, 0.5f};
    style.SelectableTextAlign = {0, 0.5f};
    style.WindowMenuButtonPosition = ImGuiDir_None;
    colours(style);
    ImGui::GetStyle() = style;
}

void coloured(ImU32 textColour, const char* shown) {
    ImGui::PushStyleColor(ImGuiCol_Text, textColour);
    ImGui::TextUnformatted(shown);
    ImGui::PopStyleColor();
}

}  // namespace stubble
