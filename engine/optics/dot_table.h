#pragma once
// The baked answers of photon transport: what a dot takes of the light of each wavelength band, and what bare
// skin gives back. tools/bake_dots writes them.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/optics/dot_profile.h"
#include "engine/optics/spectrum.h"
#include "engine/optics/tissue.h"

namespace stubble {

/// Where transport was computed. Depths are of the pigment's centre; it is kPigmentThicknessMm thick.
inline constexpr std::array<float, 13> kTableDepthsMm = {0.05f, 0.065f, 0.085f, 0.11f, 0.14f, 0.18f, 0.23f,
                                                         0.3f,  0.4f,   0.52f,  0.7f,  1.0f,  1.5f};
inline constexpr std::array<float, 9> kTableDiametersMm = {0.03f, 0.045f, 0.067f, 0.1f, 0.15f,
                                                           0.22f, 0.33f,  0.5f,   0.8f};
inline constexpr std::array<float, 8> kTableAbsorptionsPerMm = {1, 3, 8, 20, 50, 120, 300, 800};
inline constexpr std::array<float, 7> kTableMelaninPercent = {0.5f, 2.5f, 7, 14, 22, 32, 45};
/// Evenly spaced by log(melanin + kMelaninOffset): what light loses in the epidermis depends on melanin and
/// what else there is.
inline constexpr std::array<float, 10> kTableBareMelaninPercent = {0.1f,  1.2f,  2.7f, 4.7f,  7.5f,
                                                                   11.2f, 16.2f, 23,   32.3f, 45};
inline constexpr float kMelaninOffset = 3;
inline constexpr std::array<float, 6> kTableBareBloodPercent = {0.05f, 0.2f, 0.5f, 1, 2, 5};
inline constexpr float kPigmentThicknessMm = 0.1f;  ///< working default: what one tap of a needle leaves
/// A shaved hair is one more depth: a shaft from the surface down.
inline constexpr float kShaftLengthMm = 1.0f;
inline constexpr int kTableShapes = static_cast<int>(kTableDepthsMm.size()) + 1;
inline constexpr int kShaftShape = kTableShapes - 1;

/// Widths of the core Gaussians of a dot: the same for every load, so that what they weigh changes smoothly
/// with it. Chosen so that three of them fit the profiles of the whole table; deep dots are all tail.
std::array<float, kCoreLobes> coreSigmasMm(float depthMm, float diameterMm);
/// Depth that stands for a shaft in coreSigmasMm.
inline constexpr float kShaftCoreDepthMm = 0.1f;

/// What a dot takes of the light of one band: the whole, and how it is shared out among the Gaussians.
struct BandLoss {
    float lossMm2 = 0;  ///< ∫ loss over the skin, > 0
    std::array<float, kCoreLobes + kTailLobes>
        shares{};  ///< of the integral, adding up to 1; may be negative
};

class DotTable {
  public:
    static constexpr std::size_t kDotCount = static_cast<std::size_t>(kBandCount) *
                                             kTableMelaninPercent.size() * kTableShapes *
                                             kTableDiametersMm.size() * kTableAbsorptionsPerMm.size();
    static constexpr std::size_t kBareCount = static_cast<std::size_t>(kBandCount) *
                                              kTableBareMelaninPercent.size() * kTableBareBloodPercent.size();

    /// The project's own table, read once; assets/optics/dots.bin. Fails (badInput) when it is missing or not
    /// what bake_dots wrote.
    static Result<std::shared_ptr<const DotTable>> shared();
    static Result<DotTable> read(const std::filesystem::path& path);
    static Result<DotTable> parse(std::span<const std::byte> bytes, std::string_view name);
    [[nodiscard]] std::vector<std::byte> bytes() const;

    static constexpr std::size_t dotIndex(int band, std::size_t skin, int shape, std::size_t diameter,
                                          std::size_t absorption) {
        return (((static_cast<std::size_t>(band) * kTableMelaninPercent.size() + skin) * kTableShapes +
                 static_cast<std::size_t>(shape)) *
                    kTableDiametersMm.size() +
                diameter) *
                   kTableAbsorptionsPerMm.size() +
               absorption;
    }
    static constexpr std::size_t bareIndex(int band, std::size_t melanin, std::size_t blood) {
        return (static_cast<std::size_t>(band) * kTableBareMelaninPercent.size() + melanin) *
                   kTableBareBloodPercent.size() +
               blood;
    }
    std::vector<BandLoss> dots = std::vector<BandLoss>(kDotCount);
    static constexpr std::size_t kReachedCount =
        static_cast<std::size_t>(kBandCount) * kTableMelaninPercent.size() * kTableDepthsMm.size();
    static constexpr std::size_t reachedIndex(int band, std::size_t skin, std::size_t depth) {
        return (static_cast<std::size_t>(band) * kTableMelaninPercent.size() + skin) * kTableDepthsMm.size() +
               depth;
    }
    /// Share of bare skin's light that came down to the top of a dot's depth: no pigment there can take more.
    std::vector<float> reachedShare = std::vector<float>(kReachedCount);
    std::vector<float> bareReflectance = std::vector<float>(kBareCount);  ///< diffuse, 0 to 1
    std::vector<float> bareRadiusMm = std::vector<float>(kBareCount);     ///< mean from entry to exit

    /// Diffuse reflectance of bare skin by band; values outside the table's range are clamped.
    [[nodiscard]] Spectrum reflectance(const SkinPigments& skin) const;
    /// Mean distance that light travels under the skin, by band, mm.
    [[nodiscard]] Spectrum meanRadiusMm(const SkinPigments& skin) const;
};

}  // namespace stubble
