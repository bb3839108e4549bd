#include "engine/render/renderer.h"

#include <algorithm>
#include <array>

#include "engine/core/parallel.h"
#include "engine/render/display_pass.h"
#include "engine/render/dot_pass.h"
#include "engine/render/frame_block.h"
#include "engine/render/frame_targets.h"
#include "engine/render/hair_pass.h"
#include "engine/render/mottling.h"
#include "engine/render/shadow_pass.h"
#include "engine/render/skin_pass.h"
#include "engine/render/sub_frames.h"
#include "engine/render/surface_pass.h"
#include "engine/render/thinning.h"

namespace stubble {
namespace {

constexpr int kMaxSide = 16384;
/// Of a pixel's light, that merging dots may change in frames that move. Working default, by eye.
constexpr float kFastDotError = 0.08f;

}  // namespace

struct Renderer::Impl {
    ShadowPass shadows;
    SurfacePass surface;
    DotPass dots;
    HairPass hair;
    SkinPass skin;
    DisplayPass display;
    GlTexture mottling;
    GlBuffer frameBlock;
    /// Of the last sizes: a window's pictures change between a moving one's and a resting one's.
    struct Sized {
        FrameTargets frame;
        DisplayTargets display;
    };
    std::array<Sized, 2> kept;
    std::size_t current = 0;

    const GpuScene* scene = nullptr;
    View view;
    Target target;
    int subFrames = 0;
    std::function<void(std::string_view)> listener;

    void begin(std::string_view pass) const {
        if (listener) listener(pass);
    }
    void use(glm::ivec2 size);
    Result<GLuint> show(DisplayDepth depth);
    template <typename Pixel>
    Result<Image<Pixel>> read(DisplayDepth depth, GLenum type);
};

Renderer::Renderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

Result<Renderer> Renderer::create() {
    auto impl = std::make_unique<Impl>();
    STUBBLE_TRY(impl->shadows, ShadowPass::create());
    STUBBLE_TRY(impl->surface, SurfacePass::create());
    STUBBLE_TRY(impl->dots, DotPass::create());
    STUBBLE_TRY(impl->hair, HairPass::create());
    STUBBLE_TRY(impl->skin, SkinPass::create());
    STUBBLE_TRY(impl->display, DisplayPass::create());
    impl->mottling = makeMottling();
    impl->frameBlock = makeEmptyBuffer("frame block", sizeof(shared::FrameBlock), GL_DYNAMIC_STORAGE_BIT);
    return Renderer(std::move(impl));
}

std::int64_t Renderer::maxCoveredPixels() {
    return std::min(DotPass::maxPixels(), HairPass::maxPixels());
}

Result<void> Renderer::start(const GpuScene& scene, const View& view) {
    return start(scene, view, {0, 0, view.width, view.height});
}

Result<void> Renderer::start(const GpuScene& scene, const View& view, const PixelRect& tile) {
    if (view.width < 1 || view.height < 1 || view.width > kMaxSide || view.height > kMaxSide ||
        view.samples < 1)
        return fail(
            ExitCode::usage,
            "picture of {} x {} pixels with {} samples: expected 1 to {} a side and at least one sample",
            view.width, view.height, view.samples, kMaxSide);
    if (view.lens.apertureMm > 0 && !(view.lens.focusMm > 0))
        return fail(ExitCode::usage, "lens in focus at {} mm: expected more than 0", view.lens.focusMm);
    if (tile.x < 0 || tile.y < 0 || tile.width < 1 || tile.height < 1 || tile.x > view.width - tile.width ||
        tile.y > view.height - tile.height)
        return fail(ExitCode::usage, "tile of {} x {} pixels at {}, {}: not in a picture of {} x {}",
                    tile.width, tile.height, tile.x, tile.y, view.width, view.height);
    Impl& impl = *impl_;
    const Target target = targetOf(scene, view, tile);
    if (std::int64_t{target.box.z} * target.box.w > maxCoveredPixels())
        return fail(
            ExitCode::usage,
            "picture of {} x {} pixels: the head covers {} x {}, this graphics driver takes at most {} "
            "pixels at once",
            view.width, view.height, target.box.z, target.box.w, maxCoveredPixels());
    STUBBLE_CHECK(impl.skin.prepare(scene, nearestPixelMm(scene, view.camera, view.height)));
    impl.use(target.size);
    impl.scene = &scene;
    impl.view = view;
    impl.target = target;
    impl.subFrames = 0;
    return {};
}

void Renderer::addSubFrame() {
    Impl& impl = *impl_;
    const GpuScene& scene = *impl.scene;
    const FrameTargets& t = impl.kept[impl.current].frame;
    const int sample = impl.subFrames++;
    const shared::FrameBlock block = frameBlockOf(scene, impl.view, impl.target, sample);
    glNamedBufferSubData(impl.frameBlock.name(), 0, sizeof block, &block);
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, impl.frameBlock.name());
    impl.begin("shadows");
    impl.shadows.draw(scene, block);
    impl.begin("surface");
    // Of the surface's place, pixels; and mm, since the wider triangles are, the less true are their normals.
    const SurfaceError allowed = impl.view.fast ? SurfaceError{0.4f, 1} : SurfaceError{0.2f, 0.05f};
    impl.surface.draw(scene, block, t.surface, allowed);
    impl.begin("dots");
    if (drawsDots(sample) || impl.view.lens.apertureMm > 0)
        impl.dots.draw(scene, block, t.surface.depthMm.name(), impl.view.fast ? kFastDotError : 0);
    impl.begin("hair");
    impl.hair.draw(scene, block, t.surface.depthMm.name(), impl.shadows.map(),
                   hairStrideOf(scene, impl.view));
    impl.skin.draw(scene, block, {t, impl.dots, impl.hair, impl.shadows.map(), impl.mottling.name()},
                   sample == 0, [&impl](std::string_view pass) { impl.begin(pass); });
    impl.begin("");
}

int Renderer::subFrames() const {
    return impl_->subFrames;
}

void Renderer::Impl::use(glm::ivec2 size) {
    const auto has = [&](std::size_t i) {
        return kept[i].frame.width == size.x && kept[i].frame.height == size.y;
    };
    if (has(current)) return;
    current = 1 - current;
    if (has(current)) return;
    kept[current] = {};  // before there are new ones
    kept[current].frame = FrameTargets::make(size.x, size.y);
}

Result<GLuint> Renderer::Impl::show(DisplayDepth depth) {
    if (subFrames == 0) return fail(ExitCode::usage, "no sub-frame has been rendered yet");
    begin("display");
    glBindBufferBase(GL_UNIFORM_BUFFER, 0, frameBlock.name());
    STUBBLE_TRY(const GLuint texture,
                display.draw(view, target, kept[current].frame.sum, subFrames, depth, kept[current].display));
    begin("");
    if (const GLenum error = glGetError(); error != GL_NO_ERROR)
        return fail(ExitCode::noOpenGl, "OpenGL error {:#x} while rendering", error);
    return texture;
}

template <typename Pixel>
Result<Image<Pixel>> Renderer::Impl::read(DisplayDepth depth, GLenum type) {
    STUBBLE_TRY(const GLuint texture, show(depth));
    const PixelRect& core = target.core;
    const int left = core.x - target.corner.x, bottom = view.height - core.y - core.height - target.corner.y;
    using Texel = glm::vec<4, typename Pixel::value_type>;
    const auto rowPixels = static_cast<std::size_t>(core.width), rows = static_cast<std::size_t>(core.height);
    constexpr std::size_t kBandRows = 512;  // at once: not all of a large picture twice
    std::vector<Texel> texels(rowPixels * std::min(rows, kBandRows));
    Image<Pixel> image(core.width, core.height);
    for (std::size_t first = 0; first < rows; first += kBandRows) {
        const std::size_t count = std::min(kBandRows, rows - first);
        // As the texture holds them: a driver's own conversion is slow.
        glGetTextureSubImage(texture, 0, left, bottom + static_cast<GLint>(first), 0, core.width,
                             static_cast<GLsizei>(count), 1, GL_RGBA, type,
                             static_cast<GLsizei>(texels.size() * sizeof(Texel)), texels.data());
        parallelFor(
            count,
            [&](std::size_t y) {
                const Texel* const from = &texels[y * rowPixels];
                std::transform(from, from + rowPixels, &image.at(0, static_cast<int>(rows - 1 - first - y)),
                               [](const Texel& texel) { return Pixel(texel); });
            },
            64);
    }
    if (const GLenum error = glGetError(); error != GL_NO_ERROR)
        return fail(ExitCode::noOpenGl, "OpenGL error {:#x} while rendering", error);
    return image;
}

Result<ImageRgb8> Renderer::render(const GpuScene& scene, const View& view) {
    STUBBLE_CHECK(start(scene, view));
    for (int sample = 0; sample < view.samples; ++sample) addSubFrame();
    return image();
}

Result<ImageRgb8> Renderer::image() {
    return impl_->read<glm::u8vec3>(DisplayDepth::bits8, GL_UNSIGNED_BYTE);
}

Result<ImageRgb16> Renderer::image16() {
    return impl_->read<glm::u16vec3>(DisplayDepth::bits16, GL_UNSIGNED_SHORT);
}

Result<ImageLinear> Renderer::linearImage() {
    return impl_->read<glm::vec3>(DisplayDepth::linear, GL_FLOAT);
}

Result<GLuint> Renderer::texture() {
    return impl_->show(DisplayDepth::bits8);
}

PixelRect Renderer::textureRect() const {
    const Target& target = impl_->target;
    return {target.corner.x, target.corner.y, target.size.x, target.size.y};
}

Image<float> Renderer::hairCoverage() const {
    const Impl& impl = *impl_;
    const Image<float> all = impl.hair.coverage();
    const PixelRect& core = impl.target.core;
    Image<float> image(core.width, core.height);
    const int left = core.x - impl.target.corner.x,
              top = core.y - (impl.view.height - impl.target.corner.y - impl.target.size.y);
    for (int y = 0; y < core.height; ++y) std::copy_n(&all.at(left, top + y), core.width, &image.at(0, y));
    return image;
}

void Renderer::listenToPasses(std::function<void(std::string_view)> listener) {
    impl_->listener = std::move(listener);
}

}  // namespace stubble
