// Spread over years follows Eames, "How tattoos move with age", Mathematics Today, 2011: pigment disperses as
// heat does, so that the variance of a dot grows with time. The other models are curves through what
// practitioners see: docs/time.md.
#include "engine/treatment/ageing.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace stubble {
namespace {

constexpr float kDaysPerYear = 365.25f;

/// Share of something that heals which is still there: half of it after `halfDays`.
float leftAfter(float days, float halfDays, float steepness) {
    return 1 / (1 + std::pow(days / halfDays, steepness));
}

// Shedding. "Dark up to 7 days, most loss on days 3–10, settled at a month" (claim): 80 % of it falls between
// days 3 and 10 with these.
constexpr float kShedHalfDays = 6.5f, kShedSteepness = 4;
/// What the epidermis holds and sheds, of the load: 40 % where dots are well placed, 30 to 45 % over the good
/// depths of 0.10–0.30 mm; shallow dots lose more. Working default within 30–50 %.
constexpr float kShedShare = 0.4f, kShedAtDepthMm = 0.14f, kShedByDepth = 0.35f;
/// Where the epidermis and the crust hold pigment: the shallowest depth that a design may have.
constexpr float kEpidermisDepthMm = 0.05f;
/// How much wider than healed a fresh dot is: 0.10–0.15 mm healed, up to 0.25 fresh (claim).
constexpr float kFreshWiderMm = 0.08f;

/// The crust peaks on day 3 and is gone by day 10; it darkens like so much of the load. Working defaults.
constexpr float kCrustPeakDays = 3, kCrustSharpness = 4, kCrustLoad = 0.5f;
float crustAfter(float days) {
    const float x = days / kCrustPeakDays;
    return std::pow(x * std::exp(1 - x), kCrustSharpness);
}

/// Redness is high for 1–3 days and gone in about a week (claim); the shape is a working default.
constexpr float kRedHalfDays = 3, kRedSteepness = 5;

/// Half-life of healed carbon pigment, 5–8 years, and of other bases relative to it: iron oxides fade sooner
/// (claim). Working defaults.
constexpr float kHalfLifeYears = 6.5f;
constexpr std::array<float, kPigmentBaseCount> kHalfLifeOfBase = {1.0f, 0.9f, 0.9f, 0.5f};

// Blow-out: below the papillary dermis nothing holds pigment together. 0.15 mm dots end at 0.26 mm from 0.4
// mm deep, at 0.45 mm from 0.6 mm deep. Working defaults for 0.3–0.6 mm.
constexpr float kBlowOutBelowMm = 0.3f, kBlowOutMm = 0.55f, kBlowOutPerDepthMm = 0.2f, kBlowOutDays = 21;
float blowOutMm(float depthMm) {
    return kBlowOutMm * (1 - std::exp(-std::max(depthMm - kBlowOutBelowMm, 0.0f) / kBlowOutPerDepthMm));
}

/// Growth of a diameter's square: 0.15 mm become 0.18 in ten years. Working default.
constexpr float kSpreadMm2PerYear = 0.001f;

/// A laser session clears so much of what can be cleared, 50–70 %. A grey remainder of scattered fine
/// particles stays, over a wider spot. Working defaults.
constexpr float kLaserClears = 0.6f, kLaserLeaves = 0.05f, kRemainderMm = 0.4f;

/// As wide as a design's dots may be.
constexpr float kWidestMm = 0.8f;

}  // namespace

Ageing::Age Ageing::ageAfter(float days, PigmentBase base, int laserSessions) {
    Age age;
    age.unshed = leftAfter(days, kShedHalfDays, kShedSteepness);
    age.crust = crustAfter(days);
    age.erythema = leftAfter(days, kRedHalfDays, kRedSteepness);
    age.blown = 1 - std::exp(-days / kBlowOutDays);
    const float years = days / kDaysPerYear;
    const float fade = std::exp2(-years / (kHalfLifeYears * kHalfLifeOfBase[static_cast<std::size_t>(base)]));
    const float uncleared = std::pow(1 - kLaserClears, static_cast<float>(laserSessions));
    const float remainder = kLaserLeaves * (1 - uncleared);
    age.pigmentShare = fade * (uncleared + remainder);
    age.spreadMm2 =
        kSpreadMm2PerYear * years + kRemainderMm * kRemainderMm * remainder / (uncleared + remainder);
    return age;
}

Ageing::Ageing(const TimeDesign& time, PigmentBase base, int sessions) {
    const int count = std::max(sessions, 1);
    for (int session = 0; session < count; ++session) {
        const float days = time.days + static_cast<float>(count - 1 - session) * time.sessionGapDays;
        ages_.push_back(ageAfter(days, base, time.laserSessions));
    }
}

AgedDot Ageing::of(const PutDot& dot, int session) const {
    const Age& age = ages_[std::min(static_cast<std::size_t>(session), ages_.size() - 1)];
    // What darkens, relative to what was put in, and where it lies.
    const float shed = kShedShare * std::pow(kShedAtDepthMm / dot.depthMm, kShedByDepth);
    const float stays = 1 - shed, shallow = shed * age.unshed + kCrustLoad * age.crust;
    const float depthMm = (stays * dot.depthMm + shallow * kEpidermisDepthMm) / (stays + shallow);

    // Pigment on a wider spot is thinner; none is lost by that.
    const float blown = blowOutMm(dot.depthMm), square = dot.diameterMm * dot.diameterMm;
    const float spreadMm = std::sqrt(square + blown * blown * age.blown + age.spreadMm2);
    const float diameterMm = std::min(spreadMm + kFreshWiderMm * age.unshed, kWidestMm);
    return {.diameterMm = diameterMm,
            .depthMm = depthMm,
            .loadPercent =
                dot.loadPercent * age.pigmentShare * (stays + shallow) * square / (diameterMm * diameterMm),
            .erythema = age.erythema,
            .crust = age.crust};
}

}  // namespace stubble
