#pragma once
// Reads image files by their libraries alone, and makes pictures to write.

#include <OpenEXR/ImfChannelList.h>
#include <OpenEXR/ImfChromaticitiesAttribute.h>
#include <OpenEXR/ImfFrameBuffer.h>
#include <OpenEXR/ImfHeader.h>
#include <OpenEXR/ImfInputFile.h>
#include <OpenEXR/ImfStandardAttributes.h>
#include <OpenEXR/ImfStringAttribute.h>
#include <png.h>
#include <tiffio.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>

#include "engine/core/image.h"

namespace stubble {

/// Smooth with fine grain, different in every channel, of all values.
template <typename Pixel>
Image<Pixel> testPicture(int width, int height, float white) {
    Image<Pixel> image(width, height);
    for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
            for (int k = 0; k < 3; ++k) {
                const float wave = 0.5f + 0.5f * std::sin(0.07f * static_cast<float>(x * (k + 1)) +
                                                          0.11f * static_cast<float>(y));
                image.at(x, y)[k] = static_cast<typename Pixel::value_type>(white * wave);
            }
    return image;
}

/// What a file holds, as numbers of 0 to its white.
struct StoredImage {
    int width = 0, height = 0, bits = 0;
    std::vector<double> values;  ///< by row, pixel and channel
    double dpi = 0;              ///< 0: none said
    bool taggedSrgb = false;     ///< sRGB chunk, sRGB profile or primaries of sRGB
    std::map<std::string, std::string> text;

    template <typename Pixel>
    [[nodiscard]] bool holds(const Image<Pixel>& image) const {
        if (width != image.width || height != image.height) return false;
        for (std::size_t i = 0; i < values.size(); ++i)
            if (values[i] != double(image.pixels[i / 3][static_cast<int>(i % 3)])) return false;
        return true;
    }
};

inline StoredImage readStoredPng(const std::filesystem::path& path) {
    StoredImage stored;
    FILE* file = std::fopen(path.c_str(), "rb");
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, nullptr);
    stored.width = static_cast<int>(png_get_image_width(png, info));
    stored.height = static_cast<int>(png_get_image_height(png, info));
    stored.bits = png_get_bit_depth(png, info);
    for (int y = 0; y < stored.height; ++y) {
        const png_bytep row = png_get_rows(png, info)[y];
        for (int i = 0; i < 3 * stored.width; ++i)
            stored.values.push_back(stored.bits == 16 ? 256 * row[2 * i] + row[2 * i + 1] : row[i]);
    }
    int intent = 0;
    stored.taggedSrgb = png_get_sRGB(png, info, &intent) == PNG_INFO_sRGB;
    stored.dpi = 0.0254 * png_get_pixels_per_meter(png, info);
    png_textp texts = nullptr;
    const int count = png_get_text(png, info, &texts, nullptr);
    for (int i = 0; i < count; ++i) stored.text[texts[i].key] = texts[i].text;
    png_destroy_read_struct(&png, &info, nullptr);
    std::fclose(file);
    return stored;
}

inline StoredImage readStoredTiff(const std::filesystem::path& path) {
    StoredImage stored;
    TIFF* tiff = TIFFOpen(path.c_str(), "r");
    if (!tiff) return stored;
    std::uint16_t bits = 0, unit = 0;
    float dpi = 0;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &stored.width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &stored.height);
    TIFFGetField(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetField(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
    TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &dpi);
    stored.bits = bits;
    stored.dpi = unit == RESUNIT_INCH ? double(dpi) : 0;
    for (const auto& [name, tag] :
         {std::pair{"Software", TIFFTAG_SOFTWARE}, std::pair{"ImageDescription", TIFFTAG_IMAGEDESCRIPTION},
          std::pair{"DateTime", TIFFTAG_DATETIME}})
        if (char* text = nullptr; TIFFGetField(tiff, static_cast<std::uint32_t>(tag), &text))
            stored.text[name] = text;
    std::uint32_t profileSize = 0;
    void* profile = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_ICCPROFILE, &profileSize, &profile))
        stored.text["profile"] = std::string(static_cast<const char*>(profile), profileSize);
    std::vector<std::uint16_t> row(static_cast<std::size_t>(3 * stored.width));
    for (int y = 0; y < stored.height; ++y) {
        TIFFReadScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
        for (std::size_t i = 0; i < row.size(); ++i)
            stored.values.push_back(bits == 16 ? row[i]
                                               : reinterpret_cast<const std::uint8_t*>(row.data())[i]);
    }
    TIFFClose(tiff);
    return stored;
}

inline StoredImage readStoredExr(const std::filesystem::path& path) {
    StoredImage stored;
    Imf::InputFile file(path.c_str());
    const Imath::Box2i window = file.header().dataWindow();
    stored.width = window.max.x - window.min.x + 1, stored.height = window.max.y - window.min.y + 1;
    const auto size = static_cast<std::size_t>(stored.width) * static_cast<std::size_t>(stored.height);
    std::vector<std::array<half, 3>> pixels(size);
    Imf::FrameBuffer frame;
    const std::array<const char*, 3> channels = {"R", "G", "B"};
    for (std::size_t k = 0; k < 3; ++k)
        frame.insert(channels[k],
                     Imf::Slice::Make(Imf::HALF, &pixels[0][k], window, sizeof pixels[0],
                                      sizeof pixels[0] * static_cast<std::size_t>(stored.width)));
    file.setFrameBuffer(frame);
    file.readPixels(window.min.y, window.max.y);
    const Imf::Channel* red = file.header().channels().findChannel("R");
    stored.bits = red && red->type == Imf::HALF ? 16 : 0;
    for (const auto& pixel : pixels)
        for (const half value : pixel) stored.values.push_back(double(float(value)));
    const Imf::Chromaticities rec709;
    stored.taggedSrgb = Imf::hasChromaticities(file.header()) &&
                        Imf::chromaticities(file.header()).red == rec709.red &&
                        Imf::chromaticities(file.header()).white == rec709.white;
    for (auto attribute = file.header().begin(); attribute != file.header().end(); ++attribute)
        if (const auto* text = dynamic_cast<const Imf::StringAttribute*>(&attribute.attribute()))
            stored.text[attribute.name()] = text->value();
    return stored;
}

}  // namespace stubble
