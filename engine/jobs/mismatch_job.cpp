#include "engine/jobs/mismatch_job.h"

#include <chrono>

#include "engine/hair/length.h"
#include "engine/jobs/spread_report.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson measureJson(const MismatchMeasure& m) {
    return {{"dPrime", reportNumber(m.dPrime)},
            {"chanceDPrime", reportNumber(m.chanceDPrime)},
            {"shareRight", reportNumber(shareRight(m.dPrime))},
            {"dPrimeSquared", reportNumber(m.dPrimeSquared)},
            {"parts",
             {{"colour", reportNumber(m.colourSquared)},
              {"contrast", reportNumber(m.contrastSquared)},
              {"lines", reportNumber(m.coherenceSquared)}}},
            {"strongestPart", strongestPart(m)},
            {"meanDeltaE2000", reportNumber(m.meanDeltaE)},
            {"orientationEnergyDifference", reportNumber(m.orientationEnergyDifference)},
            {"orientationCoherenceDifference", reportNumber(m.orientationCoherenceDifference)}};
}

OrderedJson anglesJson(const MismatchAngles& angles, float MismatchPoint::*degrees) {
    OrderedJson points = OrderedJson::array();
    for (const MismatchPoint& p : angles.points)
        points.push_back({{"degrees", p.*degrees}, {"measure", measureJson(p.measure)}});
    return {{"dPrimePerDegree", reportNumber(angles.change.perDegree)},
            {"largestChangeOfDPrime", reportNumber(angles.change.largest)},
            {"leastAtDegrees", angles.change.lowestDegrees},
            {"mostAtDegrees", angles.change.highestDegrees},
            {"points", points}};
}

OrderedJson reliefJson(const ReliefFigure& r) {
    return {{"coverage", reportNumber(r.coverage)},
            {"meanMm", reportNumber(r.meanMm)},
            {"rmsMm", reportNumber(r.rmsMm)}};
}

OrderedJson blendingJson(const MismatchReport& report) {
    const BlendingLength& blending = report.blending;
    OrderedJson tried = OrderedJson::array();
    for (const MismatchPoint& p : blending.tried)
        tried.push_back({{"lengthMm", reportNumber(p.lengthMm)}, {"measure", measureJson(p.measure)}});
    return {{"toldFromDPrime", kTold},
            {"upToMm", blending.always       ? OrderedJson(kMaxMismatchLengthMm)
                       : blending.upToMm > 0 ? reportNumber(blending.upToMm)
                                             : OrderedJson()},
            {"toleranceMm", reportNumber(kBlendingToleranceMm)},
            {"toldAtRazorLength", !blending.always && blending.upToMm == 0},
            {"toldAtNoLength", blending.always},
            {"clipEveryDays", !blending.always && blending.upToMm > 0
                                  ? reportNumber(double{clippingDays(blending, report.job.design.hair)})
                                  : OrderedJson()},
            {"growthMmPerDay", reportNumber(traitsOf(report.job.design.hair).growthUmPerDay / 1000)},
            {"tried", tried}};
}

}  // namespace

Result<MismatchReport> runMismatch(const MismatchJob& job, Progress* progress) {
    const auto start = std::chrono::steady_clock::now();
    MismatchReport report;
    report.job = job;
    // With what has grown since the shave.
    const float ownMm = hairLengthMm(job.design.hair, true, kMaxMismatchLengthMm);
    report.lengthMm = job.lengthMm.value_or(ownMm);
    ProgressPart whole(progress, 0, 1);
    whole.report(0, "reading the head");
    STUBBLE_TRY(GlContext context, GlContext::createHeadless(job.gl));  // before long work
    STUBBLE_TRY(LoadedHead loaded, loadHead(job.head));
    if (!isBuiltinHead(job.head.head)) report.importReport = loaded.reportText();
    ProgressPart baking(progress, 0.02, 0.15);
    STUBBLE_TRY(ScalpPair pair,
                bakeScalpPair(std::make_shared<const Head>(std::move(loaded.head)), job.design, &baking));
    STUBBLE_TRY(PairCamera camera, PairCamera::create(std::move(pair), std::move(context)));
    report.renderer = camera.renderer();

    const MismatchSight& sight = job.sight;
    ProgressPart climbing(progress, 0.15, job.curve ? 0.4 : 0.7);
    STUBBLE_TRY(report.blending, blendingLength(camera, sight, &climbing));
    report.sentence = blendingSentence(report.blending, sight, job.design.hair);
    if (job.report) {
        whole.report(job.curve ? 0.4 : 0.7, "turning eye and lamps");
        STUBBLE_TRY(report.byTurn, mismatchByTurn(camera, sight, report.lengthMm));
        STUBBLE_TRY(report.byLamp, mismatchByLamp(camera, sight, report.lengthMm));
        for (const MismatchPoint& p : report.byTurn->points)
            if (p.turnDegrees == 0) report.window = p.measure;
        STUBBLE_TRY(const TreatedFrame frame, camera.view().window(sight.camera));
        STUBBLE_TRY(report.relief, reliefOf(camera.pair(), frame, report.lengthMm));
    }
    if (job.map) {
        whole.report(job.curve ? 0.45 : 0.85, "drawing the map");
        STUBBLE_TRY(const PairPictures pictures, camera.whole(sight.camera, sight.light, report.lengthMm));
        STUBBLE_TRY(report.map, mapMismatch(pictures, sight, report.lengthMm, report.sentence));
    }
    if (job.curve) {
        ProgressPart curve(progress, 0.5, 1);
        STUBBLE_TRY(report.curve, mismatchCurve(camera, sight, &curve));
    }
    whole.report(1, "done");
    report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return report;
}

OrderedJson mismatchJson(const MismatchReport& report) {
    const MismatchSight& sight = report.job.sight;
    OrderedJson json = {{"stubble", "mismatch"},
                        {"sentence", report.sentence},
                        {"lengthMm", reportNumber(report.lengthMm)},
                        {"distanceCm", reportNumber(sight.distanceCm)},
                        {"camera", sight.camera},
                        {"light", sight.light},
                        {"patchMm", reportNumber(kPatchMm)}};
    if (report.window) json["window"] = measureJson(*report.window);
    if (report.map)
        json["allInSight"] = {{"measure", measureJson(report.map->whole)},
                              {"mapMedianDPrime", reportNumber(report.map->medianDPrime)},
                              {"mapToldShare", reportNumber(report.map->toldShare)},
                              {"mmPerPixel", reportNumber(report.map->frame.mmPerPixel)}};
    if (report.byTurn) json["byTurnOfTheEye"] = anglesJson(*report.byTurn, &MismatchPoint::turnDegrees);
    if (report.byLamp) json["byTurnOfTheLamps"] = anglesJson(*report.byLamp, &MismatchPoint::lampDegrees);
    if (report.relief)
        json["relief"] = {
            {"treated", reliefJson(report.relief->treated)},
            {"natural", reliefJson(report.relief->natural)},
            {"rmsDifferenceMm", reportNumber(report.relief->natural.rmsMm - report.relief->treated.rmsMm)}};
    json["blending"] = blendingJson(report);
    const Observer observer;
    json["observer"] = {{"weberFraction", observer.weberFraction},
                        {"colourJnd", observer.colourJnd},
                        {"coherenceJnd", observer.coherenceJnd}};
    json["renderer"] = report.renderer;
    json["design"] = OrderedJson::parse(formatDesign(report.job.design));
    json["naturalDesign"] = OrderedJson::parse(formatDesign(naturalCounterpart(report.job.design)));
    return json;
}

}  // namespace stubble
