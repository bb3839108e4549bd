#pragma once
// A plan as files: figures for machines, pages for the treatment room.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "engine/jobs/plan.h"

namespace stubble {

enum class Paper { a4, letter };
/// "a4", "letter".
std::optional<Paper> paperFromName(std::string_view name);

// The same plan makes the same bytes.

/// All figures, units in the keys: docs/plan.md.
nlohmann::ordered_json planJson(const Plan& plan);
/// A summary for the client, a page for the practitioner, the hairline at real scale. Fails (io) without a
/// font.
Result<std::string> planPdf(const Plan& plan, Paper paper);
/// One page that needs nothing besides itself; the hairline drawn small.
Result<std::string> planHtml(const Plan& plan);

}  // namespace stubble
