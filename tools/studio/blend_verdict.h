#pragma once
// Up to which hair length nobody can tell pigment from hair, measured when a person asks.

#include <optional>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "tools/studio/errand.h"

namespace stubble {

struct BlendFinding {
    bool always = false, told = false;     ///< at every length; even at the razor's
    double upToMm = 0, clipEveryDays = 0;  ///< where neither
    double distanceCm = 0;
    std::string strongest;  ///< where told: "colour", "contrast" or "lines"
};
/// Of the report of `stubble mismatch --json`. Fails (badInput) where it is none.
Result<BlendFinding> blendFinding(std::string_view json);
/// "Blends up to 1.1 mm at 75 cm: clip every 3 days."
std::string blendSentence(const BlendFinding& finding);

class BlendVerdict {
  public:
    explicit BlendVerdict(std::function<void()> wake) : errand_(std::move(wake)) {}

    /// Measures a design as it is seen from one of cameraNames() by one of lightNames().
    void ask(const Design& design, std::string_view camera, std::string_view light);
    /// Takes what the measurement has found.
    void update();
    [[nodiscard]] bool busy() const { return errand_.busy(); }
    /// Draws into the current ImGui window, at the inspector's width: a button, progress, or the finding with
    /// a word where the design has changed since. True: it is asked for.
    bool draw(const Design& design);

  private:
    void drawFinding(const Design& design) const;

    Errand errand_;
    std::optional<DesignCopy> copy_;
    std::optional<Design> asked_, found_;  ///< designs in work, and of the finding
    std::string askedCamera_, askedLight_, camera_, light_;
    std::optional<Result<BlendFinding>> finding_;
};

}  // namespace stubble
