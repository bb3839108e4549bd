#pragma once
// Scenes of one design after another, for those who go on editing.

#include <memory>
#include <vector>

#include "engine/core/stage.h"
#include "engine/scene/scene.h"

namespace stubble {

/// Bakes designs on a head and does over only the stages whose inputs have changed since the last one. What
/// comes out depends on the design alone, not on those before it. Use on one thread at a time.
class SceneBaker {
  public:
    explicit SceneBaker(std::shared_ptr<const Head> head) : head_(std::move(head)) {}
    SceneBaker(const SceneBaker&) = delete;
    SceneBaker& operator=(const SceneBaker&) = delete;

    /// As bakeScene.
    Result<Scene> bake(const Design& design, Progress* progress = nullptr);

  private:
    /// Hair that stands on the head, and the scars in it.
    struct Grown {
        std::vector<float> share;
        Follicles follicles;
        std::vector<Scar> scars;
    };
    struct Concealer {
        std::vector<float> share, hides;
        Strands fibres;
    };
    using Looks = std::shared_ptr<const DotLooks>;

    Result<Grown> growNatural(const Design& design, const std::vector<float>& share) const;
    [[nodiscard]] Result<Grown> plantGrafts(const Design& design, const Hairline& hairline,
                                            const Grown& natural) const;
    Result<Shared<Grown>> grown(const Design& design, const Shared<Hairline>& hairline);
    const Shared<Concealer>& concealer(const Design& design, const Shared<Hairline>& hairline,
                                       const Shared<Grown>& grown);
    Result<Shared<Impressions>> impressions(const Design& design, const Shared<Hairline>& hairline,
                                            const Shared<Grown>& grown);

    std::shared_ptr<const Head> head_;
    Stage<Looks> looks_;
    Stage<std::vector<float>> share_;
    Stage<Grown> natural_, planted_;
    Stage<Hairline> hairline_;
    Stage<Concealer> concealer_;
    Stage<Brows> brows_;
    Stage<std::unique_ptr<ImpressionPlacer>> placer_;
    Stage<Impressions> impressions_;
};

}  // namespace stubble
