#pragma once
// A plan in words that a practitioner and a client read: what every kind of sheet says alike.

#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/plan.h"

namespace stubble {

struct PlanTable {
    struct Column {
        std::string head;
        float share = 1;     ///< of the table's width
        bool right = false;  ///< figures stand below one another
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    bool lastIsTotal = false;
};

PlanTable zonesTable(const Plan& plan);
PlanTable sessionsTable(const Plan& plan);
PlanTable aftercareTable(const Plan& plan);
/// Checks with a tape measure.
PlanTable tapeTable(const Plan& plan);

struct PlanFigure {
    std::string value, label;
};
/// For the first page.
std::vector<PlanFigure> keyFigures(const Plan& plan);

std::string planTitle(const Plan& plan);
/// What the picture shows.
std::string pictureWords(const Plan& plan);
/// How hair is to be kept.
std::string blendingWords(const Plan& plan);
std::string needleWords(const Plan& plan);
/// Warnings first.
std::vector<const LintNote*> sortedAdvice(const Plan& plan);

inline constexpr std::string_view kPlanNote =
    "A simulation for planning, not a medical device. The practitioner's judgement goes before it.";
inline constexpr std::string_view kGlabellaWords = "Glabella: the point between the eyebrows";
inline constexpr std::string_view kApexWords =
    "Recess apex: where the hairline reaches farthest back, above the outer corner of the eye";

}  // namespace stubble
