#pragma once
// What a batch renders, fixed once and for all: with one program and one kind of graphics device, picture
// `index` is a pure function of the manifest and of the files whose hashes it holds.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/hash.h"
#include "engine/core/result.h"
#include "engine/jobs/still.h"

namespace stubble {

inline constexpr std::size_t kMaxBatchImages = 1'000'000, kMaxBatchScenes = 4096, kMaxBatchViews = 1000;

/// A design after its overrides.
struct BatchScene {
    std::string name;  ///< file words: "matched-buzz-light"; may be empty
    Design design;
    std::string head;  ///< where to load it: builtin:NAME or an absolute path
};
struct BatchCamera {
    std::string name;                 ///< file words
    std::string camera;               ///< one of cameraNames(); empty where it is `own`
    std::optional<float> distanceCm;  ///< of a named camera; unset: its own
    std::optional<Camera> own;        ///< one that has no name in cameraNames()
    double fieldOfViewDegrees = 0;    ///< its own, as it was told
};
struct BatchSize {
    int width = 1920, height = 1080;  ///< pixels
};

/// A file that pictures depend on.
struct BatchInput {
    std::filesystem::path path;  ///< absolute
    /// ContentHash::hex; unset: it was not there, as landmarks beside a head.
    std::optional<std::string> hash;
};

struct BatchManifest {
    std::string software;  ///< "stubble 1.0.0": pictures are one program's
    std::string name;      ///< for people; may be empty
    std::vector<BatchScene> scenes;
    std::vector<BatchCamera> cameras;
    std::vector<std::string> lights;
    std::vector<BatchSize> sizes;
    std::string format = "png";  ///< one of batchFormats()
    int bits = 8, samples = 8;
    std::optional<int> dpi;
    std::vector<BatchInput> inputs;
    std::string data;  ///< pictureDataHash
    std::string hash;  ///< ContentHash::hex of all the above as the file says it; writeManifest and
                       ///< readManifest set it

    [[nodiscard]] std::size_t imageCount() const {
        return scenes.size() * cameras.size() * lights.size() * sizes.size();
    }
};

/// "png", "tiff", "exr": suffixes too.
std::span<const std::string_view> batchFormats();

/// One picture of a batch: which of the manifest's lists' items it shows. Pictures of a scene follow each
/// other; sizes vary fastest, then lights, cameras.
struct BatchImage {
    std::size_t index = 0, scene = 0, camera = 0, light = 0, size = 0;
};
/// `index` below imageCount.
BatchImage batchImage(const BatchManifest& manifest, std::size_t index);
/// From the manifest's folder: "images/0007-matched-buzz-front-studio.png". What all pictures share is left
/// out.
std::string batchFile(const BatchManifest& manifest, const BatchImage& image);
/// What `stubble render` would be told; its output is that file in `folder`, the manifest's.
StillJob batchStill(const BatchManifest& manifest, const std::filesystem::path& folder,
                    const BatchImage& image);

/// A part of all pictures: ranges one after another, so that a shard has few scenes.
struct BatchShard {
    std::size_t index = 0, count = 1;  ///< index below count
    [[nodiscard]] std::size_t begin(std::size_t images) const { return images * index / count; }
    [[nodiscard]] std::size_t end(std::size_t images) const { return images * (index + 1) / count; }
};

/// FOLDER/manifest.json
std::filesystem::path manifestFileOf(const std::filesystem::path& folder);

/// Makes the folder, FOLDER/images and FOLDER/manifest.json; the same manifest again is nothing to do. Fails
/// with usage where the folder holds another one, tryAgain where another process is planning into it, io
/// where it cannot be written, badInput where it would be too large to be read back.
Result<void> writeManifest(const std::filesystem::path& folder, BatchManifest& manifest);

/// Every fault is badInput: no manifest, a changed one, one that another program than `software` planned, a
/// value that no job may have, whatever the hash says.
Result<BatchManifest> readManifest(const std::filesystem::path& folder, std::string_view software);

/// Fails (badInput) where a file, or the program's own data, is no longer what it was when the batch was
/// planned.
Result<void> checkInputs(const BatchManifest& manifest);
/// The same of one scene's head alone.
Result<void> checkHead(const BatchManifest& manifest, const BatchScene& scene);

}  // namespace stubble
