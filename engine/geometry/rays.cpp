#include "engine/geometry/rays.h"

#if __has_include(<embree4/rtcore.h>)
#include <embree4/rtcore.h>
#define STUBBLE_EMBREE 4
#else
#include <embree3/rtcore.h>
#define STUBBLE_EMBREE 3
#endif

#include <limits>

namespace stubble {

struct RayScene::Impl {
    const TriMesh* mesh = nullptr;
    RTCDevice device = nullptr;
    RTCScene scene = nullptr;
    ~Impl() {
        if (scene) rtcReleaseScene(scene);
        if (device) rtcReleaseDevice(device);
    }
};

namespace {

RTCRay makeRay(glm::vec3 origin, glm::vec3 unitDirection, float near, float far) {
    RTCRay ray{};
    ray.org_x = origin.x, ray.org_y = origin.y, ray.org_z = origin.z;
    ray.dir_x = unitDirection.x, ray.dir_y = unitDirection.y, ray.dir_z = unitDirection.z;
    ray.tnear = near, ray.tfar = far;
    ray.mask = ~0u;
    return ray;
}

/// Ericson, "Real-Time Collision Detection", 2005, section 5.1.5: barycentric coordinates of the closest
/// point.
glm::vec3 closestOnTriangle(glm::vec3 p, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    const glm::vec3 ab = b - a, ac = c - a, ap = p - a;
    const float d1 = glm::dot(ab, ap), d2 = glm::dot(ac, ap);
    if (d1 <= 0 && d2 <= 0) return {1, 0, 0};
    const glm::vec3 bp = p - b;
    const float d3 = glm::dot(ab, bp), d4 = glm::dot(ac, bp);
    if (d3 >= 0 && d4 <= d3) return {0, 1, 0};
    const float vc = d1 * d4 - d3 * d2;
    if (vc <= 0 && d1 >= 0 && d3 <= 0) {
        const float v = d1 / (d1 - d3);
        return {1 - v, v, 0};
    }
    const glm::vec3 cp = p - c;
    const float d5 = glm::dot(ab, cp), d6 = glm::dot(ac, cp);
    if (d6 >= 0 && d5 <= d6) return {0, 0, 1};
    const float vb = d5 * d2 - d1 * d6;
    if (vb <= 0 && d2 >= 0 && d6 <= 0) {
        const float w = d2 / (d2 - d6);
        return {1 - w, 0, w};
    }
    const float va = d3 * d6 - d5 * d4;
    if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
        const float w = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        return {0, 1 - w, w};
    }
    const float denominator = 1.0f / (va + vb + vc);
    const float v = vb * denominator, w = vc * denominator;
    return {1 - v - w, v, w};
}

struct ClosestQuery {
    const TriMesh* mesh;
    std::optional<SurfacePoint> best;
};

bool visitTriangle(RTCPointQueryFunctionArguments* args) {
    auto& query = *static_cast<ClosestQuery*>(args->userPtr);
    const glm::uvec3 t = query.mesh->triangles[args->primID];
    const auto& positions = query.mesh->positionsMm;
    const glm::vec3 p(args->query->x, args->query->y, args->query->z);
    const glm::vec3 barycentric = closestOnTriangle(p, positions[t.x], positions[t.y], positions[t.z]);
    const SurfacePoint point{args->primID, barycentric};
    const float distance = glm::length(p - positionMmAt(*query.mesh, point));
    if (distance >= args->query->radius) return false;
    args->query->radius = distance;
    query.best = point;
    return true;
}

}  // namespace

RayScene::RayScene(const TriMesh& mesh) : impl_(std::make_unique<Impl>()) {
    impl_->mesh = &mesh;
    impl_->device = rtcNewDevice(nullptr);  // "threads=1" would hold all of TBB to one thread
    impl_->scene = rtcNewScene(impl_->device);
    rtcSetSceneFlags(impl_->scene, RTC_SCENE_FLAG_ROBUST);
    if (!mesh.triangles.empty()) {
        RTCGeometry geometry = rtcNewGeometry(impl_->device, RTC_GEOMETRY_TYPE_TRIANGLE);
        auto* vertices = static_cast<glm::vec3*>(rtcSetNewGeometryBuffer(geometry, RTC_BUFFER_TYPE_VERTEX, 0,
                                                                         RTC_FORMAT_FLOAT3, sizeof(glm::vec3),
                                                                         mesh.positionsMm.size()));
        std::copy(mesh.positionsMm.begin(), mesh.positionsMm.end(), vertices);
        auto* indices = static_cast<glm::uvec3*>(rtcSetNewGeometryBuffer(
            geometry, RTC_BUFFER_TYPE_INDEX, 0, RTC_FORMAT_UINT3, sizeof(glm::uvec3), mesh.triangles.size()));
        std::copy(mesh.triangles.begin(), mesh.triangles.end(), indices);
        rtcCommitGeometry(geometry);
        rtcAttachGeometry(impl_->scene, geometry);
        rtcReleaseGeometry(geometry);
    }
    rtcCommitScene(impl_->scene);
}

RayScene::~RayScene() = default;
RayScene::RayScene(RayScene&&) noexcept = default;
RayScene& RayScene::operator=(RayScene&&) noexcept = default;

std::optional<RayHit> RayScene::firstHit(glm::vec3 originMm, glm::vec3 direction, float maxDistanceMm) const {
    RTCRayHit query{};
    query.ray = makeRay(originMm, glm::normalize(direction), 0, maxDistanceMm);
    query.hit.geomID = RTC_INVALID_GEOMETRY_ID;
#if STUBBLE_EMBREE == 4
    rtcIntersect1(impl_->scene, &query);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcIntersect1(impl_->scene, &context, &query);
#endif
    if (query.hit.geomID == RTC_INVALID_GEOMETRY_ID) return std::nullopt;
    RayHit hit;
    hit.point = {query.hit.primID, {1 - query.hit.u - query.hit.v, query.hit.u, query.hit.v}};
    hit.distanceMm = query.ray.tfar;
    hit.positionMm = positionMmAt(*impl_->mesh, hit.point);
    return hit;
}

std::vector<RayHit> RayScene::allHits(glm::vec3 originMm, glm::vec3 direction, float maxDistanceMm) const {
    std::vector<RayHit> hits;
    constexpr float kStepMm = 1e-3f;
    float travelled = 0;
    const glm::vec3 unit = glm::normalize(direction);
    while (travelled < maxDistanceMm && hits.size() < 64) {
        auto hit = firstHit(originMm + travelled * unit, unit, maxDistanceMm - travelled);
        if (!hit) break;
        travelled += hit->distanceMm;
        hit->distanceMm = travelled;
        hits.push_back(*hit);
        travelled += kStepMm;
    }
    return hits;
}

bool RayScene::occluded(glm::vec3 originMm, glm::vec3 direction, float maxDistanceMm) const {
    RTCRay ray = makeRay(originMm, glm::normalize(direction), 0, maxDistanceMm);
#if STUBBLE_EMBREE == 4
    rtcOccluded1(impl_->scene, &ray);
#else
    RTCIntersectContext context;
    rtcInitIntersectContext(&context);
    rtcOccluded1(impl_->scene, &context, &ray);
#endif
    return ray.tfar < 0;
}

std::optional<RayHit> RayScene::closestPoint(glm::vec3 positionMm, float maxDistanceMm) const {
    ClosestQuery closest{impl_->mesh, std::nullopt};
    RTCPointQuery query{positionMm.x, positionMm.y, positionMm.z, 0, maxDistanceMm};
    RTCPointQueryContext context;
    rtcInitPointQueryContext(&context);
    rtcPointQuery(impl_->scene, &query, &context, visitTriangle, &closest);
    if (!closest.best) return std::nullopt;
    return RayHit{*closest.best, query.radius, positionMmAt(*impl_->mesh, *closest.best)};
}

}  // namespace stubble
