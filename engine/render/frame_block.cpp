#include "engine/render/frame_block.h"

#include <array>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>

#include "engine/core/units.h"
#include "engine/render/relief.h"
#include "engine/render/splat_groups.h"
#include "engine/render/sub_frames.h"

namespace stubble {
namespace {

/// Unevenness of relief and oil over 1 to 12 mm; working defaults, by eye.
constexpr float kUnevenSlope = 0.05f, kUnevenShine = 0.08f;
/// Tiles begin at multiples of it: half-size passes, cells of wide dots and the dither's matrix fit in.
constexpr int kAlignment = 8;

glm::mat4 clipFromWorld(const Camera& camera, int width, int height, glm::vec2 shiftPixels,
                        glm::vec2 depthRangeMm) {
    glm::mat4 clipFromView =
        glm::perspective(camera.fieldOfView, static_cast<float>(width) / static_cast<float>(height),
                         depthRangeMm.x, depthRangeMm.y);
    clipFromView[2][0] -= 2 * shiftPixels.x / static_cast<float>(width);
    clipFromView[2][1] -= 2 * shiftPixels.y / static_cast<float>(height);
    return clipFromView * glm::lookAt(camera.eyeMm, camera.targetMm, camera.up);
}

/// Sets where a sub-frame looks from through a point of the lens, on the unit disc, its picture shifted so
/// that what is in focus stays. Returns the camera.
Camera look(const View& view, glm::vec2 disc, glm::vec2 shiftPixels, shared::FrameBlock& frame) {
    Camera camera = view.camera;
    const glm::vec2 offsetMm = 0.5f * view.lens.apertureMm * disc;
    const float focal = camera.focalPixels(view.height);
    const glm::vec3 right = camera.right(), up = camera.trueUp();
    if (view.lens.apertureMm > 0) {
        const glm::vec3 step = offsetMm.x * right + offsetMm.y * up;
        camera.eyeMm += step, camera.targetMm += step;
        shiftPixels += offsetMm * (focal / view.lens.focusMm);
    }
    frame.eyeMm = {camera.eyeMm, focal};
    frame.viewRight = {right, 0.5f * static_cast<float>(view.width) + shiftPixels.x};
    frame.viewUp = {up, 0.5f * static_cast<float>(view.height) + shiftPixels.y};
    frame.viewForward = {camera.forward(), splatFilterVariance(view.samples)};
    return camera;
}

/// Pixels, from the picture's lower left, that the head and its hair may cover with a margin for the filter
/// and the lens; all of it when the eye is in or near them.
glm::ivec4 coveredPixels(const GpuScene& scene, const View& view) {
    const glm::vec2 size(view.width, view.height);
    glm::vec2 least(size), most(0);
    constexpr float kMargin = 4;  // of sub-frames' offsets and the splats' filter
    const std::array<glm::vec2, 5> discs = {glm::vec2(0), {1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    for (const glm::vec2 disc : std::span(discs).first(view.lens.apertureMm > 0 ? 5 : 1)) {
        shared::FrameBlock seen{};
        look(view, disc, glm::vec2(0), seen);
        for (const SurfaceCluster& cluster : scene.levels.front().clusters) {
            const auto span = pixelsOfSphere(seen, cluster.centreMm, cluster.radiusMm + scene.longestHairMm);
            if (!span || glm::any(glm::lessThan(span->high, glm::vec2(-kMargin))) ||
                glm::any(glm::greaterThan(span->low, size + kMargin)))
                continue;
            least = glm::min(least, span->low), most = glm::max(most, span->high);
        }
    }
    const glm::ivec2 from(glm::clamp(glm::floor(least - kMargin), glm::vec2(0), size)),
        to(glm::clamp(glm::ceil(most + kMargin), glm::vec2(0), size));
    return {from, glm::max(to - from, glm::ivec2(0))};
}

/// Pixels beyond its own that a pixel's light may come from.
int reachPixels(const GpuScene& scene, const View& view) {
    constexpr float kBlurReach = 4;  // as shaders/skin/scatter.frag
    const float longestMm = std::max(scene.scatterMm.r, std::max(scene.scatterMm.g, scene.scatterMm.b));
    const float pixelMm = nearestPixelMm(scene, view.camera, view.height);
    // Both axes of the blur, and what half-size pixels and cells of wide dots add.
    return static_cast<int>(std::ceil(std::sqrt(2.0f) * kBlurReach * longestMm / pixelMm)) + 24;
}

}  // namespace

float nearestPixelMm(const GpuScene& scene, const Camera& camera, int pictureHeight) {
    const glm::vec3 nearest = glm::clamp(camera.eyeMm, scene.boundsMinMm, scene.boundsMaxMm);
    return std::max(glm::distance(nearest, camera.eyeMm), 1.0f) / camera.focalPixels(pictureHeight);
}

glm::mat4 shadowClipFromWorld(const GpuScene& scene, glm::vec3 towards) {
    const glm::vec3 centre = 0.5f * (scene.boundsMinMm + scene.boundsMaxMm);
    const float radius = 0.5f * glm::length(scene.boundsMaxMm - scene.boundsMinMm) + 1;
    const glm::vec3 up = std::abs(towards.y) < 0.95f ? glm::vec3(0, 1, 0) : glm::vec3(1, 0, 0);
    return glm::ortho(-radius, radius, -radius, radius, 0.0f, 2 * radius) *
           glm::lookAt(centre + radius * towards, centre, up);
}

Target targetOf(const GpuScene& scene, const View& view, const PixelRect& core) {
    Target target{.core = core};
    const glm::ivec2 picture(view.width, view.height), coreFrom(core.x, view.height - core.y - core.height);
    const bool whole = core == PixelRect{0, 0, view.width, view.height};
    const int reach = whole ? 0 : reachPixels(scene, view);
    target.corner = glm::max(coreFrom - reach, glm::ivec2(0)) / kAlignment * kAlignment;
    const glm::ivec2 coreTo = coreFrom + glm::ivec2(core.width, core.height);
    const glm::ivec2 to = (coreTo + reach + kAlignment - 1) / kAlignment * kAlignment;
    target.size = glm::min(to, picture) - target.corner;
    const glm::ivec4 covered = coveredPixels(scene, view);
    const glm::ivec2 low = glm::clamp(glm::ivec2(covered) - target.corner, glm::ivec2(0), target.size),
                     high = glm::clamp(glm::ivec2(covered) + glm::ivec2(covered.z, covered.w) - target.corner,
                                       glm::ivec2(0), target.size);
    target.box = {low, high - low};
    return target;
}

shared::FrameBlock frameBlockOf(const GpuScene& scene, const View& view, const Target& target, int sample) {
    shared::FrameBlock block{};
    const Camera camera =
        look(view, lensPoint(sample, view.samples), subFrameOffset(sample, view.samples), block);
    const glm::vec2 shift(block.viewRight.w - 0.5f * static_cast<float>(view.width),
                          block.viewUp.w - 0.5f * static_cast<float>(view.height));

    // Near and far planes hug the head: depth precision is what keeps dots on their skin.
    const glm::vec3 centre = 0.5f * (scene.boundsMinMm + scene.boundsMaxMm);
    const float radius = 0.5f * glm::length(scene.boundsMaxMm - scene.boundsMinMm) + 1;
    const float toCentre = glm::dot(centre - camera.eyeMm, camera.forward());
    const glm::vec2 range(std::max(toCentre - radius, 5.0f), std::max(toCentre + radius, 10.0f));

    block.clipFromWorld = clipFromWorld(camera, view.width, view.height, shift, range);
    const int lightCount = std::min(static_cast<int>(view.light.lights.size()), STUBBLE_MAX_LIGHTS);
    block.size = {target.size, lightCount, sample};
    block.tile = {target.corner, view.width, view.height};
    block.box = target.box;
    block.skinAlbedo = {scene.skinAlbedo, scene.shine};
    block.skyIrradiance = {view.light.sky, 0};
    block.sideIrradiance = {view.light.side, kReliefMeanSquareSlope};
    block.groundIrradiance = {view.light.ground, 0};
    block.backdropCentre = {view.light.backdropCentre, 0};
    block.backdropEdge = {view.light.backdropEdge, 0};
    // The blur's axes turn from sub-frame to sub-frame.
    block.scatterMm = {scene.scatterMm, static_cast<float>(sample) * 0.5f * kPi * 0.61803399f};
    block.skinDetail = {kUnevenSlope, scene.bloodMottling, scene.melaninMottling, kUnevenShine};
    const glm::mat4 textureFromClip =
        glm::translate(glm::mat4(1), glm::vec3(0.5f)) * glm::scale(glm::mat4(1), glm::vec3(0.5f));
    for (int i = 0; i < lightCount; ++i) {
        const AreaLight& lamp = view.light.lights[static_cast<std::size_t>(i)];
        const glm::vec2 disc = view.samples == 1 ? glm::vec2(0)
                                                 : discPoint(shadowSample(i, sample), view.samples,
                                                             0.37f * static_cast<float>(i));
        const glm::vec3 towards = directionToLight(lamp, view.camera, disc);
        // Half the step between neighbouring light points on skin that lies 40 mm behind what shades it.
        const float tapReachMm = 0.5f * 40 * std::tan(radiansFromDegrees(lamp.radiusDegrees)) /
                                 std::sqrt(static_cast<float>(view.samples));
        block.lights[i].shadowFromWorld = textureFromClip * shadowClipFromWorld(scene, towards);
        block.lights[i].towards = {towards, radiansFromDegrees(lamp.radiusDegrees)};
        block.lights[i].irradiance = {lamp.irradiance, tapReachMm};
    }
    return block;
}

}  // namespace stubble
