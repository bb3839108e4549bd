#include "engine/jobs/board_spec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

using testing::ElementsAre;

std::string faultOf(std::string_view text) {
    const auto sweep = parseSweep(text);
    if (!sweep) return sweep.error().message;
    const auto spec = boardOfSweeps({*sweep}, 0);
    if (spec) return "";
    EXPECT_EQ(spec.error().code, ExitCode::usage);
    return spec.error().message;
}

BoardSweep sweepOf(std::string key, std::size_t count) {
    BoardSweep sweep{std::move(key), {}};
    for (std::size_t i = 0; i < count; ++i) sweep.values.push_back(std::to_string(i + 1));
    return sweep;
}

TEST(BoardSpec, SweepIsAKeyAndItsValues) {
    const auto sweep = parseSweep("smp.depthMm=0.1,0.25,0.6");
    ASSERT_TRUE(sweep);
    EXPECT_EQ(sweep->key, "smp.depthMm");
    EXPECT_THAT(sweep->values, ElementsAre("0.1", "0.25", "0.6"));
}

TEST(BoardSpec, CommasInsideBracketsAreTheValuesOwn) {
    const auto sweep = parseSweep("skin.scars=[],[{\"points\":[[0,-0.9],[0.1,-0.9]]}]");
    ASSERT_TRUE(sweep);
    EXPECT_THAT(sweep->values, ElementsAre("[]", "[{\"points\":[[0,-0.9],[0.1,-0.9]]}]"));
    EXPECT_TRUE(boardOfSweeps({*sweep}, 0));
}

TEST(BoardSpec, NamesWhatIsWrongWithASweep) {
    EXPECT_EQ(faultOf("smp.depthMm"), "--sweep smp.depthMm: expected KEY=V1,V2,…");
    EXPECT_EQ(faultOf("=1,2"), "--sweep =1,2: expected KEY=V1,V2,…");
    EXPECT_EQ(faultOf("smp.depthMm="), "--sweep smp.depthMm: expected at least one value");
    EXPECT_EQ(faultOf("smp.depthMm=0.1,,0.2"), "--sweep smp.depthMm=0.1,,0.2: value 2 is empty");
    EXPECT_EQ(faultOf("smp.depthMm=0.1,"), "--sweep smp.depthMm=0.1,: value 2 is empty");
    EXPECT_EQ(faultOf("smp.densityPerCm=1"),
              "--sweep smp.densityPerCm: unknown key, did you mean smp.densityPerCm2?");
    EXPECT_EQ(faultOf("smp.depthMm=0.1,9"),
              "--sweep value 2 of 2: smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(
        faultOf("hair.norwood=VI,VIII"),
        "--sweep value 2 of 2: hair.norwood: found the string \"VIII\", expected one of none, I, II, IIa, "
        "III, IIIa, IIIVertex, IV, IVa, V, Va, VI, VII");
    EXPECT_EQ(faultOf("skin.monk=1,2,1"), "--sweep value 3 of 3: skin.monk: 1 is there twice");
    EXPECT_EQ(faultOf("head=builtin:mannequin"), "--sweep head: the pictures of a board are of one head");
    EXPECT_EQ(faultOf("name=A,B"), "--sweep name: changes no picture");
}

TEST(BoardSpec, FirstSweepMakesColumnsSecondRowsThirdBlocks) {
    const auto spec = boardOfSweeps(
        {{"smp.depthMm", {"0.1", "0.3"}}, {"skin.monk", {"2", "5", "8"}}, {"time.days", {"0", "60"}}}, 0);
    ASSERT_TRUE(spec);
    EXPECT_EQ(spec->cells.size(), 12u);
    EXPECT_EQ(std::tuple(spec->columns, spec->rows, spec->blocks), std::tuple(2, 3, 2));
    EXPECT_THAT(spec->cells[3].settings, ElementsAre("smp.depthMm=0.3", "skin.monk=5", "time.days=0"));
    EXPECT_EQ(spec->cells[7].title, "Depth 0.3 mm · Monk 2 · day 60");
}

TEST(BoardSpec, OneSweepIsBrokenIntoEvenRows) {
    const auto columnsOf = [](std::size_t count, int asked) {
        const auto spec = boardOfSweeps({sweepOf("seed", count)}, asked);
        return spec ? std::pair(spec->columns, spec->rows) : std::pair(0, 0);
    };
    EXPECT_EQ(columnsOf(6, 0), std::pair(6, 1));
    EXPECT_EQ(columnsOf(7, 0), std::pair(4, 2));
    EXPECT_EQ(columnsOf(10, 0), std::pair(5, 2));
    EXPECT_EQ(columnsOf(10, 3), std::pair(3, 4));
    EXPECT_EQ(columnsOf(2, 16), std::pair(2, 1));
}

TEST(BoardSpec, RefusesMoreThanABoardHolds) {
    const auto messageOf = [](std::vector<BoardSweep> sweeps, int columns = 0) {
        const auto spec = boardOfSweeps(std::move(sweeps), columns);
        return spec ? "" : spec.error().message;
    };
    EXPECT_EQ(messageOf({sweepOf("skin.monk", 10), sweepOf("seed", 9), sweepOf("time.days", 3)}),
              "--sweep 10 x 9 x 3 = 270 pictures, expected at most 256");
    EXPECT_EQ(messageOf({sweepOf("seed", 17), sweepOf("skin.monk", 2)}),
              "--sweep seed: 17 columns, expected at most 16: sweep it second");
    EXPECT_EQ(messageOf({sweepOf("seed", 2), sweepOf("seed", 2)}), "--sweep seed: is swept twice");
    EXPECT_EQ(messageOf({sweepOf("seed", 2), sweepOf("skin.monk", 2)}, 3),
              "--sweep seed: --columns is for one swept key, of two the first has the columns");
    EXPECT_EQ(messageOf({sweepOf("seed", 1), sweepOf("skin.monk", 1), sweepOf("time.days", 1),
                         sweepOf("hair.greyShare", 1)}),
              "--sweep expected one to 3 keys, found 4");
}

TEST(BoardSpec, ValuesSayByThemselvesWhatTheyAreOf) {
    EXPECT_EQ(valueTitle("smp.diameterMm", "0.12"), "dot 0.12 mm");
    EXPECT_EQ(valueTitle("hair.lengthMm", "#1/2"), "guard #1/2 (1.5 mm)");
    EXPECT_EQ(valueTitle("hair.lengthMm", "none"), "no guard (0.75 mm)");
    EXPECT_EQ(valueTitle("hair.lengthMm", "2"), "hair 2 mm");
    EXPECT_EQ(valueTitle("hairline.featherMm", "8"), "hairline feather 8 mm");
    EXPECT_EQ(valueTitle("hairline.style", "straight"), "hairline style straight");
    EXPECT_EQ(valueTitle("smp.zones.crown.density", "0.5"), "crown density 0.5");
    EXPECT_EQ(valueTitle("hair.diameterUm", "null"), "hair diameter null");
    EXPECT_EQ(valueTitle("smp.strokes", std::string(200, ' ')), "strokes […]");
}

TEST(BoardSpec, EveryKeyHasATitle) {
    for (const std::string_view key : designKeyPaths()) {
        EXPECT_FALSE(keyTitle(key).empty()) << key;
        EXPECT_EQ(keyTitle(key).find('.'), std::string::npos) << key;
    }
}

TEST(BoardSpec, LettersGoOnAfterZ) {
    EXPECT_EQ(cellLetter(0), "A");
    EXPECT_EQ(cellLetter(25), "Z");
    EXPECT_EQ(cellLetter(26), "AA");
    EXPECT_EQ(cellLetter(52), "BA");
}

}  // namespace
}  // namespace stubble
