#include "tools/studio/blend_verdict.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "engine/core/json.h"
#include "engine/render/camera.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace {

/// Hours or whole days, never more than what was measured.
std::string interval(double days) {
    constexpr double kHours = 24;
    const bool inHours = days < 1;
    const int count = std::max(static_cast<int>(std::floor(inHours ? kHours * days : days)), 1);
    const char* const key = inHours ? "blend.hours" : count == 1 ? "blend.day" : "blend.days";
    return fmt::format(fmt::runtime(text(key)), fmt::arg("count", count));
}

/// What a measurement cannot see.
Design withoutWords(Design design) {
    design.name.clear();
    design.description.clear();
    return design;
}

}  // namespace

Result<BlendFinding> blendFinding(std::string_view json) {
    const Json report = Json::parse(json, nullptr, false);
    const auto fault = [] {
        return fail(ExitCode::badInput, "stubble mismatch: expected a report of the finding");
    };
    if (!report.is_object() || !report.contains("blending") || !report["blending"].is_object())
        return fault();
    const Json& blending = report["blending"];
    const auto flag = [&](const char* key) { return blending.value(key, false); };
    const auto number = [](const Json& from, const char* key) {
        return from.contains(key) && from[key].is_number() ? from[key].get<double>() : 0.0;
    };
    BlendFinding finding;
    finding.always = flag("toldAtNoLength");
    finding.told = flag("toldAtRazorLength");
    finding.distanceCm = number(report, "distanceCm");
    finding.upToMm = number(blending, "upToMm");
    finding.clipEveryDays = number(blending, "clipEveryDays");
    if (finding.told && blending.contains("tried") && blending["tried"].is_array() &&
        !blending["tried"].empty()) {
        const Json& first = blending["tried"][0];
        if (first.contains("measure")) finding.strongest = first["measure"].value("strongestPart", "");
    }
    if (!finding.always && !finding.told && finding.upToMm <= 0) return fault();
    return finding;
}

std::string blendSentence(const BlendFinding& finding) {
    const std::string length =
        fmt::format("{:.{}f} {}", finding.upToMm, finding.upToMm < 1 ? 2 : 1, text("unit.mm"));
    const std::string distance = fmt::format("{:g} {}", finding.distanceCm, text("unit.cm"));
    const std::string part =
        finding.strongest.empty() ? "" : text(fmt::format("blend.part.{}", finding.strongest));
    const char* const key = finding.always ? "blend.always" : finding.told ? "blend.told" : "blend.upTo";
    return fmt::format(fmt::runtime(text(key)), fmt::arg("length", length), fmt::arg("distance", distance),
                       fmt::arg("interval", interval(finding.clipEveryDays)), fmt::arg("part", part));
}

void BlendVerdict::ask(const Design& design, std::string_view camera, std::string_view light) {
    errand_.cancel();
    auto copy = DesignCopy::write(design);
    if (!copy) {
        finding_ = tl::unexpected(copy.error());
        return;
    }
    copy_ = *std::move(copy);
    asked_ = withoutWords(design);
    // A piece of skin up close may hold nothing treated.
    askedCamera_ = showsWholeHead(camera) ? camera : "three-quarter";
    askedLight_ = light;
    errand_.start({"mismatch", copy_->path().string(), "--camera", askedCamera_, "--light", askedLight_,
                   "--json", "--quiet"});
}

void BlendVerdict::update() {
    auto result = errand_.take();
    if (!result) return;
    copy_.reset();
    found_ = std::exchange(asked_, std::nullopt);
    camera_ = askedCamera_, light_ = askedLight_;
    if (*result)
        finding_ = blendFinding(**result);
    else
        finding_ = tl::unexpected(result->error());
}

void BlendVerdict::drawFinding(const Design& design) const {
    const bool stale = !found_ || *found_ != withoutWords(design);
    ImGui::PushTextWrapPos(0);
    if (!*finding_) {
        coloured(colour::kWarning, text("blend.failed"));
        ImGui::PushFont(fonts().small);
        coloured(colour::kMuted, finding_->error().message.c_str());
        ImGui::PopFont();
    } else {
        coloured(stale ? colour::kMuted : colour::kText, blendSentence(**finding_).c_str());
        ImGui::PushFont(fonts().small);
        const std::string sight = fmt::format("{} · {}", text(fmt::format("camera.{}", camera_)),
                                              text(fmt::format("light.{}", light_)));
        coloured(colour::kMuted, stale ? text("blend.stale") : sight.c_str());
        ImGui::PopFont();
    }
    ImGui::PopTextWrapPos();
    ImGui::Dummy({0, px(4)});
}

bool BlendVerdict::draw(const Design& design) {
    ImGui::PushID("blend");
    ImGui::Dummy({0, px(6)});
    bool asks = false;
    if (finding_ && !errand_.busy()) drawFinding(design);
    const float width = ImGui::GetContentRegionAvail().x;
    if (errand_.busy()) {
        const float height = px(26);
        ImGui::PushFont(fonts().small);
        coloured(colour::kMuted, text("blend.busy"));
        ImGui::PopFont();
        const ImVec2 low = ImGui::GetCursorScreenPos();
        const float bar = width - px(76), y = std::round(low.y + height / 2), r = px(2);
        ImDrawList* const list = ImGui::GetWindowDrawList();
        list->AddRectFilled({low.x, y - r}, {low.x + bar, y + r}, colour::kControlActive, r);
        list->AddRectFilled(
            {low.x, y - r},
            {low.x + bar * static_cast<float>(std::clamp(errand_.state().done, 0.0, 1.0)), y + r},
            colour::kAccent, r);
        ImGui::Dummy({bar, height});
        ImGui::SameLine(0, px(8));
        if (chip("cancel", text("status.cancel"), false, px(68))) errand_.cancel();
    } else {
        asks = chip("ask", text(finding_ ? "blend.again" : "blend.ask"), false, width);
        hintFor(text("hint.blend"));
    }
    ImGui::PopID();
    return asks;
}

}  // namespace stubble
