#include "engine/render/frame_targets.h"

namespace stubble {
namespace {

GlFramebuffer withStencil(GlFramebuffer framebuffer, const GlTexture& stencil) {
    glNamedFramebufferTexture(framebuffer.name(), GL_DEPTH_STENCIL_ATTACHMENT, stencil.name(), 0);
    return framebuffer;
}

}  // namespace

SurfaceMaps SurfaceMaps::make(int width, int height) {
    SurfaceMaps maps;
    maps.width = width, maps.height = height;
    maps.normalOpenness = makeTexture("normal, openness", GL_RGBA16F, width, height);
    maps.tint = makeTexture("tint", GL_RGBA8, width, height);
    maps.depthMm = makeTexture("depth mm", GL_R32F, width, height);
    maps.lampsThrough = makeTexture("lamps through hair", GL_RGBA8, width, height);
    maps.depthStencil = makeTexture("depth stencil", GL_DEPTH24_STENCIL8, width, height);
    maps.framebuffer = withStencil(
        makeFramebuffer(
            "surface",
            {maps.normalOpenness.name(), maps.tint.name(), maps.depthMm.name(), maps.lampsThrough.name()}, 0),
        maps.depthStencil);
    return maps;
}

FrameTargets FrameTargets::make(int width, int height) {
    FrameTargets t;
    t.width = width, t.height = height;
    t.halfWidth = (width + 1) / 2, t.halfHeight = (height + 1) / 2;
    t.surface = SurfaceMaps::make(width, height);
    for (GlTexture& texture : t.irradiance)
        texture = makeTexture("irradiance", GL_RGBA32F, t.halfWidth, t.halfHeight);
    t.halfStencil = makeTexture("half-size stencil", GL_DEPTH24_STENCIL8, t.halfWidth, t.halfHeight);
    t.lit = makeTexture("lit", GL_RGBA8, t.halfWidth, t.halfHeight);
    t.shine = makeTexture("shine", GL_RGBA16F, t.halfWidth, t.halfHeight);
    t.sum = makeTexture("sum", GL_RGBA32F, width, height);
    const auto halfSize = [&](const char* label, std::initializer_list<GLuint> colours) {
        return withStencil(makeFramebuffer(label, colours, 0), t.halfStencil);
    };
    t.mask = halfSize("mask", {});
    t.light = halfSize("light", {t.irradiance[0].name(), t.lit.name()});
    t.scatter[0] = halfSize("scatter 0", {t.irradiance[1].name()});
    t.scatter[1] = halfSize("scatter 1", {t.irradiance[0].name()});
    t.shade = halfSize("shade", {t.irradiance[1].name(), t.shine.name()});
    t.resolve = withStencil(makeFramebuffer("resolve", {t.sum.name()}, 0), t.surface.depthStencil);
    return t;
}

}  // namespace stubble
