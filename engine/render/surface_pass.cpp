// Rasterisers interpolate from their framebuffer's corner, so that where the corner lies decides the last
// bits. A picture is therefore drawn in cells that lie the same for any tile of it, and tiles equal the
// whole.
#include "engine/render/surface_pass.h"

#include <algorithm>
#include <array>
#include <glm/gtc/matrix_transform.hpp>
#include <vector>

#include "engine/gpu/shader.h"

namespace stubble {
namespace {

constexpr int kCellSide = 2048;

/// From clip space of the picture to that of a part of it; pixels from the picture's lower left.
glm::mat4 partFromPicture(glm::vec2 picture, glm::vec2 corner, glm::vec2 size) {
    const glm::vec2 scale = picture / size, middle = (2.0f * corner + size) / picture - 1.0f;
    return glm::scale(glm::mat4(1), glm::vec3(scale, 1)) *
           glm::translate(glm::mat4(1), glm::vec3(-middle, 0));
}

/// The coarsest surface whose error is allowed.
const SurfaceLevel& levelFor(const GpuScene& scene, const shared::FrameBlock& frame,
                             const SurfaceError& allowed) {
    const glm::vec3 nearest = glm::clamp(glm::vec3(frame.eyeMm), scene.boundsMinMm, scene.boundsMaxMm);
    const float pixelMm = glm::distance(nearest, glm::vec3(frame.eyeMm)) / frame.eyeMm.w;
    return *std::find_if(scene.levels.rbegin(), scene.levels.rend(), [&](const SurfaceLevel& candidate) {
        return candidate.errorMm <= std::min(allowed.pixels * pixelMm, allowed.mm);
    });
}

}  // namespace

Result<SurfacePass> SurfacePass::create() {
    SurfacePass pass;
    STUBBLE_TRY(pass.program_, loadProgram({"skin/surface.vert", "skin/surface.frag"}));
    return pass;
}

void SurfacePass::drawInto(const SurfaceMaps& maps, glm::ivec2 corner, glm::ivec4 scissor,
                           const GpuScene& scene, const shared::FrameBlock& frame,
                           const SurfaceLevel& level) const {
    const glm::ivec2 picture(frame.tile.z, frame.tile.w);
    glViewport(-corner.x, -corner.y, picture.x, picture.y);
    glBindFramebuffer(GL_FRAMEBUFFER, maps.framebuffer.name());
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    glDisable(GL_SCISSOR_TEST);
    // A depth of 0 says that there is no skin; normal and tint are read only where there is. All of the
    // picture, not the head's box alone: that would draw a rectangle where llvmpipe else fills memory.
    constexpr std::array<float, 4> kNoSkin = {0, 0, 0, 0};
    glClearNamedFramebufferfv(maps.framebuffer.name(), GL_COLOR, 2, kNoSkin.data());
    glClear(GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    if (scissor.z <= 0 || scissor.w <= 0) return;
    glEnable(GL_STENCIL_TEST);
    glStencilOp(GL_KEEP, GL_KEEP, GL_REPLACE);
    glEnable(GL_SCISSOR_TEST);
    glScissor(scissor.x, scissor.y, scissor.z, scissor.w);
    // An open mesh shows its inside; a closed one spares the half that faces away.
    if (scene.closed) glEnable(GL_CULL_FACE);
    glUseProgram(program_.name());
    glBindVertexArray(scene.mesh.name());
    const glm::mat4 partFromWorld =
        partFromPicture(picture, corner + glm::ivec2(scissor), glm::vec2(scissor.z, scissor.w)) *
        frame.clipFromWorld;
    for (const bool bare : {false, true}) {
        std::vector<GLsizei> counts;
        std::vector<const void*> offsets;
        for (const glm::uvec2 run :
             visibleRuns(level.clusters, partFromWorld, glm::vec3(frame.eyeMm), scene.closed, bare)) {
            counts.push_back(static_cast<GLsizei>(3 * run.y));
            offsets.push_back(reinterpret_cast<const void*>(std::uintptr_t{run.x} * sizeof(glm::uvec3)));
        }
        glStencilFunc(GL_ALWAYS, bare ? kBareStencil : kDottedStencil, 0xff);
        glMultiDrawElements(GL_TRIANGLES, counts.data(), GL_UNSIGNED_INT, offsets.data(),
                            static_cast<GLsizei>(counts.size()));
    }
    glStencilOp(GL_KEEP, GL_KEEP, GL_KEEP);
    glDisable(GL_CULL_FACE);
    glDisable(GL_SCISSOR_TEST);
}

void SurfacePass::draw(const GpuScene& scene, const shared::FrameBlock& frame, const SurfaceMaps& maps,
                       const SurfaceError& allowed) {
    const SurfaceLevel& level = levelFor(scene, frame, allowed);
    const glm::ivec2 corner(frame.tile), size(frame.size), picture(frame.tile.z, frame.tile.w);
    const glm::ivec2 firstCell = corner / kCellSide, lastCell = (corner + size - 1) / kCellSide;
    if (firstCell == lastCell && corner == firstCell * kCellSide) {
        drawInto(maps, corner, frame.box, scene, frame, level);
    } else {
        const glm::ivec2 cellSize = glm::min(picture, glm::ivec2(kCellSide));
        if (cell_.width != cellSize.x || cell_.height != cellSize.y)
            cell_ = SurfaceMaps::make(cellSize.x, cellSize.y);
        for (int y = firstCell.y; y <= lastCell.y; ++y)
            for (int x = firstCell.x; x <= lastCell.x; ++x) {
                const glm::ivec2 cellCorner = kCellSide * glm::ivec2(x, y);
                const glm::ivec2 from = glm::max(cellCorner, corner),
                                 to = glm::min(cellCorner + cellSize, corner + size);
                const glm::ivec2 boxFrom = glm::max(from, corner + glm::ivec2(frame.box)),
                                 boxTo = glm::min(to, corner + glm::ivec2(frame.box) +
                                                          glm::ivec2(frame.box.z, frame.box.w));
                drawInto(cell_, cellCorner, {boxFrom - cellCorner, boxTo - boxFrom}, scene, frame, level);
                const auto copy = [&](const GlTexture& source, const GlTexture& destination) {
                    glCopyImageSubData(source.name(), GL_TEXTURE_2D, 0, from.x - cellCorner.x,
                                       from.y - cellCorner.y, 0, destination.name(), GL_TEXTURE_2D, 0,
                                       from.x - corner.x, from.y - corner.y, 0, to.x - from.x, to.y - from.y,
                                       1);
                };
                copy(cell_.normalOpenness, maps.normalOpenness);
                copy(cell_.tint, maps.tint);
                copy(cell_.depthMm, maps.depthMm);
                copy(cell_.lampsThrough, maps.lampsThrough);
                copy(cell_.depthStencil, maps.depthStencil);
            }
    }
    glDisable(GL_DEPTH_TEST);
    glDepthMask(GL_FALSE);
    glDisable(GL_STENCIL_TEST);
}

}  // namespace stubble
