#pragma once
// The guide through the landmarks, at the right of the window and over the picture.

#include "tools/studio/landmark_guide.h"
#include "tools/studio/viewport.h"

namespace stubble {

enum class GuideAnswer { none, cancel, finish };

/// Draws into the current ImGui window; the camera goes where the landmark is seen.
GuideAnswer drawLandmarkPanel(LandmarkGuide& guide, Viewport& viewport);

/// Marks on the skin, to be dragged; a click on the skin places the landmark whose turn it is.
void drawLandmarkMarks(LandmarkGuide& guide, const Viewport& viewport);

}  // namespace stubble
