// Points of a disc after Vogel, "A better way to construct the sunflower head", 1979.

#include "engine/jobs/pigment_figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/core/parallel.h"
#include "engine/core/units.h"
#include "engine/geometry/oriented_tree.h"
#include "engine/perception/xyz.h"
#include "engine/render/skin_colour.h"
#include "engine/treatment/ageing.h"

namespace stubble {
namespace {

/// Points by which a disc that others reach into is shared out among them.
constexpr int kDiscPoints = 64;

std::array<glm::vec2, kDiscPoints> discPoints() {
    constexpr float kGoldenAngle = 2.39996323f;
    std::array<glm::vec2, kDiscPoints> points;
    for (int k = 0; k < kDiscPoints; ++k) {
        const float radius = std::sqrt((static_cast<float>(k) + 0.5f) / kDiscPoints);
        const float turn = static_cast<float>(k) * kGoldenAngle;
        points[static_cast<std::size_t>(k)] = radius * glm::vec2(std::cos(turn), std::sin(turn));
    }
    return points;
}

/// The area of all discs together, overlaps counted once, mm²: each disc's own area, where every place counts
/// as one part of as many as there are discs over it.
double coveredMm2(const Impressions& dots, std::span<const float> radiiMm) {
    const OrientedTree tree(dots.positionsMm, dots.normals);
    const float widestMm = radiiMm.empty() ? 0 : std::ranges::max(radiiMm);
    const std::array<glm::vec2, kDiscPoints> points = discPoints();
    std::vector<double> shares(tree.size());
    parallelFor(shares.size(), [&](std::size_t i) {
        const glm::vec3 centre = tree.positionMm(i), normal = tree.normal(i);
        const float radius = radiiMm[tree.given(i)];
        std::vector<std::pair<glm::vec3, float>> others;  // steps to their centres; squared radii
        tree.visitWithin(centre, radius + widestMm, [&](std::size_t j, float squaredMm2) {
            const float other = radiiMm[tree.given(j)];
            const glm::vec3 step = tree.positionMm(j) - centre;
            if (j != i && squaredMm2 < (radius + other) * (radius + other) &&
                shareSide(step, normal, tree.normal(j)))
                others.emplace_back(step, other * other);
        });
        double share = 1;
        if (!others.empty()) {
            const glm::vec3 axis = std::abs(normal.x) < 0.7f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
            const glm::vec3 y = glm::normalize(glm::cross(normal, axis)), x = glm::cross(y, normal);
            double sum = 0;
            for (const glm::vec2 point : points) {
                const glm::vec3 place = radius * (point.x * x + point.y * y);
                const auto over = std::ranges::count_if(others, [&](const auto& other) {
                    const glm::vec3 away = other.first - place;
                    return glm::dot(away, away) < other.second;
                });
                sum += 1.0 / static_cast<double>(1 + over);
            }
            share = sum / kDiscPoints;
        }
        shares[i] = share * double{kPi} * double{radius} * double{radius};
    });
    double sum = 0;
    for (const double share : shares) sum += share;
    return sum;
}

/// What a dot takes, integrated over the skin: mm² of black skin.
struct Taken {
    glm::dvec3 core{0}, tail{0}, reachable{0};
};

Taken takenBy(const DotProfile& profile) {
    const auto areaMm2 = [](float sigmaMm) { return double{2 * kPi * sigmaMm * sigmaMm}; };
    Taken taken;
    for (std::size_t k = 0; k < profile.coreLoss.size(); ++k)
        taken.core += areaMm2(profile.coreSigmaMm[k]) * glm::dvec3(profile.coreLoss[k]);
    for (std::size_t k = 0; k < profile.tailLoss.size(); ++k)
        taken.tail += areaMm2(kTailSigmaMm[k]) * glm::dvec3(profile.tailLoss[k]);
    taken.reachable = profile.reachable;
    return taken;
}

double darkeningOf(glm::vec3 cores, glm::vec3 tails, glm::vec3 reachable, glm::vec3 albedo) {
    return 1 - double{luminance(albedo * lightLeft(cores, tails, reachable))} / double{luminance(albedo)};
}

}  // namespace

double darkeningOf(const DotProfile& dot, float perCm2, glm::vec3 albedo) {
    const Taken taken = takenBy(dot);
    const double perMm2 = double{perCm2} / double{kMm2PerCm2};
    return darkeningOf(glm::vec3(perMm2 * taken.core), glm::vec3(perMm2 * taken.tail), dot.reachable, albedo);
}

PigmentFigures measurePigment(const Impressions& dots, const DotLooks& looks, const Design& design,
                              double treatedCm2) {
    const Ageing ageing(design.time, design.smp.pigment, design.smp.sessions);
    std::vector<float> radiiMm(dots.size());
    std::vector<Taken> taken(dots.size());
    parallelFor(dots.size(), [&](std::size_t i) {
        radiiMm[i] =
            ageing.of({dots.diametersMm[i], dots.depthsMm[i], dots.loads[i]}, dots.sessions[i]).diameterMm /
            2;
        taken[i] = takenBy(looks.of(dots, i));
    });
    // Tails run together into an even field, and cores lie clear of one another: means do for both.
    Taken mean;
    glm::dvec3 weights(0);
    for (const Taken& t : taken) {
        const glm::dvec3 weight = glm::max(t.core + t.tail, 1e-9);
        mean.core += t.core, mean.tail += t.tail, mean.reachable += weight * t.reachable;
        weights += weight;
    }
    const double treatedMm2 = treatedCm2 * double{kMm2PerCm2};
    return {.coverage = std::min(coveredMm2(dots, radiiMm) / treatedMm2, 1.0),
            .darkening =
                dots.size() == 0
                    ? 0
                    : darkeningOf(glm::vec3(mean.core / treatedMm2), glm::vec3(mean.tail / treatedMm2),
                                  glm::vec3(mean.reachable / weights), albedoShownAs(looks.skin().colour))};
}

}  // namespace stubble
