#include "engine/render/renderer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>

#include "engine/core/random.h"
#include "engine/core/units.h"
#include "engine/gpu/shader.h"
#include "engine/render/dot_pass.h"
#include "engine/render/hair_pass.h"
#include "engine/render/mottling.h"
#include "engine/render/relief.h"
#include "engine/render/shared_structs.h"
#include "engine/render/sub_frames.h"

namespace stubble {
namespace {

constexpr int kShadowSize = 1024;
/// Unevenness of relief and oil over 1 to 12 mm; working defaults, by eye.
constexpr float kUnevenSlope = 0.05f, kUnevenShine = 0.08f;
constexpr int kMaxSide = 16384;

glm::mat4 shadowFromWorld(const GpuScene& scene, glm::vec3 towards) {
    const glm::vec3 centre = 0.5f * (scene.boundsMinMm + scene.boundsMaxMm);
    const float radius = 0.5f * glm::length(scene.boundsMaxMm - scene.boundsMinMm) + 1;
    const glm::vec3 up = std::abs(towards.y) < 0.95f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
    return glm::ortho(-radius, radius, -radius, radius, 0.0f, 2 * radius) *
           glm::lookAt(centre + radius * towards, centre, up);
}

glm::mat4 clipFromWorld(const Camera& camera, int width, int height, glm::vec2 jitter,
                        glm::vec2 depthRangeMm) {
    glm::mat4 clipFromView =
        glm::perspective(camera.fieldOfView, static_cast<float>(width) / static_cast<float>(height),
                         depthRangeMm.x, depthRangeMm.y);
    clipFromView[2][0] += 2 * jitter.x / static_cast<float>(width);
    clipFromView[2][1] += 2 * jitter.y / static_cast<float>(height);
    return clipFromView * glm::lookAt(camera.eyeMm, camera.targetMm, camera.up);
}

/// The stencil of skin that dots darken and of skin that none reaches; 0 is no skin.
constexpr GLint kDottedStencil = 1, kBareStencil = 2;

/// What the shading of skin has to deal with, as bits.
constexpr unsigned kRelief = 1, kScars = 2;

unsigned featuresOf(const GpuScene& scene, const View& view) {
    constexpr float kReliefSeenMm = 0.18f;  // width of a pixel below which plateaus of 0.5 mm show
    const glm::vec3 nearest = glm::clamp(view.camera.eyeMm, scene.boundsMinMm, scene.boundsMaxMm);
    const float pixelMm = glm::distance(nearest, view.camera.eyeMm) / view.camera.focalPixels(view.height);
    return (pixelMm < kReliefSeenMm ? kRelief : 0) | (scene.scars ? kScars : 0);
}

/// Pixels that a box in space may cover, with a margin for jitter; the whole picture when the eye is in or
/// near it.
glm::ivec4 pixelBoxOf(const GpuScene& scene, const View& view, const shared::FrameBlock& block) {
    glm::vec2 least(1e9f), most(-1e9f);
    for (int corner = 0; corner < 8; ++corner) {
        const glm::vec3 low = scene.boundsMinMm - scene.longestHairMm,
                        high = scene.boundsMaxMm + scene.longestHairMm;
        const glm::vec3 place(corner & 1 ? high.x : low.x, corner & 2 ? high.y : low.y,
                              corner & 4 ? high.z : low.z);
        const glm::vec4 clip = block.clipFromWorld * glm::vec4(place, 1);
        if (clip.w < 1) return {0, 0, view.width, view.height};
        const glm::vec2 pixel = (0.5f + 0.5f * glm::vec2(clip) / clip.w) * glm::vec2(view.width, view.height);
        least = glm::min(least, pixel), most = glm::max(most, pixel);
    }
    constexpr float kMargin = 2;
    const glm::vec2 size(view.width, view.height);
    const glm::ivec2 from(glm::clamp(glm::floor(least - kMargin), glm::vec2(0), size)),
        to(glm::clamp(glm::ceil(most + kMargin), glm::vec2(0), size));
    return {from, to - from};
}

struct Targets {
    int width = 0, height = 0;
    int halfWidth = 0, halfHeight = 0;
    GlTexture normalOpenness, tint, depthMm, lampsThrough, depth, halfStencil, irradiance[2], lit, shine, sum,
        display;
    GlFramebuffer surface, mask, light, scatter[2], shade, resolve, backdrop, toneMap;
};

Targets makeTargets(int width, int height) {
    Targets t;
    t.width = width, t.height = height;
    t.halfWidth = (width + 1) / 2, t.halfHeight = (height + 1) / 2;
    t.normalOpenness = makeTexture("normal, openness", GL_RGBA16F, width, height);
    t.tint = makeTexture("tint", GL_RGBA8, width, height);
    t.depthMm = makeTexture("depth mm", GL_R32F, width, height);
    t.lampsThrough = makeTexture("lamps through hair", GL_RGBA8, width, height);
    t.depth = makeTexture("depth stencil", GL_DEPTH24_STENCIL8, width, height);
    for (GlTexture& texture : t.irradiance)
        texture = makeTexture("irradiance", GL_RGBA32F, t.halfWidth, t.halfHeight);
    t.halfStencil = makeTexture("half-size stencil", GL_DEPTH24_STENCIL8, t.halfWidth, t.halfHeight);
    t.lit = makeTexture("lit", GL_RGBA8, t.halfWidth, t.halfHeight);
    t.shine = makeTexture("shine", GL_RGBA16F, t.halfWidth, t.halfHeight);
    t.sum = makeTexture("sum", GL_RGBA32F, width, height);
    t.display = makeTexture("display", GL_RGBA8, width, height);
    const auto withStencil = [](GlFramebuffer framebuffer, const GlTexture& stencil) {
        glNamedFramebufferTexture(framebuffer.name(), GL_DEPTH_STENCIL_ATTACHMENT, stencil.name(), 0);
        return framebuffer;
    };
    const auto halfSize = [&](const char* label, std::initializer_list<GLuint> colours) {
        return withStencil(makeFramebuffer(label, colours, 0), t.halfStencil);
    };
    t.surface = withStencil(
        makeFramebuffer("surface",
                        {t.normalOpenness.name(), t.tint.name(), t.depthMm.name(), t.lampsThrough.name()}, 0),
        t.depth);
    t.mask = halfSize("mask", {});
    t.light = halfSize("light", {t.irradiance[0].name(), t.lit.name()});
    t.scatter[0] = halfSize("scatter 0", {t.irradiance[1].name()});
    t.scatter[1] = halfSize("scatter 1", {t.irradiance[0].name()});
    t.shade = halfSize("shade", {t.irradiance[1].name(), t.shine.name()});
    t.resolve = withStencil(makeFramebuffer("resolve", {t.sum.name()}, 0), t.depth);
    t.toneMap = makeFramebuffer("tone map", {t.display.name()}, 0);
    return t;
}

void bindTextures(std::initializer_list<GLuint> textures) {
    GLuint unit = 0;
    for (const GLuint texture : textures) glBindTextureUnit(unit++, texture);
}

}  // namespace

struct Renderer::Impl {
    GlProgram shadow, surface, halfMask, light, scatter, overBackdrop, backdrop, toneMap;
    // With kRelief and kScars, those that were needed. Without relief the skin is shaded at half size.
    std::array<GlProgram, 4> shade, resolve, resolveBare;
    DotPass dots;
    HairPass hair;
    Relief relief;
    GlTexture mottling;
    GlTexture shadowMap;
    glm::ivec4 headBox{0};  ///< x, y, width, height of the pixels that the head may cover
    std::array<GlFramebuffer, STUBBLE_MAX_LIGHTS> shadowLayers;
    GlVertexArray empty;
    GlBuffer frameBlock;
    Targets targets;
    int samples = 1;
    std::function<void(std::string_view)> listener;

    void begin(std::string_view pass) const {
        if (listener) listener(pass);
    }
    Result<void> loadPrograms();
    Result<void> loadSkin(unsigned features);
    void makeShadowMap();
    [[nodiscard]] shared::FrameBlock blockOf(const GpuScene& scene, const View& view, int sample) const;
    void drawShadows(const GpuScene& scene, const shared::FrameBlock& block) const;
    void drawSurface(const GpuScene& scene, const shared::FrameBlock& block) const;
    void shadeSkin(const GpuScene& scene, unsigned features) const;
    void fullscreen(const GlProgram& program, const GlFramebuffer& target) const;
};

Renderer::Renderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Renderer::~Renderer() = default;
Renderer::Renderer(Renderer&&) noexcept = default;
Renderer& Renderer::operator=(Renderer&&) noexcept = default;

Result<void> Renderer::Impl::loadPrograms() {
    STUBBLE_TRY(shadow, loadProgram({"skin/shadow.vert", "skin/shadow.frag"}));
    STUBBLE_TRY(surface, loadProgram({"skin/surface.vert", "skin/surface.frag"}));
    STUBBLE_TRY(halfMask, loadProgram({"post/fullscreen.vert", "skin/half_mask.frag"}));
    STUBBLE_TRY(light, loadProgram({"post/fullscreen.vert", "skin/light.frag"}));
    STUBBLE_TRY(scatter, loadProgram({"post/fullscreen.vert", "skin/scatter.frag"}));
    STUBBLE_TRY(dots, DotPass::create());
    STUBBLE_TRY(hair, HairPass::create());
    STUBBLE_TRY(overBackdrop, loadProgram({"post/fullscreen.vert", "hair/over_backdrop.frag"}));
    STUBBLE_TRY(backdrop, loadProgram({"post/fullscreen.vert", "post/backdrop.frag"}));
    STUBBLE_TRY(toneMap, loadProgram({"post/fullscreen.vert", "post/tone_map.frag"}));
    return {};
}

Result<void> Renderer::Impl::loadSkin(unsigned features) {
    if (resolve[features]) return {};
    const std::string scars = features & kScars ? "#define STUBBLE_SCARS\n" : "";
    const std::string bare = "#define STUBBLE_BARE\n";
    const std::string kind =
        features & kRelief ? "#define STUBBLE_RELIEF\n" + scars : "#define STUBBLE_FAR\n";
    STUBBLE_TRY(resolve[features], loadProgram({"post/fullscreen.vert", "skin/resolve.frag"}, kind));
    STUBBLE_TRY(resolveBare[features],
                loadProgram({"post/fullscreen.vert", "skin/resolve.frag"}, kind + bare));
    if (!(features & kRelief)) {
        STUBBLE_TRY(shade[features], loadProgram({"post/fullscreen.vert", "skin/shade.frag"}, scars));
    }
    return {};
}

void Renderer::Impl::makeShadowMap() {
    GLuint name = 0;
    glCreateTextures(GL_TEXTURE_2D_ARRAY, 1, &name);
    shadowMap = GlTexture(name);
    glTextureStorage3D(name, 1, GL_DEPTH_COMPONENT32F, kShadowSize, kShadowSize, STUBBLE_MAX_LIGHTS);
    glTextureParameteri(name, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTextureParameteri(name, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    for (std::size_t i = 0; i < shadowLayers.size(); ++i) {
        shadowLayers[i] = makeFramebuffer("shadow", {}, 0);
        glNamedFramebufferTextureLayer(shadowLayers[i].name(), GL_DEPTH_ATTACHMENT, name, 0,
                                       static_cast<GLint>(i));
    }
}

Result<Renderer> Renderer::create() {
    auto impl = std::make_unique<Impl>();
    STUBBLE_CHECK(impl->loadPrograms());
    impl->relief = makeRelief();
    impl->mottling = makeMottling();
    impl->makeShadowMap();
    GLuint array = 0;
    glCreateVertexArrays(1, &array);
    impl->empty = GlVertexArray(array);
    impl->frameBlock = makeEmptyBuffer("frame block", sizeof(shared::FrameBlock), GL_DYNAMIC_STORAGE_BIT);
    return Renderer(std::move(impl));
}

shared::FrameBlock Renderer::Impl::blockOf(const GpuScene& scene, const View& view, int sample) const {
    const Camera& camera = view.camera;
    const bool single = view.samples == 1;
    const float filterVariance = splatFilterVariance(view.samples);
    const glm::vec2 jitter = subFrameOffset(sample, view.samples);

    // Near and far planes hug the head: depth precision is what keeps dots on their skin.
    const glm::vec3 centre = 0.5f * (scene.boundsMinMm + scene.boundsMaxMm);
    const float radius = 0.5f * glm::length(scene.boundsMaxMm - scene.boundsMinMm) + 1;
    const float toCentre = glm::dot(centre - camera.eyeMm, camera.forward());
    const glm::vec2 range(std::max(toCentre - radius, 5.0f), std::max(toCentre + radius, 10.0f));

    shared::FrameBlock block{};
    block.clipFromWorld = clipFromWorld(camera, view.width, view.height, -jitter, range);
    block.eyeMm = {camera.eyeMm, camera.focalPixels(view.height)};
    block.viewRight = {camera.right(), 0.5f * static_cast<float>(view.width) + jitter.x};
    block.viewUp = {camera.trueUp(), 0.5f * static_cast<float>(view.height) + jitter.y};
    block.viewForward = {camera.forward(), filterVariance};
    const int lightCount = std::min(static_cast<int>(view.light.lights.size()), STUBBLE_MAX_LIGHTS);
    block.size = {view.width, view.height, lightCount, sample};
    block.skinAlbedo = {scene.skinAlbedo, scene.shine};
    block.skyIrradiance = {view.light.sky, 0};
    block.sideIrradiance = {view.light.side, relief.meanSquareSlope};
    block.groundIrradiance = {view.light.ground, 1.0f / static_cast<float>(view.samples)};
    block.backdropCentre = {view.light.backdropCentre, 0};
    block.backdropEdge = {view.light.backdropEdge, 0};
    // The blur's axes turn from sub-frame to sub-frame.
    block.scatterMm = {scene.scatterMm, static_cast<float>(sample) * 0.5f * kPi * 0.61803399f};
    block.skinDetail = {kUnevenSlope, scene.bloodMottling, scene.melaninMottling, kUnevenShine};
    const glm::mat4 textureFromClip =
        glm::translate(glm::mat4(1), glm::vec3(0.5f)) * glm::scale(glm::mat4(1), glm::vec3(0.5f));
    for (int i = 0; i < lightCount; ++i) {
        const AreaLight& lamp = view.light.lights[static_cast<std::size_t>(i)];
        const glm::vec2 disc =
            single ? glm::vec2(0)
                   : discPoint(shadowSample(i, sample), view.samples, 0.37f * static_cast<float>(i));
        const glm::vec3 towards = directionToLight(lamp, camera, disc);
        // Half the step between neighbouring light points on skin that lies 40 mm behind what shades it.
        const float tapReachMm = 0.5f * 40 * std::tan(radiansFromDegrees(lamp.radiusDegrees)) /
                                 std::sqrt(static_cast<float>(view.samples));
        block.lights[i].shadowFromWorld = textureFromClip * shadowFromWorld(scene, towards);
        block.lights[i].towards = {towards, radiansFromDegrees(lamp.radiusDegrees)};
        block.lights[i].irradiance = {lamp.irradiance, tapReachMm};
    }
    return block;
}

void Renderer::Impl::drawShadows(const GpuScene& scene, const shared::FrameBlock& block) const {
    glViewport(0, 0, kShadowSize, kShadowSize);
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    glDisable(GL_STENCIL_TEST);
    glEnable(GL_POLYGON_OFFSET_FILL);
    glPolygonOffset(1.5f, 2.0f);
    glEnable(GL_CULL_FACE);  // what faces the light casts the shadow
    glUseProgram(shadow.name());
    glBindVertexArray(scene.shadowMesh.name());
    for (int i = 0; i < block.size.z; ++i) {
        if (shadowSample(i, block.size.w) != block.size.w) continue;  // its map is still there
        const glm::mat4 clip = shadowFromWorld(scene, glm::vec3(block.lights[i].towards));
        glBindFramebuffer(GL_FRAMEBUFFER, shadowLayers[static_cast<std::size_t>(i)].name());
        glClear(GL_DEPTH_BUFFER_BIT);
        glUniformMatrix4fv(0, 1, GL_FALSE, &clip[0][0]);
        glDrawElements(GL_TRIANGLES, scene.shadowIndexCount, GL_UNSIGNED_INT, nullptr);
    }
    glDisable(GL_POLYGON_OFFSET_FILL);
    glDisable(GL_CULL_FACE);
}

void Renderer::Impl::drawSurface(const GpuScene& scene, const shared::FrameBlock& block) const {
    glViewport(0, 0, targets.width, targets.height);
    glBindFramebuffer(GL_FRAMEBUFFER, targets.surface.name());
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    glEnable(GL_STENCIL_TEST);
    glStencilFunc(GL_ALWAYS, 1, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    // A depth of 0 says that there is no skin; normal and tint are read only where there is. All of the
    // picture, not the head's box alone: that would draw a rectangle where llvmpipe else fills memory.
    constexpr std::array<float, 4> kNoSkin = {0, 0, 0, 0};
    glClearNamedFramebufferfv(targets.surface.name(), GL_COLOR, 2, kNoSkin.data());
    glClear(GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    glEnable(GL_SCISSOR_TEST);
    glScissor(headBox.x, headBox.y, headBox.z, headBox.w);
    // An open mesh shows its inside; a closed one spares the half that faces away.
    if (scene.closed) glEnable(GL_CULL_FACE);
    glUseProgram(surface.name());
    glBindVertexArray(scene.mesh.name());
    // The coarsest surface whose error stays well inside a pixel.
    constexpr float kHiddenErrorPixels = 0.2f;
    const glm::vec3 nearest = glm::clamp(glm::vec3(block.eyeMm), scene.boundsMinMm, scene.boundsMaxMm);
    const float pixelMm = glm::distance(nearest, glm::vec3(block.eyeMm)) / block.eyeMm.w;
    const SurfaceLevel& level = *std::find_if(
        scene.levels.rbegin(), scene.levels.rend(),
        [&](const SurfaceLevel& candidate) { return candidate.errorMm <= kHiddenErrorPixels * pixelMm; });
    for (const bool bare : {false, true}) {
        std::vector<GLsizei> counts;
        std::vector<const void*> offsets;
        for (const glm::uvec2 run :
             visibleRuns(level.clusters, block.clipFromWorld, glm::vec3(block.eyeMm), scene.closed, bare)) {
            counts.push_back(static_cast<GLsizei>(3 * run.y));
            offsets.push_back(reinterpret_cast<const void*>(std::uintptr_t{run.x} * sizeof(glm::uvec3)));
        }
        glStencilFunc(GL_ALWAYS, bare ? kBareStencil : kDottedStencil, 0xff);
        glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, offsets.data(),
                            static_cast<GLsizei>(counts.size()));
    }
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    glDepthMask(GL_FALSE);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
}

void Renderer::Impl::fullscreen(const GlProgram& program, const GlFramebuffer& target) const {
    glBindFramebuffer(GL_FRAMEBUFFER, target.name());
    glUseProgram(program.name());
    glBindVertexArray(empty.name());
    glDrawArrays(GL_TRIANGLES, 0, 3);
}

void Renderer::Impl::shadeSkin(const GpuScene& scene, unsigned features) const {
    const Targets& t = targets;
    glViewport(0, 0, t.halfWidth, t.halfHeight);
    const int left = headBox.x / 2, bottom = headBox.y / 2;
    glScissor(left, bottom, (headBox.x + headBox.z + 1) / 2 - left, (headBox.y + headBox.w + 1) / 2 - bottom);
    bindTextures(
        {t.normalOpenness.name(), t.tint.name(), t.depthMm.name(), shadowMap.name(), t.lampsThrough.name()});
    begin("light");
    // Where a half-size pixel has no skin its depth is 0, and no pass looks at it.
    constexpr std::array<float, 4> kNoSkin = {0, 0, 0, 0};
    constexpr GLint kUnmarked = 0;
    // All of them, not the head's box alone: the blur looks beyond it.
    glDisable(GL_SCISSOR_TEST);
    for (const GlFramebuffer* target : {&t.light, &t.shade})
        glClearNamedFramebufferfv(target->name(), GL_COLOR, 0, kNoSkin.data());
    glClearNamedFramebufferiv(t.mask.name(), GL_STENCIL, 0, &kUnmarked);
    glEnable(GL_SCISSOR_TEST);
    glStencilFunc(GL_ALWAYS, 1, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    fullscreen(halfMask, t.mask);
    glStencilFunc(GL_EQUAL, 1, 0xff);
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    fullscreen(light, t.light);
    begin("scatter");
    for (int axis = 0; axis < 2; ++axis) {
        glBindTextureUnit(0, t.irradiance[axis].name());
        glProgramUniform1i(scatter.name(), 0, axis);
        fullscreen(scatter, t.scatter[axis]);
    }
    const auto bindScars = [&](const GlProgram& program) {
        if (!scene.scars) return;
        DotPass::bindTailMap(program, scene);
        glBindTextureUnit(9, scene.scars->texture.name());
        glProgramUniform4fv(program.name(), 7, 1, &scene.scars->window[0]);
        glProgramUniform3fv(program.name(), 8, 1, &scene.paleAlbedo[0]);
    };
    bindTextures({t.irradiance[0].name(), t.tint.name(), t.normalOpenness.name(), 0, t.depthMm.name(),
                  t.lit.name(), relief.texture.name(), mottling.name()});
    if (!(features & kRelief)) {
        begin("shade");
        bindScars(shade[features]);
        fullscreen(shade[features], t.shade);
        bindTextures({t.irradiance[1].name(), 0, 0, 0, t.depthMm.name(), t.shine.name()});
    }
    glViewport(0, 0, t.width, t.height);
    glScissor(headBox.x, headBox.y, headBox.z, headBox.w);
    begin("resolve");
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE, GL_ONE);
    hair.bindSums();
    for (const bool bare : {false, true}) {
        const GlProgram& program = bare ? resolveBare[features] : resolve[features];
        if (!bare) dots.bindSums(program, scene);
        if (features & kRelief) bindScars(program);
        glStencilFunc(GL_EQUAL, bare ? kBareStencil : kDottedStencil, 0xff);
        fullscreen(program, t.resolve);
    }
    begin("hair over the rim");
    glScissor(headBox.x, headBox.y, headBox.z, headBox.w);
    glStencilFunc(GL_EQUAL, 0, 0xff);
    fullscreen(overBackdrop, t.resolve);
    glDisable(GL_BLEND);
    glDisable(GL_STENCIL_TEST);
    glDisable(GL_SCISSOR_TEST);
}

Result<ImageRgb8> Renderer::render(const GpuScene& scene, const View& view) {
    if (view.width < 1 || view.height < 1 || view.width > kMaxSide || view.height > kMaxSide ||
        view.samples < 1)
        return fail(
            ExitCode::usage,
            "picture of {} x {} pixels with {} samples: expected 1 to {} a side and at least one sample",
            view.width, view.height, view.samples, kMaxSide);
    if (std::int64_t{view.width} * view.height > std::min(DotPass::maxPixels(), HairPass::maxPixels()))
        return fail(ExitCode::usage,
                    "picture of {} x {} pixels: this graphics driver takes at most {} pixels at once",
                    view.width, view.height, std::min(DotPass::maxPixels(), HairPass::maxPixels()));
    Impl& impl = *impl_;
    const unsigned features = featuresOf(scene, view);
    STUBBLE_CHECK(impl.loadSkin(features));
    if (impl.targets.width != view.width || impl.targets.height != view.height)
        impl.targets = makeTargets(view.width, view.height);
    const Targets& t = impl.targets;
    impl.samples = view.samples;
    glBindFramebuffer(GL_FRAMEBUFFER, t.resolve.name());
    glDisable(GL_STENCIL_TEST);
    glClearColor(0, 0, 0, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    for (int sample = 0; sample < view.samples; ++sample) {
        const shared::FrameBlock block = impl.blockOf(scene, view, sample);
        if (sample == 0) impl.headBox = pixelBoxOf(scene, view, block);
        glNamedBufferSubData(impl.frameBlock.name(), 0, sizeof block, &block);
        glBindBufferBase(GL_UNIFORM_BUFFER, 0, impl.frameBlock.name());
        impl.begin("shadows");
        impl.drawShadows(scene, block);
        impl.begin("surface");
        impl.drawSurface(scene, block);
        impl.begin("dots");
        if (drawsDots(sample)) impl.dots.draw(scene, block, t.depthMm.name());
        impl.begin("hair");
        impl.hair.draw(scene, block, t.depthMm.name(), impl.shadowMap.name());
        impl.shadeSkin(scene, features);
    }
    impl.begin("backdrop, tone map");
    // The backdrop shows where sub-frames left a pixel uncovered.
    glEnable(GL_BLEND);
    glBlendFunc(GL_ONE_MINUS_DST_ALPHA, GL_ONE);
    impl.fullscreen(impl.backdrop, t.resolve);
    glDisable(GL_BLEND);
    glBindTextureUnit(0, t.sum.name());
    glProgramUniform1f(impl.toneMap.name(), 0, view.light.exposure / static_cast<float>(view.samples));
    impl.fullscreen(impl.toneMap, t.toneMap);

    impl.begin("");

    std::vector<glm::u8vec3> rows(static_cast<std::size_t>(view.width) *
                                  static_cast<std::size_t>(view.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glGetTextureImage(t.display.name(), 0, GL_RGB, GL_UNSIGNED_BYTE, static_cast<GLsizei>(rows.size() * 3),
                      rows.data());
    ImageRgb8 image(view.width, view.height);
    for (int y = 0; y < view.height; ++y)
        std::copy_n(
            &rows[static_cast<std::size_t>(view.height - 1 - y) * static_cast<std::size_t>(view.width)],
            view.width, &image.at(0, y));
    if (const GLenum error = glGetError(); error != GL_NO_ERROR)
        return fail(ExitCode::noOpenGl, "OpenGL error {:#x} while rendering", error);
    return image;
}

void Renderer::listenToPasses(std::function<void(std::string_view)> listener) {
    impl_->listener = std::move(listener);
}

Image<float> Renderer::hairCoverage() const {
    return impl_->hair.coverage();
}

ImageLinear Renderer::linearImage() const {
    const Targets& t = impl_->targets;
    std::vector<glm::vec3> rows(static_cast<std::size_t>(t.width) * static_cast<std::size_t>(t.height));
    glGetTextureImage(t.sum.name(), 0, GL_RGB, GL_FLOAT,
                      static_cast<GLsizei>(rows.size() * sizeof(glm::vec3)), rows.data());
    ImageLinear image(t.width, t.height);
    const float scale = 1.0f / static_cast<float>(impl_->samples);
    for (int y = 0; y < t.height; ++y)
        for (int x = 0; x < t.width; ++x)
            image.at(x, y) =
                rows[static_cast<std::size_t>(t.height - 1 - y) * static_cast<std::size_t>(t.width) +
                     static_cast<std::size_t>(x)] *
                scale;
    return image;
}

}  // namespace stubble
