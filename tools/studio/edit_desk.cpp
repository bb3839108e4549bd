#include "tools/studio/edit_desk.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include "tools/studio/text.h"
#include "tools/studio/theme.h"
#include "tools/studio/widgets.h"

namespace stubble {

EditTool* EditDesk::used() {
    if (tool_ == Tool::hairline) return &hairline_;
    return tool_ == Tool::brush ? &brush_ : nullptr;
}

const EditTool* EditDesk::used() const {
    return const_cast<EditDesk*>(this)->used();
}

void EditDesk::follow(const Design& design, const LoadedScene* shown, bool settingHairline) {
    const std::shared_ptr<const ReadyHead> head = shown ? shown->head : nullptr;
    showsLine_ = settingHairline && tool_ != Tool::hairline;
    if (tool_ == Tool::hairline || showsLine_) hairline_.follow(design, head);
    if (tool_ != Tool::brush) return;
    brush_.follow(design, head);
    brush_.see(shown ? shown->scene : nullptr);
}

void EditDesk::toggle(Tool tool) {
    letGo();
    tool_ = tool_ == tool ? Tool::none : tool;
}

bool EditDesk::holds() const {
    const EditTool* const tool = used();
    return tool && tool->holds();
}

void EditDesk::letGo() {
    if (EditTool* const tool = used()) tool->letGo();
}

bool EditDesk::point(const EditSurface& surface, const Pointer& pointer) {
    EditTool* const tool = used();
    return tool && tool->point(surface, pointer);
}

void EditDesk::draw(const EditSurface& surface, ImDrawList& list) const {
    if (const EditTool* const tool = used()) tool->draw(surface, list);
    if (showsLine_) hairline_.drawLine(surface, list);
}

DesignEdit EditDesk::takeEdit() {
    EditTool* const tool = used();
    return tool ? tool->takeEdit() : DesignEdit();
}

bool EditDesk::key(const KeyPress& key) {
    EditTool* const tool = used();
    if (tool && tool->key(key)) return true;
    if (key.ctrl || key.alt || key.shift) return false;
    if (key.key == GLFW_KEY_E) toggle(Tool::hairline);
    if (key.key == GLFW_KEY_B) toggle(Tool::brush);
    if (key.key == GLFW_KEY_ESCAPE) toggle(Tool::none);
    return key.key == GLFW_KEY_E || key.key == GLFW_KEY_B;
}

bool EditDesk::drawBar(ImVec2 corner, bool showsMap) {
    ImGui::SetNextWindowPos(corner);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {px(6), px(6)});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, px(8));
    ImGui::PushStyleColor(ImGuiCol_WindowBg, IM_COL32(30, 30, 30, 215));
    ImGui::Begin("##tools", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoFocusOnAppearing |
                     ImGuiWindowFlags_NoNav);
    if (chip("hairline", text("tool.hairline"), tool_ == Tool::hairline)) toggle(Tool::hairline);
    hintFor(text("hint.tool.hairline"));
    ImGui::SameLine(0, px(4));
    if (chip("brush", text("tool.brush"), tool_ == Tool::brush)) toggle(Tool::brush);
    hintFor(text("hint.tool.brush"));
    ImGui::SameLine(0, px(4));
    const bool map = chip("map", text("tool.map"), showsMap);
    hintFor(text("hint.tool.map"));
    if (EditTool* const tool = used()) {
        ImGui::SameLine(0, px(14));
        tool->drawOptions();
    }
    ImGui::End();
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
    return map;
}

}  // namespace stubble
