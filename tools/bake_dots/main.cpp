// Computes assets/optics/dots.bin, and the photon-transport figures that tests hold the run time against.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "compare.h"
#include "engine/core/bytes.h"
#include "engine/core/file.h"
#include "engine/optics/dot_transport.h"
#include "engine/optics/pigment.h"
#include "lobe_fit.h"

namespace stubble {
namespace {

/// Streams of a seed.
enum class Stream : std::uint64_t { table = 1, check = 2, checkSets = 3, bare = 4 };

std::uint64_t bandSeed(std::uint64_t seed, Stream stream, int band) {
    return hashCounters(seed, static_cast<std::uint64_t>(stream), static_cast<std::uint64_t>(band));
}

/// Transport of a band from a file that an earlier run kept, or traced now.
template <typename Trace>
Result<DotTransport> traced(const std::string& path, bool doNotKeep, const Trace& trace) {
    if (doNotKeep) return trace();
    const auto each = [](DotTransport& transport, auto& visit) {
        std::size_t columns = transport.columns.size();
        visit(columns);
        transport.columns.resize(std::min<std::size_t>(columns, 100'000));
        for (DotScores& scores : transport.columns) {
            std::size_t radial = scores.radialLoss.size();
            visit(radial);
            scores.radialLoss.resize(std::min<std::size_t>(radial, 100'000));
            for (std::vector<float>& loss : scores.radialLoss) visit(loss);
            visit(scores.lossMm2);
        }
        visit(transport.bareReflectance), visit(transport.meanRadiusMm), visit(transport.reachedShare);
    };
    if (auto bytes = readFile(path, std::size_t{1} << 30)) {
        ByteReader reader(*bytes);
        DotTransport kept;
        each(kept, reader);
        if (reader.atEnd()) return kept;
        return fail(ExitCode::badInput, "{}: not what --keep wrote", path);
    }
    DotTransport found = trace();
    ByteWriter writer;
    each(found, writer);
    STUBBLE_CHECK(writeFileAtomically(path, writer.bytes()));
    return found;
}

Result<void> bakeTable(const std::string& output, std::uint64_t photons, std::uint64_t seed,
                       const std::string& keep) {
    DotTable table;
    for (int band = 0; band < kBandCount; ++band) {
        const float nm = bandCentreNm(band);
        std::vector<SkinAbsorption> bare, skins;
        for (const float melanin : kTableBareMelaninPercent)
            for (const float blood : kTableBareBloodPercent)
                bare.push_back(skinAbsorption({melanin, blood}, nm, kBandWidthNm));
        std::vector<std::size_t> ofDots;
        for (const float melanin : kTableMelaninPercent) {
            ofDots.push_back(skins.size());
            skins.push_back(skinAbsorption({melanin, kBloodPercent}, nm, kBandWidthNm));
        }
        std::vector<float> tops;
        for (const float depth : kTableDepthsMm) tops.push_back(depth - 0.5f * kPigmentThicknessMm);
        std::vector<DotColumn> columns;
        for (int shape = 0; shape < kTableShapes; ++shape)
            for (const float diameter : kTableDiametersMm) {
                DotColumn column;
                column.topMm = 0, column.bottomMm = kShaftLengthMm, column.diameterMm = diameter;
                if (shape != kShaftShape) {
                    const float depth = kTableDepthsMm[static_cast<std::size_t>(shape)];
                    column.topMm = depth - 0.5f * kPigmentThicknessMm;
                    column.bottomMm = depth + 0.5f * kPigmentThicknessMm;
                }
                column.absorptionsPerMm.assign(kTableAbsorptionsPerMm.begin(), kTableAbsorptionsPerMm.end());
                column.skins = ofDots;
                columns.push_back(std::move(column));
            }
        fmt::print(stderr, "bake_dots: band {} of {}, {} nm\n", band + 1, kBandCount, nm);
        const auto trace = [&] {
            return simulateDots(nm, columns, skins, profileRadiiMm(), tops, photons,
                                bandSeed(seed, Stream::table, band));
        };
        STUBBLE_TRY(const DotTransport found, traced(fmt::format("{}.{}", keep, band), keep.empty(), trace));
        // Bare skin is cheap and sets the colour that losses are shares of: four times as many photons.
        const auto traceBare = [&] {
            return simulateDots(nm, {}, bare, profileRadiiMm(), {}, 4 * photons,
                                bandSeed(seed, Stream::bare, band));
        };
        STUBBLE_TRY(const DotTransport foundBare,
                    traced(fmt::format("{}.bare.{}", keep, band), keep.empty(), traceBare));
        for (std::size_t i = 0; i < bare.size(); ++i) {
            const std::size_t to = DotTable::bareIndex(band, 0, 0) + i;
            table.bareReflectance[to] = foundBare.bareReflectance[i];
            table.bareRadiusMm[to] = foundBare.meanRadiusMm[i];
        }
        for (std::size_t c = 0; c < columns.size(); ++c) {
            const int shape = static_cast<int>(c / kTableDiametersMm.size());
            const std::size_t diameter = c % kTableDiametersMm.size();
            const float depth =
                shape == kShaftShape ? kShaftCoreDepthMm : kTableDepthsMm[static_cast<std::size_t>(shape)];
            const DotScores& scores = found.columns[c];
            const LobeFit fit(depth, kTableDiametersMm[diameter]);
            for (std::size_t i = 0; i < scores.lossMm2.size(); ++i) {
                const std::size_t absorption = i % kTableAbsorptionsPerMm.size();
                table.dots[DotTable::dotIndex(band, i / kTableAbsorptionsPerMm.size(), shape, diameter,
                                              absorption)] = fit.fit(scores.radialLoss[i], scores.lossMm2[i]);
            }
        }
        std::ranges::copy(
            found.reachedShare,
            table.reachedShare.begin() + static_cast<std::ptrdiff_t>(DotTable::reachedIndex(band, 0, 0)));
    }
    return writeFileAtomically(output, table.bytes());
}

/// Rings of the check: even, since a picture is; the last ones hold the tail.
std::vector<float> checkRadiiMm() {
    std::vector<float> radii;
    for (int i = 0; i <= 48; ++i) radii.push_back(0.025f * static_cast<float>(i));
    return radii;
}

struct CheckSet {
    float depthMm, diameterMm, loadPercent, melaninPercent;
};

Result<void> bakeCheck(const std::string& output, std::uint64_t photons, std::uint64_t seed, int sets) {
    std::vector<CheckSet> list;
    RandomStream random(seed, static_cast<std::uint64_t>(Stream::checkSets));
    const auto logUniform = [&](float low, float high) {
        return low * std::pow(high / low, random.uniform());
    };
    for (int i = 0; i < sets; ++i)
        list.push_back(
            {logUniform(0.05f, 1), logUniform(0.05f, 0.6f), logUniform(0.05f, 1.5f), logUniform(0.5f, 40)});
    const std::vector<float> radii = checkRadiiMm();
    const std::size_t rings = radii.size() - 1;
    // Linear sRGB: of bare skin, and what a lone dot and a grid of them take.
    std::vector<glm::vec3> bare(list.size()), lone(list.size()), grid(list.size()),
        ringLoss(list.size() * rings);
    for (int band = 0; band < kBandCount; ++band) {
        const float nm = bandCentreNm(band);
        std::vector<DotColumn> columns;
        std::vector<SkinAbsorption> skins;
        for (const CheckSet& set : list) {
            skins.push_back(skinAbsorption({set.melaninPercent, kBloodPercent}, nm, kBandWidthNm));
            DotColumn& column = columns.emplace_back();
            column.topMm = set.depthMm - 0.5f * kPigmentThicknessMm;
            column.bottomMm = set.depthMm + 0.5f * kPigmentThicknessMm;
            column.diameterMm = set.diameterMm;
            column.absorptionsPerMm = {absorptionPerMm(PigmentBase::carbon, set.loadPercent, nm)};
            column.skins = {skins.size() - 1};
            column.gridMm = 1;
        }
        fmt::print(stderr, "bake_dots: band {} of {}, {} nm\n", band + 1, kBandCount, nm);
        const DotTransport found =
            simulateDots(nm, columns, skins, radii, {}, photons, bandSeed(seed, Stream::check, band));
        const glm::vec3 weight = bandWeights()[static_cast<std::size_t>(band)];
        for (std::size_t i = 0; i < list.size(); ++i) {
            const glm::vec3 light = weight * found.bareReflectance[i];
            bare[i] += light;
            lone[i] += light * found.columns[i].lossMm2[0];
            grid[i] += light * found.columns[i].gridLoss[0];
            for (std::size_t k = 0; k < rings; ++k)
                ringLoss[i * rings + k] += light * found.columns[i].radialLoss[0][k];
        }
    }
    std::string text = fmt::format(
        "# Photon transport of {} carbon dots, {} photons a band, seed {}; rings of 0.025 mm from the "
        "middle.\n"
        "# depthMm,diameterMm,loadPercent,melaninPercent, then linear sRGB: bare skin, share of it lost by a "
        "lone\n"
        "# dot in mm2, mean share lost on a grid of 1 mm, share lost by ring\n",
        sets, photons, seed);
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto put = [&](glm::vec3 v) { text += fmt::format(",{:.5g},{:.5g},{:.5g}", v.r, v.g, v.b); };
        text += fmt::format("{:.5g},{:.5g},{:.5g},{:.5g}", list[i].depthMm, list[i].diameterMm,
                            list[i].loadPercent, list[i].melaninPercent);
        put(bare[i]), put(lone[i] / bare[i]), put(grid[i] / bare[i]);
        for (std::size_t k = 0; k < rings; ++k) put(ringLoss[i * rings + k] / bare[i]);
        text += "\n";
    }
    return writeFileAtomically(output, text);
}

int run(int argc, char** argv) {
    CLI::App app("Bakes what dots of pigment take of the light of skin, by photon transport.");
    app.require_subcommand(1);
    std::string output, keep, samples;
    std::uint64_t photons = 250'000, seed = 1;
    int sets = 200;
    const auto common = [&](CLI::App* command) {
        command->add_option("-o,--output", output, "File to write")->required();
        command->add_option("--photons", photons, "Photons a band")->check(CLI::Range(1000, 1'000'000'000));
        command->add_option("--seed", seed, "Chooses every random path");
    };
    CLI::App* table = app.add_subcommand("table", "The dot table of assets/optics");
    CLI::App* check = app.add_subcommand("check", "Figures to hold the run time against, as CSV");
    common(table), common(check);
    table->add_option(
        "--keep", keep,
        "Keep each band's transport under this name and take it from there again: fits anew without tracing");
    check->add_option("--sets", sets, "Random dots")->check(CLI::Range(1, 10000));
    CLI::App* compare =
        app.add_subcommand("compare", "The run time's closed form on the dots of check, as CSV");
    compare->add_option("--samples", samples, "What check wrote")->required();
    compare->add_option("-o,--output", output, "File to write")->required();
    CLI::App* depth = app.add_subcommand("depth", "What a hard black dot takes by its depth, as CSV");
    common(depth);
    CLI11_PARSE(app, argc, argv);
    const auto work = [&]() -> Result<void> {
        if (table->parsed()) return bakeTable(output, photons, seed, keep);
        if (check->parsed()) return bakeCheck(output, photons, seed, sets);
        if (compare->parsed()) return writeComparison(samples, output);
        return writeLossByDepth(output, photons, seed);
    };
    const Result<void> done = work();
    if (done) return 0;
    fmt::print(stderr, "bake_dots: {}\n", done.error().message);
    return static_cast<int>(done.error().code);
}

}  // namespace
}  // namespace stubble

int main(int argc, char** argv) {
    return stubble::run(argc, argv);
}
