#pragma once
// Files that say what a job shall make: a typed reader that names the place of every fault.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/json.h"
#include "engine/jobs/board_spec.h"

namespace stubble {

inline constexpr std::size_t kMaxSpecNameBytes = 100, kMaxSpecPathBytes = 4096;

/// An object of such a file and where it stands, for messages: "job.json: sizes[1]: found …, expected …".
/// Every fault is badInput. Refers to the object, which must outlive it.
class SpecReader {
  public:
    SpecReader(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

    /// The whole file: an object that says {"stubble": `kind`, "version": `version`}.
    static Result<SpecReader> ofFile(const Json& file, std::string_view fileName, std::string_view kind,
                                     int version);
    /// The list's item `index`, an object.
    [[nodiscard]] Result<SpecReader> item(std::string_view list, std::size_t index) const;

    template <typename... Args>
    [[nodiscard]] tl::unexpected<Error> bad(std::string_view name, fmt::format_string<Args...> format,
                                            Args&&... args) const {
        return fail(ExitCode::badInput, "{}{}: {}", place_, name,
                    fmt::format(format, std::forward<Args>(args)...));
    }
    [[nodiscard]] tl::unexpected<Error> unexpected(std::string_view name, std::string_view expected) const;
    /// No other names than these.
    [[nodiscard]] Result<void> check(std::span<const std::string_view> known) const;
    [[nodiscard]] bool has(std::string_view name) const { return object_.contains(name); }
    [[nodiscard]] const Json& at(std::string_view name) const { return object_[std::string(name)]; }
    [[nodiscard]] std::string placeOf(std::string_view name) const { return place_ + std::string(name); }

    /// One line; empty where it is not there and not required.
    [[nodiscard]] Result<std::string> text(std::string_view name, std::size_t maxBytes, bool required) const;
    /// One of the known names; `usual` where there is none.
    [[nodiscard]] Result<std::string> choice(std::string_view name, std::string_view usual,
                                             std::span<const std::string_view> known) const;
    [[nodiscard]] Result<std::optional<double>> number(std::string_view name, double least,
                                                       double most) const;

  private:
    const Json& object_;
    std::string place_;
};

/// {"smp.depthMm": 0.3, …} as settings, checked one by one; none where it is not there.
Result<std::vector<std::string>> readSettings(const SpecReader& reader, std::string_view name);
/// [{"key": …, "values": […]}, …]
Result<std::vector<BoardSweep>> readSweeps(const SpecReader& reader, std::string_view name);
/// [{`title`: …, "set": {…}}, …]: what is changed for each of several pictures, 1 to `most`.
Result<std::vector<BoardCell>> readCells(const SpecReader& reader, std::string_view name,
                                         std::string_view title, std::size_t most = kMaxBoardCells);

}  // namespace stubble
