// Which head the design is seen on: another one by choice, or one that is missing.

#include <fmt/format.h>

#include <algorithm>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/scalp/head_load.h"
#include "engine/scalp/landmark_file.h"
#include "tools/studio/app.h"
#include "tools/studio/landmark_panel.h"
#include "tools/studio/opened_files.h"
#include "tools/studio/probe.h"
#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

/// Below it, a landmark that was found is worth a look.
constexpr float kSureConfidence = 0.7f;  // working default

bool isFile(const std::string& head) {
    return !isBuiltinHead(head);
}

std::string paragraphs(const std::string& first, const char* more) {
    return first + "\n\n" + more;
}

}  // namespace

void App::changed(bool headAnew) {
    Design design = document.design();
    if (newHead) design.head = newHead->head;
    const HeadSource source{.head = design.head, .landmarks = {}, .import = {}};
    loader.request(std::move(design), source, headAnew);
    probe::reached("asked");
    showTitle();
}

void App::openHead(const std::string& head) {
    std::error_code ignored;
    newHead = NewHead{.head = isFile(head) ? fs::absolute(head, ignored).lexically_normal().string() : head,
                      .landmarkFile = {},
                      .oldLandmarks = {}};
    changed(true);
}

void App::askForHead() {
    const std::string& head = document.design().head;
    FileDialog::Question question{text("files.openHead"), text("files.openIt"), "", false,
                                  [this](const fs::path& file) { openHead(file.string()); }};
    question.lists = &isHeadFile;
    std::error_code ignored;
    const fs::path folder = isFile(head) ? fs::path(head).parent_path() : document.path().parent_path();
    files.ask(std::move(question), fs::is_directory(folder, ignored) ? folder : fs::path());
}

void App::giveUpNewHead() {
    if (!newHead) return;
    if (!newHead->landmarkFile.empty()) {
        std::error_code ignored;
        if (newHead->oldLandmarks)
            (void)writeFileAtomically(newHead->landmarkFile, *newHead->oldLandmarks);
        else
            fs::remove(newHead->landmarkFile, ignored);
    }
    newHead.reset();
    changed();
}

void App::cancelLoading() {
    loader.cancel();
    giveUpNewHead();
}

void App::loadingFailed(const Error& error) {
    if (newHead) {
        const bool ownLandmarks = !newHead->landmarkFile.empty();
        giveUpNewHead();
        if (error.code == ExitCode::tryAgain) return;
        return complain(ownLandmarks ? "note.landmarksFailed" : "note.headFailed", error);
    }
    const std::string& head = document.design().head;
    std::error_code ignored;
    if (isFile(head) && !fs::exists(head, ignored))
        return notes.add(Notes::Kind::fault, text("note.headGone"),
                         paragraphs(head, text("note.headGone.more")),
                         {text("note.headGone.locate"), [this] { askForHead(); }});
    complain("note.bakeFailed", error);
}

void App::headArrived(const ReadyHead& head) {
    guide.reset();
    for (const char* const offer : {"note.headRead.landmarks", "note.headGone.locate"})
        notes.withdraw(text(offer));
    const bool chosen = newHead && head.source.head == newHead->head;
    const fs::path kept = chosen ? newHead->landmarkFile : fs::path();
    if (chosen) {
        newHead.reset();
        Design design = document.design();
        design.head = head.source.head;
        document.history().end();
        document.history().change(std::move(design), "head");
        showTitle();
    }
    if (!isFile(head.source.head)) return;
    if (!kept.empty())
        return notes.add(Notes::Kind::hint, text("note.landmarksKept"),
                         paragraphs(kept.filename().string(), text("note.landmarksKept.more")));
    const auto& confidence = head.head.landmarks.confidence;
    const bool sure = *std::ranges::min_element(confidence) >= kSureConfidence;
    notes.add(Notes::Kind::hint,
              fmt::format(fmt::runtime(text("note.headRead")),
                          fmt::arg("name", fs::path(head.source.head).filename().string())),
              text(sure ? "note.headRead.sure" : "note.headRead.unsure"),
              {text("note.headRead.landmarks"), [this] { act(Action::landmarks); }});
}

void App::startGuide() {
    if (!scene || !isFile(scene->head->source.head)) return;
    notes.withdraw(text("note.headRead.landmarks"));
    if (desk.tool() != EditDesk::Tool::none) desk.toggle(desk.tool());
    guide.emplace(scene->head->head.landmarks);
    viewport.lookFrom(guide->now().camera);
}

void App::finishGuide() {
    const std::string head = scene->head->source.head;
    const fs::path file = landmarkFileOf(head);
    const std::string given = formatLandmarks(guide->given(scene->head->headFromFile));
    NewHead next{.head = head, .landmarkFile = file, .oldLandmarks = {}};
    if (auto old = readTextFile(file, kMaxJsonBytes)) next.oldLandmarks = *std::move(old);
    if (const auto written = writeFileAtomically(file, given); !written)
        return notes.add(Notes::Kind::fault, text("note.landmarksNotKept"),
                         paragraphs(written.error().message, text("note.landmarksNotKept.more")));
    guide.reset();
    newHead = std::move(next);
    comparison.readHeadAnew();
    changed(true);
}

void App::drawGuide(float top, float bottom, float left) {
    if (!files.isOpen() && !unsavedThen) drawLandmarkMarks(*guide, viewport);
    beginPart("##guide", {left, top}, {px(metric::kInspectorWidth), bottom - top}, colour::kPanel,
              {px(metric::kPadding), px(4)});
    const GuideAnswer answer = drawLandmarkPanel(*guide, viewport);
    ImGui::End();
    if (answer == GuideAnswer::cancel) guide.reset();
    if (answer == GuideAnswer::finish) finishGuide();
}

void App::takeDrops() {
    const std::vector<fs::path> dropped = takeDroppedFiles();
    if (dropped.empty() || unsavedThen || !rescues.empty()) return;
    files.close();
    const auto first = [&](FileKind kind) {
        return std::ranges::find_if(dropped, [&](const fs::path& file) { return kindOf(file) == kind; });
    };
    // A design brings its own head.
    if (const auto design = first(FileKind::design); design != dropped.end())
        return afterAsking([this, file = *design] { openFile(file); });
    if (const auto head = first(FileKind::head); head != dropped.end()) return openHead(head->string());
    notes.add(Notes::Kind::fault, text("note.dropped"),
              paragraphs(dropped.front().filename().string(), text("note.dropped.more")));
}

}  // namespace stubble
