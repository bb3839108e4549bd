#pragma once
// Frames as a video, by ffmpeg in a process of its own.

#include <filesystem>
#include <memory>
#include <string>

#include "engine/core/image.h"
#include "engine/core/result.h"

namespace stubble {

enum class VideoKind { mp4, webm };  ///< H.264 in MP4, VP9 in WebM

inline constexpr int kMinVideoSide = 16, kMaxVideoSide = 7680;  ///< pixels, even: 4:2:0
inline constexpr int kMaxFramesPerSecond = 120;

struct VideoSpec {
    VideoKind kind = VideoKind::mp4;
    int width = 0, height = 0;  ///< pixels, even, kMinVideoSide to kMaxVideoSide
    int framesPerSecond = 24;   ///< 1 to kMaxFramesPerSecond
    int frames = 0;             ///< as many as will be added
    TextChunks metadata = {};   ///< ffmpeg's keys: title, description, comment
};

/// Whether ffmpeg and ffprobe are there (badInput): for before long work.
Result<void> checkVideoPrograms();

/// Takes frames one by one while ffmpeg encodes those before. The video grows in memory and reaches the disk
/// when it is whole: a program that is stopped leaves nothing behind, and ffmpeg ends with it. The same
/// frames give the same bytes with the same ffmpeg.
class VideoWriter {
  public:
    static Result<VideoWriter> start(VideoSpec spec);
    VideoWriter(VideoWriter&&) noexcept;
    VideoWriter& operator=(VideoWriter&&) noexcept;
    ~VideoWriter();

    /// Fails (io) where the frame is not of the spec's size or is all of one colour, as from a failed device,
    /// and where ffmpeg has ended.
    Result<void> add(const ImageRgb8& frame);
    /// Ends ffmpeg, has ffprobe decode and count what came out, and writes the file whole or not at all (io).
    /// Returns how many bytes it has.
    Result<std::uint64_t> finish(const std::filesystem::path& path);

  private:
    class Encoder;
    explicit VideoWriter(std::unique_ptr<Encoder> encoder);
    std::unique_ptr<Encoder> encoder_;
};

}  // namespace stubble
