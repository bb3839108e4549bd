#pragma once
// Advice on the design, in a quiet bar that opens: what it says stays a suggestion.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/lint.h"

namespace stubble {

/// The sentence of a note in the studio's language: text advice.RULE, with the figures and their unit.
std::string adviceSentence(const LintNote& note);

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
    /// Draws into the current ImGui window. The key that a person wants to go to; else empty.
    std::string_view draw();

  private:
    std::vector<LintNote> notes_;
    std::set<std::string, std::less<>> aside_;
    bool open_ = false;
    float contentHeight_ = 0;
};

}  // namespace stubble
