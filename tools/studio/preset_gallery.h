#pragma once
// The finished designs that come with the program, as pictures to choose from.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/gpu/objects.h"
#include "engine/scene/presets.h"
#include "tools/studio/errand.h"

namespace stubble {

/// One of cameraNames() that shows what a design is about.
std::string_view previewCamera(const Design& design);

/// The preset on a client's own head, with the words of the client's design.
Design withPreset(const Design& client, const Design& preset);

/// Use on the thread that owns the window's context.
class PresetGallery {
  public:
    explicit PresetGallery(std::function<void()> wake) : errand_(std::move(wake)) {}

    /// Fails as readPresets does.
    Result<void> open();
    void close();
    [[nodiscard]] bool isOpen() const { return open_; }
    /// Over the whole window while it is open. The design that was chosen; it is closed then.
    std::optional<Design> draw();

  private:
    struct Entry {
        Preset preset;
        GlTexture picture;
        bool tried = false;
    };
    /// Goes on with the pictures that the disk cache lacks, one at a time.
    void update();
    void show(Entry& entry, std::span<const std::byte> pixels);
    bool drawCard(const Entry& entry) const;

    Errand errand_;
    std::vector<Entry> entries_;
    std::optional<DesignCopy> copy_;
    std::size_t inWork_ = 0;  ///< of entries_, while copy_ is there
    bool open_ = false;
};

}  // namespace stubble
