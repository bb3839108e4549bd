#pragma once
// What measuring on a head needs, built once a head.

#include <memory>

#include "engine/scalp/head.h"
#include "engine/scalp/skull_guides.h"
#include "engine/scalp/surface_curve.h"

namespace stubble {

/// A copy of the head's skin with its ray tracer and guides. Immutable and thread-safe.
class Skull {
  public:
    Skull(TriMesh mesh, const ScalpChart& chart, const Landmarks& landmarks)
        : mesh_(std::move(mesh)),
          chart_(chart),
          landmarks_(landmarks),
          tracer_(mesh_, chart_),
          guides_(landmarks_, chart_, tracer_) {}
    // The parts refer to one another.
    Skull(const Skull&) = delete;
    Skull& operator=(const Skull&) = delete;

    [[nodiscard]] const SkullTracer& tracer() const { return tracer_; }
    [[nodiscard]] const SkullGuides& guides() const { return guides_; }

  private:
    TriMesh mesh_;
    ScalpChart chart_;
    Landmarks landmarks_;
    SkullTracer tracer_;
    SkullGuides guides_;
};

/// The head's own, or one built for the occasion.
std::shared_ptr<const Skull> skullOf(const Head& head);

}  // namespace stubble
