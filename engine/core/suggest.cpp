#include "engine/core/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <numeric>
#include <utility>
#include <vector>

namespace stubble {
namespace {

constexpr std::size_t kLongestWord = 64;  // nobody mistypes a longer name; keeps hostile input cheap

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

}  // namespace

std::size_t editDistance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({substituted, row[j + 1] + 1, row[j] + 1});
        }
    }
    return row.back();
}

std::string didYouMean(std::string_view word, std::span<const std::string_view> known) {
    if (word.empty() || word.size() > kLongestWord) return {};
    std::size_t best = 1 + std::max<std::size_t>(1, (word.size() + 1) / 3);
    std::string_view nearest;
    for (const std::string_view name : known) {
        std::size_t distance = editDistance(word, name);
        if (word.find('.') == std::string_view::npos)
            distance = std::min(distance, editDistance(word, name.substr(name.rfind('.') + 1)));
        if (distance < best) {
            best = distance;
            nearest = name;
        }
    }
    return nearest.empty() ? std::string() : fmt::format(", did you mean {}?", nearest);
}

}  // namespace stubble
