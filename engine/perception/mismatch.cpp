// Signal detection over the means of local filters' responses: filter, rectify, pool, as in Landy and Bergen,
// "Texture segregation and orientation gradient", 1991; the patches' own spread as noise after Rubenstein and
// Sagi, "Spatial variability as a limiting factor in texture-discrimination tasks", 1990; d′ and combination
// of independent cues after Green and Swets, "Signal detection theory and psychophysics", 1966.
#include "engine/perception/mismatch.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/core/colour.h"
#include "engine/core/random.h"

namespace stubble {
namespace {

// One change of contrast is seen by many overlapping channels whose noise is shared: a grating reaches about
// 9 of them, a broadband texture up to 24. So many count as one. Working default between the two.
constexpr double kChannelsAlike = 12;
// Of a faint contrast, in thresholds: where increments are seen best, half a threshold is enough. Working
// default.
constexpr double kThresholdNoise = 0.5;
constexpr int kDeals = 199;  // random deals for chanceDPrime
constexpr std::uint64_t kDealSeed = 1;
constexpr double kChanceQuantile = 0.95;

constexpr std::size_t kColours = 3, kChannels = std::size_t(kMaxBands) * kOrientations;
constexpr std::size_t kFeatures = kColours + kChannels + 1;
using Features = std::array<double, kFeatures>;  // colour in ΔE, channel responses, coherence; all in jnd

struct Sample {
    double weight;
    Features features;
};

/// Response to a contrast in thresholds, in jnd: nothing below one; above it a jnd is kThresholdNoise and a
/// Weber fraction of the contrast, combined by squares (shape after Legge and Foley, "Contrast masking in
/// human vision", 1980, without their dip below threshold).
double response(double contrast, double weberFraction) {
    const double scale = weberFraction / kThresholdNoise;
    return (std::asinh(scale * std::max(contrast, 1.0)) - std::asinh(scale)) / weberFraction;
}

/// The matrix L for which |L·d| is the CIEDE2000 of a small difference d from `lab`.
glm::dmat3 localDeltaE(glm::dvec3 lab) {
    constexpr double kStep = 0.25;
    const auto squared = [&](glm::dvec3 d) {
        // The mean over both senses, for the formula bends.
        const double one = double(deltaE2000(lab - 0.5 * kStep * d, lab + 0.5 * kStep * d)) / kStep;
        return one * one;
    };
    glm::dmat3 g(0);
    for (int i = 0; i < 3; ++i) {
        glm::dvec3 a(0);
        a[i] = 1;
        g[i][i] = squared(a);
        for (int j = 0; j < i; ++j) {
            glm::dvec3 sum = a, difference = a;
            sum[j] = 1, difference[j] = -1;
            g[i][j] = g[j][i] = 0.25 * (squared(sum) - squared(difference));
        }
    }
    // Cholesky; the formula's rotation term may bring a pivot near 0 in the blues.
    glm::dmat3 upper(0);  // upper[column][row], rows of L
    for (int i = 0; i < 3; ++i) {
        double pivot = g[i][i];
        for (int k = 0; k < i; ++k) pivot -= upper[i][k] * upper[i][k];
        upper[i][i] = std::sqrt(std::max(pivot, 1e-6));
        for (int j = i + 1; j < 3; ++j) {
            double rest = g[j][i];
            for (int k = 0; k < i; ++k) rest -= upper[i][k] * upper[j][k];
            upper[j][i] = rest / upper[i][i];
        }
    }
    return upper;
}

glm::dvec3 meanLab(const std::vector<const PatchStatistics*>& patches) {
    glm::dvec3 sum(0);
    double weight = 0;
    for (const PatchStatistics* p : patches) sum += p->weight * p->lab, weight += p->weight;
    return sum / weight;
}

std::vector<Sample> samplesOf(const std::vector<const PatchStatistics*>& patches, glm::dvec3 centre,
                              const glm::dmat3& deltaE, const Observer& observer) {
    std::vector<Sample> samples;
    for (const PatchStatistics* p : patches) {
        Sample& sample = samples.emplace_back(Sample{p->weight, {}});
        const glm::dvec3 colour = deltaE * (p->lab - centre) / observer.colourJnd;
        for (int i = 0; i < 3; ++i) sample.features[std::size_t(i)] = colour[i];
        for (std::size_t b = 0; b < kMaxBands; ++b)
            for (std::size_t o = 0; o < kOrientations; ++o)
                sample.features[kColours + b * kOrientations + o] =
                    response(p->contrast[b][o], observer.weberFraction);
        sample.features.back() = p->orientationCoherence / observer.coherenceJnd;
    }
    return samples;
}

struct Heap {
    Features mean{}, variance{};
    double effective = 0;  // number of patches, weights considered
};

template <typename At>
Heap heapOf(std::size_t count, const At& at) {
    Heap heap;
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Sample& s = at(i);
        sum += s.weight, squares += s.weight * s.weight;
        for (std::size_t k = 0; k < kFeatures; ++k) heap.mean[k] += s.weight * s.features[k];
    }
    for (double& m : heap.mean) m /= sum;
    for (std::size_t i = 0; i < count; ++i) {
        const Sample& s = at(i);
        for (std::size_t k = 0; k < kFeatures; ++k) {
            const double d = s.features[k] - heap.mean[k];
            heap.variance[k] += s.weight * d * d;
        }
    }
    heap.effective = sum * sum / squares;
    for (double& v : heap.variance) v *= heap.effective / (heap.effective - 1) / sum;
    return heap;
}

struct Squares {
    double colour = 0, contrast = 0, coherence = 0;
    [[nodiscard]] double sum() const { return colour + contrast + coherence; }
};

/// How well lines could be told from dots in these patches: 0 where no channel reaches its threshold, 3/4
/// where one reaches twice that.
double visibility(const std::vector<const PatchStatistics*>& patches) {
    double sum = 0, weight = 0;
    for (const PatchStatistics* p : patches) {
        double strongest = 1;
        for (const auto& band : p->contrast)
            for (const double c : band) strongest = std::max(strongest, c);
        sum += p->weight * (1 - 1 / (strongest * strongest));
        weight += p->weight;
    }
    return sum / weight;
}

/// Squared distances less what two samples of one texture have by chance, ÷ the observer's noise and the
/// patches' own. `seen`: the lower visibility of the two. `colourSquared`: of the mean colours, in jnd², or
/// negative: from the features.
Squares squaresOf(const Heap& one, const Heap& two, double seen, double colourSquared = -1) {
    Squares squares;
    double colour = 0, colourChance = 0, colourSpread = 0;
    for (std::size_t k = 0; k < kFeatures; ++k) {
        const double d = one.mean[k] - two.mean[k];
        const double chance = one.variance[k] / one.effective + two.variance[k] / two.effective;
        const double spread = 0.5 * (one.variance[k] + two.variance[k]);
        if (k < kColours)
            colour += d * d, colourChance += chance, colourSpread += spread;
        else
            (k + 1 < kFeatures ? squares.contrast : squares.coherence) += (d * d - chance) / (1 + spread);
    }
    if (colourSquared >= 0) colour = colourSquared;
    squares.colour = (colour - colourChance) / (1 + colourSpread);
    squares.contrast /= kChannelsAlike;
    squares.coherence *= seen;
    return squares;
}

double chance(const std::vector<Sample>& one, const std::vector<Sample>& two, double seen) {
    std::vector<Sample> all = one;
    all.insert(all.end(), two.begin(), two.end());
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> found;
    for (int deal = 0; deal < kDeals; ++deal) {
        RandomStream random(kDealSeed, static_cast<std::uint64_t>(deal));
        for (std::size_t i = order.size() - 1; i > 0; --i)
            std::swap(order[i], order[static_cast<std::size_t>(random.uniformDouble() * double(i + 1))]);
        const auto at = [&](std::size_t from) {
            return [&, from](std::size_t i) -> const Sample& { return all[order[from + i]]; };
        };
        const Heap a = heapOf(one.size(), at(0)), b = heapOf(two.size(), at(one.size()));
        found.push_back(std::sqrt(std::max(0.0, squaresOf(a, b, seen).sum())));
    }
    const auto nth = found.begin() + static_cast<std::ptrdiff_t>(kChanceQuantile * kDeals);
    std::nth_element(found.begin(), nth, found.end());
    return *nth;
}

MismatchMeasure compare(const std::vector<const PatchStatistics*>& first,
                        const std::vector<const PatchStatistics*>& second, const Observer& observer,
                        bool withChance) {
    const glm::dvec3 labOne = meanLab(first), labTwo = meanLab(second), centre = 0.5 * (labOne + labTwo);
    const glm::dmat3 deltaE = localDeltaE(centre);
    const auto one = samplesOf(first, centre, deltaE, observer);
    const auto two = samplesOf(second, centre, deltaE, observer);
    const auto heap = [](const std::vector<Sample>& s) {
        return heapOf(s.size(), [&](std::size_t i) -> const Sample& { return s[i]; });
    };
    const Heap heapOne = heap(one), heapTwo = heap(two);

    MismatchMeasure m;
    m.meanDeltaE = double(deltaE2000(labOne, labTwo));
    const double colour = m.meanDeltaE / observer.colourJnd;
    const double seen = std::min(visibility(first), visibility(second));
    const Squares squares = squaresOf(heapOne, heapTwo, seen, colour * colour);
    m.colourSquared = squares.colour, m.contrastSquared = squares.contrast;
    m.coherenceSquared = squares.coherence;
    m.dPrimeSquared = squares.sum();
    m.dPrime = std::sqrt(std::max(0.0, m.dPrimeSquared));
    m.orientationCoherenceDifference = (heapTwo.mean.back() - heapOne.mean.back()) * observer.coherenceJnd;
    const auto energy = [](const std::vector<const PatchStatistics*>& patches) {
        double sum = 0, weight = 0;
        for (const PatchStatistics* p : patches) sum += p->weight * p->orientationEnergy, weight += p->weight;
        return sum / weight;
    };
    m.orientationEnergyDifference = energy(second) - energy(first);
    if (withChance) m.chanceDPrime = chance(one, two, seen);
    return m;
}

std::vector<const PatchStatistics*> inside(const TextureStatistics& texture, int x0, int y0, int x1, int y1) {
    std::vector<const PatchStatistics*> found;
    for (int y = std::max(y0, 0); y <= std::min(y1, texture.rows - 1); ++y)
        for (int x = std::max(x0, 0); x <= std::min(x1, texture.columns - 1); ++x) {
            const auto& patch =
                texture.patches[std::size_t(y) * std::size_t(texture.columns) + std::size_t(x)];
            if (patch.weight > 0) found.push_back(&patch);
        }
    return found;
}

Result<void> checkPair(const TextureStatistics& first, const TextureStatistics& second,
                       const Observer& observer) {
    if (first.pixelsPerDegree != second.pixelsPerDegree || first.patchPx != second.patchPx)
        return fail(
            ExitCode::badInput,
            "mismatch: the second texture has {} pixels per degree in patches of {}, expected {} in {} "
            "as the first",
            second.pixelsPerDegree, second.patchPx, first.pixelsPerDegree, first.patchPx);
    for (const auto& [name, value] :
         {std::pair("weberFraction", observer.weberFraction), std::pair("colourJnd", observer.colourJnd),
          std::pair("coherenceJnd", observer.coherenceJnd)})
        if (!(value > 0) || !std::isfinite(value))
            return fail(ExitCode::badInput, "mismatch: the observer's {} is {}, expected a positive number",
                        name, value);
    return {};
}

}  // namespace

Result<MismatchMeasure> measureMismatch(const TextureStatistics& first, const TextureStatistics& second,
                                        const Observer& observer) {
    STUBBLE_CHECK(checkPair(first, second, observer));
    const auto one = inside(first, 0, 0, first.columns - 1, first.rows - 1);
    const auto two = inside(second, 0, 0, second.columns - 1, second.rows - 1);
    if (one.size() < 2 || two.size() < 2)
        return fail(ExitCode::badInput, "mismatch: {} and {} patches, expected at least 2 of each texture",
                    one.size(), two.size());
    return compare(one, two, observer, true);
}

Result<Image<float>> mismatchMap(const TextureStatistics& first, const TextureStatistics& second, int reach,
                                 const Observer& observer) {
    STUBBLE_CHECK(checkPair(first, second, observer));
    if (first.columns != second.columns || first.rows != second.rows)
        return fail(ExitCode::badInput,
                    "mismatch map: the second picture has {} x {} patches, expected {} x {}", second.columns,
                    second.rows, first.columns, first.rows);
    if (reach < 1) return fail(ExitCode::badInput, "mismatch map: reach is {}, expected at least 1", reach);
    Image<float> map(first.columns, first.rows, std::numeric_limits<float>::quiet_NaN());
    for (int y = 0; y < map.height; ++y)
        for (int x = 0; x < map.width; ++x) {
            const auto one = inside(first, x - reach, y - reach, x + reach, y + reach);
            const auto two = inside(second, x - reach, y - reach, x + reach, y + reach);
            if (one.size() >= 2 && two.size() >= 2)
                map.at(x, y) = static_cast<float>(compare(one, two, observer, false).dPrime);
        }
    return map;
}

double shareRight(double dPrime) {
    return 0.5 * std::erfc(-0.5 * dPrime);
}

}  // namespace stubble
