#include "tools/studio/inspector_table.h"

namespace stubble {

std::span<const InspectorSection> inspectorSections() {
    using enum RowKind;
    static const std::vector<InspectorSection> sections = {
        {"client",
         true,
         {{.path = "skin.monk", .kind = skinTone},
          {.path = "hair.ancestry", .kind = chips, .columns = 3},
          {.path = "hair.colour", .kind = hairColour},
          {.path = "hair.norwood", .kind = chips, .columns = 7}}},
        {"hairline",
         true,
         {{.path = "hairline.style", .kind = style},
          {.path = "hairline.heightMm", .step = 0.5},
          {.path = "hairline.featherMm", .curve = 1.5, .step = 0.5},
          {.path = "hairline.irregularityMm", .curve = 1.5, .step = 0.1}}},
        {"pigment",
         true,
         {{.path = "smp.densityPerCm2", .step = 1},
          {.path = "smp.diameterMm", .curve = 2, .step = 0.005},
          {.path = "smp.depthMm", .curve = 2, .step = 0.01},
          {.path = "smp.sessions"},
          {.path = "smp.dilution", .curve = 1.5, .step = 0.5}}},
        {"time",
         true,
         {{.path = "time.days", .curve = 3, .step = 1},
          {.path = "time.days", .kind = moments},
          {.path = "hair.lengthMm", .curve = 2, .step = 0.05},
          {.path = "hair.lengthMm", .kind = guards},
          {.path = "hair.hoursSinceShave", .curve = 1.5, .step = 1}}},
        {"dots",
         false,
         {{.path = "smp.enabled", .kind = toggle},
          {.path = "smp.pattern", .kind = chips, .columns = 3},
          {.path = "smp.pigment", .kind = list},
          {.path = "smp.needle", .kind = chips, .columns = 3},
          {.path = "smp.frontDensity", .step = 0.01},
          {.path = "smp.gradientMm", .step = 1},
          {.path = "smp.blendMm", .step = 1},
          {.path = "smp.diameterSpread", .step = 0.01},
          {.path = "smp.depthSpreadMm", .step = 0.005},
          {.path = "smp.loadSpread", .step = 0.01},
          {.path = "time.sessionGapDays", .step = 1},
          {.path = "time.laserSessions"}}},
        {"zones", false, {{.path = "smp.zones", .kind = zones}}},
        {"hair",
         false,
         {{.path = "hair.densityPerCm2", .kind = typical, .step = 1},
          {.path = "hair.diameterUm", .kind = typical, .step = 1},
          {.path = "hair.greyShare", .step = 0.01},
          {.path = "hair.norwoodProgress", .step = 0.01},
          {.path = "hair.ludwig", .step = 0.1},
          {.path = "hair.diffuseLoss", .step = 0.01},
          {.path = "hair.lossAsymmetry", .step = 0.05},
          {.path = "hair.whorl", .kind = list},
          {.path = "hair.whorlSideMm", .step = 1}}},
        {"skin", false, {{.path = "skin.shine", .step = 0.01}, {.path = "skin.redness", .step = 0.01}}},
        {"transplant",
         false,
         {{.path = "grafts.count", .curve = 1.5, .step = 50},
          {.path = "grafts.method", .kind = chips, .columns = 2},
          {.path = "grafts.hairline", .kind = chips, .columns = 2},
          {.path = "grafts.setbackMm", .step = 0.5},
          {.path = "grafts.survival", .step = 0.01}}},
        {"concealer",
         false,
         {{.path = "concealer.kind", .kind = chips, .columns = 3},
          {.path = "concealer.amount", .step = 0.01}}},
    };
    return sections;
}

std::string_view sectionOf(std::string_view path) {
    for (const InspectorSection& section : inspectorSections())
        for (const InspectorRow& row : section.rows)
            if (row.path == path || (row.kind == RowKind::zones && path.starts_with(row.path)))
                return section.name;
    return {};
}

std::string_view rowFor(std::string_view path) {
    const auto firstThat = [](const auto& fits) -> std::string_view {
        for (const InspectorSection& section : inspectorSections())
            for (const InspectorRow& row : section.rows)
                if (fits(row)) return row.path;
        return {};
    };
    const std::string_view exact = firstThat([&](const InspectorRow& row) {
        return row.path == path || (row.kind == RowKind::zones && path.starts_with(row.path));
    });
    if (!exact.empty()) return exact;
    const std::string_view group = path.substr(0, path.find('.') + 1);
    return group.empty() ? std::string_view()
                         : firstThat([&](const InspectorRow& row) { return row.path.starts_with(group); });
}

}  // namespace stubble
