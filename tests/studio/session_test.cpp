// A long day: ten thousand edits through the document and the loader, as in the window but without its
// pictures.

#ifndef STUBBLE_SANITIZE  // whose allocator does not tell what is held
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <malloc.h>

#include "engine/core/random.h"
#include "tools/studio/document.h"
#include "tools/studio/scene_loader.h"

namespace stubble {
namespace {

constexpr int kEdits = 10000, kFirstLook = 1000, kEditsAScene = 500;
constexpr float kLeastDensity = 40, kMostDensity = 100;
constexpr std::size_t kMaxStrokes = 20;

double heapMb() {
    const struct mallinfo2 info = mallinfo2();
    return static_cast<double>(info.uordblks + info.hblkhd) / (1 << 20);
}

/// Waits for the scene of the newest request.
LoadedScene wait(SceneLoader& loader) {
    std::optional<LoadedScene> scene;
    while (!scene || loader.state().busy) {
        if (auto result = loader.take()) scene = **std::move(result);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return *scene;
}

/// One thing that a person does: a figure typed, a slider dragged, a stroke painted or taken away.
void editOnce(History& history, RandomStream& random) {
    Design design = history.design();
    const float share = random.uniform();
    switch (random.bits() % 5) {
        case 0:
            design.smp.densityPerCm2 = kLeastDensity + (kMostDensity - kLeastDensity) * share;
            return history.change(std::move(design), "smp.densityPerCm2");
        case 1:
            design.time.days = std::round(1000 * share);
            return history.change(std::move(design), "time.days");
        case 2:
            history.begin("hairline.heightMm");
            for (int i = 0; i < 5; ++i) {
                design.hairline.heightMm = 60 + 40 * random.uniform();
                history.change(design, "hairline.heightMm");
            }
            return history.end();
        case 3:
            if (!design.smp.strokes.empty()) {
                design.smp.strokes.erase(design.smp.strokes.begin());
                return history.change(std::move(design), "smp.strokes");
            }
            [[fallthrough]];
        default: {
            if (design.smp.strokes.size() == kMaxStrokes) design.smp.strokes.pop_back();
            BrushStroke stroke;
            for (int i = 0; i < 20; ++i)
                stroke.points.emplace_back(0.3f * share, 0.02f * static_cast<float>(i) - 0.2f);
            design.smp.strokes.push_back(std::move(stroke));
            return history.change(std::move(design), "smp.strokes");
        }
    }
}

TEST(Session, TenThousandEditsLeaveMemoryAndTheWayBack) {
    Design first;
    first.smp.densityPerCm2 = 60;
    Document document(first);
    History& history = document.history();
    SceneLoader loader([] {});
    RandomStream random(11);
    LoadedScene shown;
    double early = 0, late = 0;
    // Room for dots is kept as soon as there have been as many: what is looked for is what edits leave
    // behind.
    Design most = first;
    most.smp.densityPerCm2 = kMostDensity;
    loader.request(most, {});
    wait(loader);
    std::vector<Design> states;
    for (int edit = 1; edit <= kEdits; ++edit) {
        editOnce(history, random);
        // The same design at both looks, so that only what is left behind differs.
        const bool look = edit == kFirstLook || edit == kEdits;
        if (look) history.change(first, "seed");
        loader.request(history.design(), {});
        if (edit % kEditsAScene != 0) continue;
        states.push_back(history.design());
        shown = wait(loader);
        if (edit == kFirstLook) early = heapMb();
        if (edit == kEdits) late = heapMb();
    }
    const std::size_t steps = history.undoCount();
    EXPECT_GT(steps, kEdits * 9 / 10);
    fmt::print("{} steps, {} dots; heap {:.1f} MB after {} edits, {:.1f} MB after {}: {:+.2f} %\n", steps,
               shown.scene->impressions.size(), early, kFirstLook, late, kEdits, 100 * (late / early - 1));
    EXPECT_LE(late, 1.01 * early);

    while (history.undo()) {
    }
    EXPECT_EQ(history.design(), first);
    EXPECT_FALSE(document.hasUnsavedChanges());
    // And all the way forth again.
    while (history.redo()) {
    }
    EXPECT_EQ(history.undoCount(), steps);
    EXPECT_EQ(history.design(), states.back());
}

}  // namespace
}  // namespace stubble
#endif
