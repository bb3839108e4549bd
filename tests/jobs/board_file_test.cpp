#include "engine/jobs/board_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/scene/presets.h"

namespace stubble {
namespace {

using testing::ElementsAre;

/// A board whose inner part is given.
Result<ReadyBoard> board(const std::string& inner) {
    return parseBoard(R"({"stubble": "board", "version": 1, "name": "Test", )" + inner + "}", "b.json");
}
std::string faultOf(const std::string& inner) {
    const auto read = board(inner);
    if (read) return "";
    EXPECT_EQ(read.error().code, ExitCode::badInput);
    return read.error().message;
}
constexpr const char* kSweep = R"("sweep": [{"key": "skin.monk", "values": [2, 8]}])";

TEST(BoardFile, EveryReadyBoardReads) {
    const auto boards = readReadyBoards();
    ASSERT_TRUE(boards) << boards.error().message;
    std::vector<std::string> names;
    for (const ReadyBoard& ready : *boards) {
        names.push_back(ready.name);
        EXPECT_FALSE(ready.spec.description.empty()) << ready.name;
        for (const BoardCell& cell : ready.spec.cells)
            EXPECT_TRUE(designOf(cell, ready.design, "")) << ready.name << ": " << cell.title;
    }
    EXPECT_THAT(names, ElementsAre("common-mistakes", "density-ladder", "depth-blue", "dot-size",
                                   "hair-length", "healing", "session-by-session", "skin-tones"));
}

TEST(BoardFile, NoBoardIsCalledAsADesign) {  // --preset means either
    const auto boards = readReadyBoards();
    ASSERT_TRUE(boards);
    for (const ReadyBoard& ready : *boards) EXPECT_FALSE(readPreset(ready.name)) << ready.name;
}

TEST(BoardFile, UnknownNameSuggestsTheNearest) {
    const auto read = readReadyBoard("density-lader");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ExitCode::usage);
    EXPECT_EQ(
        read.error().message,
        "density-lader: unknown board, did you mean density-ladder? (`stubble board --presets` lists them)");
}

TEST(BoardFile, HasDesignViewAndPictures) {
    const auto read = board(
        R"("design": "widows-peak", "set": {"time.days": 30, "hair.lengthMm": "#1"}, "camera": "hairline",
           "light": "clinic", "crop": [0.25, 0, 0.5, 0.5], "distanceCm": 120, "columns": 1, "quiz": true,
           "pictures": [{"title": "First", "set": {"smp.depthMm": 0.4}}, {"title": "Second"}])");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->design.hairline.style, readPreset("widows-peak")->hairline.style);
    EXPECT_EQ(read->design.time.days, 30);
    EXPECT_EQ(read->design.hair.lengthMm, 3);
    EXPECT_EQ(std::tuple(read->camera, read->light), std::tuple("hairline", "clinic"));
    EXPECT_EQ(read->crop.width, 0.5f);
    EXPECT_EQ(read->mismatchDistanceCm, 120);
    EXPECT_EQ(std::pair(read->spec.columns, read->spec.rows), std::pair(1, 2));
    EXPECT_THAT(read->spec.cells[0].settings, ElementsAre("smp.depthMm=0.4"));
    EXPECT_EQ(cellCaption(read->spec, 1, false), "B");
    EXPECT_EQ(cellCaption(read->spec, 1, true), "B  Second");
}

TEST(BoardFile, NamesEveryFaultByItsPlace) {
    EXPECT_EQ(
        faultOf(R"("sweep": [{"key": "skin.monk", "values": [2, 11]}])"),
        "b.json: sweep: value 2 of 2: skin.monk: found the number 11, expected a whole number from 1 to 10");
    EXPECT_EQ(faultOf(R"("sweep": [{"key": "skin.mnok", "values": [2]}])"),
              "b.json: sweep: skin.mnok: unknown key, did you mean skin.monk?");
    EXPECT_EQ(faultOf(R"("sweep": [{"key": "skin.monk", "value": [2]}])"),
              "b.json: sweep[0].value: unknown key, did you mean values?");
    EXPECT_EQ(faultOf(R"("sweep": {})"), "b.json: sweep: found an object, expected a list of objects");
    EXPECT_EQ(faultOf(R"("sweep": [3])"), "b.json: sweep[0]: found the number 3, expected an object");
    EXPECT_EQ(faultOf(R"("sweep": [{"key": "seed", "values": 3}])"),
              "b.json: sweep[0].values: found the number 3, expected a list of values");
    EXPECT_EQ(faultOf(R"("pictures": [])"), "b.json: pictures: found 0, expected a list of 1 to 256 objects");
    EXPECT_EQ(faultOf(R"("pictures": [{"set": {}}])"),
              "b.json: pictures[0].title: found nothing, expected one line of 1 to 100 bytes");
    EXPECT_EQ(
        faultOf(R"("pictures": [{"title": "A", "set": {"smp.depthMm": 9}}])"),
        "b.json: pictures[0].set: smp.depthMm: found the number 9, expected a number from 0.05 to 1.5 mm");
    EXPECT_EQ(faultOf(R"("columns": 2)"), "b.json: sweep, pictures: expected one of the two");
    EXPECT_EQ(faultOf(std::string(kSweep) + R"(, "columns": 17)"),
              "b.json: columns: found the number 17, expected a number from 1 to 16");
    EXPECT_EQ(faultOf(std::string(kSweep) + R"(, "camera": "fornt")"),
              "b.json: camera: found the string \"fornt\", expected one of front, back, left, right, top, "
              "three-quarter, hairline, macro");
    EXPECT_EQ(
        faultOf(std::string(kSweep) + R"(, "crop": [0.5, 0, 0.6, 1])"),
        "b.json: crop: found an array, expected left, top, width, height as shares of the picture, inside 0 "
        "to 1, sides of at least 0.02");
    EXPECT_EQ(faultOf(std::string(kSweep) + R"(, "design": "widow-peak")"),
              "b.json: design: widow-peak: unknown preset, did you mean widows-peak? (`stubble presets` "
              "lists them)");
    EXPECT_EQ(faultOf(std::string(kSweep) + R"(, "quiz": 1)"),
              "b.json: quiz: found the number 1, expected true or false");
    EXPECT_EQ(faultOf(std::string(kSweep) + R"(, "sweeps": 1)"),
              "b.json: sweeps: unknown key, did you mean sweep?");
}

TEST(BoardFile, RefusesWhatIsNoBoard) {
    const auto messageOf = [](std::string_view text) {
        const auto read = parseBoard(text, "b.json");
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(messageOf("[]"), "b.json: found an array, expected an object");
    EXPECT_EQ(messageOf(R"({"stubble": "design", "version": 1})"),
              "b.json: stubble: found the string \"design\", expected \"board\"");
    EXPECT_EQ(messageOf(R"({"stubble": "board", "version": 2})"),
              "b.json: version: found the number 2, expected the whole number 1");
    EXPECT_EQ(messageOf(R"({"stubble": "board", "version": 1})"),
              "b.json: sweep, pictures: expected one of the two");
}

}  // namespace
}  // namespace stubble
