#pragma once

#include <array>
#include <glm/glm.hpp>
#include <vector>

// The sculpture itself, as figures. Plate frame, mm: x runs backwards in the plane of the auricle, y up, z
// out of that plane (lateral). Proportions: male ear length ~63, width ~36 (Sforza et al. 2009, Forensic Sci
// Int 187:110); protrusion and inclination after Farkas, Anthropometry of the Head and Face (1994); conchal
// depth ~15 and cartilage folds after anatomical plates. Own figures throughout.

namespace stubble::bake::ear {

/// The plate turns about its front edge, which lies on the head.
constexpr float kHingeZMm = 8.0F;
constexpr float kHingeOffsetMm = 8.0F;
constexpr float kProtrusionRad = 0.42F;

/// Edge of the cartilage shell, a little inside the roll of the helix, and of the lobe.
constexpr std::array<glm::vec2, 20> kOutlineMm{
    {{-8.5F, 8},      {-8.0F, 16},    {-5.6F, 22.6F},  {0.5F, 27.2F},  {9.1F, 28.2F},
     {18.1F, 25.6F},  {24.3F, 19.6F}, {26.8F, 11.6F},  {27.0F, 3},     {25.3F, -6},
     {22.5F, -14},    {19.3F, -21},   {15.1F, -27.6F}, {9.1F, -31.6F}, {2.6F, -32.2F},
     {-2.4F, -29.4F}, {-5.2F, -23},   {-6.5F, -15},    {-7.5F, -8},    {-8.5F, 0}}};

/// Plan of the conchal air space, cut out of the head.
constexpr std::array<glm::vec2, 12> kConchaPlanMm{{{-2.5F, -8},
                                                   {-4.5F, -4},
                                                   {-4.5F, 0.5F},
                                                   {-3.5F, 5},
                                                   {-2.0F, 9},
                                                   {5.5F, 10.5F},
                                                   {11.1F, 9},
                                                   {13.8F, 4},
                                                   {13.8F, -2},
                                                   {11.1F, -8},
                                                   {5.7F, -13.2F},
                                                   {0.0F, -13.2F}}};

/// Heights of the shell's middle surface along its folds; each is a curve.
inline std::vector<std::vector<glm::vec3>> shellFoldsMm() {
    return {// Rim under the helix, from the front upward and round to the lobe.
            {{-7.5F, 10.0F, -2.4F},
             {-7.0F, 16.0F, -1.2F},
             {-5.0F, 22.0F, -0.8F},
             {-1.0F, 26.0F, -0.3F},
             {4.1F, 27.8F, 0.0F},
             {10.6F, 28.0F, 0.2F},
             {17.5F, 25.6F, 0.3F},
             {23.2F, 20.3F, 0.3F},
             {26.4F, 13.0F, 0.2F},
             {27.0F, 6.0F, 0.0F},
             {26.4F, -1.0F, -0.2F},
             {24.3F, -8.0F, -0.4F},
             {21.7F, -14.0F, -0.6F},
             {18.7F, -20.0F, -0.8F}},
            // Scapha.
            {{10.0F, 25.0F, -1.6F},
             {15.3F, 22.4F, -2.4F},
             {19.1F, 18.2F, -3.0F},
             {21.5F, 13.0F, -3.3F},
             {22.3F, 7.0F, -3.3F},
             {22.1F, 1.0F, -3.1F},
             {20.6F, -5.0F, -2.2F},
             {18.7F, -10.5F, -1.6F},
             {16.1F, -15.0F, -1.3F},
             {12.7F, -18.9F, -1.4F}},
            // Antitragus, then the antihelix upward to its fork.
            {{3.6F, -14.3F, -0.6F},
             {5.6F, -14.4F, 0.9F},
             {8.2F, -14.3F, 1.1F},
             {11.2F, -12.9F, 0.2F},
             {13.6F, -8.7F, 0.1F},
             {15.4F, -4.0F, 0.7F},
             {16.2F, 1.0F, 1.2F},
             {16.1F, 6.0F, 1.3F},
             {15.4F, 10.0F, 1.0F}},
            // Superior crus, broad and fading.
            {{15.9F, 12.5F, 0.7F}, {14.7F, 17.0F, 0.4F}, {12.9F, 21.0F, -0.1F}, {11.2F, 24.0F, -1.2F}},
            // Inferior crus, sharper, running forward under the helix.
            {{14.0F, 11.6F, 0.8F},
             {10.1F, 12.8F, 0.0F},
             {5.2F, 13.6F, -1.0F},
             {0.6F, 14.0F, -2.2F},
             {-4.0F, 14.2F, -3.2F}},
            // Triangular fossa.
            {{11.0F, 16.4F, -3.2F},
             {8.4F, 18.4F, -4.6F},
             {4.8F, 20.0F, -5.3F},
             {1.0F, 20.6F, -5.2F},
             {-2.4F, 20.2F, -4.4F}},
            // Cymba.
            {{11.4F, 6.2F, -9.0F},
             {8.4F, 8.0F, -10.4F},
             {4.1F, 8.8F, -10.6F},
             {0.6F, 9.2F, -9.6F},
             {-2.0F, 9.8F, -7.6F}},
            // Cavum: rear foot of the wall, then the deep middle, then towards the notch.
            {{10.6F, 1.4F, -11.0F},
             {10.3F, -3.0F, -11.4F},
             {8.4F, -7.0F, -11.0F},
             {5.2F, -10.4F, -10.2F},
             {1.6F, -10.8F, -9.4F}},
            {{6.3F, 2.2F, -11.0F},
             {5.9F, -1.8F, -12.6F},
             {2.0F, -2.2F, -13.4F},
             {4.1F, -5.8F, -12.6F},
             {1.0F, -6.2F, -12.0F}},
            // Intertragic notch, running out on to the lobe.
            {{0.0F, -13.1F, -7.6F}, {-0.4F, -15.3F, -5.2F}, {-0.6F, -17.5F, -3.2F}, {-0.4F, -18.7F, -2.4F}},
            // Front wall of the cavum, under the tragus.
            {{-2.4F, 1.6F, -8.4F}, {-2.8F, -2.0F, -9.6F}, {-2.2F, -6.0F, -9.2F}},
            // Root of the tragus, and the skin in front of it.
            {{-5.4F, 5.0F, -2.8F},
             {-6.4F, 2.0F, -1.8F},
             {-6.6F, -2.0F, -1.4F},
             {-6.0F, -6.0F, -1.8F},
             {-5.4F, -11.0F, -2.6F},
             {-4.6F, -15.0F, -2.6F}},
            {{-9.5F, 10.0F, -2.8F},
             {-9.5F, 3.0F, -2.6F},
             {-9.5F, -4.0F, -2.6F},
             {-8.5F, -12.0F, -3.0F},
             {-7.5F, -20.0F, -3.8F}},
            // Lobe.
            {{2.0F, -18.6F, -1.9F}, {5.6F, -18.8F, -0.9F}, {11.0F, -18.6F, -0.8F}},
            {{-4.0F, -20.0F, -3.6F}, {1.0F, -22.5F, -1.4F}, {6.3F, -23.5F, -0.4F}, {13.8F, -23.5F, -0.9F}},
            {{-4.0F, -26.0F, -4.6F}, {0.0F, -27.0F, -2.4F}, {5.2F, -28.0F, -1.4F}, {11.6F, -28.0F, -1.6F}},
            {{2.0F, -32.0F, -3.2F}, {8.4F, -31.5F, -2.4F}}};
}

/// Helix: from its crus in the concha, up and round, fading into the lobe.
constexpr std::array<glm::vec4, 18> kHelixMm{{{7.3F, 2.2F, -12.0F, 0.9F},
                                              {4.6F, 2.8F, -9.8F, 1.7F},
                                              {1.0F, 4.2F, -6.6F, 2.2F},
                                              {-3.0F, 6.8F, -3.2F, 2.2F},
                                              {-5.8F, 11.0F, -0.8F, 2.3F},
                                              {-6.6F, 16.0F, 0.4F, 2.1F},
                                              {-4.8F, 21.6F, 1.0F, 2.2F},
                                              {0.2F, 26.0F, 1.4F, 2.35F},
                                              {7.8F, 27.8F, 1.6F, 2.4F},
                                              {15.5F, 26.2F, 1.8F, 2.6F},
                                              {21.9F, 21.2F, 1.8F, 2.8F},
                                              {25.5F, 14.0F, 1.5F, 2.4F},
                                              {26.6F, 6.0F, 1.0F, 1.8F},
                                              {26.0F, -1.5F, 0.7F, 1.65F},
                                              {23.8F, -8.5F, 0.3F, 1.7F},
                                              {21.0F, -15.0F, -0.1F, 1.9F},
                                              {17.0F, -20.6F, -0.8F, 1.8F},
                                              {12.9F, -25.0F, -1.6F, 1.2F}}};

/// Rolled edge of the helix, turned in over the scapha.
constexpr std::array<glm::vec4, 12> kHelixLipMm{{{-4.8F, 13.0F, -1.2F, 1.0F},
                                                 {-4.8F, 17.0F, -0.2F, 1.2F},
                                                 {-3.0F, 21.0F, 0.6F, 1.3F},
                                                 {1.2F, 24.2F, 1.1F, 1.4F},
                                                 {7.8F, 25.6F, 1.3F, 1.5F},
                                                 {14.2F, 24.0F, 1.5F, 1.6F},
                                                 {19.5F, 19.4F, 1.5F, 1.7F},
                                                 {22.8F, 13.0F, 1.2F, 1.5F},
                                                 {24.3F, 6.0F, 0.7F, 1.2F},
                                                 {24.0F, -1.0F, 0.3F, 1.1F},
                                                 {22.3F, -7.8F, -0.1F, 1.0F},
                                                 {19.8F, -14.0F, -0.6F, 0.9F}}};

/// Body that carries the tragus.
constexpr std::array<glm::vec4, 3> kTragusRootMm{
    {{-7.6F, 5.5F, -4.0F, 2.2F}, {-6.6F, -1.6F, -0.6F, 3.4F}, {-7.4F, -9.5F, -4.2F, 2.4F}}};

/// Soft tissue behind the antitragus, where the bulge of the concha passes into the lobe: centre, radius and
/// depth.
constexpr glm::vec2 kRearPadMm{6.5F, -16.5F};
constexpr float kRearPadRadiusMm = 5.0F;
constexpr float kRearPadDepthMm = 4.5F;

/// Fills the fold behind the ear where the auricle is rooted on the head.
constexpr std::array<glm::vec4, 8> kRootMm{{{-6.0F, 19.0F, -4.5F, 2.5F},
                                            {-1.0F, 17.0F, -8.5F, 4.5F},
                                            {5.0F, 13.5F, -10.0F, 5.5F},
                                            {10.0F, 7.5F, -12.5F, 5.0F},
                                            {10.5F, -1.0F, -13.5F, 4.5F},
                                            {8.5F, -9.0F, -12.5F, 5.0F},
                                            {4.5F, -16.0F, -9.8F, 5.2F},
                                            {-3.0F, -22.0F, -8.0F, 4.0F}}};

/// Mouth of the ear canal, running inward and forward.
constexpr std::array<glm::vec4, 3> kCanalMm{
    {{-1.8F, -1.8F, -8.6F, 3.3F}, {-3.6F, -1.7F, -12.0F, 3.2F}, {-5.0F, -1.4F, -15.0F, 2.9F}}};

/// Tragus: a blunt flap that leans back over the canal.
constexpr std::array<glm::vec4, 5> kTragusMm{{{-6.0F, 4.0F, -1.0F, 1.6F},
                                              {-4.3F, 1.6F, 1.1F, 1.9F},
                                              {-2.9F, -1.2F, 2.1F, 2.1F},
                                              {-3.3F, -3.8F, 1.2F, 2.0F},
                                              {-5.2F, -6.6F, -1.4F, 1.6F}}};

}  // namespace stubble::bake::ear
