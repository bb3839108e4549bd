#include "engine/core/figure_text.h"

namespace stubble {

std::string grouped(std::size_t count) {
    const std::string digits = std::to_string(count);
    std::string shown;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) shown += ',';
        shown += digits[i];
    }
    return shown;
}

}  // namespace stubble
