// Mean FLIP of two PNG files at the metric's usual 67 pixels a degree, of the whole picture or of a rectangle
// of it.
#include <charconv>
#include <cstdio>
#include <cstring>

#include "engine/core/png_file.h"
#include "engine/perception/flip.h"

namespace stubble {
namespace {

constexpr double kPixelsPerDegree = 67;

Result<ImageLinear> readLinear(const char* file) {
    STUBBLE_TRY(const ImageRgb8 encoded, readPng(file));
    ImageLinear linear(encoded.width, encoded.height);
    for (std::size_t i = 0; i < linear.pixels.size(); ++i)
        for (int channel = 0; channel < 3; ++channel)
            linear.pixels[i][channel] =
                linearFromSrgb(static_cast<float>(encoded.pixels[i][channel]) / 255.0f);
    return linear;
}

struct Rectangle {
    int x = 0, y = 0, width = 0, height = 0;
};

Result<double> meanIn(const Image<float>& map, const Rectangle& r) {
    if (r.x < 0 || r.y < 0 || r.width < 1 || r.height < 1 || r.width > map.width - r.x ||
        r.height > map.height - r.y)
        return fail(ExitCode::usage, "{} {} {} {}: is not a rectangle of a picture of {} x {} pixels", r.x,
                    r.y, r.width, r.height, map.width, map.height);
    double sum = 0;
    for (int y = r.y; y < r.y + r.height; ++y)
        for (int x = r.x; x < r.x + r.width; ++x) sum += double(map.at(x, y));
    return sum / (double(r.width) * double(r.height));
}

Result<double> flipOf(int argc, char** argv) {
    STUBBLE_TRY(const ImageLinear reference, readLinear(argv[1]));
    STUBBLE_TRY(const ImageLinear test, readLinear(argv[2]));
    STUBBLE_TRY(const FlipDifference difference, flipDifference(reference, test, kPixelsPerDegree));
    if (argc == 3) return difference.mean;
    Rectangle r;
    int* const sides[] = {&r.x, &r.y, &r.width, &r.height};
    for (int i = 0; i < 4; ++i) {
        const char* const text = argv[3 + i];
        const char* const end = text + std::strlen(text);
        const auto [stop, fault] = std::from_chars(text, end, *sides[i]);
        if (fault != std::errc() || stop != end)
            return fail(ExitCode::usage, "{}: expected a whole number of pixels", text);
    }
    return meanIn(difference.map, r);
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    if (argc != 3 && argc != 7) {
        std::fprintf(stderr, "Usage: picture_flip REFERENCE.png TEST.png [X Y WIDTH HEIGHT]\n");
        return static_cast<int>(stubble::ExitCode::usage);
    }
    const auto flip = stubble::flipOf(argc, argv);
    if (!flip) {
        std::fprintf(stderr, "picture_flip: %s\n", flip.error().message.c_str());
        return static_cast<int>(flip.error().code);
    }
    std::printf("%.6f\n", *flip);
    return 0;
}
