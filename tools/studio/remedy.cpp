#include "tools/studio/remedy.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/scene/design_keys.h"

namespace stubble {
namespace {

// What is measured of dots scatters by a few per cent from place to place. Working default.
constexpr double kMargin = 0.03;

enum class Law {
    limit,       ///< the limit itself is the key's value
    proportion,  ///< what is measured goes with the key
    dilution,    ///< light is lost as pigment gets denser: by its exponential
};

struct Rule {
    std::string_view rule, key;
    Law law;
    double step;  ///< that values are round to
};
constexpr std::array<Rule, 8> kRules = {{
    {"hairline.low", "hairline.heightMm", Law::limit, 1},
    {"hairline.straight", "hairline.irregularityMm", Law::proportion, 0.1},
    {"hairline.perfect", "hairline.irregularityMm", Law::proportion, 0.1},
    {"hairline.sharp", "hairline.featherMm", Law::proportion, 0.5},
    {"dots.dark", "smp.dilution", Law::dilution, 0.5},
    {"dots.dense", "smp.densityPerCm2", Law::proportion, 1},
    {"dots.blue", "smp.depthMm", Law::proportion, 0.01},
    {"skin.shine", "skin.shine", Law::limit, 0.01},
}};

/// A dot with more pigment takes more light, but soon is as dark as can be: light goes as this power of the
/// load. Working default, by trial.
constexpr double kLightOfLoad = 0.35;

double wanted(const Rule& rule, const LintNote& note, double value) {
    constexpr double kPercent = 0.01;
    switch (rule.law) {
        case Law::limit:
            return note.limit;
        case Law::proportion:
            return value * note.limit / note.measured;
        case Law::dilution:
            break;
    }
    const double taken = std::log(1 - kPercent * note.measured) / std::log(1 - kPercent * note.limit);
    return value * std::pow(taken, 1 / kLightOfLoad);
}

}  // namespace

std::optional<Remedy> remedyFor(const LintNote& note, const Design& design) {
    const auto rule = std::ranges::find(kRules, note.rule, &Rule::rule);
    if (rule == kRules.end()) return std::nullopt;
    const DesignKey& key = *findDesignKey(rule->key);
    const double value = key.get(design).get<double>();
    const double exact = wanted(*rule, note, value);
    if (!std::isfinite(exact) || exact == value) return std::nullopt;
    // To the safe side, and of what is measured a little beyond.
    const bool goesUp = exact > value;
    const double beyond = rule->law == Law::limit ? exact : exact * (goesUp ? 1 + kMargin : 1 - kMargin);
    constexpr double kRest = 1e-6;  // of a step: what floats add to a round figure
    const double steps = beyond / rule->step;
    const double round = rule->step * (goesUp ? std::ceil(steps - kRest) : std::floor(steps + kRest));
    if (round < key.min || round > key.max || round == value) return std::nullopt;
    return Remedy{rule->key, round};
}

Design remedied(Design design, const Remedy& remedy) {
    findDesignKey(remedy.key)->set(design, shortestNumber(static_cast<float>(remedy.value)));
    return design;
}

}  // namespace stubble
