#pragma once
// A scene as the arrays that its passes read, before they go to the graphics device.

#include <glm/glm.hpp>
#include <optional>
#include <vector>

#include "engine/core/stage.h"
#include "engine/render/dot_levels.h"
#include "engine/render/scar_field.h"
#include "engine/render/shadow_caster.h"
#include "engine/render/shared_structs.h"
#include "engine/render/surface_clusters.h"
#include "engine/render/tail_field.h"
#include "engine/scene/scene.h"

namespace stubble {

/// A corner of the skin, as shaders/skin/surface.vert reads it.
struct SkinVertex {
    glm::vec3 positionMm;
    glm::i16vec4 normalOpenness;  ///< ÷ 32767
    glm::u8vec4 tint;             ///< ÷ 1.25: 204 is plain skin; w: 0 powdered, ½ face, 1 scalp
    glm::i8vec4 hairDirection;    ///< ÷ 127: mean of the hairs that stand there; w unused
    float hairLayers;             ///< hairs per mm² × diameter × length
};
static_assert(sizeof(SkinVertex) == 32);

// What of a scene is no array:

/// Of dots in the skin.
struct DotFigures {
    DotTree dotTree;
    TailMap tailMap;
    glm::vec4 tailWindow{0};  ///< lower corner of the tails in the map, mm; one ÷ their size
    glm::vec3 reachable{1};   ///< DotProfile::reachable, mean over all dots by what they take
    float widestSigmaMm = 0;  ///< of any of the dots' Gaussians across
};

/// Of hairs above it.
struct StrandFigures {
    float longestHairMm = 0;
    float meanHairMm = 0;  ///< diameter at the root
    std::vector<SplatGroup> strandGroups;
};

struct SceneFigures : DotFigures, StrandFigures {
    std::vector<SurfaceLevel> levels;  ///< of the surface's triangles, the mesh itself first
    bool closed = false;               ///< no view from outside shows the inside
    glm::vec3 skinAlbedo{0.5f};
    float shine = 0.5f;
    glm::vec3 scatterMm{0.5f};  ///< SkinTone::scatterMm
    float bloodMottling = 0,
          melaninMottling = 0;   ///< over 1 to 12 mm: share of green light, one standard deviation / 0.25
    glm::vec3 paleAlbedo{0.6f};  ///< of a scar without pigment
    glm::vec3 boundsMinMm{0}, boundsMaxMm{0};
};

struct SceneArrays : SceneFigures {
    Shared<std::vector<SkinVertex>> vertices;
    Shared<std::vector<glm::uvec3>> triangles;
    Shared<ShadowCaster> shadow;
    Shared<std::vector<shared::Dot>> dots;  ///< in the skin, as DotRecords
    Shared<std::vector<shared::DotLobes>> dotLobes;
    Shared<std::vector<shared::Strand>> strands;  ///< above it
    Shared<TailField> tails;
    Shared<std::optional<ScarField>> scars;

    /// The same for any number of threads; needs no context. `stored`: dear parts that depend on the design
    /// are kept in the disk cache, as a program wants it that opens one, not for each step of an edit.
    static SceneArrays of(const Scene& scene, bool stored = false);
};

}  // namespace stubble
