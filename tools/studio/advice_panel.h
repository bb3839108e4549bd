#pragma once
// Advice on the design, in a quiet bar that opens: what it says stays a suggestion.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/lint.h"
#include "tools/studio/remedy.h"

namespace stubble {

/// The sentence of a note in the studio's language: text advice.RULE, with the figures and their unit.
std::string adviceSentence(const LintNote& note);

/// What a hand asked of the panel in a frame.
struct AdviceTouch {
    std::string_view wanted;       ///< the key that it wants to go to; else empty
    std::optional<Remedy> remedy;  ///< to be done
};

class AdvicePanel {
  public:
    /// The notes on the design as it is now.
    void show(std::vector<LintNote> notes) { notes_ = std::move(notes); }
    /// Another design: what was put aside was of the old one.
    void reset();
    /// A note's rule is put aside until `reset` or `bringBack`.
    void putAside(std::string_view rule) { aside_.emplace(rule); }
    void bringBack() { aside_.clear(); }
    /// Notes to be shown, warnings first.
    [[nodiscard]] std::vector<const LintNote*> shown() const;
    [[nodiscard]] std::size_t asideCount() const;

    /// Height for the window that it is drawn in, of at most `mostHeight`.
    [[nodiscard]] float height(float mostHeight) const;
    /// Draws into the current ImGui window. A note that is answered goes, until it is found again.
    AdviceTouch draw(const Design& design);

  private:
    std::vector<LintNote> notes_;
    std::set<std::string, std::less<>> aside_;
    bool open_ = false;
    float contentHeight_ = 0;
};

}  // namespace stubble
