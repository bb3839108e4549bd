#include "engine/jobs/lint.h"

#include <fmt/format.h>

#include <algorithm>

namespace stubble {
namespace {

// Limits. Sources: docs/sources.md, hairline and practice; the others are working defaults.
constexpr double kLowestMm = 70, kHighestMm = 100;       // practice, aggressive to conservative
constexpr double kTempleMm = 80;                         // "8 cm rule", 431 cases
constexpr double kFeatherMm = 5, kWidestFeatherMm = 10;  // transition zone
constexpr double kDeepestMm = 0.30, kShallowestMm = 0.10;
constexpr double kRecessMm = 5;               // working default; the natural line has 14, a rounded one 2
constexpr double kIrregularityMm = 0.3;       // working default; the natural line has 0.8
constexpr double kAsymmetryMm = 0.5;          // working default; the natural line has 0.9
constexpr Norwood kAgeingStage = Norwood::V;  // working default: from here on a mature line is called for
constexpr double kDarker = 1.4;         // working default; preset matched-buzz, measured to blend, has 1.34
constexpr double kSeenDarkness = 0.05;  // working default; below, no hair is too light to go with it
constexpr int kDarkMonk = 7;  // working default: on lighter skin dots are seen by their own contrast, too
constexpr double kMergedShare = 0.05;   // working default
constexpr double kLatticeOrder = 0.45;  // working default; even dots have 0.1, triple taps 0.25, lattices 1
constexpr double kHelmetShare = 0.9;    // working default
constexpr double kShine = 0.75;         // working default
constexpr double kSettledDays = 30;     // healing is over
constexpr double kShavedMm = 1;         // longest stubble that counts as shaved: a clipper without a guard

constexpr std::string_view kPractice = "hairline practice, 7 to 10 cm above the glabella";
constexpr std::string_view kEightCm = "8 cm rule, 431 cases, jcasonline.com";
constexpr std::string_view kShapiro = "Shapiro, macro- and micro-irregularity; limit a working default";
constexpr std::string_view kTransition = "hairline practice, transition zone of 5 to 10 mm";
constexpr std::string_view kDepth = "pigment depth of 0.10 to 0.30 mm; photon transport";
constexpr std::string_view kHairs = "TRI Princeton, hairs per cm² by ancestry";
constexpr std::string_view kFlattened =
    "hairline practice, the frontotemporal angle is never flattened; limit a working default";
constexpr std::string_view kNoticed =
    "one just noticeable colour difference, a ΔE2000 of 2: docs/mismatch.md";
constexpr std::string_view kComplaint = "what clients complain of; limit a working default";

/// The key that sets a hairline's course: its own points go before what style and height make.
std::string_view courseKey(const Design& design, std::string_view key) {
    return design.hairline.points.empty() ? key : "hairline.points";
}

void judge(const HairlineFigures& line, const Design& design, std::vector<LintNote>& notes) {
    using enum LintSeverity;
    // Half a millimetre: the figures are told in whole ones.
    if (line.heightMm < kLowestMm - 0.5)
        notes.push_back(
            {"hairline.low", warning, courseKey(design, "hairline.heightMm"), line.heightMm, kLowestMm, "mm",
             fmt::format("The hairline is {:.0f} mm above the glabella; practice keeps {} to {} mm.",
                         line.heightMm, kLowestMm, kHighestMm),
             kPractice});
    if (line.recessMm < kRecessMm)
        notes.push_back(
            {"hairline.flat", warning, courseKey(design, "hairline.style"), line.recessMm, kRecessMm, "mm",
             fmt::format(
                 "The line turns back only {:.0f} mm at the temples; the frontotemporal angle is never "
                 "flattened, and a natural line turns back {} mm or more.",
                 line.recessMm, kRecessMm),
             kFlattened});
    if (line.irregularityMm < kIrregularityMm)
        notes.push_back(
            {"hairline.straight", hint, "hairline.irregularityMm", line.irregularityMm, kIrregularityMm, "mm",
             fmt::format("The edge strays {:.2f} mm from a ruled line; natural ones stray {} mm or "
                         "more, in waves and notches.",
                         line.irregularityMm, kIrregularityMm),
             kShapiro});
    else if (line.asymmetryMm < kAsymmetryMm)  // a ruled line is its own mirror image: one note is enough
        notes.push_back({"hairline.perfect", hint, courseKey(design, "hairline.irregularityMm"),
                         line.asymmetryMm, kAsymmetryMm, "mm",
                         fmt::format("Left and right mirror each other to {:.1f} mm; less than {} mm looks "
                                     "too perfect to be grown.",
                                     line.asymmetryMm, kAsymmetryMm),
                         kComplaint});
    if (line.featherMm < kFeatherMm)
        notes.push_back(
            {"hairline.sharp", hint, "hairline.featherMm", line.featherMm, kFeatherMm, "mm",
             fmt::format("The edge fades in over {:.1f} mm; practice keeps a transition of {} to {} mm.",
                         line.featherMm, kFeatherMm, kWidestFeatherMm),
             kTransition});
    if (design.hair.norwood >= kAgeingStage && line.templeMm < kTempleMm - 0.5)
        notes.push_back(
            {"hairline.youthful", warning, courseKey(design, "hairline.style"), line.templeMm, kTempleMm,
             "mm",
             fmt::format(
                 "At Norwood {} the temples are filled down to {:.0f} mm; a line that ages well leaves "
                 "them open to {} mm.",
                 norwoodName(design.hair.norwood), line.templeMm, kTempleMm),
             kEightCm});
}

/// What clippers left and what has grown since.
double stubbleMm(const HairDesign& hair) {
    constexpr double kHoursPerDay = 24, kUmPerMm = 1000;
    return hair.lengthMm + hair.hoursSinceShave / kHoursPerDay * traitsOf(hair).growthUmPerDay / kUmPerMm;
}

void judge(const TreatmentFigures& dots, const Design& design, std::vector<LintNote>& notes) {
    using enum LintSeverity;
    const bool isSettled = design.time.days >= kSettledDays;
    const bool isShaved = stubbleMm(design.hair) <= kShavedMm;
    const double percent = 100;
    // Under longer hair pigment may be darker, and fresh pigment is.
    const double dark = std::max(kDarker * dots.ownDarkness, kSeenDarkness);
    const bool isDark = isSettled && isShaved && dots.darkness > dark;
    if (isDark)
        notes.push_back(
            {"dots.dark", warning, "smp.dilution", percent * dots.darkness, percent * dark, "%",
             fmt::format("The pigment takes {:.0f} % of the skin's light; the client's own shaved hair "
                         "would take {:.0f} %, and more than {:.0f} % shows.",
                         percent * dots.darkness, percent * dots.ownDarkness, percent * dark),
             kComplaint});
    // Laser is meant to leave little.
    if (!isDark && design.skin.monk >= kDarkMonk && design.time.laserSessions == 0 &&
        dots.darkening < dots.noticedDarkening)
        notes.push_back(
            {"dots.faint", hint, "smp.dilution", percent * dots.darkening, percent * dots.noticedDarkening,
             "%",
             fmt::format("Hardly visible: the pigment takes {:.1f} % of the light of this skin, where less "
                         "than {:.0f} % is hard to notice. Less dilution or more density shows more.",
                         percent * dots.darkening, percent * dots.noticedDarkening),
             kNoticed});
    if (const double limit = dots.ownPerCm2 + dots.ownSpreadPerCm2; dots.densityPerCm2 > limit)
        notes.push_back(
            {"dots.dense", hint, "smp.densityPerCm2", dots.densityPerCm2, limit, "dots/cm²",
             fmt::format("There are {:.0f} dots/cm²; hair of this kind grows {:.0f}/cm² and seldom more "
                         "than {:.0f}.",
                         dots.densityPerCm2, dots.ownPerCm2, limit),
             kHairs});
    if (isSettled && dots.mergedShare > kMergedShare)
        notes.push_back(
            {"dots.merged", warning, "smp.diameterMm", percent * dots.mergedShare, percent * kMergedShare,
             "%",
             fmt::format("{:.0f} % of the dots run into a neighbour; above {:.0f} % they read as a stain.",
                         percent * dots.mergedShare, percent * kMergedShare),
             kComplaint});
    if (dots.latticeOrder > kLatticeOrder)
        notes.push_back(
            {"dots.grid", warning, "smp.pattern", dots.latticeOrder, kLatticeOrder, "",
             fmt::format("The dots stand in rows: their order is {:.2f}, where 1 is a lattice; follicles "
                         "stay below {}.",
                         dots.latticeOrder, kLatticeOrder),
             kComplaint});
    if (dots.depthMm > kDeepestMm)
        notes.push_back(
            {"dots.blue", warning, "smp.depthMm", dots.depthMm, kDeepestMm, "mm",
             fmt::format("The pigment lies {:.2f} mm deep; practice keeps {:.2f} to {:.2f} mm, and deeper "
                         "pigment looks blue.",
                         dots.depthMm, kShallowestMm, kDeepestMm),
             kDepth});
    if (isShaved && design.skin.shine > kShine)
        notes.push_back(
            {"skin.shine", hint, "skin.shine", design.skin.shine, kShine, "",
             fmt::format("The skin's shine is {:.2f} of 1; above {} highlights give flat pigment away: a "
                         "matt product helps.",
                         design.skin.shine, kShine),
             kComplaint});
}

}  // namespace

std::vector<LintNote> lint(const Design& design, const LintFigures& figures) {
    std::vector<LintNote> notes;
    if (figures.hairline) judge(*figures.hairline, design, notes);
    if (figures.dots) judge(*figures.dots, design, notes);
    // A helmet is both: as dark in front as behind, and a hard edge.
    if (figures.hairline && figures.dots && figures.hairline->featherMm < kFeatherMm &&
        figures.dots->frontShare > kHelmetShare)
        notes.push_back(
            {"dots.helmet", LintSeverity::warning, "smp.frontDensity", 100 * figures.dots->frontShare,
             100 * kHelmetShare, "%",
             fmt::format("The front is {:.0f} % as dark as the middle, behind an edge of {:.1f} mm: like a "
                         "helmet. Below {:.0f} %, or with a softer edge, it looks grown.",
                         100 * figures.dots->frontShare, figures.hairline->featherMm, 100 * kHelmetShare),
             kComplaint});
    return notes;
}

std::vector<LintNote> lint(const Scene& scene) {
    return lint(scene.design, measureForLint(scene));
}

}  // namespace stubble
