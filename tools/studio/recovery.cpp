#include "tools/studio/recovery.h"

#include <algorithm>
#include <utility>

#include "engine/core/file.h"
#include "engine/core/json.h"
#include "engine/scene/design_json.h"
#include "tools/studio/running_process.h"

namespace stubble {
namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::system_clock;

namespace {

constexpr std::string_view kPrefix = "recovery-", kSuffix = ".stubble";
constexpr int kRescueVersion = 1;

/// A line that says whose work it is; then the design as its own file would hold it.
std::string formatRescue(const Design& design, const fs::path& path) {
    const auto time = std::chrono::duration_cast<milliseconds>(system_clock::now().time_since_epoch());
    const Json head = {{"stubble", "rescue"},
                       {"version", kRescueVersion},
                       {"path", path.string()},
                       {"timeMs", time.count()}};
    return head.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n' + formatDesign(design);
}

Result<Rescue> readRescue(const fs::path& file) {
    STUBBLE_TRY(const std::string text, readTextFile(file, 2 * kMaxJsonBytes));
    const std::string name = file.string();
    const auto end = std::min(text.find('\n'), text.size());
    STUBBLE_TRY(const Json head, parseJson(std::string_view(text).substr(0, end), name));
    if (!head.is_object() || head.value("stubble", Json()) != "rescue" ||
        head.value("version", Json()) != kRescueVersion || !head.value("path", Json()).is_string() ||
        !head.value("timeMs", Json()).is_number_integer())
        return fail(ExitCode::badInput, "{}: line 1: expected the header of a rescue file", name);
    STUBBLE_TRY(Design design, parseDesign(std::string_view(text).substr(end), name));
    return Rescue{.file = file,
                  .design = std::move(design),
                  .path = head["path"].get<std::string>(),
                  .time = system_clock::time_point(milliseconds(head["timeMs"].get<std::int64_t>()))};
}

bool isInItsFile(const Rescue& rescue) {
    if (rescue.path.empty()) return false;
    const auto document = Document::open(rescue.path);
    return document && document->design() == rescue.design;
}

}  // namespace

Autosave::Autosave(fs::path folder, milliseconds interval, std::function<void()> wake)
    : folder_(std::move(folder)),
      file_(folder_ / (std::string(kPrefix) + ownProcessName() + std::string(kSuffix))),
      interval_(interval),
      wake_(std::move(wake)),
      thread_([this] { run(); }) {}

Autosave::~Autosave() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    thread_.join();
    (void)write(leaves_ ? kept_ : std::nullopt);
}

void Autosave::leave(const Document& document) {
    keep(document);
    leaves_ = true;
}

void Autosave::keep(const Document& document) {
    const bool unsaved = document.hasUnsavedChanges();
    if (unsaved == kept_.has_value() &&
        (!unsaved || (kept_->path == document.path() && kept_->design == document.design())))
        return;
    kept_.reset();
    if (unsaved) kept_ = Copy{document.design(), document.path()};
    {
        const std::lock_guard lock(mutex_);
        next_ = kept_;
        changed_ = true;
    }
    arrived_.notify_one();
}

void Autosave::adopt(const Rescue& rescue) {
    kept_ = Copy{rescue.design, rescue.path};
    {
        const std::lock_guard lock(mutex_);
        next_ = kept_;
        changed_ = true;
        adopted_.push_back(rescue.file);
    }
    arrived_.notify_one();
}

std::optional<Error> Autosave::takeError() {
    const std::lock_guard lock(mutex_);
    return std::exchange(error_, std::nullopt);
}

Result<void> Autosave::write(const std::optional<Copy>& copy) const {
    std::error_code error;
    if (!copy) {
        fs::remove(file_, error);
        if (error) return fail(ExitCode::io, "{}: cannot be removed: {}", file_.string(), error.message());
        return {};
    }
    fs::create_directories(folder_, error);
    if (error) return fail(ExitCode::io, "{}: cannot be made: {}", folder_.string(), error.message());
    return writeFileAtomically(file_, formatRescue(copy->design, copy->path));
}

void Autosave::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        arrived_.wait(lock, [this] { return changed_ || stopping_; });
        if (stopping_) return;
        changed_ = false;
        const std::optional<Copy> copy = next_;
        const std::vector<fs::path> adopted = adopted_;
        lock.unlock();
        const Result<void> written = write(copy);
        std::error_code ignored;
        if (written)
            for (const fs::path& file : adopted) fs::remove(file, ignored);
        lock.lock();
        if (written) {
            adopted_.erase(adopted_.begin(), adopted_.begin() + static_cast<std::ptrdiff_t>(adopted.size()));
        } else if (!failing_) {
            error_ = written.error();
            if (wake_) wake_();
        }
        failing_ = !written;
        if (!written) changed_ = true;  // try again
        // What is changed meanwhile waits for its turn; being closed does not, nor does a save: what is in
        // its file must not be offered as lost.
        arrived_.wait_for(lock, interval_, [this] { return stopping_ || (changed_ && !next_ && !failing_); });
    }
}

std::vector<Rescue> findRescues(const fs::path& folder) {
    std::vector<Rescue> rescues;
    std::error_code ignored;
    for (fs::directory_iterator entry(folder, ignored), last; entry != last; entry.increment(ignored)) {
        const std::string name = entry->path().filename().string();
        const auto suffix = name.find(kSuffix);
        if (!name.starts_with(kPrefix) || suffix == std::string::npos) continue;
        if (isRunning(std::string_view(name).substr(kPrefix.size(), suffix - kPrefix.size()))) continue;
        const bool isWhole = name.size() == suffix + kSuffix.size();
        if (!isWhole) {
            fs::remove(entry->path(), ignored);
            continue;
        }
        Result<Rescue> rescue = readRescue(entry->path());
        if (!rescue) continue;
        if (isInItsFile(*rescue))
            discard(*rescue);
        else
            rescues.push_back(*std::move(rescue));
    }
    std::ranges::sort(rescues, std::greater(), &Rescue::time);
    return rescues;
}

void discard(const Rescue& rescue) {
    std::error_code ignored;
    fs::remove(rescue.file, ignored);
}

}  // namespace stubble
