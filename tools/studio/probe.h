#pragma once
// What a test that works the window from outside must know, in the file that STUBBLE_STUDIO_PROBE names.
// Without that variable every call returns at once.

#include <string>
#include <string_view>

#include "engine/core/json.h"

namespace stubble::probe {

bool on();

/// Names the control that was drawn last: its rectangle is in the next report, as "SCOPE:name".
void control(std::string_view name);
/// The same for a rectangle in interface coordinates, as of a handle in the picture.
void place(std::string_view name, float left, float top, float right, float bottom);

/// What the controls belong to while this lives: a design key, a dialog.
class Scope {
  public:
    explicit Scope(std::string_view name);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

  private:
    std::string outer_;
};

/// A hand did something: the first since a new picture was shown is where its latency counts from.
void input();
/// The key was pressed by which a test learns that all it did before has arrived.
void mark();
/// Something that the latency is made of was reached now: "asked", "made", "uploaded", "drawn".
void reached(const char* what);
/// Facts of this frame that are not controls.
void facts(Json facts);
/// The frame stands on the screen: writes the report. `rests`: none follows without a cause.
void shown(long frames, bool rests);

}  // namespace stubble::probe
