#include "engine/jobs/file_word.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace stubble {

std::string fileWord(std::string_view text) {
    std::string word;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool kept = byte < 0x80 && (std::isalnum(byte) != 0 || (c == '.' && !word.empty()));
        if (kept)
            word += static_cast<char>(std::tolower(byte));
        else if (!word.empty() && word.back() != '-')
            word += '-';
        if (word.size() == kMaxFileWordBytes) break;
    }
    while (!word.empty() && (word.back() == '-' || word.back() == '.')) word.pop_back();
    return word;
}

bool isFileWords(std::string_view text) {
    return !text.starts_with('.') && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
}

std::string DifferentNames::next(const std::string& name) {
    std::string different = name;
    for (int i = 2; !taken_.insert(different).second; ++i)
        different = name.empty() ? std::to_string(i) : fmt::format("{}-{}", name, i);
    return different;
}

}  // namespace stubble
