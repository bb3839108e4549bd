// Landmarks by the shape of a head: the plane of symmetry, the outline in it, and the ears on both sides. The
// head is levelled by the mean of two figures: tragus to lateral canthus climbs 7° (see head.cpp), and the
// facial plane, nasion to pogonion, stands upright on the Frankfurt plane within a few degrees (Downs,
// "Variations in facial relationships", 1948). Without ears the facial plane rules alone.

#include "engine/scalp/landmark_guess.h"

#include <algorithm>
#include <cmath>

#include "engine/core/units.h"
#include "engine/scalp/ear_guess.h"
#include "engine/scalp/head_probe.h"
#include "engine/scalp/head_proportions.h"
#include "engine/scalp/midline.h"

namespace stubble {
namespace {

constexpr float kOrbitomeatalRiseDegrees = 7;
constexpr float kMinBreadthMm = 110, kMaxBreadthMm = 200;  // as buildHead
constexpr float kMinLengthRatio = 0.95f, kMaxLengthRatio = 1.75f;
constexpr float kMaxAsymmetryMm = 4.5f;
constexpr float kMinDomeShare = 0.95f;

/// Share of directions over the level of the cap that meet skin from inside: 1 for a closed skull.
float domeShare(const SkullBox& box, const RayScene& scene) {
    const glm::vec3 centre = box.frame.toWorld({0, -0.6f * box.breadthMm, 0});
    int tried = 0, met = 0;
    for (int i = 0; i < 12; ++i)
        for (int k = 0; k < 24; ++k) {
            const float y = (static_cast<float>(i) + 0.5f) / 12, r = std::sqrt(1 - y * y);
            const float turn = 2 * kPi * (static_cast<float>(k) + 0.5f) / 24;
            ++tried;
            met += scene.occluded(centre,
                                  box.frame.axes * glm::vec3(r * std::cos(turn), y, r * std::sin(turn)), 300);
        }
    return static_cast<float>(met) / static_cast<float>(tried);
}

Result<void> checkSkull(const SkullBox& box, const RayScene& scene) {
    if (!(box.breadthMm >= kMinBreadthMm && box.breadthMm <= kMaxBreadthMm))
        return fail(
            ExitCode::badInput,
            "is not a head: it is {:.4g} mm broad near the top, expected {:.0f} to {:.0f} mm (are the units "
            "right?)",
            box.breadthMm, kMinBreadthMm, kMaxBreadthMm);
    const float ratio = box.lengthMm / box.breadthMm;
    if (!(ratio >= kMinLengthRatio && ratio <= kMaxLengthRatio))
        return fail(ExitCode::badInput,
                    "is not a head: it is {:.2f} times as long as broad near the top, expected {} to {}",
                    ratio, kMinLengthRatio, kMaxLengthRatio);
    if (const float share = domeShare(box, scene); share < kMinDomeShare)
        return fail(ExitCode::badInput,
                    "is not a head: only {:.0f} % of its upper half is closed, expected at least {:.0f} %",
                    100 * share, 100 * kMinDomeShare);
    if (box.asymmetryMm > kMaxAsymmetryMm)
        return fail(ExitCode::badInput,
                    "is not a head: left and right differ by {:.1f} mm on average, expected at most {} mm",
                    box.asymmetryMm, kMaxAsymmetryMm);
    return {};
}

struct LocalLandmarks {
    FaceOutline face;
    MidlinePlace vertex, inion;
    std::array<glm::vec3, 2> tragus{}, canthus{};  ///< left, right
    float tragusConfidence[2] = {0, 0};
    bool earsSeen = false;  ///< surely enough to level the head by them
};

void placeTragi(const HeadProbe& probe, const SkullBox& box, LocalLandmarks& out) {
    const float scale = box.breadthMm / proportion::kBreadthMm;
    const MidlinePlace nasion = out.face.nasion;
    const float y = nasion.y - proportion::kTragusBelowNasionMm * scale;
    const float z = nasion.z - proportion::kTragusBehindNasionMm * scale;
    std::array<std::optional<EarGuess>, 2> ears;
    for (std::size_t k = 0; k < 2; ++k) ears[k] = findEar(probe, k == 0 ? 1.0f : -1.0f, y, z, scale);
    // A find far off its mirror image is wrong on one side: the surer one rules both.
    constexpr float kMaxDifferenceMm = 10;
    if (ears[0] && ears[1]) {
        const glm::vec3 gap = ears[0]->tragus - ears[1]->tragus;
        if (std::hypot(gap.y, gap.z) > kMaxDifferenceMm)
            ears[ears[0]->confidence >= ears[1]->confidence ? 1 : 0].reset();
    }
    for (const auto& ear : ears) out.earsSeen |= ear && ear->confidence > 0.6f;
    for (std::size_t k = 0; k < 2; ++k) {
        const float side = k == 0 ? 1.0f : -1.0f;
        glm::vec3 place(0, y, z);
        float confidence = 0.35f;
        if (ears[k]) {
            place = ears[k]->tragus, confidence = ears[k]->confidence;
        } else if (ears[1 - k]) {
            place = ears[1 - k]->tragus, confidence = 0.5f * ears[1 - k]->confidence;
        }
        place.x = side * probe.side(side, place.y, place.z).value_or(proportion::kHalfBitragionMm * scale);
        out.tragus[k] = place, out.tragusConfidence[k] = confidence;
    }
}

std::optional<LocalLandmarks> place(const HeadProbe& probe, const SkullBox& box, float& bestRidgeMm) {
    LocalLandmarks out;
    const float scale = box.breadthMm / proportion::kBreadthMm;
    const MidlinePlace top = findVertex(probe, 0);
    const auto face = traceFace(probe, top.y, box.breadthMm, bestRidgeMm);
    if (!face) return std::nullopt;
    out.face = *face;
    placeTragi(probe, box, out);
    const glm::vec3 ears = 0.5f * (out.tragus[0] + out.tragus[1]);
    out.vertex = findVertex(probe, ears.z);
    out.inion = findInion(probe, ears.y);
    for (std::size_t k = 0; k < 2; ++k) {
        const float x = (k == 0 ? 1.0f : -1.0f) * proportion::kHalfBiocularMm * scale;
        const float y = face->nasion.y - proportion::kCanthusBelowNasionMm * scale;
        out.canthus[k] = {x, y, probe.front(x, y).value_or(face->nasion.z - 20 * scale)};
    }
    return out;
}

/// How far the frame must nod to be level, radians.
float nodNeeded(const LocalLandmarks& found) {
    const MidlinePlace& top = found.face.nasion;
    const MidlinePlace& chin = found.face.pogonion;
    const float byFace = std::atan2(chin.z - top.z, top.y - chin.y);
    if (!found.earsSeen) return byFace;
    // Either alone is off by some degrees on one head or another.
    const glm::vec3 along = found.canthus[0] + found.canthus[1] - found.tragus[0] - found.tragus[1];
    const float byEars = std::atan2(along.y, along.z) - radiansFromDegrees(kOrbitomeatalRiseDegrees);
    return 0.5f * (byFace + byEars);
}

}  // namespace

Result<Landmarks> guessLandmarks(const TriMesh& mesh, const RayScene& scene) {
    if (mesh.triangles.size() < kMinHeadTriangles)
        return fail(ExitCode::badInput, "is not a head: number of triangles {}, expected at least {}",
                    mesh.triangles.size(), kMinHeadTriangles);
    const SkullBox box = measureSkull(mesh, scene);
    STUBBLE_CHECK(checkSkull(box, scene));
    HeadFrame frame = box.frame;
    std::optional<LocalLandmarks> found;
    float nod = 0;
    for (int pass = 0; pass < 4; ++pass) {
        float ridge = 0;
        auto placed = place(HeadProbe(scene, frame), box, ridge);
        if (!placed && !found)
            return fail(ExitCode::badInput,
                        "is not a head: no nose in the middle of its front (ridge {:.1f} mm, expected {:.0f} "
                        "to {:.0f} "
                        "mm; does the face look another way?)",
                        ridge, proportion::kMinNoseRidgeMm, proportion::kMaxNoseRidgeMm);
        if (!placed) {
            frame = frame.nodded(-nod);
            break;
        }
        found = placed;
        constexpr float kLevelDegrees = 1, kMaxNodDegrees = 25;
        nod = std::clamp(nodNeeded(*found), -radiansFromDegrees(kMaxNodDegrees),
                         radiansFromDegrees(kMaxNodDegrees));
        if (pass == 3 || std::abs(nod) < radiansFromDegrees(kLevelDegrees)) break;
        frame = frame.nodded(nod);
    }

    Landmarks out;
    const auto put = [&](Landmark landmark, glm::vec3 local, float confidence) {
        glm::vec3 p = frame.toWorld(local);
        if (const auto skin = scene.closestPoint(p, 20)) p = skin->positionMm;
        out[landmark] = p;
        out.confidence[static_cast<std::size_t>(landmark)] = confidence;
    };
    const auto putMidline = [&](Landmark landmark, const MidlinePlace& at) {
        put(landmark, {0, at.y, at.z}, at.confidence);
    };
    putMidline(Landmark::nasion, found->face.nasion);
    putMidline(Landmark::glabella, found->face.glabella);
    putMidline(Landmark::pronasale, found->face.pronasale);
    putMidline(Landmark::menton, found->face.menton);
    putMidline(Landmark::vertex, found->vertex);
    putMidline(Landmark::inion, found->inion);
    put(Landmark::tragusLeft, found->tragus[0], found->tragusConfidence[0]);
    put(Landmark::tragusRight, found->tragus[1], found->tragusConfidence[1]);
    put(Landmark::canthusLeft, found->canthus[0], 0.5f);
    put(Landmark::canthusRight, found->canthus[1], 0.5f);
    return out;
}

}  // namespace stubble
