#pragma once
// Numbers as people read them.

#include <cstddef>
#include <string>

namespace stubble {

/// 41203 becomes "41,203".
std::string grouped(std::size_t count);

}  // namespace stubble
