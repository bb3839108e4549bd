#pragma once
// Draws the field of the tails of dots, and of one that has changed only the changes.

#include <memory>
#include <optional>
#include <span>

#include "engine/render/splats.h"
#include "engine/render/tail_field.h"

namespace stubble {

/// A dot's tails in the map: covariance a mm² of variance on the skin (xx, xy, yy), map mm².
struct TailDot {
    glm::vec2 placeMm{0};
    glm::vec2 reachMm{0};  ///< of the widest tail
    glm::vec3 covariance{0};
    float areaRatio = 0;  ///< map mm² a mm² of skin; 0 for one that faces into the head
    float heightMm = 0;
    std::array<glm::vec3, kTailLobes> loss{};

    TailDot() = default;
    TailDot(const TailMap& map, const SkinDot& dot);
};

/// A rectangle of the map that tails reach; empty at first.
struct MapRect {
    glm::vec2 lowMm{1e9f}, highMm{-1e9f};
    void add(const TailDot& dot) { add({dot.placeMm - dot.reachMm, dot.placeMm + dot.reachMm}); }
    void add(const MapRect& other) {
        lowMm = glm::min(lowMm, other.lowMm), highMm = glm::max(highMm, other.highMm);
    }
};

/// Fields of one set of dots after another on a head. What comes out depends on the dots alone, not on their
/// order nor on those before. Use on one thread at a time.
class TailBaker {
  public:
    /// On TailMap::of(head), which must outlive this.
    TailBaker(const Head& head, const TailMap& map);
    ~TailBaker();
    TailBaker(TailBaker&&) noexcept;
    TailBaker& operator=(TailBaker&&) noexcept;

    /// `rect` is that of the dots.
    TailField bake(const MapRect& rect, std::span<const TailDot* const> dots);
    /// The same of the last call's dots with some that have come and without some that have gone: draws only
    /// what they touch. Nothing where the field would lie elsewhere; `rect` is that of the dots now.
    std::optional<TailField> change(const MapRect& rect, std::span<const TailDot* const> come,
                                    std::span<const TailDot* const> gone);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Round on the skin wherever the dots stand. Texels of 0.2 mm where the picture then has at most 2048 a
/// side. The same bytes for any number of threads.
TailField bakeTailField(const Head& head, std::span<const SkinDot> dots);

}  // namespace stubble
