#pragma once
// What a picture shows.

#include <algorithm>
#include <glm/glm.hpp>

#include "engine/render/camera.h"
#include "engine/render/light.h"

namespace stubble {

/// A thin lens: what lies at another distance than `focusMm` blurs.
struct Lens {
    float apertureMm = 0;  ///< diameter; 0: a pinhole, all is sharp
    float focusMm = 750;   ///< from the eye along the view axis

    friend bool operator==(const Lens&, const Lens&) = default;
};

struct View {
    Camera camera;
    LightRig light;
    int width = 1920, height = 1080;
    int samples = 8;  ///< sub-frames: edges, soft shadows and scattering get smoother; 1 to 4096
    Lens lens;
    bool fast = false;  ///< for a moving picture: of dots and hairs far below a pixel a part stands for all;
                        ///< tone stays

    friend bool operator==(const View&, const View&) = default;
};

/// Pixels of a picture; x from its left, y from its top.
struct PixelRect {
    int x = 0, y = 0, width = 0, height = 0;

    friend bool operator==(const PixelRect&, const PixelRect&) = default;
};

}  // namespace stubble
