#include "tools/studio/inspector.h"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cmath>
#include <vector>

#include "engine/core/image.h"
#include "engine/hair/length.h"
#include "engine/optics/fibre.h"
#include "engine/optics/fibre_lobes.h"
#include "engine/optics/skin_tone.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/dot_looks.h"
#include "tools/studio/figures.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

std::string keyed(std::string_view kind, std::string_view path) {
    return fmt::format("{}.{}", kind, path);
}

ImU32 packed(glm::vec3 linear) {
    const auto byte = [](float v) {
        const float c = std::clamp(v, 0.0f, 1.0f);
        const float s = c <= 0.0031308f ? 12.92f * c : 1.055f * std::pow(c, 1 / 2.4f) - 0.055f;
        return static_cast<int>(std::lround(255 * s));
    };
    return IM_COL32(byte(linear.x), byte(linear.y), byte(linear.z), 255);
}

/// What hairs of a colour look like side by side, by the engine's own optics.
ImU32 hairSwatch(HairColour hairColour) {
    constexpr float kShaftMm = 0.07f;
    const glm::vec3 perDiameter(hairAbsorptionPerMm(melaninOf(hairColour)) * double{kShaftMm});
    return packed(fibreAlbedo(fibreLook(0, perDiameter)));
}

/// The rows of one frame: each reads the design as it is and leaves at most one edit.
class Rows {
  public:
    explicit Rows(const Design& design) : design_(design) {}
    DesignEdit edit;

    void number(std::string_view path, double curve = 1, double step = 0) {
        const DesignKey& key = *findDesignKey(path);
        double value = key.get(design_).get<double>();
        const SliderShape shape{key.min, key.max, key.byDefault.is_number() ? key.byDefault.get<double>() : 0,
                                curve, key.type == KeyType::integer ? 1 : step};
        const Touch touch = slider(key.path.c_str(), text(keyed("key", path)), text(keyed("hint", path)),
                                   value, shape, figureFor(key, value), plainFigure(value));
        if (touch == Touch::ends) edit.dragEnded = true;
        if (touch == Touch::drags || touch == Touch::sets)
            set(key,
                key.type == KeyType::integer ? Json(static_cast<int>(value))
                                             : shortestNumber(static_cast<float>(value)),
                touch == Touch::drags ? EditKind::drag : EditKind::step);
    }

    void list(std::string_view path) {
        const DesignKey& key = *findDesignKey(path);
        const auto current = key.get(design_).get<std::string>();
        ImGui::PushID(key.path.c_str());
        rowLabel(text(keyed("key", path)), text(keyed("hint", path)));
        if (beginList("##list", nameOf(path, current), -1)) {
            for (const std::string_view choice : key.choices)
                if (ImGui::Selectable(nameOf(path, choice), choice == current)) set(key, std::string(choice));
            endList();
        }
        ImGui::PopID();
    }

    /// Chips in a grid of so many columns under a label.
    void chips(std::string_view path, int columns) {
        const DesignKey& key = *findDesignKey(path);
        const auto current = key.get(design_).get<std::string>();
        std::vector<Chip> all;
        for (const std::string_view choice : key.choices)
            all.push_back({nameOf(path, choice), choice == current});
        if (const auto clicked =
                grid(path, text(keyed("key", path)), text(keyed("hint", path)), all, columns))
            set(key, std::string(key.choices[*clicked]));
    }

    void skinTone() {
        const DesignKey& key = *findDesignKey("skin.monk");
        std::vector<ImU32> colours;
        std::vector<std::string> hints;
        for (int tone = 1; tone <= 10; ++tone) {
            colours.push_back(packed(monkSwatch(tone)));
            hints.push_back(fmt::format("{} {}", text("key.skin.monk"), tone));
        }
        label(text("key.skin.monk"), text("hint.skin.monk"), std::to_string(design_.skin.monk));
        if (const auto clicked = swatches("monk", colours, design_.skin.monk - 1, hints))
            set(key, Json(*clicked + 1));
    }

    void hairColour() {
        const DesignKey& key = *findDesignKey("hair.colour");
        std::vector<ImU32> colours;
        std::vector<std::string> hints;
        for (int i = 0; i < kHairColourCount; ++i) {
            colours.push_back(hairSwatch(static_cast<HairColour>(i)));
            hints.emplace_back(nameOf("hair.colour", key.choices[static_cast<std::size_t>(i)]));
        }
        rowLabel(text("key.hair.colour"), text("hint.hair.colour"));
        if (const auto clicked = swatches("hair", colours, static_cast<int>(design_.hair.colour), hints))
            set(key, std::string(key.choices[static_cast<std::size_t>(*clicked)]));
    }

    void guards() {
        const DesignKey& key = *findDesignKey("hair.lengthMm");
        std::vector<Chip> all;
        for (const ClipperSetting& setting : kClipperSettings)
            all.push_back(
                {nameOf("guard", setting.name), std::abs(setting.lengthMm - design_.hair.lengthMm) < 1e-4f});
        if (const auto clicked = grid("guards", text("label.guard"), text("hint.guard"), all, 5))
            set(key, shortestNumber(kClipperSettings[*clicked].lengthMm));
    }

    /// Days that people speak of.
    void moments() {
        struct Moment {
            const char* name;
            float days;
        };
        static constexpr std::array<Moment, 6> kMoments = {{{"moment.fresh", 0},
                                                            {"moment.week", 7},
                                                            {"moment.healed", 60},
                                                            {"moment.year", 365},
                                                            {"moment.years3", 1095},
                                                            {"moment.years5", 1825}}};
        std::vector<Chip> all;
        for (const Moment& moment : kMoments)
            all.push_back({text(moment.name), design_.time.days == moment.days});
        if (const auto clicked = grid("moments", nullptr, nullptr, all, 6))
            set(*findDesignKey("time.days"), shortestNumber(kMoments[*clicked].days));
    }

  private:
    struct Chip {
        const char* label;
        bool selected;
    };

    static const char* nameOf(std::string_view path, std::string_view choice) {
        return text(fmt::format("choice.{}.{}", path, choice));
    }

    static void label(const char* shown, const char* hint, const std::string& figure) {
        rowLabel(shown, hint);
        ImGui::NewLine();
        if (figure.empty()) return;
        const float x = ImGui::GetWindowPos().x + ImGui::GetContentRegionMax().x;
        const ImVec2 low = ImGui::GetItemRectMin();
        ImGui::GetWindowDrawList()->AddText({x - ImGui::CalcTextSize(figure.c_str()).x,
                                             low.y + (px(metric::kRowHeight) - ImGui::GetFontSize()) / 2},
                                            colour::kText, figure.c_str());
    }

    static std::optional<std::size_t> grid(std::string_view id, const char* shown, const char* hint,
                                           const std::vector<Chip>& all, int columns) {
        ImGui::PushID(std::string(id).c_str());
        if (shown) label(shown, hint, {});
        std::optional<std::size_t> clicked;
        const float gap = px(4),
                    width = std::floor(
                        (ImGui::GetContentRegionAvail().x + gap) / static_cast<float>(columns) - gap);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (i % static_cast<std::size_t>(columns) != 0) ImGui::SameLine(0, gap);
            ImGui::PushID(static_cast<int>(i));
            if (chip("chip", all[i].label, all[i].selected, width)) clicked = i;
            ImGui::PopID();
        }
        ImGui::PopStyleVar();
        ImGui::Dummy({0, px(2)});
        ImGui::PopID();
        return clicked;
    }

    void set(const DesignKey& key, const Json& value, EditKind kind = EditKind::step) {
        Design next = design_;
        key.set(next, value);
        edit.design = std::move(next);
        edit.kind = kind;
        edit.key = key.path;
    }

    const Design& design_;
};

void line() {
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float left = ImGui::GetWindowPos().x, right = left + ImGui::GetWindowWidth();
    ImGui::Dummy({0, px(5)});
    ImDrawList* const list = ImGui::GetWindowDrawList();
    // Through the padding, from edge to edge.
    const float top = ImGui::GetWindowPos().y;
    list->PushClipRect({left, top}, {right, top + ImGui::GetWindowHeight()});
    list->AddLine({left, low.y + px(5)}, {right, low.y + px(5)}, colour::kLine);
    list->PopClipRect();
}

}  // namespace

DesignEdit drawInspector(const Design& design) {
    Rows rows(design);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(metric::kGap), px(2)});
    if (section("client", text("group.client"), true)) {
        rows.skinTone();
        ImGui::Dummy({0, px(4)});
        rows.chips("hair.ancestry", 3);
        rows.hairColour();
    }
    line();
    if (section("hairline", text("group.hairline"), true)) {
        rows.list("hairline.style");
        rows.number("hairline.heightMm", 1, 0.5);
        rows.number("hairline.featherMm", 1.5, 0.5);
        rows.number("hairline.irregularityMm", 1.5, 0.1);
    }
    line();
    if (section("pigment", text("group.pigment"), true)) {
        rows.number("smp.densityPerCm2", 1, 1);
        rows.number("smp.diameterMm", 2, 0.005);
        rows.number("smp.depthMm", 2, 0.01);
        rows.number("smp.sessions");
        rows.number("smp.dilution", 1.5, 0.5);
    }
    line();
    if (section("time", text("group.time"), true)) {
        rows.number("time.days", 3, 1);
        rows.moments();
        rows.chips("hair.norwood", 7);
        rows.number("hair.lengthMm", 2, 0.05);
        rows.guards();
        rows.number("hair.hoursSinceShave", 1.5, 1);
    }
    ImGui::PopStyleVar();
    return std::move(rows.edit);
}

}  // namespace stubble
