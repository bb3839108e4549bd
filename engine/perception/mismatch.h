#pragma once
// Whether an observer can tell two textures apart that are not aligned.

#include "engine/perception/texture_statistics.h"

namespace stubble {

/// The observer's own noise, one just noticeable difference (d′ = 1) in each unit. docs/mismatch.md has
/// sources.
struct Observer {
    double weberFraction = 0.15;  ///< of a texture's contrast, well above threshold
    double colourJnd = 2;         ///< ΔE2000 between the mean colours of two textures
    double coherenceJnd = 0.1;    ///< of orientationCoherence; working default
};

struct MismatchMeasure {
    double meanDeltaE = 0;  ///< CIEDE2000 of the mean colours after the eye's blur, not corrected for chance
    /// Detectability of the difference between a patch of the one and a patch of the other, ≥ 0: 1 is 76 %
    /// right of two alternatives, and 0 is what two samples of the same texture have.
    double dPrime = 0;
    /// Before it was clipped at 0: for the same texture its mean is 0, so means over many pairs are fair.
    double dPrimeSquared = 0;
    /// Parts of dPrimeSquared: by mean colour, by contrast (bands and orientations), by lines against dots.
    double colourSquared = 0, contrastSquared = 0, coherenceSquared = 0;
    double orientationEnergyDifference = 0;     ///< second − first, of the patches' means
    double orientationCoherenceDifference = 0;  ///< second − first
    /// d′ that 95 % of random deals of these same patches into two such heaps stay within.
    double chanceDPrime = 0;
};

/// Compares two sets of patches, which must have the same pixels per degree and patch size and hold at least
/// two patches each. Symmetric but for the signs of the differences.
Result<MismatchMeasure> measureMismatch(const TextureStatistics& first, const TextureStatistics& second,
                                        const Observer& observer = {});

/// Local d′: each cell is one patch of two pictures of the same framing, compared by the patches up to
/// `reach` ≥ 1 cells away in both. NaN where either picture has fewer than two of them.
Result<Image<float>> mismatchMap(const TextureStatistics& first, const TextureStatistics& second,
                                 int reach = 1, const Observer& observer = {});

/// Share of right answers in a choice of two: Φ(d′/√2), 0.5 for 0, 0.76 for 1.
double shareRight(double dPrime);

}  // namespace stubble
