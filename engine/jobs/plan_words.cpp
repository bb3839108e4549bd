#include "engine/jobs/plan_words.h"

#include <algorithm>
#include <cmath>

#include "engine/core/figure_text.h"

namespace stubble {
namespace {

/// One decimal, none where that is a zero.
std::string short1(double value) {
    std::string figure = fmt::format("{:.1f}", value);
    if (figure.ends_with(".0")) figure.resize(figure.size() - 2);
    return figure;
}

std::string span(double least, double most, std::string_view unit) {
    return least == most ? fmt::format("{:.0f} {}", most, unit)
                         : fmt::format("{:.0f}–{:.0f} {}", least, most, unit);
}

/// Rounded to what an estimate is good for.
std::string hoursWords(Hours hours) {
    constexpr double kMinutes = 60, kStepMinutes = 10;
    if (hours.most <= 0) return "–";
    if (hours.most < 2) {
        const auto minutes = [](double h) {
            return std::max(std::round(h * kMinutes / kStepMinutes), 1.0) * kStepMinutes;
        };
        return span(minutes(hours.least), minutes(hours.most), "min");
    }
    return span(std::max(std::round(hours.least), 1.0), std::round(hours.most), "h");
}

std::string daysWords(double from, double to) {
    constexpr double kYear = 365;
    if (from >= kYear) return span(from / kYear, to / kYear, "years");
    return from == to ? fmt::format("day {:.0f}", to) : fmt::format("days {:.0f}–{:.0f}", from, to);
}

std::string perCm2(std::size_t dots, double areaCm2) {
    return areaCm2 > 0 ? fmt::format("{:.0f}", static_cast<double>(dots) / areaCm2) : "–";
}

std::string capitalised(std::string_view text) {
    std::string result(text);
    if (!result.empty() && result[0] >= 'a' && result[0] <= 'z') result[0] -= 'a' - 'A';
    return result;
}

}  // namespace

PlanTable zonesTable(const Plan& plan) {
    PlanTable table{
        {{"Zone", 21}, {"Where", 95}, {"Dots/cm²", 17, true}, {"Area, cm²", 17, true}, {"Dots", 16, true}},
        {},
        true};
    for (const PlacementStats::ZonePart& zone : plan.zones)
        table.rows.push_back({capitalised(zoneName(zone.zone)), capitalised(zoneMeaning(zone.zone)),
                              perCm2(zone.dots, zone.areaCm2), fmt::format("{:.1f}", zone.areaCm2),
                              grouped(zone.dots)});
    table.rows.push_back({"Together", "", perCm2(plan.dots, plan.areaCm2),
                          fmt::format("{:.1f}", plan.areaCm2), grouped(plan.dots)});
    return table;
}

PlanTable sessionsTable(const Plan& plan) {
    PlanTable table{{{"Session", 1},
                     {"When", 1.2f},
                     {"Dots", 1, true},
                     {"Dots/cm²", 1.1f, true},
                     {"Water : pigment", 1.6f, true},
                     {"Dot, healed", 1.35f, true},
                     {"Time", 1.6f, true},
                     {"Done on", 1.3f, true}},
                    {},
                    true};
    for (std::size_t k = 0; k < plan.sessions.size(); ++k) {
        const PlanSession& session = plan.sessions[k];
        const SessionFigures& f = session.figures;
        table.rows.push_back(
            {std::to_string(k + 1), k == 0 ? "first day" : fmt::format("day {}", short1(session.day)),
             grouped(f.dots), perCm2(f.dots, plan.areaCm2),
             f.dots > 0 ? fmt::format("{} : 1", short1(f.dilution)) : "–",
             f.dots > 0 ? fmt::format("{:.2f} mm", f.diameterMm) : "–", hoursWords(session.hours), "………………"});
    }
    table.rows.push_back({"Together", "", grouped(plan.dots), perCm2(plan.dots, plan.areaCm2), "", "",
                          hoursWords(plan.hours), ""});
    return table;
}

PlanTable aftercareTable(const Plan& plan) {
    PlanTable table{{{"After each session", 1}, {"What happens", 4}}, {}, false};
    for (const PlanAftercare& step : planAftercare()) {
        // One session has no next.
        if (step.key == "nextSession" && plan.sessions.size() < 2) continue;
        table.rows.push_back({daysWords(step.fromDays, step.toDays), std::string(step.what)});
    }
    return table;
}

PlanTable tapeTable(const Plan& plan) {
    const TapeMeasures& tape = plan.hairline.tape;
    const auto mm = [](float value) { return fmt::format("{:.0f} mm", value); };
    PlanTable table{{{"With a tape on the skin", 3}, {"Client's right", 1, true}, {"Client's left", 1, true}},
                    {}};
    table.rows.push_back(
        {"Glabella to midpoint", mm(tape.glabellaToMidpointMm), mm(tape.glabellaToMidpointMm)});
    table.rows.push_back(
        {"Midpoint to recess apex", mm(tape.midpointToApexMm[0]), mm(tape.midpointToApexMm[1])});
    table.rows.push_back(
        {"Outer corner of the eye to recess apex", mm(tape.canthusToApexMm[0]), mm(tape.canthusToApexMm[1])});
    return table;
}

std::vector<PlanFigure> keyFigures(const Plan& plan) {
    std::vector<PlanFigure> figures = {
        {grouped(plan.dots), "dots of pigment in all"},
        {fmt::format("{:.0f} cm²", plan.areaCm2), "of skin treated"},
        {fmt::format("{:.0f} per cm²", plan.dotsPerCm2()), "dots, on average"}};
    const std::size_t sessions = plan.sessions.size();
    figures.push_back(
        {sessions == 1 ? "1 session" : fmt::format("{} sessions", sessions),
         sessions == 1 ? "" : fmt::format("{} days apart", short1(double{plan.design.time.sessionGapDays}))});
    figures.push_back({hoursWords(plan.hours), "of work in all, an estimate"});
    figures.push_back({fmt::format("{:.0f} mm", plan.hairline.tape.glabellaToMidpointMm),
                       "from between the brows up to the hairline"});
    return figures;
}

std::string planTitle(const Plan& plan) {
    return plan.design.name.empty() ? "Treatment plan" : plan.design.name;
}

std::string pictureWords(const Plan& plan) {
    const double days = double{plan.design.time.days};
    return fmt::format("As planned, {} after the last session. Simulated, not a photograph.",
                       days == 1 ? "1 day" : fmt::format("{} days", short1(days)));
}

std::string blendingWords(const Plan& plan) {
    if (!plan.blending) return fmt::format("Not measured: {}.", plan.whyNoBlending);
    const PlanBlending& blending = *plan.blending;
    const BlendingLength& length = blending.length;
    const double cm = blending.sight.distanceCm;
    if (length.always)
        return fmt::format("At {:g} cm pigment and hair blend at every length up to {:g} mm.", cm,
                           kMaxMismatchLengthMm);
    if (length.upToMm == 0)
        return fmt::format(
            "Seen from {:g} cm, pigment differs from the hair around it even freshly shaved, most of all by "
            "{}. "
            "Consider another density, dot size or dilution.",
            cm, strongestPart(length.tried.front().measure));
    const double days = double{blending.clipEveryDays};
    const std::string interval =
        days < 1   ? fmt::format("Shave every {:.0f} hours", std::max(std::floor(24 * days), 1.0))
        : days < 2 ? std::string("Clip every day")
                   : fmt::format("Clip every {} days", static_cast<int>(days));
    return fmt::format(
        "Seen from {:g} cm, pigment blends with hair of up to {:.{}f} mm. {}: this hair grows about {:.2f} "
        "mm a "
        "day, and longer hair stands out from pigment, which is flat.",
        cm, length.upToMm, length.upToMm < 1 ? 2 : 1, interval, blending.growthMmPerDay);
}

std::string needleWords(const Plan& plan) {
    return fmt::format(
        "Needle: {}-point, {:.2f}–{:.2f} mm across, as practice has it. Pigment at {:.2f} mm depth; the "
        "needle's "
        "throw is longer than that. Fresh dots are about 0.08 mm wider than healed ones.",
        plan.needle.points, plan.needle.leastMm, plan.needle.mostMm, plan.design.smp.depthMm);
}

std::vector<const LintNote*> sortedAdvice(const Plan& plan) {
    std::vector<const LintNote*> sorted;
    for (const LintNote& note : plan.advice) sorted.push_back(&note);
    std::ranges::stable_sort(sorted, [](const LintNote* a, const LintNote* b) {
        return a->severity == LintSeverity::warning && b->severity == LintSeverity::hint;
    });
    return sorted;
}

}  // namespace stubble
