#pragma once
// Impressions as a threshold over ranked candidates, kept up to date under edits.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/scalp/hairline.h"
#include "engine/scalp/hairline_distances.h"
#include "engine/scalp/head.h"
#include "engine/scalp/place_tree.h"
#include "engine/scalp/scar.h"
#include "engine/treatment/candidates.h"
#include "engine/treatment/dot_arrays.h"
#include "engine/treatment/keep_clear.h"
#include "engine/treatment/smp.h"

namespace stubble {

/// Places a treatment on a head, and places it again after every edit, doing over only what the edit touches.
/// A candidate is a dot where the density at which it comes into the even set is at most the density that is
/// wanted there: smp.densityPerCm2 times the cranium's mask, the hair that is missing (all, in scars), the
/// hairline's share and the zone's own factor, then brush strokes. Dots keep clear of existing hair, and what
/// it displaces is made up for nearby. What stands in the arrays depends on the present inputs alone, not on
/// the edits before, nor on the number of threads.
class ImpressionPlacer {
  public:
    /// Until told otherwise: everything behind the hairline, bald, without scars.
    ImpressionPlacer(std::shared_ptr<const Head> head, Candidates candidates);
    ImpressionPlacer(const ImpressionPlacer&) = delete;
    ImpressionPlacer& operator=(const ImpressionPlacer&) = delete;

    void setHairline(Hairline hairline);
    void setSmp(SmpDesign smp);
    /// The share of hair that is left, one value a vertex of the head (engine/scalp/hair_loss.h), and the
    /// hairs that dots keep clear of.
    void setHair(std::vector<float> vertexHairShare, std::vector<HairRoot> hairs);
    void setScars(std::vector<Scar> scars);

    /// Brings the impressions up to date. Fails (badInput) when smp.sessions is not 1 to 6, smp.count cannot
    /// be reached, or there is not one hair share a vertex; the impressions are then those from before.
    Result<void> update();
    /// As of the last update.
    [[nodiscard]] const Impressions& impressions() const { return arrays_.impressions(); }
    [[nodiscard]] const Candidates& candidates() const { return candidates_; }

  private:
    /// What the ground depends on, besides hair and scars.
    struct GroundRules {
        float blendMm = -1, clearMm = -1;
        bool operator==(const GroundRules&) const = default;
    };
    /// What keys depend on, besides ground, distances and strokes.
    struct KeyRules {
        DotPattern pattern = DotPattern::fine;
        float frontDensity = -1, gradientMm = 0, featherMm = 0, ringMm = 0;
        std::array<float, kZoneCount> densities{};  ///< by zone
        bool mixZones = false;                      ///< zones differ: their borders are dithered
        bool operator==(const KeyRules&) const = default;
    };

    [[nodiscard]] float clusterRingMm() const;
    [[nodiscard]] DotRules dotRules(float ringMm) const;
    void layGround(const GroundRules& rules);
    void layStrokes();
    void weighLeaf(std::size_t leaf);
    [[nodiscard]] DotPlace placeOf(std::size_t slot, float distanceMm) const;
    [[nodiscard]] Result<Threshold> threshold() const;

    std::shared_ptr<const Head> head_;
    Candidates candidates_;
    HairlineDistances distances_;

    SmpDesign smp_;
    std::optional<Hairline> hairline_;
    std::vector<float> hairShare_;
    std::vector<HairRoot> hairs_;
    std::vector<Scar> scars_;

    bool hairTouched_ = true, scarsTouched_ = true, lineTouched_ = false;
    GroundRules ground_;
    KeyRules rules_;
    float reachMm_ = 0;
    std::vector<std::uint8_t> leafTouched_;

    // Of each slot.
    std::vector<float> missing_, mask_;  ///< mask · missing hair, and the mask
    std::vector<float> gapsMm_;
    float gapReachMm_ = 0;
    std::vector<float> share_, fullShare_;  ///< of the nominal density: what the ground asks for, and allows
    std::vector<std::uint16_t> scarOf_;     ///< from 1; 0 is none
    // Of each leaf.
    std::vector<std::vector<std::uint32_t>> leafStrokes_;
    std::vector<BrushStroke> strokes_;  ///< those that are laid
    std::vector<StrokeOnSkin> strokesOnSkin_;

    CandidateStates states_;
    DotArrays arrays_;
    Threshold threshold_;
    DotRules dotRules_;
    bool stale_ = true;  ///< what candidates say has changed since the arrays were written
};

}  // namespace stubble
