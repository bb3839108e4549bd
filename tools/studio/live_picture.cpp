#include "tools/studio/live_picture.h"

#include <imgui.h>

namespace stubble {

void LivePicture::show(const SceneArrays& arrays) {
    if (scene_)
        scene_->update(arrays);
    else
        scene_.emplace(arrays);
    stale_ = true;
}

bool LivePicture::want(const View& view, const PixelRect& tile) {
    if (view != view_ || tile != tile_) stale_ = true;
    view_ = view, tile_ = tile;
    return stale_ && scene_;
}

Result<void> LivePicture::draw() {
    STUBBLE_TRY(frame_, live_.next(*scene_, view_, tile_));
    stale_ = false;
    return {};
}

void LivePicture::paint(glm::vec2 corner, glm::vec2 size, float fromX, float toX) const {
    if (frame_.texture == 0 || !(fromX < toX)) return;
    // Byte for byte where the picture has the panel's pixels, smooth where it is coarser.
    const bool whole = frame_.width == view_.width && frame_.height == view_.height;
    for (const GLenum filter : {GL_TEXTURE_MIN_FILTER, GL_TEXTURE_MAG_FILTER})
        glTextureParameteri(frame_.texture, filter, whole ? GL_NEAREST : GL_LINEAR);
    const PixelRect& held = frame_.held;
    const auto u = [&](float x) {
        const float pixel = (x - corner.x) / size.x * static_cast<float>(frame_.width);
        return (pixel - static_cast<float>(held.x)) / static_cast<float>(held.width);
    };
    const auto v = [&](float fromBottom) {
        return (fromBottom - static_cast<float>(held.y)) / static_cast<float>(held.height);
    };
    ImGui::GetWindowDrawList()->AddImage(
        reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(frame_.texture)), {fromX, corner.y},
        {toX, corner.y + size.y}, {u(fromX), v(static_cast<float>(frame_.height))}, {u(toX), v(0)});
}

}  // namespace stubble
