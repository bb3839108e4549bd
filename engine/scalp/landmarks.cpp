#include "engine/scalp/landmarks.h"

namespace stubble {
namespace {

constexpr std::array<std::string_view, kLandmarkCount> kNames = {
    "nasion",   "inion",     "tragusLeft", "tragusRight", "vertex",
    "glabella", "pronasale", "menton",     "canthusLeft", "canthusRight"};

}  // namespace

std::string_view landmarkName(Landmark landmark) {
    return kNames[static_cast<std::size_t>(landmark)];
}

std::optional<Landmark> landmarkFromName(std::string_view name) {
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name) return static_cast<Landmark>(i);
    return std::nullopt;
}

}  // namespace stubble
