#include "tools/studio/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

double luminance(ImU32 packed) {
    const auto linear = [&](int shift) {
        const double v = ((packed >> shift) & 0xff) / 255.0;
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(IM_COL32_R_SHIFT) + 0.7152 * linear(IM_COL32_G_SHIFT) +
           0.0722 * linear(IM_COL32_B_SHIFT);
}

/// Web Content Accessibility Guidelines 2.1, "contrast ratio".
double contrast(ImU32 a, ImU32 b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

TEST(Theme, TextIsLegibleOnAllThatItStandsOn) {
    using namespace colour;
    constexpr double kLeast = 4.5;  // the guidelines' level AA for text of any size
    for (const ImU32 text : {kText, kMuted, kAccent, kWarning})
        for (const ImU32 ground : {kWindow, kPanel, kRaised, kControl})
            EXPECT_GE(contrast(text, ground), kLeast) << std::hex << text << " on " << ground;
    for (const ImU32 ground : {kWindow, kPanel, kRaised})
        EXPECT_GE(contrast(kFaint, ground), 3) << std::hex << ground;  // the guidelines' for marks
    for (const ImU32 ground : {kControlHovered, kControlActive, kAccentQuiet})
        EXPECT_GE(contrast(kText, ground), kLeast) << std::hex << ground;
}

}  // namespace
}  // namespace stubble
