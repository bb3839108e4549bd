// What a video refuses. What comes out of ffmpeg: tests/cli/turntable_test.py.
#include "engine/jobs/video_file.h"

#include <gtest/gtest.h>

#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

class VideoFileTest : public TempDirTest {
  protected:
    static ImageRgb8 frame(int width, int height) {
        ImageRgb8 image(width, height, Rgb8(60, 90, 120));
        image.at(0, 0) = Rgb8(61, 90, 120);
        return image;
    }
    static VideoWriter writer() {
        return VideoWriter::start({.kind = VideoKind::mp4, .width = 32, .height = 16, .frames = 2}).value();
    }
};

TEST_F(VideoFileTest, TakesFramesOfItsSizeThatShowSomething) {
    VideoWriter video = writer();
    ASSERT_TRUE(video.add(frame(32, 16)));
    const auto other = video.add(frame(32, 18));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ExitCode::io);
    EXPECT_EQ(other.error().message, "frame 1: has 32x18 pixels, expected 32x16");
    const auto flat = video.add(ImageRgb8(32, 16, Rgb8(7, 7, 7)));
    ASSERT_FALSE(flat);
    EXPECT_EQ(flat.error().message, "frame 1: is all of one colour, expected a picture");
    // Refused frames are not in it.
    ASSERT_TRUE(video.add(frame(32, 16)));
    const auto bytes = video.finish(dir_ / "a.mp4");
    ASSERT_TRUE(bytes) << bytes.error().message;
    EXPECT_EQ(*bytes, std::filesystem::file_size(dir_ / "a.mp4"));
}

TEST_F(VideoFileTest, MissingFramesAreNoticed) {
    VideoWriter video = writer();
    ASSERT_TRUE(video.add(frame(32, 16)));
    const auto done = video.finish(dir_ / "a.mp4");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ExitCode::io);
    EXPECT_TRUE(done.error().message.ends_with("reads width,height,frames 32,16,1 back, expected 32,16,2"))
        << done.error().message;
    EXPECT_TRUE(std::filesystem::is_empty(dir_));
}

TEST_F(VideoFileTest, OneThatIsGivenUpLeavesNothing) {
    {
        VideoWriter video = writer();
        ASSERT_TRUE(video.add(frame(32, 16)));
    }
    EXPECT_TRUE(std::filesystem::is_empty(dir_));
}

}  // namespace
}  // namespace stubble
