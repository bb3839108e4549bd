#include "tools/studio/recovery.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>

#include "engine/core/file.h"
#include "engine/core/random.h"
#include "engine/scene/design_json.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/temp_dir.h"
#include "tools/studio/running_process.h"

namespace stubble {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

void setSeed(Document& document, std::uint64_t seed) {
    Design design = document.design();
    design.seed = seed;
    document.history().change(std::move(design), "seed");
}

/// Waits for what a thread or another process brings about; false after 20 s.
bool comesTrue(const std::function<bool()>& condition) {
    for (const auto end = Clock::now() + 20s; Clock::now() < end; std::this_thread::sleep_for(2ms))
        if (condition()) return true;
    return condition();
}

class RecoveryTest : public TempDirTest {
  protected:
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(dir_), fs::directory_iterator()));
    }
    /// Of those the whole copies: what is being written has another name.
    [[nodiscard]] std::size_t copies() const {
        std::size_t count = 0;
        for (const auto& entry : fs::directory_iterator(dir_))
            count += entry.path().extension() == ".stubble";
        return count;
    }
    /// A studio that does `work` with a document of its own and is then killed in the midst of life.
    void killAfter(const std::function<void(Document&, Autosave&)>& work) const {
        const pid_t child = ::fork();
        if (child == 0) {
            Document document;
            Autosave autosave(dir_, 1ms);
            work(document, autosave);
            ::kill(::getpid(), SIGKILL);
        }
        ::waitpid(child, nullptr, 0);
    }
    /// Leaves a copy with this seed.
    void leaveRescue(std::uint64_t seed, const fs::path& path = {}) const {
        const std::size_t before = copies();
        killAfter([&](Document& document, Autosave& autosave) {
            if (!path.empty()) document = Document::open(path).value();
            setSeed(document, seed);
            autosave.keep(document);
            comesTrue([&] { return copies() > before; });
        });
    }
};

TEST_F(RecoveryTest, ProcessesAreKnownByName) {
    EXPECT_TRUE(isRunning(ownProcessName()));
    std::string other = ownProcessName();
    other.back() = other.back() == '1' ? '2' : '1';
    EXPECT_FALSE(isRunning(other)) << "the same number, begun at another time";
    std::string lastBoot = ownProcessName();
    lastBoot.front() = lastBoot.front() == 'a' ? 'b' : 'a';
    EXPECT_FALSE(isRunning(lastBoot));
    for (const char* name : {"", "-", "a-b-c", "x-99999999999999999999-1", "-0-0"})
        EXPECT_FALSE(isRunning(name));
}

TEST_F(RecoveryTest, ACopyIsThereWhileThereAreUnsavedChanges) {
    Document document;
    {
        Autosave autosave(dir_, 1ms);
        autosave.keep(document);
        setSeed(document, 5);
        autosave.keep(document);
        EXPECT_TRUE(comesTrue([&] { return copies() == 1; }));
        EXPECT_TRUE(findRescues(dir_).empty()) << "offered while its studio runs";
        document.history().undo();
        autosave.keep(document);
        EXPECT_TRUE(comesTrue([&] { return files() == 0; }));
        setSeed(document, 6);
        autosave.keep(document);
        EXPECT_TRUE(comesTrue([&] { return copies() == 1; }));
        EXPECT_FALSE(autosave.takeError());
    }
    EXPECT_EQ(files(), 0u) << "left by a studio that was closed";
}

TEST_F(RecoveryTest, AStudioThatMustEndWithoutAskingLeavesTheNewestCopy) {
    Document document;
    {
        Autosave autosave(dir_, 10min);  // the thread will not come to what was done last
        setSeed(document, 5);
        autosave.keep(document);
        EXPECT_TRUE(comesTrue([&] { return copies() == 1; }));
        setSeed(document, 6);
        autosave.leave(document);
    }
    ASSERT_EQ(copies(), 1u);
    std::size_t sixes = 0;
    for (const auto& entry : fs::directory_iterator(dir_))
        sixes += readTextFile(entry.path(), 1 << 20).value().find("\"seed\": 6") != std::string::npos;
    EXPECT_EQ(sixes, 1u);
}

TEST_F(RecoveryTest, AStudioThatMustEndWithNothingUnsavedLeavesNothing) {
    {
        Autosave autosave(dir_, 1ms);
        autosave.leave(Document());
    }
    EXPECT_EQ(files(), 0u);
}

TEST_F(RecoveryTest, WhatADeadStudioLeftIsFoundNewestFirst) {
    const auto path = write("client.json", formatDesign(Design{}));
    leaveRescue(11);
    leaveRescue(12, path);
    const auto now = std::chrono::system_clock::now();
    const std::vector<Rescue> rescues = findRescues(dir_);
    ASSERT_EQ(rescues.size(), 2u);
    EXPECT_EQ(rescues[0].design.seed, 12u);
    EXPECT_EQ(rescues[0].path, path);
    EXPECT_EQ(rescues[1].design.seed, 11u);
    EXPECT_EQ(rescues[1].path, fs::path());
    EXPECT_GE(rescues[0].time, rescues[1].time);
    EXPECT_LT(now - rescues[1].time, 60s);
    EXPECT_GE(now, rescues[0].time);
    discard(rescues[0]);
    ASSERT_EQ(findRescues(dir_).size(), 1u);
    EXPECT_EQ(findRescues(dir_)[0].design.seed, 11u);
}

TEST_F(RecoveryTest, WhatWasSavedBeforeTheEndIsNotOffered) {
    Design saved;
    saved.seed = 4;
    const auto path = write("client.json", formatDesign(Design{}));
    leaveRescue(4, path);
    ASSERT_EQ(findRescues(dir_).size(), 1u);
    write("client.json", formatDesign(saved));
    EXPECT_TRUE(findRescues(dir_).empty());
    EXPECT_EQ(files(), 1u);
}

TEST_F(RecoveryTest, AnAdoptedRescueIsNeverLost) {
    leaveRescue(21);
    const std::vector<Rescue> rescues = findRescues(dir_);
    ASSERT_EQ(rescues.size(), 1u);
    Document document = Document::rescued(rescues[0].design, rescues[0].path);
    Autosave autosave(dir_, 1ms);
    autosave.adopt(rescues[0]);
    autosave.keep(document);
    EXPECT_TRUE(comesTrue([&] { return !fs::exists(rescues[0].file); }));
    EXPECT_EQ(copies(), 1u) << "its new copy";
}

TEST_F(RecoveryTest, AnAdoptedRescueStaysWhereItCannotBeWrittenAnew) {
    leaveRescue(21);
    const std::vector<Rescue> rescues = findRescues(dir_);
    ASSERT_EQ(rescues.size(), 1u);
    const FileSizeLimit fullDisk(100);
    Autosave autosave(dir_, 1ms);
    autosave.adopt(rescues[0]);
    std::optional<Error> error;
    EXPECT_TRUE(comesTrue([&] { return (error = autosave.takeError()).has_value(); }));
    std::this_thread::sleep_for(30ms);
    EXPECT_TRUE(fs::exists(rescues[0].file));
}

TEST_F(RecoveryTest, DamagedAndUnfinishedCopiesAreNotOffered) {
    write("recovery-00000000-1-1.stubble", "");
    write("recovery-00000000-1-2.stubble", "{\"stubble\":\"rescue\"}\n{}");
    write("recovery-00000000-1-3.stubble", R"({"stubble":"rescue","version":1,"path":"","timeMs":1})"
                                           "\n{\"stu");
    write("recovery-00000000-1-4.stubble.77-0.tmp", "{\"stubble\":");
    write("somebody-else.txt", "");
    EXPECT_TRUE(findRescues(dir_).empty());
    EXPECT_EQ(files(), 4u) << "the unfinished one is removed, the others may be of use to somebody";
    EXPECT_TRUE(findRescues(dir_ / "none").empty());
}

TEST_F(RecoveryTest, AFullDiskIsToldOnceAndGotOver) {
    Document document;
    Autosave autosave(dir_, 1ms);
    std::optional<Error> error;
    {
        const FileSizeLimit fullDisk(100);
        setSeed(document, 1000);
        autosave.keep(document);
        ASSERT_TRUE(comesTrue([&] { return (error = autosave.takeError()).has_value(); }));
        EXPECT_EQ(error->code, ExitCode::io);
        EXPECT_NE(error->message.find("cannot be written: File too large"), std::string::npos)
            << error->message;
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            setSeed(document, 100 + seed);
            autosave.keep(document);
            std::this_thread::sleep_for(2ms);
            EXPECT_FALSE(autosave.takeError()) << "told twice";
        }
        EXPECT_EQ(copies(), 0u);
    }
    EXPECT_TRUE(comesTrue([&] { return copies() == 1; })) << "without a further edit";
}

TEST_F(RecoveryTest, AFolderThatCannotBeMadeIsTold) {
    write("file", "");
    Document document;
    setSeed(document, 2);
    Autosave autosave(dir_ / "file/state", 1ms);
    autosave.keep(document);
    std::optional<Error> error;
    ASSERT_TRUE(comesTrue([&] { return (error = autosave.takeError()).has_value(); }));
    EXPECT_EQ(error->message, (dir_ / "file/state").string() + ": cannot be made: Not a directory");
}

/// What the studio that is to be killed tells of its edits.
struct Diary {
    static constexpr std::size_t kMaxEdits = 100000;
    std::atomic<std::size_t> edits{0};
    Clock::time_point at[kMaxEdits];  ///< of edit i, which sets the seed to i + 2
};

TEST_F(RecoveryTest, KillingAtAnyMomentLosesLittleAndNeverLeavesACorruptCopy) {
    void* shared = ::mmap(nullptr, sizeof(Diary), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    RandomStream random(3);
    Design large;
    for (int i = 0; i < 100; ++i)
        large.smp.strokes.push_back(
            {.points = std::vector<glm::vec2>(200, {0.1f, 0.0012f * static_cast<float>(i)})});
    // How long a copy takes on this machine, the disk included.
    const auto start = Clock::now();
    ASSERT_TRUE(writeFileAtomically(dir_ / "copy", formatDesign(large)));
    const auto writing = Clock::now() - start;
    fs::remove(dir_ / "copy");
    constexpr auto kInterval = 20ms;
    Clock::duration worst{};
    int offered = 0, unfinished = 0;
    constexpr int kKills = 24, kLongLives = 4;
    for (int i = 0; i < kKills; ++i) {
        auto* diary = new (shared) Diary;
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            Document document(large);
            Autosave autosave(dir_, kInterval);
            for (std::size_t edit = 0; edit < Diary::kMaxEdits; ++edit) {
                setSeed(document, edit + 2);
                diary->at[edit] = Clock::now();
                diary->edits = edit + 1;
                autosave.keep(document);
                std::this_thread::sleep_for(1ms);
            }
            ::_exit(0);
        }
        const auto life = i < kLongLives ? 1500ms : std::chrono::milliseconds(random.bits() % 300);
        std::this_thread::sleep_for(life);
        ::kill(child, SIGKILL);
        const auto death = Clock::now();
        siginfo_t info{};
        ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT);
        for (const fs::path& file : fs::directory_iterator(dir_)) unfinished += file.extension() == ".tmp";
        const std::vector<Rescue> rescues = findRescues(dir_);  // the dead is not buried yet
        ::waitpid(child, nullptr, 0);
        ASSERT_LE(rescues.size(), 1u);
        EXPECT_EQ(files(), rescues.size()) << "a copy that cannot be read";
        const std::size_t edits = diary->edits;
        const std::size_t kept = rescues.empty() ? 0 : static_cast<std::size_t>(rescues[0].design.seed) - 1;
        if (kept < edits) worst = std::max(worst, death - diary->at[kept]);
        if (rescues.empty()) continue;
        ++offered;
        Design expected = large;
        expected.seed = rescues[0].design.seed;
        EXPECT_EQ(rescues[0].design, expected);
        discard(rescues[0]);
    }
    ::munmap(shared, sizeof(Diary));
    EXPECT_GE(offered, kLongLives);
    // What changes while a copy is being written waits for the next; a second is for the machine's other
    // work. With the interval that people get, this leaves most of the promised 10 s for a slow disk.
    EXPECT_LT(worst, kInterval + 2 * writing + 1s);
    fmt::print("{} kills: {} offered, {} in the midst of writing, at most {:.0f} ms lost\n", kKills, offered,
               unfinished, std::chrono::duration<double, std::milli>(worst).count());
    static_assert(kAutosaveInterval <= 5s);
}

TEST_F(RecoveryTest, WhatIsSavedIsNotOffered) {
    Document document;
    Autosave autosave(dir_, 1h);
    setSeed(document, 2);
    autosave.keep(document);
    ASSERT_TRUE(comesTrue([&] { return copies() == 1; }));
    ASSERT_TRUE(document.saveAs(dir_ / "client.json"));
    autosave.keep(document);
    EXPECT_TRUE(comesTrue([&] { return copies() == 0; })) << "waits for the time of the next copy";
}

TEST_F(RecoveryTest, KeepingNeverWaitsForTheDisk) {
    Design large;
    for (int i = 0; i < 300; ++i)
        large.smp.strokes.push_back(
            {.points = std::vector<glm::vec2>(400, {0.1f, 0.0012f * static_cast<float>(i)})});
    Document document(large);
    Autosave autosave(dir_, 1ms);
    std::vector<double> milliseconds;
    for (std::uint64_t i = 0; i < 100; ++i) {
        setSeed(document, 2 + i);
        const auto start = Clock::now();
        autosave.keep(document);
        milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        std::this_thread::sleep_for(2ms);
    }
    std::ranges::sort(milliseconds);
    const auto start = Clock::now();
    (void)formatDesign(document.design());
    const double formatting = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    fmt::print("120,000 points: median {:.2f} ms, worst {:.2f} ms; formatting takes {:.0f} ms\n",
               milliseconds[50], milliseconds.back(), formatting);
    EXPECT_LT(milliseconds[50], formatting / 5) << "it does the thread's work";
}

}  // namespace
}  // namespace stubble
