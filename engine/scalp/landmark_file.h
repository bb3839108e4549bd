#pragma once
// Landmarks given by a person: a JSON object of names and places, {"nasion": [0, 1.2, 3.4], …}.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/json.h"
#include "engine/core/result.h"
#include "engine/geometry/rays.h"
#include "engine/scalp/landmarks.h"

namespace stubble {

/// Any of the ten landmarks, in the coordinates of the head's own file.
using GivenLandmarks = std::vector<std::pair<Landmark, glm::vec3>>;

/// Farther than this from the skin, a given place is taken for a mistake.
inline constexpr float kMaxLandmarkOffSkinMm = 20;

/// Reads places by name. A member "frame" may say "file", the only frame there is. Unknown names, anything
/// but three finite numbers, and a file without any landmark are refused (badInput).
Result<GivenLandmarks> readLandmarkFile(const std::filesystem::path& path);

/// The same from text. `othersToo` passes over names that are no landmarks (the built-in heads' files hold
/// more).
Result<GivenLandmarks> parseLandmarks(std::string_view text, std::string_view fileName,
                                      bool othersToo = false);

/// As readLandmarkFile reads it back, byte for byte the same places.
std::string formatLandmarks(const GivenLandmarks& given);

/// Where the landmarks of a mesh file are looked for when no other file is named: "scan.glb" has
/// "scan.glb.landmarks.json" beside it.
std::filesystem::path landmarkFileOf(const std::filesystem::path& meshFile);

/// Puts given places over `landmarks`: moved by mmFromFile, snapped to the skin, confidence 1. Refuses
/// (badInput) a place farther than kMaxLandmarkOffSkinMm from the skin.
Result<void> applyLandmarks(const GivenLandmarks& given, const glm::mat4& mmFromFile, const RayScene& scene,
                            std::string_view fileName, Landmarks& landmarks);

}  // namespace stubble
