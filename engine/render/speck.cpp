#include "engine/render/speck.h"

#include "engine/core/units.h"
#include "engine/optics/dot_table.h"

namespace stubble {
namespace {

SceneArrays speckOf(const TriMesh& mesh, glm::vec3 placeMm, bool withScars) {
    SceneArrays arrays;
    const Bounds bounds = boundsOf(mesh);
    arrays.boundsMinMm = bounds.minMm;
    arrays.boundsMaxMm = bounds.maxMm;
    arrays.shadow = ShadowCaster::of(mesh);
    arrays.vertices = std::vector(3, SkinVertex{placeMm, {}, {}, {}, 0});
    arrays.triangles = std::vector(2, glm::uvec3(0, 1, 2));
    // Two of one triangle each, of skin with dots and of bare skin; the others only lie where the head does.
    constexpr float kHairMm = 20;  // about what is added to the surface's own clusters for hair
    std::vector<SurfaceCluster> clusters;
    for (const std::uint32_t i : {0u, 1u})
        clusters.push_back({i, 1, placeMm, kHairMm, glm::vec3(0), -1, i == 1});
    constexpr std::size_t kStep = 64;
    for (std::size_t i = 0; i < mesh.positionsMm.size(); i += kStep)
        clusters.push_back({0, 0, mesh.positionsMm[i], kHairMm, glm::vec3(0), -1, false});
    arrays.levels = {SurfaceLevel{0, std::move(clusters)}};
    shared::Dot dot{};
    const glm::uvec3 place = glm::floatBitsToUint(placeMm);
    dot.xyMm = {place.x, place.y}, dot.zMmNormal = {place.z, 0};
    arrays.dots = std::vector{dot}, arrays.dotLobes = std::vector{shared::DotLobes{}};
    // As wide as dots become: near views draw those by programs of their own.
    arrays.widestSigmaMm = coreSigmasMm(kTableDepthsMm.back(), kTableDiametersMm.back()).back();
    shared::Strand strand{};
    strand.root = glm::floatBitsToUint(glm::vec4(placeMm, 0));
    arrays.strands = std::vector{strand};
    const SplatGroup group{placeMm, 0, glm::vec3(0, 0, 1), kPi};
    arrays.dotTree = {{DotGroup{group}}, {0}}, arrays.strandGroups = {group};
    // Drivers may compile anew for textures whose sides are powers of two, which a scene's are hardly ever.
    constexpr int kSide = 3;
    TailField tails;
    tails.width = tails.height = kSide;
    arrays.tails = std::move(tails);
    if (withScars)
        arrays.scars = std::optional(
            ScarField{std::vector<glm::u16vec4>(kSide * kSide), glm::ivec2(kSide), glm::vec4(0)});
    return arrays;
}

}  // namespace

void drawSpeck(Renderer& renderer, const View& view, const PixelRect& tile, const TriMesh& mesh,
               bool withScars) {
    const GpuScene speck(speckOf(mesh, view.camera.targetMm, withScars));
    if (!renderer.start(speck, view, tile)) return;
    renderer.addSubFrame();
    (void)renderer.texture();
    glFinish();
}

}  // namespace stubble
