#pragma once
// Writes what the window shows into a file while work goes on.

#include <filesystem>
#include <optional>

#include "engine/render/renderer.h"

namespace stubble {

/// A still in the window's own context, a sub-frame a step, so that the window stays awake.
class StillExport {
  public:
    /// Renders `view` in full and writes a PNG, stamped as a simulation.
    void start(const View& view, std::filesystem::path file);
    void cancel() { job_.reset(); }
    [[nodiscard]] bool busy() const { return job_.has_value(); }
    [[nodiscard]] double done() const;
    /// One sub-frame, of a new picture where the scene is another. The file's path once it is written.
    Result<std::optional<std::filesystem::path>> step(const GpuScene& scene);

  private:
    struct Job {
        View view;
        std::filesystem::path file;
        std::uint64_t scene = 0;  ///< GpuScene::id of the one in work
    };
    std::optional<Renderer> renderer_;
    std::optional<Job> job_;
};

}  // namespace stubble
