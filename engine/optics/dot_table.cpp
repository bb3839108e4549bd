#include "engine/optics/dot_table.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <mutex>

#include "engine/core/file.h"
#include "engine/optics/table_axis.h"

namespace stubble {
namespace {

constexpr std::string_view kMagic = "stubble dot table 3\n";
// Losses as logarithms and shares as fixed-point numbers of 16 bits: steps of 0.03 % and 0.0005.
constexpr float kLogLow = -18, kLogHigh = 3, kShareScale = 2048;
constexpr std::size_t kNumbers =
    DotTable::kDotCount * (1 + kCoreLobes + kTailLobes) + 2 * DotTable::kBareCount + DotTable::kReachedCount;
constexpr std::size_t kFileBytes = kMagic.size() + 2 * kNumbers + 8;
constexpr float kRadiusScale = 4096;  // mean radii up to 16 mm

std::uint64_t checksum(std::span<const std::byte> bytes) {
    return static_cast<std::uint64_t>(hashBytes(bytes).low);
}

}  // namespace

std::array<float, kCoreLobes> coreSigmasMm(float depthMm, float diameterMm) {
    const float middle = std::min(std::hypot(0.34f * diameterMm, 0.44f * depthMm), 0.28f);
    return {0.705f * middle, middle, 1.42f * middle};
}

std::vector<std::byte> DotTable::bytes() const {
    std::vector<std::byte> out;
    out.reserve(kFileBytes);
    const auto put = [&](const void* data, std::size_t size) {
        const auto* from = static_cast<const std::byte*>(data);
        out.insert(out.end(), from, from + size);
    };
    // Little-endian, as all machines are that this runs on.
    const auto number = [&](float value, float low, float high) {
        const float clamped = std::clamp(std::round(value), low, high);
        const auto bits = low < 0 ? static_cast<std::uint16_t>(static_cast<std::int16_t>(clamped))
                                  : static_cast<std::uint16_t>(clamped);
        put(&bits, sizeof bits);
    };
    put(kMagic.data(), kMagic.size());
    for (const BandLoss& dot : dots) {
        number((std::log(std::max(dot.lossMm2, 1e-12f)) - kLogLow) / (kLogHigh - kLogLow) * 65535, 0, 65535);
        for (const float share : dot.shares) number(share * kShareScale, -32768, 32767);
    }
    for (const float share : reachedShare) number(share * 65535, 0, 65535);
    for (const float reflectance : bareReflectance) number(reflectance * 65535, 0, 65535);
    for (const float radius : bareRadiusMm) number(radius * kRadiusScale, 0, 65535);
    const std::uint64_t sum = checksum(out);
    put(&sum, sizeof sum);
    return out;
}

Result<DotTable> DotTable::parse(std::span<const std::byte> bytes, std::string_view name) {
    if (bytes.size() != kFileBytes)
        return fail(ExitCode::badInput, "{}: found {} bytes, expected the {} of a dot table", name,
                    bytes.size(), kFileBytes);
    if (std::memcmp(bytes.data(), kMagic.data(), kMagic.size()) != 0)
        return fail(ExitCode::badInput, "{}: does not begin as a dot table of this version", name);
    std::uint64_t sum = 0;
    std::memcpy(&sum, bytes.data() + bytes.size() - 8, 8);
    if (sum != checksum(bytes.first(bytes.size() - 8)))
        return fail(ExitCode::badInput, "{}: checksum differs, expected the dot table as bake_dots wrote it",
                    name);
    const std::byte* at = bytes.data() + kMagic.size();
    const auto natural = [&] {
        std::uint16_t bits = 0;
        std::memcpy(&bits, at, 2);
        at += 2;
        return bits;
    };
    DotTable table;
    for (BandLoss& dot : table.dots) {
        dot.lossMm2 = std::exp(kLogLow + (kLogHigh - kLogLow) * static_cast<float>(natural()) / 65535);
        for (float& share : dot.shares)
            share = static_cast<float>(static_cast<std::int16_t>(natural())) / kShareScale;
    }
    for (float& share : table.reachedShare) share = static_cast<float>(natural()) / 65535;
    for (float& reflectance : table.bareReflectance) reflectance = static_cast<float>(natural()) / 65535;
    for (float& radius : table.bareRadiusMm) radius = static_cast<float>(natural()) / kRadiusScale;
    return table;
}

Result<DotTable> DotTable::read(const std::filesystem::path& path) {
    STUBBLE_TRY(const std::vector<std::byte> bytes, readFile(path, kFileBytes + 1));
    return parse(bytes, path.string());
}

Result<std::shared_ptr<const DotTable>> DotTable::shared() {
    static std::mutex mutex;
    static std::shared_ptr<const DotTable> table;
    const std::scoped_lock lock(mutex);
    if (!table) {
        STUBBLE_TRY(const std::filesystem::path folder, dataDir());
        STUBBLE_TRY(DotTable read, DotTable::read(folder / "assets/optics/dots.bin"));
        table = std::make_shared<const DotTable>(std::move(read));
    }
    return table;
}

namespace {

/// Between the nodes by logarithm; values outside are clamped.
Spectrum bareAt(const std::vector<float>& values, const SkinPigments& skin) {
    constexpr std::size_t kMelanins = kTableBareMelaninPercent.size(),
                          kBloods = kTableBareBloodPercent.size();
    const auto inside = [](const auto& nodes, float value) {
        return std::clamp(value, nodes.front(), nodes.back());
    };
    const CubicWeights m =
        cubicAt(placeOnAxis(kTableBareMelaninPercent, inside(kTableBareMelaninPercent, skin.melaninPercent),
                            kMelaninOffset),
                kMelanins);
    const CubicWeights b = cubicAt(
        placeOnAxis(kTableBareBloodPercent, inside(kTableBareBloodPercent, skin.bloodPercent)), kBloods);
    Spectrum result{};
    for (int band = 0; band < kBandCount; ++band) {
        float sum = 0;
        for (std::size_t i = 0; i < 4; ++i)
            for (std::size_t j = 0; j < 4; ++j)
                sum +=
                    m.weights[i] * b.weights[j] *
                    std::log(std::max(
                        values[DotTable::bareIndex(band, m.node(i, kMelanins), b.node(j, kBloods))], 1e-5f));
        result[static_cast<std::size_t>(band)] = std::exp(sum);
    }
    return result;
}

}  // namespace

Spectrum DotTable::reflectance(const SkinPigments& skin) const {
    return bareAt(bareReflectance, skin);
}

Spectrum DotTable::meanRadiusMm(const SkinPigments& skin) const {
    return bareAt(bareRadiusMm, skin);
}

}  // namespace stubble
