#include "tools/studio/exporter.h"

#include <fmt/format.h>

#include <numbers>
#include <utility>

namespace stubble {
namespace fs = std::filesystem;

std::vector<std::string> exportArguments(const fs::path& design, const ExportSight& sight,
                                         const ExportOrder& order, const fs::path& output, bool before) {
    const char* const command = order.isPage()                    ? "pair"
                                : order.kind == ExportKind::sheet ? "plan"
                                : order.kind == ExportKind::board ? "board"
                                                                  : "render";
    std::vector<std::string> arguments = {command, design.string(), "-o", output.string(), "--quiet"};
    const auto add = [&](std::string_view option, std::string value) {
        arguments.emplace_back(option);
        arguments.push_back(std::move(value));
    };
    // A board has a view and light of its own, a sheet needs none.
    if (order.kind == ExportKind::board) add("--preset", order.board);
    if (order.kind == ExportKind::board || order.kind == ExportKind::sheet) return arguments;
    add("--light", sight.light);
    add("--size", fmt::format("{}x{}", order.width, order.height));
    add("--samples", std::to_string(order.samples));
    if (before) add("--set", "smp.enabled=false");
    if (!sight.camera.empty()) {
        add("--camera", sight.camera);
        return arguments;
    }
    const auto place = [](glm::vec3 v) { return fmt::format("{},{},{}", v.x, v.y, v.z); };
    // With = : a number may begin with a minus. All digits, so that the same camera is read back.
    arguments.push_back("--eye-mm=" + place(sight.own.eyeMm));
    arguments.push_back("--target-mm=" + place(sight.own.targetMm));
    arguments.push_back("--up=" + place(sight.own.up));
    add("--field-of-view", fmt::format("{}", double{sight.own.fieldOfView} * 180 / std::numbers::pi));
    return arguments;
}

fs::path beforeFile(const fs::path& after) {
    constexpr std::string_view kAfter = "-after";
    std::string stem = after.stem().string();
    if (stem.ends_with(kAfter)) stem.resize(stem.size() - kAfter.size());
    const auto named = [&](const std::string& ending) {
        return after.parent_path() / (stem + "-before" + ending + after.extension().string());
    };
    fs::path file = named("");
    std::error_code ignored;
    for (int number = 2; fs::exists(file, ignored) || file == after; ++number)
        file = named(fmt::format("-{}", number));
    return file;
}

void Exporter::start(const Document& document, const ExportSight& sight, const ExportOrder& order,
                     const fs::path& output) {
    cancel();
    fs::path design = document.path();
    if (design.empty() || document.hasUnsavedChanges()) {
        auto copy = DesignCopy::write(document.design());
        if (!copy) {
            error_ = copy.error();
            return;
        }
        copy_ = *std::move(copy);
        design = copy_->path();
    }
    if (order.kind == ExportKind::pair && !order.isPage()) {
        const fs::path before = beforeFile(output);
        waiting_.push_back({exportArguments(design, sight, order, before, true), before});
    }
    waiting_.push_back({exportArguments(design, sight, order, output, false), output});
    errand_.start(waiting_.front().arguments);
}

void Exporter::cancel() {
    errand_.cancel();
    waiting_.clear();
    written_.clear();
    copy_.reset();
}

double Exporter::done() const {
    const auto all = static_cast<double>(written_.size() + waiting_.size());
    return all > 0 ? (static_cast<double>(written_.size()) + errand_.state().done) / all : 0;
}

std::optional<Result<std::vector<fs::path>>> Exporter::update() {
    if (error_) return tl::unexpected(*std::exchange(error_, std::nullopt));
    if (waiting_.empty()) return std::nullopt;
    const auto result = errand_.take();
    if (!result) return std::nullopt;
    if (!*result) {
        cancel();
        return tl::unexpected(result->error());
    }
    written_.push_back(waiting_.front().file);
    waiting_.erase(waiting_.begin());
    if (!waiting_.empty()) {
        errand_.start(waiting_.front().arguments);
        return std::nullopt;
    }
    copy_.reset();
    return std::exchange(written_, {});
}

}  // namespace stubble
