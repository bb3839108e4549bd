#include "tools/studio/shortcuts.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace stubble {

std::optional<Action> actionOf(const KeyPress& key) {
    if (key.ctrl) {
        switch (key.key) {
            case GLFW_KEY_N:
                return Action::newDesign;
            case GLFW_KEY_O:
                return Action::open;
            case GLFW_KEY_S:
                return key.shift ? Action::saveAs : Action::save;
            case GLFW_KEY_E:
                return Action::exportStill;
            case GLFW_KEY_Q:
                return Action::quit;
            case GLFW_KEY_Z:
                return key.shift ? Action::redo : Action::undo;
            case GLFW_KEY_EQUAL:
            case GLFW_KEY_KP_ADD:
                return Action::larger;
            case GLFW_KEY_MINUS:
            case GLFW_KEY_KP_SUBTRACT:
                return Action::smaller;
            case GLFW_KEY_Y:
                return Action::redo;
            default:
                return std::nullopt;
        }
    }
    if (key.alt) return std::nullopt;
    if (key.key == GLFW_KEY_F) return Action::frame;
    if (key.key == GLFW_KEY_F1) return Action::keys;
    if (key.key == GLFW_KEY_D) return key.shift ? Action::pin : Action::compare;
    if (key.key == GLFW_KEY_T) return Action::map;
    if (key.key == GLFW_KEY_TAB) return Action::panels;
    return std::nullopt;
}

bool isEscape(const KeyPress& key) {
    return key.key == GLFW_KEY_ESCAPE;
}

void steer(Viewport& viewport, const KeyPress& key) {
    // As in Blender: 1 front, 3 side, 7 top, the other side with Ctrl; the keypad's other digits turn.
    switch (key.key) {
        case GLFW_KEY_KP_1:
        case GLFW_KEY_1:
            return viewport.lookFrom(key.ctrl ? "back" : "front");
        case GLFW_KEY_KP_3:
        case GLFW_KEY_3:
            return viewport.lookFrom(key.ctrl ? "left" : "right");
        case GLFW_KEY_KP_7:
        case GLFW_KEY_7:
            return viewport.lookFrom("top");
        case GLFW_KEY_KP_0:
        case GLFW_KEY_0:
            return viewport.lookFrom("three-quarter");
        case GLFW_KEY_H:
            return viewport.lookFrom("hairline");
        case GLFW_KEY_M:
            return viewport.lookFrom("macro");
        case GLFW_KEY_KP_4:
            return viewport.orbitStep(-1, 0);
        case GLFW_KEY_KP_6:
            return viewport.orbitStep(1, 0);
        case GLFW_KEY_KP_8:
            return viewport.orbitStep(0, 1);
        case GLFW_KEY_KP_2:
            return viewport.orbitStep(0, -1);
        case GLFW_KEY_KP_ADD:
        case GLFW_KEY_EQUAL:
            return viewport.zoomStep(1);
        case GLFW_KEY_KP_SUBTRACT:
        case GLFW_KEY_MINUS:
            return viewport.zoomStep(-1);
        default:
            return;
    }
}

}  // namespace stubble
