// Development of a curve on a surface by its geodesic curvature: do Carmo, "Differential Geometry of Curves
// and Surfaces", 1976, section 4-4; on facets after Polthier and Schmies, "Straightest geodesics on
// polyhedral surfaces", 1998, definition 6, with smooth normals in place of a facet's angles.

#include "engine/jobs/flat_template.h"

#include <algorithm>
#include <cmath>

#include "engine/scalp/skull.h"

namespace stubble {
namespace {

glm::vec3 along(glm::vec3 step, glm::vec3 normal) {
    return step - glm::dot(step, normal) * normal;
}

/// From one direction to another in the tangent plane, radians, counter-clockwise as seen from outside.
double turn(glm::vec3 from, glm::vec3 to, glm::vec3 normal) {
    const glm::dvec3 a = along(from, normal), b = along(to, normal);
    return std::atan2(glm::dot(glm::dvec3(normal), glm::cross(a, b)), glm::dot(a, b));
}

std::size_t nearestIndex(std::span<const glm::vec3> line, glm::vec3 place) {
    const auto nearest =
        std::ranges::min_element(line, {}, [&](glm::vec3 p) { return glm::dot(p - place, p - place); });
    return static_cast<std::size_t>(nearest - line.begin());
}

/// Smooth normals of the skin. The line's steps are shorter than a mesh's edges: noise of single vertices
/// would not be told from turning, so that each is a mean over a few mm.
std::vector<glm::vec3> normalsAlong(const Head& head, const RayScene& rays, std::span<const glm::vec3> line) {
    constexpr std::ptrdiff_t kHalfWindow = 8;  // steps of 0.5 mm; working default
    std::vector<glm::vec3> normals(line.size(), {0, 1, 0}), smooth(line.size());
    for (std::size_t i = 0; i < line.size(); ++i)
        if (const auto hit = rays.closestPoint(line[i])) normals[i] = normalAt(head.mesh, hit->point);
    const auto count = static_cast<std::ptrdiff_t>(line.size());
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        glm::vec3 sum(0);
        const std::ptrdiff_t reach = std::min({kHalfWindow, i, count - 1 - i});
        for (std::ptrdiff_t k = i - reach; k <= i + reach; ++k) sum += normals[static_cast<std::size_t>(k)];
        smooth[static_cast<std::size_t>(i)] = glm::normalize(sum);
    }
    return smooth;
}

}  // namespace

std::vector<glm::vec2> rollOut(std::span<const glm::vec3> placesMm, std::span<const glm::vec3> normals,
                               std::size_t middle, glm::vec3 down) {
    std::vector<glm::vec2> flat(placesMm.size(), glm::vec2(0));
    const double kDown = -std::acos(0.0);
    const auto roll = [&](std::ptrdiff_t step) {
        const auto count = static_cast<std::ptrdiff_t>(placesMm.size());
        glm::vec3 before = down;
        double heading = kDown;
        glm::dvec2 place(0);
        for (auto i = static_cast<std::ptrdiff_t>(middle); i + step >= 0 && i + step < count; i += step) {
            const auto here = static_cast<std::size_t>(i), next = static_cast<std::size_t>(i + step);
            const glm::vec3 way = placesMm[next] - placesMm[here];
            heading += turn(before, way, normals[here]);
            place += double{glm::length(way)} * glm::dvec2(std::cos(heading), std::sin(heading));
            flat[next] = place;
            before = way;
        }
    };
    roll(1);
    roll(-1);
    return flat;
}

glm::vec2 FlatTemplate::behind(std::size_t i) const {
    const std::size_t a = i > 0 ? i - 1 : 0, b = std::min(i + 1, placesMm.size() - 1);
    const glm::vec2 t = placesMm[b] - placesMm[a];
    const float length = glm::length(t);
    return length > 0 ? glm::vec2(-t.y, t.x) / length : glm::vec2(0, 1);
}

glm::vec2 FlatTemplate::at(float arcMm) const {
    const auto next = std::ranges::upper_bound(arcsMm, arcMm);
    if (next == arcsMm.begin()) return placesMm.front();
    if (next == arcsMm.end()) return placesMm.back();
    const auto i = static_cast<std::size_t>(next - arcsMm.begin());
    return glm::mix(placesMm[i - 1], placesMm[i], (arcMm - arcsMm[i - 1]) / (arcsMm[i] - arcsMm[i - 1]));
}

FlatTemplate developHairline(const Head& head, const Hairline& hairline) {
    const auto skull = skullOf(head);
    const SkullGuides& guides = skull->guides();
    FlatTemplate flat;
    flat.headMm = hairline.lineMm();
    flat.featherMm = hairline.featherMm();
    const float heightMm = hairline.midpointHeightMm();
    const auto onSkin = [&](glm::vec2 chart) {
        return guides.tracer().positionMm(chart).value_or(guides.chart().centreMm());
    };
    const glm::vec3 midpoint = onSkin(guides.aboveGlabella(heightMm));
    flat.middle = nearestIndex(flat.headMm, midpoint);
    constexpr float kStepMm = 10;  // down the midline: long against the mesh's edges
    const glm::vec3 below = onSkin(guides.aboveGlabella(std::max(heightMm - kStepMm, 0.0f)));
    flat.placesMm = rollOut(flat.headMm, normalsAlong(head, guides.tracer().rays(), flat.headMm), flat.middle,
                            below - midpoint);

    double arc = 0;
    std::vector<double> arcs(flat.headMm.size(), 0);
    for (std::size_t i = 1; i < arcs.size(); ++i)
        arcs[i] = arc += double{glm::distance(flat.headMm[i - 1], flat.headMm[i])};
    for (const double a : arcs) {
        const double fromMiddle = a - arcs[flat.middle];
        flat.arcsMm.push_back(static_cast<float>(fromMiddle));
        flat.edgesMm.push_back(
            hairline.signedDistanceMm(PolylineDistance::Nearest{0, static_cast<float>(a)}, true));
    }

    flat.tape.glabellaToMidpointMm = heightMm;
    for (const Side side : {Side::right, Side::left}) {
        const std::size_t k = side == Side::right ? 0 : 1;
        const glm::vec3 apex = hairline.templesMm()[side == Side::left ? 0 : 1];
        flat.apexes[k] = nearestIndex(flat.headMm, apex);
        flat.tape.midpointToApexMm[k] = static_cast<float>(lengthMm(layTapeMm(guides, midpoint, apex)));
        flat.tape.canthusToApexMm[k] =
            static_cast<float>(lengthMm(layTapeMm(guides, guides.canthusMm(side), apex)));
    }
    return flat;
}

}  // namespace stubble
