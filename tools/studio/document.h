#pragma once
// The design that is being worked on, its file, and whether the two agree.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "tools/studio/history.h"

namespace stubble {

/// A value. The design names its head by an absolute path while it is here, so that steps taken before a
/// "save as" stay good; the file names it as it did before: from its own folder, or absolutely.
class Document {
  public:
    /// A new one, without a file.
    explicit Document(Design design = {});

    /// Fails as readDesign does.
    static Result<Document> open(const std::filesystem::path& path);

    /// What was rescued of work on a file (or on none): an unsaved step after what the file holds. A file
    /// that cannot be read any more keeps its name; the design counts as unsaved.
    static Document rescued(Design design, const std::filesystem::path& path);

    [[nodiscard]] const Design& design() const { return history_.design(); }
    [[nodiscard]] History& history() { return history_; }
    [[nodiscard]] const History& history() const { return history_; }

    /// Absolute; empty before the first save.
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// Whether the design differs from what the file holds, or from the new one.
    [[nodiscard]] bool hasUnsavedChanges() const;
    /// "client.json", with a * where there are unsaved changes; `untitled` stands for a name.
    [[nodiscard]] std::string title(std::string_view untitled) const;

    /// Ends a gesture and writes the file; `save` asks for a path. Fails with ExitCode::io, or badInput where
    /// the design holds what could not be read back; then the old file is untouched and all stays as it was.
    Result<void> save();
    Result<void> saveAs(const std::filesystem::path& path);

  private:
    History history_;
    std::optional<Design> saved_;
    std::filesystem::path path_;
    bool namesHeadFromFolder_ = true;
};

}  // namespace stubble
