#pragma once
// Keys as the desktop tells them, in GLFW's codes: the same for every version of the interface library.

#include <vector>

namespace stubble {

struct KeyPress {
    int key = 0;  ///< GLFW_KEY_…
    bool ctrl = false, shift = false, alt = false;
};

/// Those since the last call, repeats included.
std::vector<KeyPress> takeKeyPresses();

}  // namespace stubble
