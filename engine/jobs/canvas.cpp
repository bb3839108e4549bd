#include "engine/jobs/canvas.h"

#include <cairo-ft.h>
#include <cairo-pdf.h>
#include <cairo.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <ctime>
#include <optional>

#include "engine/core/font_files.h"
#include "engine/core/units.h"

namespace stubble {
namespace {

/// Both weights, open as long as the program runs: cairo keeps what it has once drawn with.
struct Faces {
    cairo_font_face_t *regular = nullptr, *strong = nullptr;
    bool isInter = false;
};

cairo_font_face_t* openFace(FT_Library library, const std::filesystem::path& file) {
    FT_Face face = nullptr;
    if (FT_New_Face(library, file.c_str(), 0, &face)) return nullptr;
    return cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING);
}

Result<Faces> faces() {
    static const std::optional<Faces> kFaces = []() -> std::optional<Faces> {
        const auto files = findFontFiles();
        FT_Library library = nullptr;
        if (!files || FT_Init_FreeType(&library)) return std::nullopt;
        Faces opened{openFace(library, files->regular), openFace(library, files->strong), files->isInter};
        if (!opened.regular || !opened.strong) return std::nullopt;
        return opened;
    }();
    if (!kFaces)
        return fail(ExitCode::io,
                    "no font can be read: expected Inter, Noto Sans or DejaVu Sans under /usr/share/fonts "
                    "(package fonts-inter)");
    return *kFaces;
}

/// $SOURCE_DATE_EPOCH (seconds since 1970, https://reproducible-builds.org/specs/source-date-epoch), else a
/// fixed day: cairo would take the clock's.
std::string documentDate() {
    std::time_t seconds = 1767225600;  // 2026-01-01
    if (const char* const epoch = std::getenv("SOURCE_DATE_EPOCH")) {
        const std::string_view text = epoch;
        std::int64_t asked = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), asked);
        constexpr std::int64_t kYear10000 = 253402300800;
        if (fault == std::errc() && end == text.data() + text.size() && asked >= 0 && asked < kYear10000)
            seconds = asked;
    }
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                       utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

/// Opaque pixels as cairo keeps them: 32 bits each, blue lowest.
std::uint32_t packed(Rgb8 pixel) {
    return 0xff000000u | std::uint32_t{pixel.r} << 16 | std::uint32_t{pixel.g} << 8 | pixel.b;
}

}  // namespace

struct Canvas::Impl {
    std::unique_ptr<std::string> bytes = std::make_unique<std::string>();
    cairo_surface_t* surface = nullptr;
    cairo_t* cairo = nullptr;
    glm::vec2 size{0};
    bool isPdf = false;
    Faces faces;

    ~Impl() {
        cairo_destroy(cairo);
        cairo_surface_destroy(surface);
    }

    void begin() {
        cairo = cairo_create(surface);
        if (isPdf) cairo_scale(cairo, double{kPointsPerMm}, double{kPointsPerMm});
        cairo_font_options_t* const options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        cairo_set_font_options(cairo, options);
        cairo_font_options_destroy(options);
        cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
    }
    void ink(Rgb8 colour) const {
        cairo_set_source_rgb(cairo, colour.r / 255.0, colour.g / 255.0, colour.b / 255.0);
    }
    void fill(Rgb8 colour) const {
        ink(colour);
        cairo_fill(cairo);
    }
    void stroke(const Stroke& stroke) const {
        ink(stroke.ink);
        cairo_set_line_width(cairo, stroke.width);
        const double dash = stroke.dash;
        cairo_set_dash(cairo, &dash, dash > 0 ? 1 : 0, 0);
        cairo_stroke(cairo);
    }
    void trace(std::span<const glm::vec2> places, bool closed) const {
        cairo_new_path(cairo);
        for (const glm::vec2 place : places) cairo_line_to(cairo, place.x, place.y);
        if (closed) cairo_close_path(cairo);
    }
    void traceBox(const Box& box, float cornerRadius) const {
        cairo_new_path(cairo);
        const double r = std::min({cornerRadius, box.width / 2, box.height / 2});
        if (r <= 0) {
            cairo_rectangle(cairo, box.left, box.top, box.width, box.height);
            return;
        }
        const double quarter = double{kPi} / 2;
        cairo_arc(cairo, box.right() - r, box.top + r, r, -quarter, 0);
        cairo_arc(cairo, box.right() - r, box.bottom() - r, r, 0, quarter);
        cairo_arc(cairo, box.left + r, box.bottom() - r, r, quarter, 2 * quarter);
        cairo_arc(cairo, box.left + r, box.top + r, r, 2 * quarter, 3 * quarter);
        cairo_close_path(cairo);
    }
    void choose(const TextStyle& style) const {
        cairo_set_font_face(cairo, style.weight == TextWeight::strong ? faces.strong : faces.regular);
        cairo_set_font_size(cairo, style.size);
    }
    [[nodiscard]] Result<void> finish() const {
        cairo_status_t status = cairo_status(cairo);
        cairo_surface_finish(surface);
        if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface);
        if (status != CAIRO_STATUS_SUCCESS)
            return fail(ExitCode::io, "drawing the page: {}", cairo_status_to_string(status));
        return {};
    }
};

Canvas::Canvas(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Canvas::Canvas(Canvas&&) noexcept = default;
Canvas& Canvas::operator=(Canvas&&) noexcept = default;
Canvas::~Canvas() = default;

Result<Canvas> Canvas::pdf(glm::vec2 pageMm, const DocumentInfo& info) {
    auto impl = std::make_unique<Impl>();
    STUBBLE_TRY(impl->faces, faces());
    impl->isPdf = true;
    impl->size = pageMm;
    const glm::dvec2 points = glm::dvec2(pageMm) * 72.0 / 25.4;
    impl->surface = cairo_pdf_surface_create_for_stream(append, impl->bytes.get(), points.x, points.y);
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& value) {
        cairo_pdf_surface_set_metadata(impl->surface, what, value.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, info.title);
    say(CAIRO_PDF_METADATA_SUBJECT, info.subject);
    say(CAIRO_PDF_METADATA_CREATOR, info.creator);
    say(CAIRO_PDF_METADATA_KEYWORDS, info.keywords);
    const std::string date = documentDate();
    say(CAIRO_PDF_METADATA_CREATE_DATE, date);
    say(CAIRO_PDF_METADATA_MOD_DATE, date);
    impl->begin();
    return Canvas(std::move(impl));
}

Result<Canvas> Canvas::picture(int widthPx, int heightPx, Rgb8 paper) {
    if (std::min(widthPx, heightPx) < 1 || std::max(widthPx, heightPx) > kMaxCanvasSide)
        return fail(ExitCode::usage, "a picture of {} x {} pixels: expected sides from 1 to {}", widthPx,
                    heightPx, kMaxCanvasSide);
    auto impl = std::make_unique<Impl>();
    STUBBLE_TRY(impl->faces, faces());
    impl->size = {widthPx, heightPx};
    impl->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, widthPx, heightPx);
    impl->begin();
    impl->ink(paper);
    cairo_paint(impl->cairo);
    return Canvas(std::move(impl));
}

glm::vec2 Canvas::size() const {
    return impl_->size;
}

void Canvas::newPage() {
    cairo_show_page(impl_->cairo);
}

void Canvas::newPage(glm::vec2 pageMm) {
    newPage();
    impl_->size = pageMm;
    const glm::dvec2 points = glm::dvec2(pageMm) * 72.0 / 25.4;
    if (impl_->isPdf) cairo_pdf_surface_set_size(impl_->surface, points.x, points.y);
}

void Canvas::line(glm::vec2 from, glm::vec2 to, const Stroke& stroke) {
    const std::array<glm::vec2, 2> places = {from, to};
    polyline(places, stroke);
}

void Canvas::polyline(std::span<const glm::vec2> places, const Stroke& stroke, bool closed) {
    impl_->trace(places, closed);
    impl_->stroke(stroke);
}

void Canvas::polygon(std::span<const glm::vec2> places, Rgb8 fill) {
    impl_->trace(places, true);
    impl_->fill(fill);
}

void Canvas::box(const Box& box, Rgb8 fill, float cornerRadius) {
    impl_->traceBox(box, cornerRadius);
    impl_->fill(fill);
}

void Canvas::boxOutline(const Box& box, const Stroke& stroke, float cornerRadius) {
    impl_->traceBox(box, cornerRadius);
    impl_->stroke(stroke);
}

void Canvas::disc(glm::vec2 centre, float radius, Rgb8 fill) {
    cairo_new_path(impl_->cairo);
    cairo_arc(impl_->cairo, centre.x, centre.y, radius, 0, 2 * double{kPi});
    impl_->fill(fill);
}

void Canvas::circle(glm::vec2 centre, float radius, const Stroke& stroke) {
    cairo_new_path(impl_->cairo);
    cairo_arc(impl_->cairo, centre.x, centre.y, radius, 0, 2 * double{kPi});
    cairo_close_path(impl_->cairo);
    impl_->stroke(stroke);
}

void Canvas::image(const ImageRgb8& image, const Box& place) {
    if (image.pixels.empty()) return;
    cairo_surface_t* const pixels = cairo_image_surface_create(CAIRO_FORMAT_RGB24, image.width, image.height);
    if (cairo_surface_status(pixels) == CAIRO_STATUS_SUCCESS) {
        unsigned char* const data = cairo_image_surface_get_data(pixels);
        const int stride = cairo_image_surface_get_stride(pixels);
        for (int y = 0; y < image.height; ++y) {
            auto* const row = reinterpret_cast<std::uint32_t*>(data + std::ptrdiff_t{y} * stride);
            for (int x = 0; x < image.width; ++x) row[x] = packed(image.at(x, y));
        }
        cairo_surface_mark_dirty(pixels);
    }
    cairo_t* const cairo = impl_->cairo;
    cairo_save(cairo);
    cairo_translate(cairo, place.left, place.top);
    cairo_scale(cairo, double{place.width} / image.width, double{place.height} / image.height);
    cairo_set_source_surface(cairo, pixels, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
    cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);  // edges stay sharp when scaled
    cairo_rectangle(cairo, 0, 0, image.width, image.height);
    cairo_fill(cairo);
    cairo_restore(cairo);
    cairo_surface_destroy(pixels);
}

void Canvas::text(glm::vec2 anchor, std::string_view text, const TextStyle& style) {
    cairo_t* const cairo = impl_->cairo;
    const float width = style.align == TextAlign::left ? 0 : textWidth(text, style);
    cairo_save(cairo);
    impl_->choose(style);
    impl_->ink(style.ink);
    cairo_translate(cairo, anchor.x, anchor.y);
    if (style.turnDegrees != 0) cairo_rotate(cairo, -double{radiansFromDegrees(style.turnDegrees)});
    cairo_move_to(cairo, -(style.align == TextAlign::centre ? width / 2 : width), 0);
    cairo_show_text(cairo, std::string(text).c_str());
    cairo_restore(cairo);
    cairo_new_path(cairo);
}

float Canvas::textWidth(std::string_view text, const TextStyle& style) const {
    cairo_save(impl_->cairo);
    impl_->choose(style);
    cairo_text_extents_t extents;
    cairo_text_extents(impl_->cairo, std::string(text).c_str(), &extents);
    cairo_restore(impl_->cairo);
    return static_cast<float>(extents.x_advance);
}

std::vector<std::string> Canvas::wrapped(std::string_view text, const TextStyle& style, float width) const {
    std::vector<std::string> lines;
    while (true) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view left = text.substr(0, end);
        std::string line;
        while (!left.empty()) {
            const std::size_t space = std::min(left.find(' '), left.size());
            const std::string longer = line.empty() ? std::string(left.substr(0, space))
                                                    : fmt::format("{} {}", line, left.substr(0, space));
            if (!line.empty() && textWidth(longer, style) > width) {
                lines.push_back(std::move(line));
                line.clear();
                continue;
            }
            line = longer;
            left.remove_prefix(std::min(space + 1, left.size()));
        }
        lines.push_back(std::move(line));
        if (end == text.size()) return lines;
        text.remove_prefix(end + 1);
    }
}

void Canvas::beginClip(const Box& box) {
    cairo_save(impl_->cairo);
    impl_->traceBox(box, 0);
    cairo_clip(impl_->cairo);
}

void Canvas::endClip() {
    cairo_restore(impl_->cairo);
}

bool Canvas::usesStandInFont() const {
    return !impl_->faces.isInter;
}

Result<std::string> Canvas::pdfBytes() {
    if (!impl_->isPdf) return fail(ExitCode::io, "a canvas of pixels has no pages");
    STUBBLE_CHECK(impl_->finish());
    return std::move(*impl_->bytes);
}

Result<ImageRgb8> Canvas::pictureImage() {
    if (impl_->isPdf) return fail(ExitCode::io, "a canvas of pages has no pixels");
    cairo_surface_flush(impl_->surface);
    if (const cairo_status_t status = cairo_status(impl_->cairo); status != CAIRO_STATUS_SUCCESS)
        return fail(ExitCode::io, "drawing the picture: {}", cairo_status_to_string(status));
    const int width = cairo_image_surface_get_width(impl_->surface);
    const int height = cairo_image_surface_get_height(impl_->surface);
    const int stride = cairo_image_surface_get_stride(impl_->surface);
    const unsigned char* const data = cairo_image_surface_get_data(impl_->surface);
    ImageRgb8 image(width, height);
    for (int y = 0; y < height; ++y) {
        const auto* const row = reinterpret_cast<const std::uint32_t*>(data + std::ptrdiff_t{y} * stride);
        for (int x = 0; x < width; ++x)
            image.at(x, y) = Rgb8(row[x] >> 16 & 255, row[x] >> 8 & 255, row[x] & 255);
    }
    return image;
}

}  // namespace stubble
