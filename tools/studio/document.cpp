#include "tools/studio/document.h"

#include <utility>

#include "engine/core/file.h"
#include "engine/scalp/head_load.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace fs = std::filesystem;

namespace {

fs::path absolutePath(const fs::path& path) {
    std::error_code error;
    const fs::path absolute = fs::absolute(path, error);
    return (error ? path : absolute).lexically_normal();
}

bool isFile(const std::string& head) {
    return !head.empty() && !isBuiltinHead(head);
}

}  // namespace

Document::Document(Design design) : history_(design), saved_(std::move(design)) {}

Result<Document> Document::open(const fs::path& path) {
    STUBBLE_TRY(Design design, readDesign(path));
    const fs::path absolute = absolutePath(path);
    const bool fromFolder = !isFile(design.head) || fs::path(design.head).is_relative();
    if (isFile(design.head)) design.head = (absolute.parent_path() / design.head).lexically_normal().string();
    Document document(std::move(design));
    document.path_ = absolute;
    document.namesHeadFromFolder_ = fromFolder;
    return document;
}

Document Document::rescued(Design design, const fs::path& path) {
    if (!path.empty()) {
        if (Result<Document> opened = open(path)) {
            opened->history_.change(std::move(design), "rescue");
            return *std::move(opened);
        }
    }
    Document document(std::move(design));
    document.saved_.reset();
    if (!path.empty()) document.path_ = absolutePath(path);
    return document;
}

bool Document::hasUnsavedChanges() const {
    return !saved_ || *saved_ != design();
}

std::string Document::title(std::string_view untitled) const {
    std::string title = path_.empty() ? std::string(untitled) : oneLine(path_.filename().string());
    return hasUnsavedChanges() ? title + '*' : title;
}

Result<void> Document::save() {
    if (path_.empty()) return fail(ExitCode::usage, "the design has no file yet: expected a path to save to");
    return saveAs(path_);
}

Result<void> Document::saveAs(const fs::path& path) {
    history_.end();
    const fs::path absolute = absolutePath(path);
    Design design = history_.design();
    if (namesHeadFromFolder_ && isFile(design.head))
        design.head = absolutePath(design.head).lexically_relative(absolute.parent_path()).string();
    const std::string text = formatDesign(design);
    // Better to refuse than to leave a file that cannot be opened again.
    STUBBLE_CHECK(parseDesign(text, path.string()));
    STUBBLE_CHECK(writeFileAtomically(absolute, text));
    path_ = absolute;
    saved_ = history_.design();
    return {};
}

}  // namespace stubble
