#include <cmath>

#include "engine/jobs/plan_sheet.h"
#include "engine/jobs/plan_words.h"
#include "engine/jobs/spread_report.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kPlanVersion = 1;

/// To a thousandth of a millimetre.
double fine(float mm) {
    constexpr double kSteps = 1000;
    return std::round(double{mm} * kSteps) / kSteps + 0.0;  // + 0.0: no -0
}

OrderedJson place(glm::vec3 mm) {
    return {fine(mm.x), fine(mm.y), fine(mm.z)};
}

OrderedJson hairlineJson(const Plan& plan) {
    const FlatTemplate& line = plan.hairline;
    OrderedJson apexes = OrderedJson::array();
    for (const std::size_t k : {std::size_t{0}, std::size_t{1}}) {
        const std::size_t i = line.apexes[k];
        apexes.push_back({{"side", k == 0 ? "right" : "left"},
                          {"arcMm", fine(line.arcsMm[i])},
                          {"tapeFromMidpointMm", reportNumber(line.tape.midpointToApexMm[k])},
                          {"tapeFromCanthusMm", reportNumber(line.tape.canthusToApexMm[k])},
                          {"headMm", place(line.headMm[i])}});
    }
    OrderedJson rows = OrderedJson::array();
    for (std::size_t i = 0; i < line.placesMm.size(); ++i) {
        const glm::vec3 head = line.headMm[i];
        rows.push_back({fine(line.arcsMm[i]), fine(line.placesMm[i].x), fine(line.placesMm[i].y),
                        fine(line.edgesMm[i]), fine(head.x), fine(head.y), fine(head.z)});
    }
    return {{"style", hairlineStyleName(plan.design.hairline.style)},
            {"glabellaToMidpointMm", reportNumber(line.tape.glabellaToMidpointMm)},
            {"lengthMm", reportNumber(line.lengthMm())},
            {"featherMm", reportNumber(line.featherMm)},
            {"apexes", apexes},
            {"template",
             {{"columns", {"arcMm", "paperXMm", "paperYMm", "edgeMm", "headXMm", "headYMm", "headZMm"}},
              {"rows", rows}}}};
}

OrderedJson blendingJson(const Plan& plan) {
    OrderedJson json = {{"measured", plan.blending.has_value()}};
    if (!plan.blending) {
        json["reason"] = plan.whyNoBlending;
        return json;
    }
    const PlanBlending& blending = *plan.blending;
    const BlendingLength& length = blending.length;
    json["sentence"] = blendingWords(plan);
    json["upToMm"] = length.upToMm > 0 ? reportNumber(length.upToMm) : OrderedJson();
    json["blendsAtEveryLength"] = length.always;
    json["toldAtRazorLength"] = !length.always && length.upToMm == 0;
    json["clipEveryDays"] = blending.clipEveryDays > 0 ? reportNumber(blending.clipEveryDays) : OrderedJson();
    json["growthMmPerDay"] = reportNumber(blending.growthMmPerDay);
    json["distanceCm"] = reportNumber(blending.sight.distanceCm);
    json["camera"] = blending.sight.camera;
    json["light"] = blending.sight.light;
    return json;
}

}  // namespace

OrderedJson planJson(const Plan& plan) {
    OrderedJson json = {{"stubble", "plan"},
                        {"version", kPlanVersion},
                        {"software", plan.software},
                        {"note", kPlanNote},
                        {"head", plan.headName}};
    json["totals"] = {{"dots", plan.dots},
                      {"areaCm2", reportNumber(plan.areaCm2)},
                      {"dotsPerCm2", reportNumber(plan.dotsPerCm2())},
                      {"sessions", plan.sessions.size()},
                      {"hoursLeast", reportNumber(plan.hours.least)},
                      {"hoursMost", reportNumber(plan.hours.most)},
                      {"days", reportNumber(plan.sessions.empty() ? 0 : plan.sessions.back().day)}};
    json["hairline"] = hairlineJson(plan);
    json["zones"] = OrderedJson::array();
    for (const PlacementStats::ZonePart& zone : plan.zones)
        json["zones"].push_back({{"zone", zoneKey(zone.zone)},
                                 {"name", zoneName(zone.zone)},
                                 {"where", zoneMeaning(zone.zone)},
                                 {"dots", zone.dots},
                                 {"areaCm2", reportNumber(zone.areaCm2)},
                                 {"dotsPerCm2", reportNumber(zone.dotsPerCm2())}});
    json["needle"] = {{"points", plan.needle.points},
                      {"leastMm", plan.needle.leastMm},
                      {"mostMm", plan.needle.mostMm},
                      {"depthOfPigmentMm", reportNumber(plan.design.smp.depthMm)}};
    json["sessions"] = OrderedJson::array();
    for (std::size_t k = 0; k < plan.sessions.size(); ++k) {
        const PlanSession& session = plan.sessions[k];
        const SessionFigures& f = session.figures;
        const auto dots = static_cast<double>(f.dots);
        json["sessions"].push_back({{"number", k + 1},
                                    {"day", reportNumber(session.day)},
                                    {"dots", f.dots},
                                    {"shareOfDots", reportNumber(f.share)},
                                    {"dotsPerCm2", reportNumber(plan.areaCm2 > 0 ? dots / plan.areaCm2 : 0)},
                                    {"dotHealedMm", f.dots > 0 ? reportNumber(f.diameterMm) : OrderedJson()},
                                    {"waterToPigment", f.dots > 0 ? reportNumber(f.dilution) : OrderedJson()},
                                    {"hoursLeast", reportNumber(session.hours.least)},
                                    {"hoursMost", reportNumber(session.hours.most)}});
    }
    json["aftercare"] = OrderedJson::array();
    for (const PlanAftercare& step : planAftercare())
        json["aftercare"].push_back(
            {{"key", step.key}, {"fromDays", step.fromDays}, {"toDays", step.toDays}, {"what", step.what}});
    json["advice"] = OrderedJson::array();
    for (const LintNote* note : sortedAdvice(plan))
        json["advice"].push_back({{"rule", note->rule},
                                  {"severity", note->severity == LintSeverity::warning ? "warning" : "hint"},
                                  {"key", note->key},
                                  {"measured", reportNumber(note->measured)},
                                  {"limit", reportNumber(note->limit)},
                                  {"unit", note->unit},
                                  {"sentence", note->sentence},
                                  {"source", note->source}});
    json["blending"] = blendingJson(plan);
    json["design"] = OrderedJson::parse(formatDesign(plan.design));
    return json;
}

}  // namespace stubble
