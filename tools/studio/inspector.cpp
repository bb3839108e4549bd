#include "tools/studio/inspector.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/core/image.h"
#include "engine/hair/ancestry.h"
#include "engine/hair/length.h"
#include "engine/optics/fibre.h"
#include "engine/optics/fibre_lobes.h"
#include "engine/optics/skin_tone.h"
#include "engine/scalp/zones.h"
#include "engine/scene/design_keys.h"
#include "engine/scene/dot_looks.h"
#include "tools/studio/figures.h"
#include "tools/studio/inspector_table.h"
#include "tools/studio/probe.h"
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

/// What most people of a hair type have. Working default: black but where light hair is at home.
HairColour usualColour(Ancestry ancestry) {
    return ancestry == Ancestry::european ? HairDesign{}.colour : HairColour::black;
}

/// The rows of one frame: each reads the design as it is and leaves at most one edit.
class Rows {
  public:
    explicit Rows(const Design& design) : design_(design) {}
    DesignEdit edit;

    void draw(const InspectorRow& row) {
        switch (row.kind) {
            case RowKind::slider:
                return number(row.path, row.curve, row.step);
            case RowKind::typical:
                return typical(row.path, row.step);
            case RowKind::list:
                return list(row.path);
            case RowKind::style:
                return style(row.path);
            case RowKind::chips:
                return chips(row.path, row.columns);
            case RowKind::toggle:
                return toggle(row.path);
            case RowKind::skinTone:
                skinTone();
                return ImGui::Dummy({0, px(4)});
            case RowKind::hairColour:
                hairColour();
                return ImGui::Dummy({0, px(4)});
            case RowKind::moments:
                return moments();
            case RowKind::guards:
                return guards();
            case RowKind::zones:
                return zones(row.path);
        }
    }

  private:
    void number(std::string_view path, double curve, double step) {
        const DesignKey& key = *findDesignKey(path);
        numberOf(key, text(keyed("key", path)), text(keyed("hint", path)), key.get(design_).get<double>(),
                 key.byDefault.is_number() ? key.byDefault.get<double>() : 0, curve, step);
    }

    Touch numberOf(const DesignKey& key, const char* label, const char* hint, double value, double byDefault,
                   double curve, double step, const char* figure = nullptr) {
        const SliderShape shape{key.min, key.max, byDefault, curve,
                                key.type == KeyType::integer ? std::max(step, 1.0) : step};
        const Touch touch = slider(key.path.c_str(), label, hint, value, shape,
                                   figure ? figure : figureFor(key, value), plainFigure(value));
        if (touch == Touch::ends) edit.dragEnded = true;
        if (touch == Touch::drags || touch == Touch::sets)
            set(key,
                key.type == KeyType::integer ? Json(static_cast<int>(value))
                                             : shortestNumber(static_cast<float>(value)),
                touch == Touch::drags ? EditKind::drag : EditKind::step);
        return touch;
    }

    /// What the hair type has until a figure is set by hand; a double click on the label goes back to it.
    void typical(std::string_view path, double step) {
        const DesignKey& key = *findDesignKey(path);
        const Json set = key.get(design_);
        const double own = typicalOf(path);
        numberOf(key, text(keyed("key", path)), text(keyed("hint", path)),
                 set.is_number() ? set.get<double>() : own, own, 1, step);
        // Exactly the typical figure is left to the hair type, so that it follows another one.
        if (edit.design && edit.key == path && key.get(*edit.design) == Json(plainNumber(own)))
            key.set(*edit.design, Json());
    }

    double typicalOf(std::string_view path) const {
        const HairTraits& traits = traitsOf(design_.hair.ancestry);
        return double{path == "hair.densityPerCm2" ? traits.densityPerCm2 : traits.diameterUm};
    }

    void toggle(std::string_view path) {
        const DesignKey& key = *findDesignKey(path);
        const bool on = key.get(design_).get<bool>();
        ImGui::PushID(key.path.c_str());
        rowLabel(text(keyed("key", path)), text(keyed("hint", path)));
        const float gap = px(4), width = std::floor((ImGui::GetContentRegionAvail().x - gap) / 2);
        if (chip("on", text("choice.on"), on, width) && !on) set(key, Json(true));
        ImGui::SameLine(0, gap);
        if (chip("off", text("choice.off"), !on, width) && on) set(key, Json(false));
        ImGui::PopID();
    }

    /// One zone's three factors; which zone is remembered while the window is open.
    void zones(std::string_view path) {
        static int chosen = 0;
        rowLabel(text("label.zone"), text("hint.zone"));
        const auto nameOfZone = [](int i) {
            return text(fmt::format("choice.zone.{}", zoneKey(static_cast<Zone>(i))));
        };
        if (beginList("##zone", nameOfZone(chosen), -1)) {
            for (int i = 0; i < kTreatedZoneCount; ++i)
                if (ImGui::Selectable(nameOfZone(i), i == chosen)) chosen = i;
            endList();
        }
        hintFor(std::string(zoneMeaning(static_cast<Zone>(chosen))).c_str());
        for (const std::string_view factor : {"density", "size", "shade"}) {
            const DesignKey& key =
                *findDesignKey(fmt::format("{}.{}.{}", path, zoneKey(static_cast<Zone>(chosen)), factor));
            const double value = key.get(design_).get<double>();
            numberOf(key, text(fmt::format("key.zone.{}", factor)), text(fmt::format("hint.zone.{}", factor)),
                     value, key.byDefault.get<double>(), 1, 0.01, fmt::format("× {:.2f}", value).c_str());
        }
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

    /// A line drawn by hand still has a style's edge, but not its shape.
    void style(std::string_view path) {
        if (design_.hairline.points.empty()) return list(path);
        const DesignKey& key = *findDesignKey(path);
        const auto current = key.get(design_).get<std::string>();
        ImGui::PushID(key.path.c_str());
        const probe::Scope scope(path);
        rowLabel(text(keyed("key", path)), text(keyed("hint", path)));
        const char* const back = text("style.back");
        const float gap = px(4), narrow = px(metric::kRowHeight - 2),
                    width = ImGui::GetContentRegionAvail().x - narrow - gap;
        const std::string byHand =
            fmt::format(fmt::runtime(text("style.byHand")), fmt::arg("style", nameOf(path, current)));
        if (beginList("##list", byHand.c_str(), width)) {
            for (const std::string_view choice : key.choices)
                if (ImGui::Selectable(nameOf(path, choice), false)) set(key, std::string(choice));
            endList();
        } else {
            probe::control(byHand);
        }
        ImGui::SameLine(0, gap);
        if (chip("back", back, false, narrow)) set(key, current);
        hintFor(text("hint.style.back"));
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
                grid(path, text(keyed("key", path)), text(keyed("hint", path)), all, columns)) {
            set(key, std::string(key.choices[*clicked]));
            // A colour that nobody chose goes with the type.
            HairDesign& hair = edit.design->hair;
            if (path == "hair.ancestry" && hair.colour == usualColour(design_.hair.ancestry))
                hair.colour = usualColour(hair.ancestry);
        }
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
        label(text("key.hair.colour"), text("hint.hair.colour"),
              hints[static_cast<std::size_t>(design_.hair.colour)]);
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
        const probe::Scope scope(id);
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

/// The row that comes next.
void markRow(bool scrolls) {
    if (scrolls) ImGui::SetScrollHereY(0.3f);
    const ImVec2 low = ImGui::GetCursorScreenPos();
    const float left = ImGui::GetWindowPos().x + px(5);
    ImDrawList* const list = ImGui::GetWindowDrawList();
    const float top = ImGui::GetWindowPos().y;
    list->PushClipRect({left, top}, {left + px(3), top + ImGui::GetWindowHeight()});
    list->AddRectFilled({left, low.y + px(4)}, {left + px(3), low.y + px(metric::kRowHeight - 4)},
                        colour::kWarning, px(1.5f));
    list->PopClipRect();
}

}  // namespace

DesignEdit drawInspector(const Design& design, const Revealed& revealed,
                         const std::function<void(std::string_view)>& foot) {
    Rows rows(design);
    const std::string_view opened = revealed.scrolls ? sectionOf(revealed.key) : std::string_view();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {px(metric::kGap), px(2)});
    bool first = true;
    for (const InspectorSection& part : inspectorSections()) {
        if (!std::exchange(first, false)) line();
        const std::string id(part.name);
        if (part.name == opened) openSection(id.c_str());
        if (!section(id.c_str(), text(fmt::format("group.{}", part.name)), part.openAtFirst)) continue;
        for (const InspectorRow& row : part.rows) {
            if (row.path == revealed.key && row.kind != RowKind::moments && row.kind != RowKind::guards)
                markRow(revealed.scrolls);
            rows.draw(row);
        }
        if (foot) foot(part.name);
    }
    ImGui::PopStyleVar();
    return std::move(rows.edit);
}

}  // namespace stubble
