// The published tables that photon transport is held against, and the books that it must balance.
#include "engine/optics/transport.h"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <cmath>

namespace stubble {
namespace {

constexpr std::uint64_t kPhotons = 2'000'000;

/// Within three standard errors of the run and within 0.3 % of the published figure.
void expectPublished(double found, double error, double published) {
    EXPECT_NEAR(found, published, 3 * error) << "standard error " << error;
    EXPECT_NEAR(found / published, 1, 0.003);
}

TEST(PhotonTransport, SlabOfVanDeHulst) {
    // H. C. van de Hulst, "Multiple Light Scattering", 1980, as quoted by Wang, Jacques and Zheng 1995,
    // table 1.
    const LayeredTissue slab = {{0.2f, 1.0f, 9.0f, 0.75f, 1.0f}};
    const TransportTotals totals = simulateTissue(slab, kPhotons, 1);
    EXPECT_EQ(totals.specular, 0);
    expectPublished(totals.diffuse, totals.diffuseError, 0.09739);
    expectPublished(totals.transmitted, totals.transmittedError, 0.66096);
}

TEST(PhotonTransport, HalfSpaceOfGiovanelli) {
    // R. G. Giovanelli, "Reflection by semi-infinite diffusers", 1955, as quoted by Wang et al. 1995,
    // table 2.
    const TissueLayer tissue{
        .absorptionPerMm = 1, .scatteringPerMm = 9, .anisotropy = 0, .refractiveIndex = 1.5f};
    const TransportTotals totals = simulateTissue({tissue}, kPhotons, 2);
    EXPECT_NEAR(totals.specular, 0.04, 1e-6);
    expectPublished(totals.specular + totals.diffuse, totals.diffuseError, 0.2600);
}

TEST(PhotonTransport, TwoLayersOfUnlikeIndex) {
    const LayeredTissue tissue = {
        {0.1f, 2.0f, 20.0f, 0.7f, 1.3f},
        {.absorptionPerMm = 1, .scatteringPerMm = 20, .anisotropy = 0.9f, .refractiveIndex = 1.4f}};
    const TransportTotals totals = simulateTissue(tissue, kPhotons, 3);
    EXPECT_NEAR(totals.specular, 0.0170, 5e-5);
    expectPublished(totals.diffuse, totals.diffuseError, 0.1050);
}

TEST(PhotonTransport, WhiteFurnaceKeepsAllLight) {
    // Nothing absorbs: what enters leaves, at the top or at the bottom.
    const LayeredTissue tissue = {{0.3f, 0, 8, 0.8f, 1.4f}, {0.5f, 0, 20, 0.8f, 1.5f}};
    const TransportTotals totals = simulateTissue(tissue, 100'000, 4);
    EXPECT_NEAR(totals.specular + totals.diffuse + totals.transmitted, 1, 1e-5);
}

TEST(PhotonTransport, WhiteHalfSpaceGivesAllBack) {
    // Paths end by leaving; the few that are given up after very many steps may cost half a percent.
    const TissueLayer tissue{
        .absorptionPerMm = 1e-6f, .scatteringPerMm = 10, .anisotropy = 0, .refractiveIndex = 1};
    const TransportTotals totals = simulateTissue({tissue}, 20'000, 5);
    EXPECT_NEAR(totals.diffuse, 1, 0.005);
}

TEST(PhotonTransport, SameSumsForAnyNumberOfThreads) {
    const LayeredTissue tissue = {{0.08f, 0.5f, 18, 0.8f, 1.4f}, {2.0f, 0.1f, 18, 0.8f, 1.4f}};
    const TransportTotals first = simulateTissue(tissue, 20'000, 6);
    for (const std::size_t threads : {1u, 2u, 8u}) {
        const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, threads);
        const TransportTotals again = simulateTissue(tissue, 20'000, 6);
        EXPECT_EQ(first.diffuse, again.diffuse);
        EXPECT_EQ(first.transmitted, again.transmitted);
    }
}

TEST(PhotonTransport, FresnelAtTheCriticalAngleAndStraightOn) {
    float out = 0;
    EXPECT_NEAR(fresnelReflectance(1, 1.5f, 1, out), 0.04, 1e-6);
    EXPECT_NEAR(fresnelReflectance(1.5f, 1, 1, out), 0.04, 1e-6);
    EXPECT_EQ(fresnelReflectance(1.4f, 1, std::cos(std::asin(1 / 1.4f)) - 1e-3f, out), 1);
    // Brewster's angle: the parallel half vanishes.
    const float brewster = std::atan(1.5f);
    const float s =
        (std::cos(brewster) - 1.5f * std::sin(brewster)) / (std::cos(brewster) + 1.5f * std::sin(brewster));
    EXPECT_NEAR(fresnelReflectance(1, 1.5f, std::cos(brewster), out), 0.5f * s * s, 1e-6);
}

}  // namespace
}  // namespace stubble
