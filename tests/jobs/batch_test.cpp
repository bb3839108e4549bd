// What a batch works out without rendering: names, parts, arrays, manifests that a stranger wrote.

#include "engine/jobs/batch_job.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <set>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/jobs/batch_merge.h"
#include "engine/jobs/batch_record.h"
#include "engine/jobs/file_word.h"
#include "engine/jobs/picture_data.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kSoftware = "stubble 1.2.3";

TEST(FileWord, KeepsLettersDigitsAndDots) {
    EXPECT_EQ(fileWord("0.12 mm · Monk 4"), "0.12-mm-monk-4");
    EXPECT_EQ(fileWord("../../etc/passwd"), "etc-passwd");
    EXPECT_EQ(fileWord(".hidden."), "hidden");
    EXPECT_EQ(fileWord("a//b  c"), "a-b-c");
    EXPECT_EQ(fileWord("· · ·"), "");
    EXPECT_EQ(fileWord(std::string(59, 'a') + " b"), std::string(59, 'a'));
    EXPECT_EQ(fileWord(std::string(300, 'a')).size(), kMaxFileWordBytes);
    EXPECT_EQ(fileWord("ÜBER"), "ber");
}

TEST(FileWord, WhateverItMakesStaysInItsFolder) {
    std::mt19937 random(7);
    for (int i = 0; i < 2000; ++i) {
        std::string text(random() % 80, ' ');
        for (char& c : text) c = static_cast<char>(random());
        EXPECT_TRUE(isFileWords(fileWord(text)));
        EXPECT_EQ(fileWord(fileWord(text)), fileWord(text));
    }
    for (const char* text : {"../x", "a/b", ".x", "A", "a b", "a\nb"})
        EXPECT_FALSE(isFileWords(text)) << text;
    EXPECT_FALSE(isFileWords(std::string("a\0b", 3)));
}

TEST(DifferentNames, NumberWhatIsTaken) {
    DifferentNames names;
    std::vector<std::string> made;
    for (const char* name : {"a", "a-2", "a", "a", "", "", ""}) made.push_back(names.next(name));
    EXPECT_THAT(made, ElementsAre("a", "a-2", "a-3", "a-4", "", "2", "3"));
}

TEST(BatchShard, PartsFollowEachOtherAndMissNothing) {
    for (const std::size_t images : {1ul, 7ul, 64ul, kMaxBatchImages})
        for (const std::size_t count : {1ul, 2ul, 3ul, 64ul, 1000ul, kMaxBatchImages}) {
            std::size_t at = 0, most = 0;
            for (std::size_t i = 0; i < count; ++i) {
                const BatchShard shard{i, count};
                ASSERT_EQ(shard.begin(images), at);
                ASSERT_GE(shard.end(images), at);
                most = std::max(most, shard.end(images) - at);
                at = shard.end(images);
            }
            EXPECT_EQ(at, images);
            EXPECT_LE(most, images / count + 1);
        }
}

TEST(ArrayText, IsWhatSlurmTakes) {
    EXPECT_EQ(arrayText({}), "");
    EXPECT_EQ(arrayText({0}), "0");
    EXPECT_EQ(arrayText({4, 5}), "4,5");
    EXPECT_EQ(arrayText({0, 3, 7, 8, 9}), "0,3,7-9");
    EXPECT_EQ(arrayText({0, 1, 2, 5, 6, 8}), "0-2,5,6,8");
}

BatchSummary summaryOf(std::size_t images, std::vector<std::size_t> missing,
                       std::vector<std::size_t> damaged) {
    BatchSummary summary;
    summary.records.resize(images);
    summary.missing = std::move(missing);
    summary.damaged = std::move(damaged);
    return summary;
}

TEST(ShardsToRender, AreThoseOfMissingAndDamagedPictures) {
    EXPECT_THAT(shardsToRender(summaryOf(8, {}, {}), 3), ElementsAre());
    EXPECT_THAT(shardsToRender(summaryOf(8, {1, 7}, {0}), 8), ElementsAre(0, 1, 7));
    EXPECT_THAT(shardsToRender(summaryOf(8, {1, 7}, {0}), 1), ElementsAre(0));
    // More parts than pictures: some have none, and no part of those that have is left out.
    const BatchSummary all = summaryOf(3, {0, 1, 2}, {});
    for (const std::size_t count : {3ul, 5ul, 64ul}) {
        std::set<std::size_t> rendered;
        for (const std::size_t i : shardsToRender(all, count))
            for (std::size_t k = BatchShard{i, count}.begin(3); k < BatchShard{i, count}.end(3); ++k)
                rendered.insert(k);
        EXPECT_THAT(rendered, ElementsAre(0, 1, 2)) << count;
        EXPECT_EQ(shardsToRender(all, count).size(), 3u);
    }
}

/// A job file, planned and read back.
class Batch : public TempDirTest {
  protected:
    void write(const fs::path& path, const std::string& text) const {
        fs::create_directories((dir_ / path).parent_path());
        TempDirTest::write(path, text);
    }
    Result<BatchManifest> plan(const std::string& keys) const {
        write("job.json", R"({"stubble": "batch", "version": 1, )" + keys + '}');
        STUBBLE_TRY(BatchManifest manifest, readBatchJob(dir_ / "job.json", kSoftware));
        STUBBLE_CHECK(writeManifest(out(), manifest));
        return manifest;
    }
    [[nodiscard]] fs::path out() const { return dir_ / "out"; }
};

TEST_F(Batch, ReadsBackWhatWasPlanned) {
    const auto planned = plan(
        R"("name": "spring", "overrides": [{"name": "·", "set": {}}, {"name": "–", "set": {"skin.monk": 2}}],
           "cameras": ["front", {"name": "Front", "camera": "front", "distanceCm": 33.3},
                       {"name": "mine", "eyeMm": [0.1, 0.2, 600], "targetMm": [0, 40, 0], "up": [0, 1, 0],
                        "fieldOfViewDegrees": 120}],
           "lights": ["clinic", "studio"], "sizes": ["20x30"], "format": "tiff", "bits": 16, "dpi": 300)");
    ASSERT_TRUE(planned) << planned.error().message;
    const auto read = readManifest(out(), kSoftware);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->hash, planned->hash);
    EXPECT_EQ(read->imageCount(), 12u);
    std::set<std::string> files;
    for (std::size_t i = 0; i < 12; ++i) {
        const BatchImage image = batchImage(*read, i);
        EXPECT_EQ(batchFile(*read, image), batchFile(*planned, image));
        files.insert(batchFile(*read, image));
        const StillJob told = batchStill(*planned, out(), image), is = batchStill(*read, out(), image);
        EXPECT_EQ(is.distanceCm, told.distanceCm);
        ASSERT_EQ(is.ownCamera.has_value(), told.ownCamera.has_value());
        if (is.ownCamera) {
            EXPECT_EQ(is.ownCamera->eyeMm, told.ownCamera->eyeMm);
            EXPECT_EQ(is.ownCamera->fieldOfView, told.ownCamera->fieldOfView);
        }
        EXPECT_EQ(is.design.skin.monk, image.scene == 0 ? Design{}.skin.monk : 2);
        EXPECT_EQ(is.dpi, 300);
    }
    EXPECT_EQ(files.size(), 12u);
    EXPECT_THAT(*files.begin(), HasSubstr("images/0000-front-clinic.tiff"));
    EXPECT_THAT(*files.rbegin(), HasSubstr("images/0011-2-mine-studio.tiff"));
}

TEST_F(Batch, SweepsHaveNoColumns) {
    std::string values = "1";
    for (int i = 2; i <= 300; ++i) values += ',' + std::to_string(i);
    const auto planned = plan(R"("sweep": [{"key": "seed", "values": [)" + values +
                              R"(]}, {"key": "skin.monk", "values": [1, 2]}])");
    ASSERT_TRUE(planned) << planned.error().message;
    EXPECT_EQ(planned->imageCount(), 600u);
    const auto swept = plan(R"("sweep": [{"key": "head", "values": ["a.ply"]}])");
    ASSERT_FALSE(swept);
    EXPECT_THAT(swept.error().message, HasSubstr("job.json: sweep: head: is not swept"));
}

TEST_F(Batch, HeadsAreWhereTheOneWhoNamesThemIs) {
    for (const char* name : {"a.ply", "clients/a.ply", "store/a.ply"}) write(name, name);
    fs::create_directories(dir_ / "store/deep");
    fs::create_directory_symlink(dir_ / "store/deep", dir_ / "link");
    write("clients/anton.json", R"({"stubble": "design", "version": 1, "head": "a.ply"})");
    const auto planned = plan(R"("designs": ["clients/anton.json"], "overrides": [{"name": "his", "set": {}},
        {"name": "the job's", "set": {"head": "a.ply"}}, {"name": "by link", "set": {"head": "link/../a.ply"}}])");
    ASSERT_TRUE(planned) << planned.error().message;
    const fs::path here = fs::canonical(dir_);
    for (const auto& manifest : {*planned, *readManifest(out(), kSoftware)}) {
        EXPECT_EQ(manifest.scenes[0].head, here / "clients/a.ply");
        EXPECT_EQ(manifest.scenes[1].head, here / "a.ply");
        EXPECT_EQ(manifest.scenes[2].head, here / "store/a.ply");
    }
    // A head that is changed after the shard has begun.
    ASSERT_TRUE(checkHead(*planned, planned->scenes[0]));
    write("clients/a.ply", "other");
    EXPECT_FALSE(checkHead(*planned, planned->scenes[0]));
    EXPECT_TRUE(checkHead(*planned, planned->scenes[1]));
    write("a.ply.landmarks.json", "{}");
    EXPECT_FALSE(checkHead(*planned, planned->scenes[1]));
}

TEST_F(Batch, AJobThatIsALinkHasItsFilesBesideTheLink) {
    write("real/job.json", R"({"stubble": "batch", "version": 1, "designs": ["d.json"]})");
    write("d.json", R"({"stubble": "design", "version": 1})");
    fs::create_symlink("real/job.json", dir_ / "link.json");
    EXPECT_TRUE(readBatchJob(dir_ / "link.json", kSoftware));
    EXPECT_FALSE(readBatchJob(dir_ / "real/job.json", kSoftware));
}

TEST_F(Batch, OtherDataIsNoticed) {
    auto manifest = plan(R"("samples": 1)");
    ASSERT_TRUE(manifest) << manifest.error().message;
    EXPECT_TRUE(checkInputs(*manifest));
    manifest->data[0] = manifest->data[0] == '0' ? '1' : '0';
    const auto checked = checkInputs(*manifest);
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().code, ExitCode::badInput);
    EXPECT_THAT(checked.error().message, HasSubstr("are not those that the batch was planned with"));
}

TEST_F(Batch, DataIsKnownByItsNamesAndBytesNotByItsPlace) {
    for (const char* folder : {"one", "two"})
        for (const char* name :
             {"shaders/a.frag", "assets/heads/h.ply", "assets/optics/t.bin", "assets/stamp/s.png"})
            write(fs::path(folder) / name, name);
    const char* const before = std::getenv("STUBBLE_DATA_DIR");
    const auto hashOf = [&](const char* folder) {
        ::setenv("STUBBLE_DATA_DIR", (dir_ / folder).c_str(), 1);
        const auto hash = pictureDataHash();
        return hash ? *hash : hash.error().message;
    };
    std::set<std::string> hashes = {hashOf("one")};
    EXPECT_EQ(hashOf("one").size(), ContentHash{}.hex().size());
    EXPECT_EQ(hashOf("two"), hashOf("one"));
    write("two/assets/studio/en.json", "no picture depends on it");
    EXPECT_EQ(hashOf("two"), hashOf("one"));
    write("two/shaders/a.frag", "other bytes");
    hashes.insert(hashOf("two"));
    write("two/shaders/a.frag", "shaders/a.frag");
    fs::rename(dir_ / "two/assets/heads/h.ply", dir_ / "two/assets/heads/i.ply");
    hashes.insert(hashOf("two"));
    EXPECT_EQ(hashes.size(), 3u);
    fs::remove_all(dir_ / "two/assets/stamp");
    EXPECT_THAT(hashOf("two"), HasSubstr("assets/stamp: cannot be read: "));
    before ? ::setenv("STUBBLE_DATA_DIR", before, 1) : ::unsetenv("STUBBLE_DATA_DIR");
}

TEST_F(Batch, PlanningAgainMakesTheFolderOfPictures) {
    ASSERT_TRUE(plan(R"("samples": 1)"));
    fs::remove_all(out() / "images");
    ASSERT_TRUE(plan(R"("samples": 1)"));
    EXPECT_TRUE(fs::is_directory(out() / "images"));
    fs::remove_all(out() / "images");
    EXPECT_TRUE(BatchLock::open(out()));
    const auto other = plan(R"("samples": 2)");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ExitCode::usage);
}

TEST_F(Batch, AStrangersManifestIsHeldToTheRangesOfAJob) {
    ASSERT_TRUE(plan(R"("cameras": ["front", {"name": "m", "eyeMm": [0, 0, 600], "targetMm": [0, 40, 0],
                        "up": [0, 1, 0], "fieldOfViewDegrees": 24}])"));
    const std::string text = *readTextFile(manifestFileOf(out()), kMaxJsonBytes);
    struct Change {
        const char* pointer;
        const char* value;
        const char* said;
    };
    for (const auto& [pointer, value, said] : {
             Change{"/samples", "0", "batch.samples: found the number 0, expected"},
             {"/samples", "1e12", "batch.samples: found"},
             {"/samples", "\"8\"", "batch.samples: found the string \"8\""},
             {"/sizes", R"(["1000000000x1000000000"])", "batch.sizes[0]: found the string"},
             {"/sizes", "[]", "batch.sizes: found 0 items"},
             {"/sizes", R"({"a": "1x1"})", "batch.sizes: found an object, expected a list"},
             {"/format", R"("png/../../x")", "batch.format: found the string"},
             {"/bits", "9", "batch.bits: found 9, expected 8 or 16"},
             {"/dpi", "-1", "batch.dpi: found the number -1"},
             {"/software", "5", "batch.software: found the number 5"},
             {"/software", "\"stubble 1\"", "batch.software: planned by stubble 1, this is stubble 1.2.3"},
             {"/lights", R"(["../x"])", "batch.lights[0]: found the string"},
             {"/lights", "null", "batch.lights: found null, expected a list"},
             {"/cameras/0/camera", "\"frontal\"", "batch.cameras[0].camera: found the string"},
             {"/cameras/0/distanceCm", "0", "batch.cameras[0].distanceCm: found the number 0"},
             {"/cameras/0/name", "\"../../x\"", "batch.cameras[0].name: found the string \"../../x\""},
             {"/cameras/1/fieldOfViewDegrees", "1e9", "batch.cameras[1].fieldOfViewDegrees: found"},
             {"/cameras/1/eyeMm", "[1e300, 0, 0]", "batch.cameras[1].eyeMm, targetMm, up: expected places"},
             {"/cameras/1/up", "[0, 0, 0]", "batch.cameras[1].eyeMm, targetMm, up: expected places"},
             {"/scenes", "[]", "batch.scenes: found 0, expected a list of 1 to 4096 objects"},
             {"/scenes/0/name", "\"/../../x\"", "batch.scenes[0].name: found the string \"/../../x\""},
             {"/scenes/0/name", "\"a\\u0000b\"", "batch.scenes[0].name: found the string"},
             {"/scenes/0/design/skin/monk", "11", "batch.scenes[0].design: skin.monk: found the number 11"},
             {"/scenes/0/design", "[]", "batch.scenes[0].design: "},
             {"/inputs", R"([{"path": "x", "xxh3": 5}])", "batch.inputs[0].xxh3: found the number 5"},
             {"/inputs", R"([{"xxh3": null}])", "batch.inputs[0].path: found nothing"},
             {"/data", "\"\"", "batch.data: found the string \"\", expected 32 digits of a hash"},
             {"/extra", "1", "batch.extra: unknown key"},
             {"", "{}", "batch.software: found nothing"},
         }) {
        Json file = Json::parse(text);
        file["batch"][Json::json_pointer(pointer)] = Json::parse(value);
        file["xxh3"] = hashText(file["batch"].dump()).hex();
        std::ofstream(manifestFileOf(out())) << file.dump();
        const auto read = readManifest(out(), kSoftware);
        ASSERT_FALSE(read) << pointer << ' ' << value;
        EXPECT_EQ(read.error().code, ExitCode::badInput);
        EXPECT_THAT(read.error().message, HasSubstr("manifest.json: " + std::string(said))) << pointer;
    }
    std::ofstream(manifestFileOf(out())) << text;
    EXPECT_TRUE(readManifest(out(), kSoftware));
}

TEST_F(Batch, ARecordOfAnotherPictureOrOfNonsenseIsNone) {
    const auto manifest = plan(R"("cameras": ["front", "back"])");
    ASSERT_TRUE(manifest);
    const BatchImage image = batchImage(*manifest, 0);
    const fs::path picture = out() / batchFile(*manifest, image);
    std::ofstream(picture) << "picture";
    EXPECT_EQ(readRecord(*manifest, out(), image).state, BatchState::missing);
    ASSERT_TRUE(writeRecord(*manifest, out(), image, "a device, \"quoted\""));
    const BatchRecord record = readRecord(*manifest, out(), image);
    EXPECT_EQ(record.state, BatchState::done);
    EXPECT_EQ(record.bytes, 7u);
    EXPECT_EQ(record.program, programHash().hex());
    const std::string told = *readTextFile(recordFileOf(picture), 1 << 16);
    for (const char* text : {"", "[]", "5", "{}", R"({"manifest": 5, "image": 0})"}) {
        std::ofstream(recordFileOf(picture)) << text;
        EXPECT_EQ(readRecord(*manifest, out(), image).state, BatchState::missing) << text;
    }
    Json json = Json::parse(told);
    json["image"] = 1;
    std::ofstream(recordFileOf(picture)) << json.dump();
    EXPECT_EQ(readRecord(*manifest, out(), image).state, BatchState::missing);
    // What a damaged picture's record tells does not get into the table.
    json["image"] = 0;
    json["xxh3"] = "x,\n\"";
    std::ofstream(recordFileOf(picture)) << json.dump();
    const BatchSummary summary = verifyBatch(out(), *manifest);
    EXPECT_THAT(summary.damaged, ElementsAre(0));
    EXPECT_THAT(summary.missing, ElementsAre(1));
    EXPECT_THAT(batchCsv(*manifest, summary),
                testing::EndsWith("\n0,images/0000-front.png,,front,studio,1920,1080,damaged,,,\n"
                                  "1,images/0001-back.png,,back,studio,1920,1080,missing,,,\n"));
}

}  // namespace
}  // namespace stubble
