// Norwood, "Male pattern baldness: classification and incidence", Southern Medical Journal, 1975. The
// outlines are drawn after its figures and sized to the bald areas in docs/sources.md, hair.
#include "engine/scalp/norwood.h"

#include <array>

namespace stubble {
namespace {

constexpr std::array<std::string_view, kNorwoodCount> kNames = {
    "none", "I", "II", "IIa", "III", "IIIa", "IIIVertex", "IV", "IVa", "V", "Va", "VI", "VII"};

bool isVariant(Norwood stage) {
    return stage == Norwood::IIa || stage == Norwood::IIIa || stage == Norwood::IVa || stage == Norwood::Va;
}

}  // namespace

std::string_view norwoodName(Norwood norwood) {
    return kNames[static_cast<std::size_t>(norwood)];
}

std::optional<Norwood> norwoodFromName(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Norwood>(i);
    return std::nullopt;
}

Norwood nextStage(Norwood stage) {
    for (int i = static_cast<int>(stage) + 1; i < kNorwoodCount; ++i) {
        const auto later = static_cast<Norwood>(i);
        if (isVariant(later) == isVariant(stage) || later == Norwood::VI) return later;
    }
    return stage;
}

std::vector<Norwood> stagesUpTo(Norwood stage) {
    std::vector<Norwood> stages;
    for (int i = 1; i <= static_cast<int>(stage); ++i) {
        const auto before = static_cast<Norwood>(i);
        const bool isOnTheWay =
            stage >= Norwood::VI ||
            (isVariant(stage) ? isVariant(before) || before == Norwood::I : !isVariant(before));
        if (isOnTheWay) stages.push_back(before);
    }
    return stages;
}

NorwoodPattern patternOf(Norwood stage) {
    constexpr FrontShape kLast{72, 27, 0, 0, 10, -7, false};
    switch (stage) {
        case Norwood::none:
            return {};
        case Norwood::I:
            return {{65, -5, 0, 0, 0, 0, false}, 0, {}, {}};
        case Norwood::II:
            return {{66, 4, 0, 0, 1, -2, false}, 0, {}, {}};
        case Norwood::IIa:
            return {{66, 4, 0, 0, 1, -2, false}, 0, {}, {{0.33f, 0.62f}, {0.30f, 0.50f}, {0.20f, 0.43f}}};
        case Norwood::III:
            return {{67.5f, 15, 0, 0, 5, -4, false}, 0, {}, {}};
        case Norwood::IIIa:
            return {{67.5f, 15, 0, 0, 5, -4, false}, 0, {}, {{0.36f, 0.62f}, {0.30f, 0.42f}, {0.20f, 0.27f}}};
        case Norwood::IIIVertex:
            return {{67.5f, 15, 0, 0, 5, -4, false}, -0.40f, {0.13f, 0.12f}, {}};
        case Norwood::IV:
            return {{69, 20, 0, 0, 7, -5, false}, -0.39f, {0.175f, 0.16f}, {}};
        case Norwood::IVa:
            return {{69, 20, 0, 0, 7, -5, false},
                    0,
                    {},
                    {{0.40f, 0.60f}, {0.32f, 0.42f}, {0.25f, 0.22f}, {0.18f, 0.02f}}};
        case Norwood::V:
            return {kLast, -0.37f, {0.245f, 0.22f}, {}};
        case Norwood::Va:
            return {
                kLast, 0, {}, {{0.44f, 0.60f}, {0.34f, 0.45f}, {0.26f, 0.25f}, {0.22f, 0}, {0.17f, -0.17f}}};
        case Norwood::VI:
            return {kLast,
                    -0.37f,
                    {0.245f, 0.22f},
                    {{0.46f, 0.60f},
                     {0.35f, 0.46f},
                     {0.265f, 0.25f},
                     {0.23f, 0},
                     {0.235f, -0.25f},
                     {0.21f, -0.43f},
                     {0.12f, -0.55f}}};
        case Norwood::VII:
            return {kLast,
                    -0.37f,
                    {0.245f, 0.22f},
                    {{0.51f, 0.72f},
                     {0.515f, 0.5f},
                     {0.445f, 0.25f},
                     {0.405f, 0},
                     {0.415f, -0.25f},
                     {0.385f, -0.52f},
                     {0.24f, -0.71f}}};
    }
    return {};
}

}  // namespace stubble
