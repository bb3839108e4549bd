#include "engine/jobs/mismatch.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/hair/canopy.h"
#include "engine/hair/hair_cover.h"
#include "engine/hair/length.h"

namespace stubble {
namespace {

constexpr float kRazorMm = kClipperSettings.front().lengthMm;
/// Steps of the climb. A d′ that rises, falls below 1 and rises again between two of them is not seen.
constexpr std::array kClimbMm = {kRazorMm, 0.25f, 0.5f, 1.0f, 2.0f, 4.0f, 8.0f, 15.0f, kMaxMismatchLengthMm};
constexpr std::array kCurveMm = {kRazorMm, 0.25f, 0.5f, 1.0f, 1.5f, 3.0f, 6.0f, 13.0f, 25.0f};
constexpr std::array kCurveCm = {45.0, 75.0, 120.0, 300.0};
/// As far as one looks from side to side in talk, and lamps in a room stand apart. Working defaults.
constexpr std::array kTurns = {-25.0f, 0.0f, 25.0f};
constexpr std::array kLamps = {-60.0f, 0.0f, 60.0f};

Result<MismatchPoint> measureAt(PairCamera& camera, const MismatchSight& sight, float lengthMm,
                                float turnDegrees = 0, float lampDegrees = 0) {
    STUBBLE_TRY(const PairPictures pictures,
                camera.window(sight.camera, sight.light, lengthMm, turnDegrees, lampDegrees));
    STUBBLE_TRY(const MismatchMeasure measure, pictures.measure(sight.distanceCm));
    return MismatchPoint{lengthMm, sight.distanceCm, turnDegrees, lampDegrees, measure};
}

Result<MismatchAngles> withChange(std::vector<MismatchPoint> points, float MismatchPoint::*angle) {
    std::vector<AngleMeasure> measures;
    for (const MismatchPoint& p : points) measures.push_back({double(p.*angle), p.measure.dPrime});
    STUBBLE_TRY(const AngleChange change, changeWithAngle(measures));
    return MismatchAngles{std::move(points), change};
}

/// What hair covers at a place, seen along a direction: hits lie by Poisson's law, so that a share
/// 1 − exp(−depth) of the skin is hidden by what stands higher than a height.
CoveredCell coveredCell(const HairCover& cover, glm::vec3 normal, glm::vec3 towardsEye) {
    if (!(cover.layersPerMm > 0) || !(cover.lengthMm > 0)) return {};
    const HairCanopy canopy{1, cover.layersPerMm, cover.lengthMm, cover.direction, normal};
    const auto hiddenAbove = [&](double heightMm) {
        return 1 - std::exp(-double(canopyOpticalDepth(canopy, towardsEye, static_cast<float>(heightMm))));
    };
    const double topMm = double(cover.lengthMm) * std::max(double(glm::dot(cover.direction, normal)), 0.0);
    constexpr int kSteps = 24;
    double heightMm = 0;
    for (int i = 0; i < kSteps; ++i) heightMm += hiddenAbove((i + 0.5) / kSteps * topMm) * topMm / kSteps;
    const double coverage = std::clamp(hiddenAbove(0), 0.0, 1.0);
    return {coverage, coverage > 0 ? heightMm / coverage : 0};
}

}  // namespace

Result<MismatchAngles> mismatchByTurn(PairCamera& camera, const MismatchSight& sight, float lengthMm) {
    std::vector<MismatchPoint> points;
    for (const float turn : kTurns) {
        STUBBLE_TRY(const MismatchPoint point, measureAt(camera, sight, lengthMm, turn));
        points.push_back(point);
    }
    return withChange(std::move(points), &MismatchPoint::turnDegrees);
}

Result<MismatchAngles> mismatchByLamp(PairCamera& camera, const MismatchSight& sight, float lengthMm) {
    std::vector<MismatchPoint> points;
    for (const float lamp : kLamps) {
        STUBBLE_TRY(const MismatchPoint point, measureAt(camera, sight, lengthMm, 0, lamp));
        points.push_back(point);
    }
    return withChange(std::move(points), &MismatchPoint::lampDegrees);
}

Result<ReliefPair> reliefOf(ScalpPair& pair, const TreatedFrame& frame, float lengthMm) {
    pair.clipTo(lengthMm);
    const RayScene rays(pair.head->mesh);
    const Camera& camera = frame.camera;
    const float focal = camera.focalPixels(frame.height);
    std::vector<glm::vec3> places, normals;
    const int step = frame.patchPx / 4;
    for (int y = step / 2; y < frame.height; y += step)
        for (int x = step / 2; x < frame.width; x += step) {
            if (frame.mask.at(x, y) == 0) continue;
            const glm::vec3 ray =
                camera.forward() +
                ((static_cast<float>(x) - 0.5f * static_cast<float>(frame.width)) * camera.right() -
                 (static_cast<float>(y) - 0.5f * static_cast<float>(frame.height)) * camera.trueUp()) /
                    focal;
            const auto hit = rays.firstHit(camera.eyeMm, ray);
            if (!hit) continue;
            places.push_back(hit->positionMm);
            normals.push_back(normalAt(pair.head->mesh, hit->point));
        }
    const auto figure = [&](const Scene& scene) {
        const auto covers = hairCoverAt(places, normals, growStrands(scene.follicles, scene.design.hair));
        std::vector<CoveredCell> cells;
        for (std::size_t i = 0; i < places.size(); ++i)
            cells.push_back(coveredCell(covers[i], normals[i], glm::normalize(camera.eyeMm - places[i])));
        return reliefFigure(cells);
    };
    ReliefPair relief;
    STUBBLE_TRY(relief.treated, figure(pair.treated));
    STUBBLE_TRY(relief.natural, figure(pair.natural));
    return relief;
}

Result<BlendingLength> blendingLength(PairCamera& camera, const MismatchSight& sight, Progress* progress) {
    BlendingLength blending;
    const auto isTold = [&](float lengthMm) -> Result<bool> {
        // About as many tries as a climb of half the steps and its halvings take.
        constexpr double kUsualTries = 10;
        const double done = static_cast<double>(blending.tried.size()) / kUsualTries;
        if (progress) progress->report(std::min(done, 0.99), fmt::format("looking at {:.2g} mm", lengthMm));
        STUBBLE_TRY(const MismatchPoint point, measureAt(camera, sight, lengthMm));
        blending.tried.push_back(point);
        return point.measure.dPrime >= kTold;
    };
    float blends = 0, told = 0;
    for (const float lengthMm : kClimbMm) {
        STUBBLE_TRY(const bool isToldHere, isTold(lengthMm));
        (isToldHere ? told : blends) = lengthMm;
        if (isToldHere) break;
    }
    blending.always = told == 0;
    while (blends > 0 && told > 0 && told - blends > kBlendingToleranceMm) {
        const float middle = 0.5f * (blends + told);
        STUBBLE_TRY(const bool isToldHere, isTold(middle));
        (isToldHere ? told : blends) = middle;
    }
    blending.upToMm = blends;
    std::ranges::sort(blending.tried, {}, &MismatchPoint::lengthMm);
    return blending;
}

std::string_view strongestPart(const MismatchMeasure& m) {
    if (m.colourSquared >= m.contrastSquared && m.colourSquared >= m.coherenceSquared) return "colour";
    return m.contrastSquared >= m.coherenceSquared ? "contrast" : "lines";
}

float clippingDays(const BlendingLength& blending, const HairDesign& hair) {
    constexpr float kUmPerMm = 1000;
    return (blending.upToMm - kRazorMm) * kUmPerMm / traitsOf(hair).growthUmPerDay;
}

std::string blendingSentence(const BlendingLength& blending, const MismatchSight& sight,
                             const HairDesign& hair) {
    if (blending.always)
        return fmt::format("blends at every length up to {:g} mm at {:g} cm", kMaxMismatchLengthMm,
                           sight.distanceCm);
    if (blending.upToMm == 0) {
        const MismatchMeasure& razor = blending.tried.front().measure;
        return fmt::format("is told even at razor length ({:g} mm) at {:g} cm: d' {:.1f}, most by {}",
                           kRazorMm, sight.distanceCm, razor.dPrime, strongestPart(razor));
    }
    const float days = clippingDays(blending, hair);
    const std::string upTo = fmt::format("blends up to {:.{}f} mm at {:g} cm", blending.upToMm,
                                         blending.upToMm < 1 ? 2 : 1, sight.distanceCm);
    if (days < 1)
        return fmt::format("{}: shave every {:.0f} hours", upTo, std::max(std::floor(24 * days), 1.0f));
    const int whole = static_cast<int>(days);
    return fmt::format("{}: clip every {}", upTo, whole == 1 ? "day" : fmt::format("{} days", whole));
}

Result<std::vector<MismatchPoint>> mismatchCurve(PairCamera& camera, const MismatchSight& sight,
                                                 Progress* progress) {
    std::vector<MismatchPoint> points;
    double done = 0;
    for (const float lengthMm : kCurveMm)
        for (const float turn : kTurns) {
            if (progress) progress->report(done, fmt::format("curve at {:g} mm", lengthMm));
            done += 1.0 / static_cast<double>(kCurveMm.size() * kTurns.size());
            STUBBLE_TRY(const PairPictures pictures,
                        camera.window(sight.camera, sight.light, lengthMm, turn));
            for (const double distanceCm : kCurveCm) {
                STUBBLE_TRY(const MismatchMeasure measure, pictures.measure(distanceCm));
                points.push_back({lengthMm, distanceCm, turn, 0, measure});
            }
        }
    return points;
}

std::string mismatchCsv(std::span<const MismatchPoint> points) {
    std::string csv =
        "lengthMm,distanceCm,turnDegrees,lampDegrees,dPrime,dPrimeSquared,colourSquared,contrastSquared,"
        "coherenceSquared,meanDeltaE,chanceDPrime,orientationEnergyDifference\n";
    for (const MismatchPoint& p : points) {
        const MismatchMeasure& m = p.measure;
        csv += fmt::format("{:g},{:g},{:g},{:g},{:.5g},{:.5g},{:.5g},{:.5g},{:.5g},{:.5g},{:.5g},{:.5g}\n",
                           p.lengthMm, p.distanceCm, p.turnDegrees, p.lampDegrees, m.dPrime, m.dPrimeSquared,
                           m.colourSquared, m.contrastSquared, m.coherenceSquared, m.meanDeltaE,
                           m.chanceDPrime, m.orientationEnergyDifference);
    }
    return csv;
}

}  // namespace stubble
