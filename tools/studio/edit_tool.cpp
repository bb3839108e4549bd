#include "tools/studio/edit_tool.h"

#include "engine/scalp/skull.h"

namespace stubble {

Pointer readPointer(bool over) {
    const ImGuiIO& io = ImGui::GetIO();
    Pointer pointer;
    pointer.at = {io.MousePos.x, io.MousePos.y};
    pointer.over = over;
    pointer.pressed = over && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    pointer.doubleClicked = over && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    pointer.rightPressed = over && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
    pointer.held = ImGui::IsMouseDown(ImGuiMouseButton_Left);
    pointer.ctrl = io.KeyCtrl, pointer.shift = io.KeyShift, pointer.alt = io.KeyAlt;
    return pointer;
}

bool EditTool::meet(const Design& design, const std::shared_ptr<const ReadyHead>& head) {
    design_ = &design;
    if (!head || head == head_) return false;
    head_ = head;
    skull_ = skullOf(head->head);
    return true;
}

}  // namespace stubble
