#include "engine/jobs/scalp_pair.h"

#include <algorithm>

#include "engine/core/random.h"
#include "engine/scalp/hair_loss.h"

namespace stubble {

Design naturalCounterpart(const Design& design) {
    constexpr std::uint64_t kOther = 0x6e61747572616cull;  // any number: "natural"
    Design natural = design;
    static_cast<HairLoss&>(natural.hair) = HairLoss{.norwood = Norwood::none};
    natural.skin.scars.clear();
    natural.grafts = {};
    natural.concealer = {};
    natural.smp.enabled = false;
    natural.hair.whorl = drawnWhorl(design);
    natural.seed = hashCounters(design.seed, kOther);
    return natural;
}

void ScalpPair::clipTo(float lengthMm) {
    for (Scene* scene : {&treated, &natural}) {
        scene->design.hair.lengthMm = lengthMm;
        scene->design.hair.hoursSinceShave = 0;
        layFibres(*scene);
    }
}

Result<std::vector<float>> lostShare(const Head& head, const Design& design) {
    const std::vector<float> left = hairShare(head, design.hair), full = hairShare(head, Norwood::none);
    STUBBLE_TRY(const Hairline hairline, designedHairline(head, design));
    const HairlineField field = hairlineField(head, hairline);
    std::vector<float> lost(left.size());
    for (std::size_t i = 0; i < left.size(); ++i)
        if (field.signedDistanceMm[i] >= field.featherMm) lost[i] = std::clamp(full[i] - left[i], 0.0f, 1.0f);
    return lost;
}

Result<ScalpPair> bakeScalpPair(std::shared_ptr<const Head> head, const Design& design, Progress* progress) {
    ScalpPair pair;
    pair.head = head;
    ProgressPart first(progress, 0, 0.5), second(progress, 0.5, 1);
    STUBBLE_TRY(pair.treated, bakeScene(head, design, &first));
    STUBBLE_TRY(pair.natural, bakeScene(head, naturalCounterpart(design), &second));
    STUBBLE_TRY(pair.lost, lostShare(*head, design));
    return pair;
}

}  // namespace stubble
