#pragma once
// What the pigment of a treatment is to its skin on the design's day: how much of it lies over pigment, and
// how much darker it is.

#include "engine/scene/scene.h"

namespace stubble {

/// Of the treated skin, whose area PlacementStats measures.
struct PigmentFigures {
    /// Share with pigment beneath it: the dots' discs, by their diameters on the day; where discs overlap the
    /// skin counts once.
    double coverage = 0;
    /// Share of the light that bare skin gives back (linear luminance, surface shine left out) that pigment
    /// takes, mean over the treated skin. Hair is not counted.
    double darkening = 0;
};

/// Share of the light, before shine, that so many such dots per cm² take of skin with this albedo.
double darkeningOf(const DotProfile& dot, float perCm2, glm::vec3 albedo);

/// `treatedCm2` > 0: PlacementStats::whole.areaCm2. Deterministic.
PigmentFigures measurePigment(const Impressions& dots, const DotLooks& looks, const Design& design,
                              double treatedCm2);

}  // namespace stubble
