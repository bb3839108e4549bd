#include "compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "engine/core/file.h"
#include "engine/core/units.h"
#include "engine/optics/dot_optics.h"
#include "engine/optics/dot_transport.h"

namespace stubble {
namespace {

constexpr float kRingMm = 0.025f;  // of bake_dots check
constexpr std::size_t kFirstRing = 13;

/// Mean of the share that a lone dot takes, over a ring.
glm::vec3 ringLoss(const DotProfile& profile, std::size_t ring) {
    constexpr int kSteps = 16;
    glm::vec3 sum(0);
    float area = 0;
    for (int k = 0; k < kSteps; ++k) {
        const float r = (static_cast<float>(ring) + (static_cast<float>(k) + 0.5f) / kSteps) * kRingMm;
        sum += r * (1.0f - ratioAt(profile, r)), area += r;
    }
    return sum / area;
}

std::string numbers(glm::vec3 v) {
    return fmt::format(",{:.5g},{:.5g},{:.5g}", v.r, v.g, v.b);
}

}  // namespace

Result<void> writeComparison(const std::filesystem::path& samples, const std::filesystem::path& output) {
    STUBBLE_TRY(const std::string text, readTextFile(samples, std::size_t{64} << 20));
    STUBBLE_TRY(const auto table, DotTable::shared());
    std::istringstream lines(text);
    std::string out, line;
    for (int number = 1; std::getline(lines, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        std::ranges::replace(line, ',', ' ');
        std::istringstream in(line);
        std::vector<float> values;
        for (float value = 0; in >> value;) values.push_back(value);
        if (!in.eof() || values.size() <= kFirstRing || (values.size() - kFirstRing) % 3 != 0)
            return fail(ExitCode::badInput, "{}, line {}: expected a dot as bake_dots check writes it",
                        samples.string(), number);
        const std::size_t rings = (values.size() - kFirstRing) / 3;
        if (out.empty()) {
            out = "depthMm,diameterMm,loadPercent,melaninPercent";
            const auto name = [&](const std::string& what) {
                for (const char channel : {'R', 'G', 'B'}) out += fmt::format(",{}{}", what, channel);
            };
            name("bare");
            for (const char* of : {"Transport", "Model"}) {
                name(fmt::format("lone{}Mm2", of)), name(fmt::format("grid{}", of));
                for (std::size_t k = 0; k < rings; ++k) name(fmt::format("ring{}{}", k, of));
            }
            out += "\n";
        }
        const auto colour = [&](std::size_t at) {
            return numbers({values[at], values[at + 1], values[at + 2]});
        };
        const DotOptics optics(*table, {values[3], kBloodPercent}, PigmentBase::carbon);
        const DotProfile profile = optics.pigment(values[1], values[0], values[2]);
        out += fmt::format("{:.5g},{:.5g},{:.5g},{:.5g}", values[0], values[1], values[2], values[3]);
        for (std::size_t at = 4; at < values.size(); at += 3) out += colour(at);
        out += numbers(loneLossMm2(profile)) + numbers(1.0f - gridRatio(profile, 1));
        for (std::size_t k = 0; k < rings; ++k) out += numbers(ringLoss(profile, k));
        out += "\n";
    }
    return writeFileAtomically(output, out);
}

Result<void> writeLossByDepth(const std::filesystem::path& output, std::uint64_t photons,
                              std::uint64_t seed) {
    constexpr std::array<float, 10> kDepthsMm = {0.1f, 0.14f, 0.18f, 0.25f, 0.32f, 0.4f, 0.5f, 0.6f, 0.8f, 1};
    std::string out = "depthMm,wavelengthNm,loss,lossError\n";
    for (const float nm : {450.0f, 550.0f, 650.0f}) {
        std::vector<DotColumn> columns;
        for (const float depth : kDepthsMm)
            columns.push_back({.topMm = depth - 0.05f,
                               .bottomMm = depth + 0.05f,
                               .diameterMm = 0.12f,
                               .edge = DotEdge::hard,
                               .absorptionsPerMm = {30},
                               .skins = {0},
                               .gridMm = 1});
        const std::array skins = {skinAbsorption({3, kBloodPercent}, nm)};
        const std::array radii = {0.0f, 0.06f};
        const DotTransport found = simulateDots(nm, columns, skins, radii, {}, photons,
                                                hashCounters(seed, static_cast<std::uint64_t>(nm), 0));
        for (std::size_t i = 0; i < kDepthsMm.size(); ++i)
            out += fmt::format("{:.3g},{},{:.5g},{:.3g}\n", kDepthsMm[i], nm, found.columns[i].gridLoss[0],
                               found.columns[i].gridLossError[0]);
    }
    return writeFileAtomically(output, out);
}

}  // namespace stubble
