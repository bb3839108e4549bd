#pragma once
// Renders a part of a batch: what is done is kept, so that it can be started again and again.

#include <functional>
#include <string>
#include <vector>

#include "engine/core/progress.h"
#include "engine/gpu/context.h"
#include "engine/jobs/batch_record.h"

namespace stubble {

/// What became of a picture.
struct BatchEvent {
    enum class Kind {
        kept,      ///< it was done
        rendered,  ///< now
        busy,      ///< another process is at it
        failed,    ///< its design cannot be baked
    };
    Kind kind = Kind::kept;
    std::size_t index = 0;
    std::string file;    ///< from the manifest's folder
    BatchRecord record;  ///< where it is done
    double seconds = 0;  ///< rendering it
    std::string fault;   ///< why it failed, for people
};

struct BatchShardJob {
    std::filesystem::path folder;  ///< the manifest's
    BatchManifest manifest;
    BatchShard shard;
    ContextOptions gl;
    std::function<void(const BatchEvent&)> listener;  ///< on the calling thread; may be empty
};

struct BatchShardReport {
    std::size_t rendered = 0, kept = 0, busy = 0, failed = 0;
    std::string renderer;  ///< GL_RENDERER; empty where nothing was rendered
    // Seconds by the clock:
    double all = 0;
    double checking = 0;   ///< what is done, and what heads come from
    double opening = 0;    ///< until the first picture can be drawn
    double rendering = 0;  ///< drawing pictures, and reading them back
    double uploading = 0;  ///< scenes after the first
    double forScenes = 0;  ///< waiting until one is baked
    double forFiles = 0;   ///< waiting until one is written
};

/// Renders the shard's pictures that are not done, each the bytes of `stubble render` of its design: written
/// whole, then its record. What killed processes left half-written of the shard is removed. Scenes are baked
/// and files are written while pictures are drawn. A design that cannot be baked costs its pictures alone:
/// the others are made, then the first such fault (badInput) is returned. Other faults end the work at once.
/// `progress` may be null.
Result<BatchShardReport> renderBatchShard(const BatchShardJob& job, Progress* progress = nullptr);

}  // namespace stubble
