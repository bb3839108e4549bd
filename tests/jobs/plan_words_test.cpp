// What a sheet says of figures that are given.
#include "engine/jobs/plan_words.h"

#include <gtest/gtest.h>

#include "engine/jobs/plan_sheet.h"

namespace stubble {
namespace {

/// Two sessions on two zones, a line of three places.
Plan smallPlan() {
    Plan plan;
    plan.software = "stubble 1";
    plan.headName = "test";
    plan.dots = 21000;
    plan.areaCm2 = 150;
    for (const Zone zone : {Zone::frontEdge, Zone::crown}) {
        PlacementStats::ZonePart part;
        part.zone = zone;
        part.dots = zone == Zone::crown ? 20000 : 1000;
        part.areaCm2 = zone == Zone::crown ? 140 : 10;
        plan.zones.push_back(part);
    }
    plan.sessions = {{{14000, 2.0 / 3, 0.15, 8}, hoursFor(14000), 0},
                     {{7000, 1.0 / 3, 0.12, 6.5}, hoursFor(7000), 21}};
    plan.hours = hoursFor(plan.dots);
    plan.hairline.headMm = {{-50, 0, 0}, {0, 0, 0}, {50, 0, 0}};
    plan.hairline.placesMm = {{-50, 0}, {0, 0}, {50, 0}};
    plan.hairline.arcsMm = {-50, 0, 50};
    plan.hairline.edgesMm = {0, 0, 0};
    plan.hairline.middle = 1;
    plan.hairline.apexes = {0, 2};
    plan.hairline.tape = {80, {56, 57}, {90, 91}};
    plan.whyNoBlending = "nothing was lost";
    return plan;
}

PlanBlending blends(float upToMm, float days) {
    PlanBlending blending;
    blending.length.upToMm = upToMm;
    blending.clipEveryDays = days;
    blending.growthMmPerDay = 0.37f;
    return blending;
}

TEST(PlanWords, SayHowShortHairIsToBeKept) {
    Plan plan = smallPlan();
    EXPECT_EQ(blendingWords(plan), "Not measured: nothing was lost.");
    plan.blending = blends(1.13f, 3.4f);
    EXPECT_EQ(
        blendingWords(plan),
        "Seen from 75 cm, pigment blends with hair of up to 1.1 mm. Clip every 3 days: this hair grows about "
        "0.37 mm a day, and longer hair stands out from pigment, which is flat.");
    plan.blending = blends(0.5f, 1.2f);
    EXPECT_NE(blendingWords(plan).find("up to 0.50 mm. Clip every day:"), std::string::npos);
    plan.blending = blends(0.28f, 0.65f);
    EXPECT_NE(blendingWords(plan).find("up to 0.28 mm. Shave every 15 hours:"), std::string::npos);
    plan.blending = blends(25, 0);
    plan.blending->length.always = true;
    EXPECT_EQ(blendingWords(plan), "At 75 cm pigment and hair blend at every length up to 25 mm.");
}

TEST(PlanWords, ZonesAddUpBelow) {
    const PlanTable table = zonesTable(smallPlan());
    ASSERT_EQ(table.rows.size(), 3);
    EXPECT_EQ(table.rows[0][0], "Front edge");
    EXPECT_EQ(table.rows[1],
              (std::vector<std::string>{"Crown", "Around the whorl", "143", "140.0", "20,000"}));
    EXPECT_EQ(table.rows[2], (std::vector<std::string>{"Together", "", "140", "150.0", "21,000"}));
}

TEST(PlanWords, SessionsHaveTheirDayDilutionAndTime) {
    Plan plan = smallPlan();
    plan.sessions.push_back({{0, 0, 0, 0}, hoursFor(0), 42});
    const PlanTable table = sessionsTable(plan);
    ASSERT_EQ(table.rows.size(), 4);
    const auto until = [](const std::vector<std::string>& row) {
        return std::vector<std::string>(row.begin(), row.begin() + 7);
    };
    using Row = std::vector<std::string>;
    EXPECT_EQ(until(table.rows[0]), (Row{"1", "first day", "14,000", "93", "8 : 1", "0.15 mm", "2–4 h"}));
    EXPECT_EQ(until(table.rows[1]), (Row{"2", "day 21", "7,000", "47", "6.5 : 1", "0.12 mm", "1–2 h"}));
    EXPECT_EQ(until(table.rows[2]), (Row{"3", "day 42", "0", "0", "–", "–", "–"}));
    EXPECT_EQ(until(table.rows[3]), (Row{"Together", "", "21,000", "140", "", "", "3–6 h"}));
}

TEST(PlanWords, OneSessionHasNoNext) {
    Plan plan = smallPlan();
    const std::size_t steps = planAftercare().size();
    EXPECT_EQ(aftercareTable(plan).rows.size(), steps);
    plan.sessions.pop_back();
    EXPECT_EQ(aftercareTable(plan).rows.size(), steps - 1);
    EXPECT_EQ(keyFigures(plan)[3].value, "1 session");
}

TEST(PlanSheets, HaveAllFiguresOnEitherPaper) {
    const Plan plan = smallPlan();
    const auto json = planJson(plan);
    EXPECT_EQ(json["totals"]["dots"], 21000);
    EXPECT_EQ(json["sessions"][1]["waterToPigment"], 6.5);
    EXPECT_EQ(json["hairline"]["template"]["rows"].size(), 3);
    EXPECT_EQ(json["blending"]["reason"], "nothing was lost");
    for (const Paper paper : {Paper::a4, Paper::letter}) {
        const auto pdf = planPdf(plan, paper);
        ASSERT_TRUE(pdf);
        EXPECT_EQ(*pdf, *planPdf(plan, paper));
        EXPECT_NE(pdf->find("/Count 3"), std::string::npos);  // so short a line fits on one page
    }
    EXPECT_NE(*planPdf(plan, Paper::a4), *planPdf(plan, Paper::letter));
    const auto html = planHtml(plan);
    ASSERT_TRUE(html);
    EXPECT_EQ(html->find("<img"), std::string::npos);  // no picture was asked for
    EXPECT_NE(html->find("21,000"), std::string::npos);
}

TEST(PlanSheets, PaperHasTwoNames) {
    EXPECT_EQ(paperFromName("a4"), Paper::a4);
    EXPECT_EQ(paperFromName("letter"), Paper::letter);
    EXPECT_FALSE(paperFromName("A4"));
}

}  // namespace
}  // namespace stubble
