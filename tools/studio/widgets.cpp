#include "tools/studio/widgets.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>

#include "tools/studio/probe.h"
#include "tools/studio/theme.h"

namespace stubble {
namespace {

using Clock = std::chrono::steady_clock;

constexpr float kLabelWidth = 96, kFigureWidth = 66;
constexpr double kHintAfterSeconds = 0.6;
constexpr int kFramesToFocus = 5;  // that the interface library needs until a field takes keys

/// The one figure that is being typed.
struct Typing {
    ImGuiID id = 0;
    int since = 0;  ///< the frame in which it began
    bool fresh = false;
    std::array<char, 32> text{};
} typing;

struct HintRest {
    ImGuiID id = 0;
    Clock::time_point since;
    bool seen = false;  ///< in this frame
} hintRest;
int hintFrame = -1;

double placeOf(double value, const SliderShape& shape) {
    const double share = shape.max > shape.min ? (value - shape.min) / (shape.max - shape.min) : 0;
    return std::pow(std::clamp(share, 0.0, 1.0), 1 / shape.curve);
}

double valueAt(double place, const SliderShape& shape) {
    double value = shape.min + (shape.max - shape.min) * std::pow(std::clamp(place, 0.0, 1.0), shape.curve);
    if (shape.step > 0) value = std::round(value / shape.step) * shape.step;
    return std::clamp(value, shape.min, shape.max);
}

float textWidth(const char* shown) {
    return ImGui::CalcTextSize(shown).x;
}

/// Shortens with an ellipsis what does not fit.
void drawText(ImVec2 place, ImU32 textColour, const char* shown) {
    ImGui::GetWindowDrawList()->AddText({std::round(place.x), std::round(place.y)}, textColour, shown);
}

float centredY(float top, float height) {
    return top + 0.5f * (height - ImGui::GetFontSize()) - px(0.5f);
}

std::optional<double> number(const char* typed) {
    std::string plain(typed);
    std::ranges::replace(plain, ',', '.');
    const auto first = plain.find_first_of("-0123456789.");
    if (first == std::string::npos) return std::nullopt;
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data() + first, plain.data() + plain.size(), value);
    return error == std::errc() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Touch typedFigure(ImGuiID id, float width, double& value, const SliderShape& shape) {
    ImGui::SetNextItemWidth(width);
    if (typing.fresh) ImGui::SetKeyboardFocusHere();
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {px(6), (px(24) - ImGui::GetFontSize()) / 2});
    const bool entered =
        ImGui::InputText("##typed", typing.text.data(), typing.text.size(),
                         ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    ImGui::PopStyleVar();
    const bool left = ImGui::IsItemDeactivated();
    typing.fresh = false;
    if (!entered && !left) return Touch::none;
    const bool dropped = !entered && !ImGui::IsItemDeactivatedAfterEdit();
    if (typing.id == id) typing.id = 0;
    const auto asked = number(typing.text.data());
    if (dropped || !asked) return Touch::none;
    value = std::clamp(*asked, shape.min, shape.max);
    if (shape.step >= 1) value = std::round(value);
    return Touch::sets;
}

void drawTrack(ImVec2 low, float width, float height, double place, bool lit, bool held) {
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float middle = std::round(low.y + height / 2), knob = px(held ? 7 : 6), thick = px(3);
    const float left = low.x + knob, right = low.x + width - knob;
    const float x = left + static_cast<float>(place) * (right - left);
    list->AddRectFilled({left, middle - thick / 2}, {right, middle + thick / 2}, colour::kControlHovered,
                        thick / 2);
    list->AddRectFilled({left, middle - thick / 2}, {x, middle + thick / 2}, colour::kAccent, thick / 2);
    list->AddCircleFilled({x, middle}, knob,
                          lit ? IM_COL32(250, 250, 250, 255) : IM_COL32(214, 214, 214, 255), 24);
}

}  // namespace

double widgetsDue() {
    constexpr double kNever = std::numeric_limits<double>::infinity();
    if (typing.id && ImGui::GetFrameCount() < typing.since + kFramesToFocus) return 0;
    if (!hintRest.seen) return kNever;
    const double rested = std::chrono::duration<double>(Clock::now() - hintRest.since).count();
    return rested < kHintAfterSeconds ? kHintAfterSeconds - rested + 0.005 : kNever;
}

void hintFor(const char* hint) {
    if (ImGui::GetFrameCount() != hintFrame) hintFrame = ImGui::GetFrameCount(), hintRest.seen = false;
    if (!hint || !*hint || !ImGui::IsItemHovered() || ImGui::IsAnyItemActive()) return;
    const ImGuiID id = ImGui::GetID(hint);
    if (hintRest.id != id) hintRest.id = id, hintRest.since = Clock::now();
    hintRest.seen = true;
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    const bool rested =
        std::chrono::duration<double>(Clock::now() - hintRest.since).count() >= kHintAfterSeconds;
    if (!rested && (moved.x != 0 || moved.y != 0)) hintRest.since = Clock::now();
    if (!rested) return;
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(10), px(8)});
    ImGui::BeginTooltip();
    ImGui::PushFont(fonts().small);
    ImGui::PushTextWrapPos(px(280));
    ImGui::TextUnformatted(hint);
    ImGui::PopTextWrapPos();
    ImGui::PopFont();
    ImGui::EndTooltip();
    ImGui::PopStyleVar();
}

void rowLabel(const char* label, const char* hint) {
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float height = px(metric::kRowHeight);
    ImGui::InvisibleButton(label, {px(kLabelWidth), height});
    drawText({low.x, centredY(low.y, height)}, ImGui::IsItemHovered() ? colour::kText : colour::kMuted,
             label);
    hintFor(hint);
    ImGui::SameLine(0, 0);
}

Touch slider(const char* id, const char* label, const char* hint, double& value, const SliderShape& shape,
             const std::string& figure, const std::string& typed) {
    ImGui::PushID(id);
    const probe::Scope scope(id);
    Touch touch = Touch::none;
    const float height = px(metric::kRowHeight);
    rowLabel(label, hint);
    probe::control("label");
    if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) &&
        value != shape.byDefault)
        value = shape.byDefault, touch = Touch::sets;

    const float width = ImGui::GetContentRegionAvail().x - px(kFigureWidth) - px(4);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    ImGui::InvisibleButton("track", {width, height});
    probe::control("track");
    const bool held = ImGui::IsItemActive();
    if (held) {
        // A grip where the knob was taken keeps it from jumping; Shift moves it a tenth as far.
        const float knob = px(6);
        const double at = (ImGui::GetIO().MousePos.x - low.x - knob) / (width - 2 * knob);
        ImGuiStorage* const kept = ImGui::GetStateStorage();
        const ImGuiID grip = ImGui::GetID("grip"), place = ImGui::GetID("place");
        if (ImGui::IsItemActivated()) {
            const double off = placeOf(value, shape) - at;
            kept->SetFloat(grip, std::abs(off) * width < 2 * knob ? static_cast<float>(off) : 0.0f);
            kept->SetFloat(place, static_cast<float>(at));
        }
        double aim = at + kept->GetFloat(grip);
        if (ImGui::GetIO().KeyShift)
            aim = placeOf(value, shape) + ImGui::GetIO().MouseDelta.x / (width - 2 * knob) * 0.1;
        const double next = valueAt(aim, shape);
        const bool moved =
            ImGui::IsItemActivated() ? kept->GetFloat(grip) == 0 : ImGui::GetIO().MouseDelta.x != 0;
        if (moved && next != value) value = next, touch = Touch::drags;
    }
    if (ImGui::IsItemDeactivated()) touch = Touch::ends;
    drawTrack(low, width, height, placeOf(value, shape), held || ImGui::IsItemHovered(), held);

    ImGui::SameLine(0, px(4));
    const ImGuiID own = ImGui::GetID("figure");
    if (typing.id == own) {
        const ImVec2 cursor = ImGui::GetCursorScreenPos();
        ImGui::SetCursorScreenPos({cursor.x, cursor.y + px(2)});
        const Touch entered = typedFigure(own, px(kFigureWidth), value, shape);
        if (entered != Touch::none) touch = entered;
        ImGui::SetCursorScreenPos({low.x, low.y + height + ImGui::GetStyle().ItemSpacing.y});
        ImGui::SetCursorPosX(ImGui::GetCursorStartPos().x);
    } else {
        const ImVec2 corner = ImGui::GetCursorScreenPos();
        if (ImGui::InvisibleButton("figure", {px(kFigureWidth), height})) {
            typing = {own, ImGui::GetFrameCount(), true, {}};
            std::strncpy(typing.text.data(), typed.c_str(), typing.text.size() - 1);
        }
        probe::control("figure");
        const bool hovered = ImGui::IsItemHovered();
        if (hovered)
            ImGui::GetWindowDrawList()->AddRectFilled(
                {corner.x, corner.y + px(2)}, {corner.x + px(kFigureWidth + 6), corner.y + height - px(2)},
                colour::kControl, px(metric::kRounding));
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
        drawText({corner.x + px(kFigureWidth) - textWidth(figure.c_str()), centredY(corner.y, height)},
                 colour::kText, figure.c_str());
    }
    ImGui::PopID();
    return touch;
}

float chipWidth(const char* label) {
    return textWidth(label) + px(20);
}

bool chip(const char* id, const char* label, bool selected, float width) {
    const ImVec2 size{width > 0 ? width : chipWidth(label), px(26)}, low = ImGui::GetCursorScreenPos();
    const bool clicked = ImGui::InvisibleButton(id, size);
    probe::control(label);
    const bool hovered = ImGui::IsItemHovered();
    const ImU32 back = selected ? colour::kAccentQuiet : hovered ? colour::kControlHovered : colour::kControl;
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const ImVec2 high{low.x + size.x, low.y + size.y};
    list->AddRectFilled(low, high, back, px(metric::kRounding));
    if (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible)
        list->AddRect(low, high, colour::kAccent, px(metric::kRounding));
    drawText({low.x + (size.x - textWidth(label)) / 2, centredY(low.y, size.y)},
             selected || hovered ? IM_COL32(250, 250, 250, 255) : IM_COL32(200, 200, 200, 255), label);
    return clicked;
}

std::optional<int> swatches(const char* id, std::span<const ImU32> colours, int selected,
                            std::span<const std::string> hints) {
    ImGui::PushID(id);
    const probe::Scope scope(id);
    std::optional<int> clicked;
    const float gap = px(4), all = ImGui::GetContentRegionAvail().x;
    const auto count = static_cast<float>(colours.size());
    const float side = std::min(px(metric::kRowHeight), std::floor((all + gap) / count - gap)),
                height = px(26);
    for (std::size_t i = 0; i < colours.size(); ++i) {
        ImGui::PushID(static_cast<int>(i));
        const ImVec2 low = ImGui::GetCursorScreenPos(), high{low.x + side, low.y + height};
        if (ImGui::InvisibleButton("colour", {side, height})) clicked = static_cast<int>(i);
        probe::control(std::to_string(i + 1));
        ImDrawList* const list = ImGui::GetWindowDrawList();
        const float inset = px(3);
        const bool hovered = ImGui::IsItemHovered(), own = static_cast<int>(i) == selected;
        list->AddRectFilled({low.x + inset, low.y + inset}, {high.x - inset, high.y - inset}, colours[i],
                            px(4));
        list->AddRect({low.x + inset, low.y + inset}, {high.x - inset, high.y - inset},
                      IM_COL32(255, 255, 255, 28), px(4));
        if (own || hovered)
            list->AddRect({low.x + 1, low.y + 1}, {high.x - 1, high.y - 1},
                          own ? IM_COL32(240, 240, 240, 255) : colour::kFaint, px(6), 0, px(1.5f));
        if (i < hints.size()) hintFor(hints[i].c_str());
        ImGui::PopID();
        if (i + 1 < colours.size()) ImGui::SameLine(0, gap);
    }
    ImGui::PopID();
    return clicked;
}

bool beginList(const char* id, const char* current, float width) {
    ImGui::SetNextItemWidth(width);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float whole = ImGui::CalcItemWidth(), height = ImGui::GetFrameHeight();
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(8), px(8)});
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const bool open =
        ImGui::BeginCombo(id, current, ImGuiComboFlags_HeightLarge | ImGuiComboFlags_NoArrowButton);
    // Its item is gone once the list is open.
    probe::place(std::string_view(id).substr(2), low.x, low.y, low.x + whole, low.y + height);
    const float r = px(3.5f), x = low.x + whole - px(14), y = std::round(low.y + height / 2);
    const std::array<ImVec2, 3> points = {{{x - r, y - r / 2}, {x, y + r / 2}, {x + r, y - r / 2}}};
    list->AddPolyline(points.data(), 3, colour::kMuted, 0, px(1.5f));
    if (open)
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(metric::kGap), px(8)});
    else
        ImGui::PopStyleVar();
    return open;
}

void endList() {
    ImGui::EndCombo();
    ImGui::PopStyleVar(2);
}

void openSection(const char* id) {
    ImGui::PushID(id);
    ImGui::GetStateStorage()->SetBool(ImGui::GetID("open"), true);
    ImGui::PopID();
}

bool section(const char* id, const char* label, bool openAtFirst) {
    ImGui::PushID(id);
    const ImGuiID key = ImGui::GetID("open");
    bool open = ImGui::GetStateStorage()->GetBool(key, openAtFirst);
    const float width = ImGui::GetContentRegionAvail().x, height = px(38);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    if (ImGui::InvisibleButton("heading", {width, height})) {
        open = !open;
        ImGui::GetStateStorage()->SetBool(key, open);
    }
    probe::control(id);
    ImGui::PushFont(fonts().strong);
    drawText({low.x, centredY(low.y, height)}, colour::kText, label);
    ImGui::PopFont();
    const float r = px(3.5f), x = low.x + width - px(8), y = std::round(low.y + height / 2);
    const ImU32 line = ImGui::IsItemHovered() ? colour::kText : colour::kFaint;
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const std::array<ImVec2, 3> points =
        open ? std::array<ImVec2, 3>{{{x - r, y - r / 2}, {x, y + r / 2}, {x + r, y - r / 2}}}
             : std::array<ImVec2, 3>{{{x - r / 2, y - r}, {x + r / 2, y}, {x - r / 2, y + r}}};
    list->AddPolyline(points.data(), 3, line, 0, px(1.5f));
    ImGui::PopID();
    return open;
}

void beginPart(const char* id, ImVec2 corner, ImVec2 size, ImU32 back, ImVec2 padding,
               ImGuiWindowFlags more) {
    ImGui::SetNextWindowPos(corner);
    ImGui::SetNextWindowSize(size);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, back);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::Begin(id, nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | more);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
}

}  // namespace stubble
