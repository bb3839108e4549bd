#include "engine/scene/design_json.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "engine/core/file.h"
#include "engine/core/random.h"
#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

constexpr std::string_view kHead = R"({"stubble":"design","version":1)";

std::string file(std::string_view rest) {
    return std::string(kHead) + (rest.empty() ? "" : ",") + std::string(rest) + "}";
}

std::string faultOf(std::string_view text) {
    const auto design = parseDesign(text, "d.json");
    if (design) return "no fault";
    EXPECT_EQ(design.error().code, ExitCode::badInput);
    return design.error().message;
}

/// Each zone with values of its own.
std::string everyZone() {
    Json zones;
    for (int i = 0; i < kTreatedZoneCount; ++i)
        zones[std::string(zoneKey(static_cast<Zone>(i)))] = {
            {"density", 1.125 + 0.125 * i}, {"size", 0.375 + 0.0625 * i}, {"shade", 1.25 + 0.125 * i}};
    return zones.dump();
}

TEST(DesignJson, EmptyDesignIsTheDefault) {
    const auto design = parseDesign(file(""), "d.json");
    ASSERT_TRUE(design) << design.error().message;
    EXPECT_EQ(formatDesign(*design), formatDesign(Design{}));
}

TEST(DesignJson, EveryKeyIsRead) {
    const auto design =
        parseDesign(file(R"("name":"N","description":"D","head":"h.obj","seed":18446744073709551615,
             "skin":{"monk":7,"melaninPercent":12.5,"bloodPercent":0.75,"shine":0.25,"redness":1,"scars":[{"points":[[0,-0.9]],"widthMm":0.8,"uptake":1.25,"paleness":0.75,"redness":0.25,"gloss":1,"reliefMm":-0.5},{"points":[[0.5,-0.5],[1.5,0.5]]}]},
             "hair":{"norwood":"IIIVertex","norwoodProgress":0.25,"ludwig":1.5,"diffuseLoss":0.125,"lossAsymmetry":-0.5,
                     "ancestry":"eastAsian","densityPerCm2":175,"diameterUm":86,"diameterSpread":0.19,
                     "lengthMm":"#1/2","hoursSinceShave":36,"colour":"blond","greyShare":0.5,"whorl":"double","whorlSideMm":-12.5},
             "hairline":{"style":"widowsPeak","heightMm":72.5,"featherMm":0,"irregularityMm":8,"points":[[0.5,0.25],[0.25,0.5],[-0.25,0.5],[-0.5,0.125]]},
             "grafts":{"count":2500,"method":"strip","hairline":"pluggy","setbackMm":4.5,"survival":0.75},
             "concealer":{"kind":"powder","amount":0.25},
             "smp":{"enabled":false,"densityPerCm2":47,"diameterMm":0.4,"diameterSpread":0,"depthMm":0.6,"depthSpreadMm":0.3,
                    "loadSpread":0.5,"sessions":1,"dilution":20,"pigment":"warmBlack","needle":"5-point","frontDensity":0,"gradientMm":100,"blendMm":60,
                    "pattern":"afro","count":500000,
                    "strokes":[{"points":[[0,0],[0.25,-0.125]],"radiusMm":2.5,"strength":0.75,"softness":1,"level":0.5}],
                    "zones":)" +
                         everyZone() + R"(},
             "time":{"days":7300,"sessionGapDays":7.5,"laserSessions":3})"),
                    "d.json");
    ASSERT_TRUE(design) << design.error().message;
    EXPECT_EQ(design->name, "N");
    EXPECT_EQ(design->head, "h.obj");
    EXPECT_EQ(design->seed, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(design->skin.monk, 7);
    EXPECT_EQ(design->skin.melaninPercent, 12.5f);
    EXPECT_EQ(design->skin.bloodPercent, 0.75f);
    EXPECT_EQ(design->hair.norwood, Norwood::IIIVertex);
    EXPECT_EQ(design->hair.norwoodProgress, 0.25f);
    EXPECT_EQ(design->hair.ludwig, 1.5f);
    EXPECT_EQ(design->hair.diffuseLoss, 0.125f);
    EXPECT_EQ(design->hair.lossAsymmetry, -0.5f);
    EXPECT_EQ(design->hair.ancestry, Ancestry::eastAsian);
    EXPECT_EQ(design->hair.densityPerCm2, 175);
    EXPECT_EQ(design->hair.diameterUm, 86);
    EXPECT_EQ(design->hair.diameterSpread, 0.19f);
    EXPECT_EQ(design->hair.lengthMm, 1.5f);
    EXPECT_EQ(design->hair.hoursSinceShave, 36);
    EXPECT_EQ(design->hair.colour, HairColour::blond);
    EXPECT_EQ(design->hair.whorl, WhorlKind::twin);
    EXPECT_EQ(design->hair.whorlSideMm, -12.5f);
    EXPECT_EQ(design->hairline.style, HairlineStyle::widowsPeak);
    EXPECT_EQ(design->hairline.points,
              (std::vector<glm::vec2>{{0.5f, 0.25f}, {0.25f, 0.5f}, {-0.25f, 0.5f}, {-0.5f, 0.125f}}));
    EXPECT_EQ(design->grafts.count, 2500);
    EXPECT_EQ(design->grafts.method, GraftMethod::strip);
    EXPECT_EQ(design->grafts.hairline, GraftHairline::pluggy);
    EXPECT_EQ(design->grafts.setbackMm, 4.5f);
    EXPECT_EQ(design->grafts.survival, 0.75f);
    EXPECT_EQ(design->concealer.kind, ConcealerKind::powder);
    EXPECT_EQ(design->concealer.amount, 0.25f);
    EXPECT_FALSE(design->smp.enabled);
    EXPECT_EQ(design->smp.depthMm, 0.6f);
    EXPECT_EQ(design->smp.pigment, PigmentBase::warmBlack);
    EXPECT_EQ(design->smp.needle, Needle::fivePoint);
    EXPECT_EQ(design->smp.pattern, DotPattern::afro);
    EXPECT_EQ(design->smp.count, 500000);
    for (std::size_t i = 0; i < kTreatedZoneCount; ++i) {
        const auto step = 0.125f * static_cast<float>(i);
        EXPECT_EQ(design->smp.zones[i].density, 1.125f + step);
        EXPECT_EQ(design->smp.zones[i].size, 0.375f + step / 2);
        EXPECT_EQ(design->smp.zones[i].shade, 1.25f + step);
    }
    ASSERT_EQ(design->smp.strokes.size(), 1u);
    const BrushStroke& stroke = design->smp.strokes[0];
    EXPECT_EQ(stroke.points, (std::vector<glm::vec2>{{0, 0}, {0.25f, -0.125f}}));
    EXPECT_EQ(stroke.radiusMm, 2.5f);
    EXPECT_EQ(stroke.strength, 0.75f);
    EXPECT_EQ(stroke.softness, 1);
    EXPECT_EQ(stroke.level, 0.5f);
    ASSERT_EQ(design->skin.scars.size(), 2u);
    EXPECT_EQ(design->skin.scars[0].widthMm, 0.8f);
    EXPECT_EQ(design->skin.scars[0].uptake, 1.25f);
    EXPECT_EQ(design->skin.scars[0].paleness, 0.75f);
    EXPECT_EQ(design->skin.scars[0].redness, 0.25f);
    EXPECT_EQ(design->skin.scars[0].gloss, 1);
    EXPECT_EQ(design->skin.scars[0].reliefMm, -0.5f);
    EXPECT_EQ(design->skin.scars[1].points.size(), 2u);
    EXPECT_EQ(design->skin.scars[1].widthMm, Scar().widthMm) << "what an item leaves out keeps its default";
    EXPECT_EQ(design->time.days, 7300);
    EXPECT_EQ(design->time.sessionGapDays, 7.5f);
    EXPECT_EQ(design->time.laserSessions, 3);
    // No key of the table was left at its default, so none is bound to another's member.
    for (const DesignKey& key : designKeys())
        EXPECT_NE(key.get(*design), key.get(Design{})) << key.path << " was not set";
    EXPECT_EQ(formatDesign(parseDesign(formatDesign(*design), "again").value()), formatDesign(*design));
}

TEST(DesignJson, DefaultsAreInRange) {
    for (const DesignKey& key : designKeys())
        EXPECT_EQ(faultIn(key, key.get(Design{})).value_or(""), "") << key.path;
}

TEST(DesignJson, EveryFloatSurvivesARoundTrip) {
    Design design;
    for (int i = 0; i < 2000; ++i) {
        design.smp.depthMm = std::nextafter(i == 0 ? 0.1f : design.smp.depthMm, 2.0f);
        ASSERT_EQ(parseDesign(formatDesign(design), "d").value().smp.depthMm, design.smp.depthMm);
    }
    EXPECT_NE(formatDesign(Design{}).find("\"diameterMm\": 0.15,"), std::string::npos)
        << "floats print their shortest decimal";
}

TEST(DesignJson, NamesTheHeaderThatIsMissing) {
    EXPECT_EQ(faultOf("[]"), "d.json: found an array, expected an object");
    EXPECT_EQ(faultOf("{}"), "d.json: stubble: found nothing, expected \"design\"");
    EXPECT_EQ(faultOf(R"({"stubble":"board","version":1})"),
              "d.json: stubble: found the string \"board\", expected \"design\"");
    EXPECT_EQ(faultOf(R"({"stubble":"design"})"),
              "d.json: version: found nothing, expected the whole number 1");
    EXPECT_EQ(faultOf(R"({"stubble":"design","version":1.5})"),
              "d.json: version: found the number 1.5, expected the whole number 1");
    EXPECT_EQ(faultOf(R"({"stubble":"design","version":2})"),
              "d.json: version: found 2, this program reads versions up to 1: a newer stubble is needed");
}

TEST(DesignJson, SuggestsTheNearestKey) {
    EXPECT_EQ(faultOf(file(R"("smp":{"depthmm":1})")),
              "d.json: smp.depthmm: unknown key, did you mean smp.depthMm?");
    EXPECT_EQ(faultOf(file(R"("depthMm":1)")), "d.json: depthMm: unknown key, did you mean smp.depthMm?");
    EXPECT_EQ(faultOf(file(R"("qqqqqqqqqq":1)")), "d.json: qqqqqqqqqq: unknown key");
    EXPECT_EQ(faultOf(file(R"("smp.depthMm":1)")),
              "d.json: smp.depthMm: found a dotted key, expected nested objects");
    EXPECT_EQ(faultOf(file("\"" + std::string(1'000'000, 'a') + "\":1")),
              "d.json: " + std::string(80, 'a') + ": unknown key");
}

TEST(DesignJson, NamesWrongTypesAndRanges) {
    EXPECT_EQ(faultOf(file(R"("smp":3)")), "d.json: smp: found the number 3, expected an object");
    EXPECT_EQ(faultOf(file(R"("smp":{"depthMm":"deep"})")),
              "d.json: smp.depthMm: found the string \"deep\", expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOf(file(R"("smp":{"depthMm":9})")),
              "d.json: smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOf(file(R"("smp":{"depthMm":null})")),
              "d.json: smp.depthMm: found null, expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOf(file(R"("skin":{"monk":4.5})")),
              "d.json: skin.monk: found the number 4.5, expected a whole number from 1 to 10");
    EXPECT_EQ(faultOf(file(R"("skin":{"monk":1e300})")),
              "d.json: skin.monk: found the number 1e+300, expected a whole number from 1 to 10");
    EXPECT_EQ(faultOf(file(R"("smp":{"enabled":1})")),
              "d.json: smp.enabled: found the number 1, expected true or false");
    EXPECT_EQ(faultOf(file(R"("hairline":{"style":"martian"})")),
              "d.json: hairline.style: found the string \"martian\", expected one of natural, broken, "
              "defined, feathered, receded, faded, edgeUp, rounded, straight, widowsPeak, winged");
    EXPECT_EQ(faultOf(file(R"("smp":{"pigment":"henna"})")),
              "d.json: smp.pigment: found the string \"henna\", expected one of carbon, warmBlack, coolGrey, "
              "brown");
    EXPECT_EQ(faultOf(file(R"("time":{"sessionGapDays":6})")),
              "d.json: time.sessionGapDays: found the number 6, expected a number from 7 to 30 days");
    EXPECT_EQ(faultOf(file(R"("time":{"laserSessions":1.5})")),
              "d.json: time.laserSessions: found the number 1.5, expected a whole number from 0 to 10");
    EXPECT_EQ(faultOf(file(R"("skin":{"bloodPercent":"red"})")),
              "d.json: skin.bloodPercent: found the string \"red\", expected a number from 0 to 5 %");
    EXPECT_EQ(faultOf(file(R"("skin":{"scars":[{"points":[[0,0]],"reliefMm":3.5}]})")),
              "d.json: skin.scars[0].reliefMm: found the number 3.5, expected a number from -2 to 3 mm");
    EXPECT_EQ(faultOf(file(R"("skin":{"scars":[{"points":[[0,0]],"paleness":-0.1}]})")),
              "d.json: skin.scars[0].paleness: found the number -0.1, expected a number from 0 to 1");
    EXPECT_EQ(faultOf(file(R"("skin":{"scars":[{"points":[[0,0]],"gloss":null}]})")),
              "d.json: skin.scars[0].gloss: found null, expected a number from 0 to 1");
    EXPECT_EQ(faultOf(file(R"("skin":{"scars":[{"points":[[0,0]],"rednes":1}]})")),
              "d.json: skin.scars[0].rednes: unknown key, did you mean redness?");
    EXPECT_EQ(faultOf(file(R"("seed":-1)")),
              "d.json: seed: found the number -1, expected a whole number from 0 to 18446744073709551615");
    EXPECT_EQ(faultOf(file(R"("head":"a\u0000b")")).substr(0, 19), "d.json: head: found");
    EXPECT_EQ(faultOf(file(R"("hairline":{"points":[[0,0],[1]]})")),
              "d.json: hairline.points[1]: found an array, expected [x, y], each from -1.4 to 1.4");
    std::string many = "[0,0]";
    for (int i = 0; i < 256; ++i) many += ",[0,0]";
    EXPECT_EQ(faultOf(file("\"hairline\":{\"points\":[" + many + "]}")),
              "d.json: hairline.points: found an array, expected a list of at most 256 points [x, y]");
}

TEST(DesignJson, ZeroLeavesSkinToTheMonkToneAndLittleIsAFault) {
    for (const char* good : {"0", "0.5", "45"})
        EXPECT_EQ(faultOf(file("\"skin\":{\"melaninPercent\":" + std::string(good) + "}")), "no fault")
            << good;
    EXPECT_EQ(faultOf(file(R"("skin":{"melaninPercent":0.49})")),
              "d.json: skin.melaninPercent: found the number 0.49, expected 0, or from 0.5 to 45 %");
    EXPECT_EQ(faultOf(file(R"("skin":{"melaninPercent":-1})")),
              "d.json: skin.melaninPercent: found the number -1, expected a number from 0 to 45 %");
    for (const char* good : {"0", "0.05", "5"})
        EXPECT_EQ(faultOf(file("\"skin\":{\"bloodPercent\":" + std::string(good) + "}")), "no fault") << good;
    EXPECT_EQ(faultOf(file(R"("skin":{"bloodPercent":1e-9})")),
              "d.json: skin.bloodPercent: found the number 1e-09, expected 0, or from 0.05 to 5 %");
}

TEST(DesignJson, NullLeavesHairToItsAncestry) {
    const auto design = parseDesign(
        file(R"("hair":{"densityPerCm2":null,"diameterUm":null,"diameterSpread":null,"ancestry":"african"})"),
        "d.json");
    ASSERT_TRUE(design) << design.error().message;
    EXPECT_EQ(design->hair.densityPerCm2, std::nullopt);
    EXPECT_EQ(traitsOf(design->hair).densityPerCm2, 161);
    EXPECT_EQ(traitsOf(design->hair).diameterUm, 82);
    EXPECT_NE(formatDesign(*design).find("\"densityPerCm2\": null"), std::string::npos);
    EXPECT_EQ(traitsOf(parseDesign(file(R"("hair":{"densityPerCm2":0})"), "d")->hair).densityPerCm2, 0)
        << "0 is no hair";
}

TEST(DesignJson, LengthTakesTheClippersNames) {
    const std::pair<const char*, float> settings[] = {
        {"razor", 0.05f}, {"foil", 0.15f}, {"none", 0.75f}, {"#1/2", 1.5f}, {"#1", 3},
        {"#1.5", 4.5f},   {"#2", 6},       {"#3", 10},      {"#4", 13},     {"#5", 16},
        {"#6", 19},       {"#7", 22},      {"#8", 25}};
    for (const auto& [name, lengthMm] : settings) {
        const std::string text = file(fmt::format(R"("hair":{{"lengthMm":"{}"}})", name));
        EXPECT_EQ(parseDesign(text, "d")->hair.lengthMm, lengthMm) << name;
        Design design;
        ASSERT_TRUE(applySetting(design, std::string("hair.lengthMm=") + name)) << name;
        EXPECT_EQ(design.hair.lengthMm, lengthMm) << name;
    }
    EXPECT_NE(
        formatDesign(parseDesign(file(R"("hair":{"lengthMm":"#2"})"), "d").value()).find("\"lengthMm\": 6,"),
        std::string::npos);
}

constexpr std::string_view kStages = "one of none, I, II, IIa, III, IIIa, IIIVertex, IV, IVa, V, Va, VI, VII";
constexpr std::string_view kLengths =
    "a number from 0 to 25 mm, or one of razor, foil, none, #1/2, #1, #1.5, #2, #3, #4, #5, #6, #7, #8";

/// A value as text, and what is told of it.
struct BadHair {
    std::string_view key, value, found;
    std::string expected;
};

std::vector<BadHair> badHair() {
    const std::string density = "a number from 0 to 400 hairs/cm², or null";
    return {
        {"densityPerCm2", "1000000", "the number 1000000", density},
        {"densityPerCm2", "-1", "the number -1", density},
        {"diameterUm", "19", "the number 19", "a number from 20 to 150 µm, or null"},
        {"diameterSpread", "0.6", "the number 0.6", "a number from 0 to 0.5, or null"},
        {"norwoodProgress", "-0.1", "the number -0.1", "a number from 0 to 1"},
        {"norwoodProgress", "1.01", "the number 1.01", "a number from 0 to 1"},
        {"ludwig", "3.5", "the number 3.5", "a number from 0 to 3"},
        {"ludwig", "-1", "the number -1", "a number from 0 to 3"},
        {"diffuseLoss", "2", "the number 2", "a number from 0 to 1"},
        {"lossAsymmetry", "-1.5", "the number -1.5", "a number from -1 to 1"},
        {"lengthMm", "26", "the number 26", std::string(kLengths)},
        {"lengthMm", "-0.5", "the number -0.5", std::string(kLengths)},
        {"hoursSinceShave", "337", "the number 337", "a number from 0 to 336 h"},
        {"hoursSinceShave", "-1", "the number -1", "a number from 0 to 336 h"},
        {"whorlSideMm", "31", "the number 31", "a number from -30 to 30 mm"},
    };
}

std::vector<BadHair> misnamedHair() {
    return {
        {"norwood", "IIb", "the string \"IIb\"", std::string(kStages)},
        {"ancestry", "martian", "the string \"martian\"", "one of european, african, eastAsian"},
        {"colour", "grey", "the string \"grey\"", "one of black, darkBrown, brown, blond, red"},
        {"whorl", "left", "the string \"left\"", "one of seed, clockwise, anticlockwise, double"},
        {"lengthMm", "#9", "the string \"#9\"", std::string(kLengths)},
        {"densityPerCm2", "nan", "the string \"nan\"", "a number from 0 to 400 hairs/cm², or null"},
        {"ludwig", "nan", "the string \"nan\"", "a number from 0 to 3"},
        {"norwoodProgress", "nan", "the string \"nan\"", "a number from 0 to 1"},
        {"diffuseLoss", "inf", "the string \"inf\"", "a number from 0 to 1"},
        {"lossAsymmetry", "nan", "the string \"nan\"", "a number from -1 to 1"},
        {"hoursSinceShave", "nan", "the string \"nan\"", "a number from 0 to 336 h"},
        {"whorlSideMm", "nan", "the string \"nan\"", "a number from -30 to 30 mm"},
    };
}

TEST(DesignJson, NamesWhatIsWrongWithGraftsAndConcealers) {
    const std::array<std::array<std::string_view, 4>, 9> bad = {{
        {"grafts.count", "10001", "the number 10001", "a whole number from 0 to 10000"},
        {"grafts.count", "-1", "the number -1", "a whole number from 0 to 10000"},
        {"grafts.count", "2.5", "the number 2.5", "a whole number from 0 to 10000"},
        {"grafts.method", "\"fue\"", "the string \"fue\"", "one of FUE, strip"},
        {"grafts.hairline", "\"doll\"", "the string \"doll\"", "one of natural, pluggy"},
        {"grafts.setbackMm", "41", "the number 41", "a number from 0 to 40 mm"},
        {"grafts.survival", "1.1", "the number 1.1", "a number from 0 to 1"},
        {"concealer.kind", "\"toppik\"", "the string \"toppik\"", "one of none, fibres, powder"},
        {"concealer.amount", "-0.5", "the number -0.5", "a number from 0 to 1"},
    }};
    for (const auto& [path, value, found, expected] : bad) {
        const auto dot = path.find('.');
        EXPECT_EQ(faultOf(file(
                      fmt::format("\"{}\":{{\"{}\":{}}}", path.substr(0, dot), path.substr(dot + 1), value))),
                  fmt::format("d.json: {}: found {}, expected {}", path, found, expected));
    }
}

TEST(DesignJson, NamesWhatIsWrongWithHair) {
    const auto expectFault = [](const BadHair& bad, std::string_view quote) {
        EXPECT_EQ(faultOf(file(fmt::format("\"hair\":{{\"{}\":{}{}{}}}", bad.key, quote, bad.value, quote))),
                  fmt::format("d.json: hair.{}: found {}, expected {}", bad.key, bad.found, bad.expected));
    };
    for (const BadHair& bad : badHair()) expectFault(bad, "");
    for (const BadHair& bad : misnamedHair()) expectFault(bad, "\"");
    EXPECT_EQ(faultOf(file(R"("hair":{"densityPerCm2":NaN})")).substr(0, 15), "d.json: line 1,");
    EXPECT_EQ(faultOf(file(R"("hair":{"lengthMm":null})")),
              fmt::format("d.json: hair.lengthMm: found null, expected {}", kLengths));
}

TEST(DesignJson, NamesWhatIsWrongWithTheHairlinesCourse) {
    EXPECT_EQ(faultOf(file(R"("hairline":{"points":[[0.5,0.3]]})")),
              "d.json: hairline.points: 1 points; expected 4 to 256");
    EXPECT_EQ(faultOf(file(R"("hairline":{"points":[[0.5,0.3],[0.2,0.5],[0.2,0.5],[-0.5,0.3]]})")),
              "d.json: hairline.points[2]: the same place as the point before it");
    EXPECT_EQ(faultOf(file(R"("hairline":{"points":[[0.5,0.3],[1.3,1.3],[-0.2,0.5],[-0.5,0.3]]})")),
              "d.json: hairline.points[1]: found [1.3,1.3], 1.838 from the vertex, expected at most 1.4");
}

TEST(DesignJson, NamesTheFaultInAListsItem) {
    const auto strokes = [](std::string_view list) {
        return faultOf(file("\"smp\":{\"strokes\":" + std::string(list) + "}"));
    };
    EXPECT_EQ(strokes("{}"), "d.json: smp.strokes: found an object, expected a list of at most 2000 objects");
    EXPECT_EQ(strokes("[[]]"), "d.json: smp.strokes[0]: found an array, expected an object");
    EXPECT_EQ(strokes("[{}]"),
              "d.json: smp.strokes[0].points: found nothing, expected a list of 1 to 2000 points [x, y]");
    EXPECT_EQ(strokes(R"([{"points":[]}])"),
              "d.json: smp.strokes[0].points: found an array, expected a list of 1 to 2000 points [x, y]");
    EXPECT_EQ(strokes(R"([{"points":[[0,0]]},{"points":[[0,0],[0,"x"]]}])"),
              "d.json: smp.strokes[1].points[1]: found an array, expected [x, y], each from -1.6 to 1.6");
    EXPECT_EQ(strokes(R"([{"points":[[0,0],[0.5,1.7]]}])"),
              "d.json: smp.strokes[0].points[1]: found [0.5,1.7], expected [x, y], each from -1.6 to 1.6");
    EXPECT_EQ(
        strokes(R"([{"points":[[1.5,1.5]]}])"),
        "d.json: smp.strokes[0].points[0]: found [1.5,1.5], 2.121 from the vertex, expected at most 1.6");
    EXPECT_EQ(strokes(R"([{"points":[[0,0]],"radiusMm":41}])"),
              "d.json: smp.strokes[0].radiusMm: found the number 41, expected a number from 0.5 to 40 mm");
    EXPECT_EQ(strokes(R"([{"points":[[0,0]],"radius":4}])"),
              "d.json: smp.strokes[0].radius: unknown key, did you mean radiusMm?");
    EXPECT_EQ(faultOf(file(R"("skin":{"scars":[{"points":[[0,0]],"uptake":null}]})")),
              "d.json: skin.scars[0].uptake: found null, expected a number from 0.3 to 1.5");
    EXPECT_EQ(faultOf(file(R"("smp":{"zones":{"crwon":{"size":1}}})")),
              "d.json: smp.zones.crwon: unknown key");
    EXPECT_EQ(faultOf(file(R"("smp":{"zones":{"crown":{"size":0}}})")),
              "d.json: smp.zones.crown.size: found the number 0, expected a number from 0.3 to 3");
    EXPECT_EQ(faultOf(file(R"("smp":{"zones":{"outside":{"size":1}}})")).substr(0, 38),
              "d.json: smp.zones.outside: unknown key")
        << "what is not treated has no design";
}

TEST(DesignJson, RefusesStrokesBeyondTheLimits) {
    const auto fault = [](std::string_view key, const Json& list) {
        return faultIn(*findDesignKey(key), list).value_or("no fault");
    };
    const auto pointsOf = [](int count, double step) {
        Json points = Json::array();
        for (int i = 0; i < count; ++i) points.push_back({i % 2 == 0 ? 0.0 : step, 0.0});
        return points;
    };
    EXPECT_EQ(fault("smp.strokes", Json(2000, Json{{"points", {{0, 0}}}})), "no fault");
    EXPECT_EQ(fault("smp.strokes", Json(2001, Json{{"points", {{0, 0}}}})),
              "smp.strokes: found an array, expected a list of at most 2000 objects");
    EXPECT_EQ(fault("smp.strokes", {{{"points", pointsOf(2000, 1.5)}}}), "no fault");
    EXPECT_EQ(fault("smp.strokes", {{{"points", pointsOf(2001, 0.1)}}}),
              "smp.strokes[0].points: found an array, expected a list of 1 to 2000 points [x, y]");
    for (const char* key : {"smp.strokes", "skin.scars"})
        EXPECT_EQ(fault(key, Json(2, Json{{"points", pointsOf(2000, 1.5)}})),
                  std::string(key) + ": found lines of 5997 chart units in all, expected at most 4000");
}

TEST(DesignJson, TheLargestDesignFitsAFile) {
    Design design;
    const glm::vec2 tiny(-1.2345678e-05f, -1.2345678e-05f);
    for (std::size_t i = 0; i < kMaxStrokesPoints / 1000; ++i) {
        design.smp.strokes.push_back({.points = std::vector<glm::vec2>(1000, tiny)});
        design.skin.scars.push_back({.points = std::vector<glm::vec2>(1000, tiny)});
    }
    const std::string text = formatDesign(design);
    EXPECT_LT(text.size(), kMaxJsonBytes);
    const auto again = parseDesign(text, "d.json");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(formatDesign(*again), text);
    design.smp.strokes.push_back({.points = {tiny}});
    EXPECT_EQ(parseDesign(formatDesign(design), "d.json").error().message,
              "d.json: smp.strokes: found 150001 points in all, expected at most 150000");
}

TEST(DesignJson, PointsStandOnOneLine) {
    Design design;
    design.skin.scars = {{.points = {{0.5f, 0.25f}, {0, 1}}}};
    EXPECT_NE(formatDesign(design).find(
                  "        \"points\": [\n          [0.5, 0.25],\n          [0, 1]\n        ],\n"),
              std::string::npos)
        << formatDesign(design);
}

TEST(DesignJson, ListsOfAnythingAreReadOrRefusedByName) {
    RandomStream random(9);
    const std::vector<std::string> pieces = {
        "[",     "]",       "{",  "}",   ",",    ":",    "\"points\"", "\"radiusMm\"",        "0",
        "[0,0]", "[[0,0]]", "-1", "1e9", "null", "true", "\"\"",       "{\"points\":[[0,0]]}"};
    int read = 0, refused = 0;
    for (int i = 0; i < 20000; ++i) {
        std::string list = "[{\"points\":[[0,0]";
        for (std::uint64_t k = random.bits() % 5; k > 0; --k) list += pieces[random.bits() % pieces.size()];
        list += "]}]";
        const auto design = parseDesign(file("\"smp\":{\"strokes\":" + list + "}"), "d.json");
        ++(design ? read : refused);
        if (design) continue;
        ASSERT_EQ(design.error().message.substr(0, 8), "d.json: ");
        ASSERT_EQ(design.error().message.find('\n'), std::string::npos);
    }
    EXPECT_GT(read, 1000);
    EXPECT_GT(refused, 1000);
}

TEST(DesignJson, MessagesStayOnOneLine) {
    EXPECT_EQ(faultOf(file(R"("a\nb":1)")), "d.json: a?b: unknown key");
    EXPECT_EQ(faultOf(file(R"("hair":{"norwood":"\u001b[2J"})")).substr(0, 46),
              "d.json: hair.norwood: found the string \"?[2J\",");
    EXPECT_EQ(faultOf(file(R"("smp":{"strokes":[{"\n":1}]})")), "d.json: smp.strokes[0].?: unknown key");
    EXPECT_EQ(parseDesign("[]", "a\nb.json").error().message, "a?b.json: found an array, expected an object");
}

TEST(DesignJson, WholeNumbersMayBeWrittenWithAPoint) {
    EXPECT_EQ(parseDesign(file(R"("skin":{"monk":5.0})"), "d").value().skin.monk, 5);
}

TEST(DesignJson, RefusesNumbersThatAreNotFinite) {
    EXPECT_EQ(faultOf("{\"stubble\":\"design\",\n\"version\":1,\"seed\":NaN}"),
              "d.json: line 2, column 20: not valid JSON");
    EXPECT_EQ(faultOf(file(R"("time":{"days":1e999})")),
              "d.json: not valid JSON: number overflow parsing '1e999'");
}

TEST(DesignJson, DamagedFilesAreReadOrRefusedByName) {
    const std::string good = formatDesign(Design{});
    RandomStream random(1);
    int refused = 0;
    for (int i = 0; i < 5000; ++i) {
        std::string damaged = good;
        for (int k = 0; k < 3; ++k)
            damaged[random.bits() % damaged.size()] = static_cast<char>(random.bits());
        const auto design = parseDesign(damaged, "d.json");
        if (design) continue;
        ++refused;
        ASSERT_EQ(design.error().message.substr(0, 8), "d.json: ");
    }
    EXPECT_GT(refused, 4000);
}

TEST(DesignJson, ReadsFiles) {
    const auto missing = readDesign("no/such.json");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message, "no/such.json: cannot be read: No such file or directory");
}

std::string faultOfSetting(std::string_view setting) {
    Design design;
    const auto applied = applySetting(design, setting);
    if (applied) return "no fault";
    EXPECT_EQ(applied.error().code, ExitCode::usage);
    EXPECT_EQ(formatDesign(design), formatDesign(Design{})) << "a refused setting changed the design";
    return applied.error().message;
}

TEST(DesignSetting, SetsEveryKind) {
    Design design;
    for (const char* setting :
         {"smp.depthMm=.3", "skin.monk=9", "smp.enabled=false", "hair.norwood=VII", "head=my head=1.obj",
          "seed=18446744073709551615", "hairline.points=[[0.5,0.25],[0.1,0.5],[-0.1,0.5],[-0.5,0.25]]",
          "smp.strokes=[{\"points\":[[0,0.5]],\"radiusMm\":3}]", "smp.zones.frontEdge.density=0.5",
          "smp.pattern=random"})
        ASSERT_TRUE(applySetting(design, setting)) << setting;
    EXPECT_EQ(design.smp.depthMm, 0.3f);
    EXPECT_EQ(design.skin.monk, 9);
    EXPECT_FALSE(design.smp.enabled);
    EXPECT_EQ(design.hair.norwood, Norwood::VII);
    EXPECT_EQ(design.head, "my head=1.obj");
    EXPECT_EQ(design.seed, std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(design.hairline.points.size(), 4u);
    ASSERT_EQ(design.smp.strokes.size(), 1u);
    EXPECT_EQ(design.smp.strokes[0].radiusMm, 3);
    EXPECT_EQ(design.smp.zones[static_cast<std::size_t>(Zone::frontEdge)].density, 0.5f);
    EXPECT_EQ(design.smp.pattern, DotPattern::random);
    ASSERT_TRUE(applySetting(design, "smp.strokes=[]"));
    EXPECT_TRUE(design.smp.strokes.empty());
}

TEST(DesignSetting, RefusesBadHair) {
    for (const auto& list : {badHair(), misnamedHair()})
        for (const BadHair& bad : list)
            EXPECT_EQ(faultOfSetting(fmt::format("hair.{}={}", bad.key, bad.value)),
                      fmt::format("--set hair.{}: found {}, expected {}", bad.key, bad.found, bad.expected));
    EXPECT_EQ(faultOfSetting("hair.lengthMm=null"),
              fmt::format("--set hair.lengthMm: found the string \"null\", expected {}", kLengths));
    Design design;
    design.hair.densityPerCm2 = 5;
    ASSERT_TRUE(applySetting(design, "hair.densityPerCm2=null"));
    EXPECT_EQ(design.hair.densityPerCm2, std::nullopt);
}

TEST(DesignSetting, RefusesWhatIsNotOne) {
    EXPECT_EQ(faultOfSetting("smp.depthMm"), "--set smp.depthMm: expected KEY=VALUE");
    EXPECT_EQ(faultOfSetting("=3"), "--set =3: expected KEY=VALUE");
    EXPECT_EQ(faultOfSetting("smp.depth=3"), "--set smp.depth: unknown key, did you mean smp.depthMm?");
    EXPECT_EQ(faultOfSetting("smp.depthMm=nan"),
              "--set smp.depthMm: found the string \"nan\", expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOfSetting("smp.depthMm=inf"),
              "--set smp.depthMm: found the string \"inf\", expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOfSetting("smp.depthMm=0.3mm"),
              "--set smp.depthMm: found the string \"0.3mm\", expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOfSetting("skin.melaninPercent=nan"),
              "--set skin.melaninPercent: found the string \"nan\", expected a number from 0 to 45 %");
    EXPECT_EQ(faultOfSetting("skin.bloodPercent=0.01"),
              "--set skin.bloodPercent: found the number 0.01, expected 0, or from 0.05 to 5 %");
    EXPECT_EQ(faultOfSetting("time.sessionGapDays=inf"),
              "--set time.sessionGapDays: found the string \"inf\", expected a number from 7 to 30 days");
    EXPECT_EQ(faultOfSetting("time.laserSessions=11"),
              "--set time.laserSessions: found the number 11, expected a whole number from 0 to 10");
    EXPECT_EQ(faultOfSetting("skin.monk=11"),
              "--set skin.monk: found the number 11, expected a whole number from 1 to 10");
    EXPECT_EQ(faultOfSetting("seed=-1").substr(0, 28), "--set seed: found the string");
    EXPECT_EQ(faultOfSetting("hairline.points=[[0,0],3]"),
              "--set hairline.points[1]: found the number 3, expected [x, y], each from -1.4 to 1.4");
    EXPECT_EQ(
        faultOfSetting("hairline.points=[[-0.5,0.3],[-0.1,0.5],[0.1,0.5],[0.5,0.3]]"),
        "--set hairline.points: run from x = -0.5 to x = 0.5; expected from the head's right (x > 0) to "
        "its left (x < 0)");
    EXPECT_EQ(faultOfSetting("smp.strokes=[{\"points\":[[0,0]],\"strength\":2}]"),
              "--set smp.strokes[0].strength: found the number 2, expected a number from -1 to 1");
    EXPECT_EQ(faultOfSetting("smp.strokes=[{"), "--set smp.strokes: line 1, column 3: not valid JSON");
}

}  // namespace
}  // namespace stubble
