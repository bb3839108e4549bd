#pragma once
// Advice on a design: where it leaves practice, or courts what clients complain of.

#include <string>
#include <string_view>
#include <vector>

#include "engine/jobs/lint_figures.h"

namespace stubble {

enum class LintSeverity {
    hint,     ///< a matter of taste that is worth a thought
    warning,  ///< what clients come to regret, or what is hard to undo
};

struct LintNote {
    std::string_view rule;  ///< "hairline.low": stable, for those who translate or hide it
    LintSeverity severity = LintSeverity::hint;
    std::string_view key;  ///< of the design, where to begin to change it
    double measured = 0, limit = 0;
    std::string_view unit;    ///< of both; empty for a ratio
    std::string sentence;     ///< in plain words, with the figure
    std::string_view source;  ///< of the limit
};

/// The notes on a baked scene in a fixed order; none where nothing is designed. Fast enough for every edit.
std::vector<LintNote> lint(const Scene& scene);

/// The same from figures: what is measured once may be judged apart.
std::vector<LintNote> lint(const Design& design, const LintFigures& figures);

}  // namespace stubble
