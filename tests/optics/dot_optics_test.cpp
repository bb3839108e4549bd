// The run time's closed form against photon transport that the table has never seen
// (tests/optics/transport_samples.csv, written by bake_dots check with seeds of its own).
#include "engine/optics/dot_optics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <numeric>
#include <sstream>

#include "engine/core/colour.h"

namespace stubble {
namespace {

constexpr float kRingMm = 0.025f;
constexpr std::size_t kRings = 48;

struct TransportSample {
    float depthMm = 0, diameterMm = 0, loadPercent = 0, melaninPercent = 0;
    glm::vec3 bare{0}, lossMm2{0}, gridLoss{0};
    std::array<glm::vec3, kRings> ringLoss{};
};

const std::vector<TransportSample>& transportSamples() {
    static const std::vector<TransportSample> samples = [] {
        std::vector<TransportSample> list;
        std::ifstream file(STUBBLE_SOURCE_DIR "/tests/optics/transport_samples.csv");
        for (std::string line; std::getline(file, line);) {
            if (line.empty() || line[0] == '#') continue;
            std::replace(line.begin(), line.end(), ',', ' ');
            std::istringstream in(line);
            TransportSample& s = list.emplace_back();
            const auto colour = [&](glm::vec3& c) { in >> c.r >> c.g >> c.b; };
            in >> s.depthMm >> s.diameterMm >> s.loadPercent >> s.melaninPercent;
            colour(s.bare), colour(s.lossMm2), colour(s.gridLoss);
            for (glm::vec3& ring : s.ringLoss) colour(ring);
            EXPECT_FALSE(in.fail()) << line.substr(0, 60);
        }
        return list;
    }();
    return samples;
}

DotProfile profileOf(const TransportSample& sample) {
    const auto table = DotTable::shared();
    EXPECT_TRUE(table) << table.error().message;
    const DotOptics optics(**table, {sample.melaninPercent, kBloodPercent}, PigmentBase::carbon);
    return optics.pigment(sample.diameterMm, sample.depthMm, sample.loadPercent);
}

float luminance(glm::vec3 linear) {
    return glm::dot(linear, glm::vec3(0.2126f, 0.7152f, 0.0722f));
}

/// Root mean square over the rings within twice the diameter (at least 0.5 mm), all channels.
double radialRms(const TransportSample& sample, const DotProfile& profile) {
    const float reachMm = std::max(2 * sample.diameterMm, 0.5f);
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < kRings && float(i + 1) * kRingMm <= reachMm + 1e-4f; ++i) {
        glm::vec3 mean(0);  // over the ring's area
        float area = 0;
        for (int k = 0; k < 8; ++k) {
            const float r = (float(i) + (float(k) + 0.5f) / 8) * kRingMm;
            mean += r * ratioAt(profile, r), area += r;
        }
        const glm::vec3 off = mean / area - (1.0f - sample.ringLoss[i]);
        sum += double(glm::dot(off, off)), count += 3;
    }
    return std::sqrt(sum / count);
}

TEST(DotOptics, AgreesWithTransportThatTheTableHasNotSeen) {
    ASSERT_EQ(transportSamples().size(), 200u);
    double worstLoss = 0, worstGrid = 0, worstRms = 0, sumRms2 = 0, worstDeltaE = 0;
    int roughShapes = 0;
    for (const TransportSample& sample : transportSamples()) {
        SCOPED_TRACE(::testing::Message()
                     << "depth " << sample.depthMm << " diameter " << sample.diameterMm << " load "
                     << sample.loadPercent << " melanin " << sample.melaninPercent);
        const DotProfile profile = profileOf(sample);
        // Darkening: of luminance, by a lone dot and on the grid.
        const float bare = luminance(sample.bare);
        const double loss =
            luminance(sample.bare * loneLossMm2(profile)) / luminance(sample.bare * sample.lossMm2) - 1;
        const glm::vec3 grid = gridRatio(profile, 1);
        const double gridLoss =
            (bare - luminance(sample.bare * grid)) / luminance(sample.bare * sample.gridLoss) - 1;
        const double rms = radialRms(sample, profile);
        const double deltaE = deltaE2000(labFromLinearSrgb(sample.bare * grid),
                                         labFromLinearSrgb(sample.bare * (1.0f - sample.gridLoss)));
        EXPECT_LE(std::abs(loss), 0.03);
        EXPECT_LE(std::abs(gridLoss), 0.03);
        roughShapes += rms > 0.02;
        EXPECT_LE(deltaE, 1);
        worstLoss = std::max(worstLoss, std::abs(loss)), worstGrid = std::max(worstGrid, std::abs(gridLoss));
        worstRms = std::max(worstRms, rms), worstDeltaE = std::max(worstDeltaE, deltaE);
        sumRms2 += rms * rms;
    }
    EXPECT_LE(std::sqrt(sumRms2 / double(transportSamples().size())), 0.02);
    // Wide dots of dense pigment just under the surface have flatter tops than three Gaussians can draw.
    EXPECT_LE(roughShapes, 4);
    EXPECT_LE(worstRms, 0.035);
    std::printf(
        "worst of 200: darkening lone %.4f, grid %.4f, radial RMS %.4f (all together %.4f), dE00 %.3f\n",
        worstLoss, worstGrid, worstRms, std::sqrt(sumRms2 / double(transportSamples().size())), worstDeltaE);
}

}  // namespace
}  // namespace stubble
