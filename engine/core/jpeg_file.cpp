#include "engine/core/jpeg_file.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

namespace stubble {
namespace {

struct Fault {
    jpeg_error_mgr manager{};
    std::jmp_buf way{};
    char message[JMSG_LENGTH_MAX] = {};
};

[[noreturn]] void leave(j_common_ptr state) {
    auto* const fault = reinterpret_cast<Fault*>(state->err);
    fault->manager.format_message(state, fault->message);
    std::longjmp(fault->way, 1);
}

struct Written {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    Written() = default;
    ~Written() { std::free(bytes); }
    Written(const Written&) = delete;
    Written& operator=(const Written&) = delete;
};

/// Holds nothing that longjmp would skip the end of.
bool compress(const ImageRgb8& image, int quality, Fault& fault, Written& written) {
    jpeg_compress_struct state{};
    state.err = jpeg_std_error(&fault.manager);
    fault.manager.error_exit = leave;
    jpeg_create_compress(&state);
    if (setjmp(fault.way) != 0) {
        jpeg_destroy_compress(&state);
        written.bytes =
            nullptr;  // libjpeg may have moved it without a word: then it is lost, not freed twice
        return false;
    }
    jpeg_mem_dest(&state, &written.bytes, &written.size);
    state.image_width = static_cast<JDIMENSION>(image.width);
    state.image_height = static_cast<JDIMENSION>(image.height);
    state.input_components = 3;
    state.in_color_space = JCS_RGB;
    jpeg_set_defaults(&state);
    jpeg_set_quality(&state, quality, TRUE);
    for (int k = 0; k < 3; ++k) state.comp_info[k].h_samp_factor = state.comp_info[k].v_samp_factor = 1;
    state.optimize_coding = TRUE;
    jpeg_start_compress(&state, TRUE);
    for (int y = 0; y < image.height; ++y) {
        // libjpeg only reads it.
        auto* row = const_cast<JSAMPLE*>(reinterpret_cast<const JSAMPLE*>(&image.at(0, y)));
        jpeg_write_scanlines(&state, &row, 1);
    }
    jpeg_finish_compress(&state);
    jpeg_destroy_compress(&state);
    return true;
}

}  // namespace

Result<std::string> jpegBytes(const ImageRgb8& image, int quality) {
    Fault fault;
    Written written;
    const auto isSide = [](int pixels) { return pixels >= 1 && pixels <= JPEG_MAX_DIMENSION; };
    if (!isSide(image.width) || !isSide(image.height))
        return fail(ExitCode::badInput, "a JPEG of {}x{} pixels: expected sides from 1 to {}", image.width,
                    image.height, JPEG_MAX_DIMENSION);
    if (!compress(image, quality, fault, written))
        return fail(ExitCode::tryAgain, "a JPEG cannot be made: {}", fault.message);
    return std::string(reinterpret_cast<const char*>(written.bytes), written.size);
}

}  // namespace stubble
