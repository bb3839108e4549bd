#include "engine/optics/dot_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/core/colour.h"
#include "engine/core/file.h"
#include "engine/optics/dot_optics.h"
#include "engine/optics/skin_tone.h"
#include "tests/support/temp_dir.h"

namespace stubble {
namespace {

class DotTableFileTest : public TempDirTest {
  protected:
    static std::string good() {
        const auto table = DotTable::shared();
        EXPECT_TRUE(table);
        const std::vector<std::byte> bytes = (*table)->bytes();
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }
    void expectError(const std::string& content, const std::string& message) {
        const auto path = write("dots.bin", content);
        const auto table = DotTable::read(path);
        ASSERT_FALSE(table);
        EXPECT_EQ(table.error().code, ExitCode::badInput);
        EXPECT_EQ(table.error().message, path.string() + ": " + message);
    }
};

TEST_F(DotTableFileTest, ComesBackAsItWasWritten) {
    const auto read = DotTable::read(write("dots.bin", good()));
    ASSERT_TRUE(read) << read.error().message;
    const DotTable& shared = **DotTable::shared();
    EXPECT_EQ(read->bareReflectance, shared.bareReflectance);
    for (std::size_t i = 0; i < DotTable::kDotCount; i += 997)
        EXPECT_EQ(read->dots[i].shares, shared.dots[i].shares) << i;
}

TEST_F(DotTableFileTest, BrokenFilesAreNamed) {
    const std::string whole = good(), size = std::to_string(whole.size());
    expectError("", "found 0 bytes, expected the " + size + " of a dot table");
    expectError(whole.substr(0, whole.size() - 1), "found " + std::to_string(whole.size() - 1) +
                                                       " bytes, expected the " + size + " of a dot table");
    std::string other = whole;
    other[0] = 'S';
    expectError(other, "does not begin as a dot table of this version");
    for (const std::size_t at : {std::size_t{100}, whole.size() / 2, whole.size() - 1}) {
        std::string flipped = whole;
        flipped[at] = static_cast<char>(flipped[at] ^ 4);
        expectError(flipped, "checksum differs, expected the dot table as bake_dots wrote it");
    }
}

TEST(DotTable, SharesAddUpToOne) {
    for (const BandLoss& dot : (*DotTable::shared())->dots) {
        float sum = 0;
        for (const float share : dot.shares) {
            ASSERT_LE(std::abs(share), 15.9f) << "as wide as the file holds";
            sum += share;
        }
        ASSERT_NEAR(sum, 1, 0.003f);
    }
}

TEST(DotTable, EveryDotTakesLightAndMorePigmentTakesMore) {
    const DotTable& table = **DotTable::shared();
    for (int band = 0; band < kBandCount; ++band)
        for (std::size_t skin = 0; skin < kTableMelaninPercent.size(); ++skin)
            for (int shape = 0; shape < kTableShapes; ++shape)
                for (std::size_t d = 0; d < kTableDiametersMm.size(); ++d)
                    for (std::size_t a = 0; a + 1 < kTableAbsorptionsPerMm.size(); ++a) {
                        const BandLoss& less = table.dots[DotTable::dotIndex(band, skin, shape, d, a)];
                        const BandLoss& more = table.dots[DotTable::dotIndex(band, skin, shape, d, a + 1)];
                        ASSERT_GT(less.lossMm2, 0);
                        constexpr float kLeastStored = 1e-7f;  // nobody sees less
                        if (more.lossMm2 > kLeastStored) {
                            ASSERT_LT(less.lossMm2, more.lossMm2)
                                << band << ' ' << skin << ' ' << shape << ' ' << d;
                        }
                    }
}

TEST(DotOpticsRange, NoSizeInRangeGivesAnythingButNumbers) {
    const DotTable& table = **DotTable::shared();
    for (const float melanin : {0.0f, 0.5f, 12.0f, 100.0f}) {
        const DotOptics optics(table, {melanin, kBloodPercent}, PigmentBase::carbon);
        for (const float diameter : {0.0f, 0.03f, 0.2f, 0.8f, 5.0f})
            for (const float depth : {0.0f, 0.05f, 0.3f, 1.5f, 9.0f})
                for (const float load : {0.0f, 1e-7f, 0.3f, 8.0f, 100.0f})
                    for (float r = 0; r < 3; r += 0.1f) {
                        const glm::vec3 ratio = ratioAt(optics.pigment(diameter, depth, load), r);
                        for (int k = 0; k < 3; ++k) {
                            ASSERT_TRUE(std::isfinite(ratio[k]));
                            // Off the middle a fit may overshoot black, dots of nearly pure pigment the most;
                            // the renderer stops at none.
                            ASSERT_GT(ratio[k], load < 2 ? -0.1f : -0.3f)
                                << diameter << ' ' << depth << ' ' << load << ' ' << r;
                            // On dark skin, which is out of the gamut, less red is more blue.
                            ASSERT_LT(ratio[k], 1.5f) << diameter << ' ' << depth << ' ' << load << ' ' << r;
                        }
                    }
        const DotProfile grey = optics.shavedHair(65, 0);
        EXPECT_EQ(ratioAt(grey, 0), glm::vec3(1));
    }
}

TEST(DotOpticsRange, DeepPigmentIsBlue) {
    const DotOptics optics(**DotTable::shared(), monkPigments(4), PigmentBase::carbon);
    const glm::vec3 shallow = integratedLossMm2(optics.pigment(0.15f, 0.15f, 0.5f)),
                    deep = integratedLossMm2(optics.pigment(0.15f, 0.6f, 0.5f));
    EXPECT_GT(shallow.b / shallow.r, 0.5f) << "nearly black";
    EXPECT_LT(deep.b / deep.r, 0.2f) << "takes red, leaves blue";
}

TEST(SkinTone, MonkTonesDarkenInOrderAndTheirTypologyAngleFalls) {
    const DotTable& table = **DotTable::shared();
    float lastModel = 180;
    for (int tone = 1; tone <= 10; ++tone) {
        const glm::vec3 modelled = labFromLinearSrgb(colourOf(table.reflectance(monkPigments(tone))));
        EXPECT_LT(itaDegrees(modelled), lastModel) << tone;
        lastModel = itaDegrees(modelled);
        // From tone 5 on the model is as dark as the swatch, within a class of the scale (28° to 10°).
        if (tone >= 5) {
            EXPECT_NEAR(itaDegrees(modelled), itaDegrees(labFromLinearSrgb(monkSwatch(tone))), 20) << tone;
        }
        EXPECT_LE(deltaE2000(labFromLinearSrgb(skinTone(table, tone, 0, 0).colour),
                             labFromLinearSrgb(monkSwatch(tone))),
                  2.5f)
            << tone;
    }
}

TEST(SkinTone, MelaninDarkensAndBloodReddens) {
    const DotTable& table = **DotTable::shared();
    const auto lab = [&](float melanin, float blood) {
        return labFromLinearSrgb(skinTone(table, 4, melanin, blood).colour);
    };
    EXPECT_LT(lab(10, 0).x, lab(2, 0).x - 10);
    EXPECT_GT(lab(0, 1).y, lab(0, 0.1f).y + 5);
    // However dark the tone named: little melanin is light skin, redder than blue, never cyan.
    for (int tone = 1; tone <= 10; ++tone)
        for (const float melanin : {0.5f, 2.0f, 10.0f, 45.0f}) {
            const glm::vec3 colour = skinTone(table, tone, melanin, 0).colour;
            EXPECT_GE(colour.r, colour.g) << tone << ", " << melanin;
            EXPECT_GE(colour.g, colour.b) << tone << ", " << melanin;
            EXPECT_LT(glm::distance(colour, skinTone(table, 4, melanin, 0).colour), 1e-5f);
        }
    // Naming the tone's own pigments changes nothing.
    EXPECT_EQ(skinTone(table, 4, monkPigments(4).melaninPercent, kBloodPercent).colour,
              skinTone(table, 4, 0, 0).colour);
    // Red light wanders farthest (Jensen et al., "A practical model for subsurface light transport", 2001).
    const glm::vec3 scatter = skinTone(table, 4, 0, 0).scatterMm;
    EXPECT_GT(scatter.r, scatter.g);
    EXPECT_GT(scatter.g, scatter.b);
    EXPECT_GT(scatter.b, 0.05f);
    EXPECT_LT(scatter.r, 1.5f);
}

}  // namespace
}  // namespace stubble
