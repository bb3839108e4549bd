#pragma once
// The client's own hairs where they leave the skin.

#include <cstdint>
#include <functional>
#include <glm/glm.hpp>
#include <span>
#include <vector>

#include "engine/core/result.h"
#include "engine/hair/hair.h"
#include "engine/scalp/head.h"

namespace stubble {

/// Structure of arrays, one entry a hair; hairs of a follicular unit stand next to one another.
///
/// A strand of length L (hairLengthMm) leaves positionsMm along directions and bends with constant curvature
/// κ about its curl axis a: at arc s its tangent is cos(κs)·d + sin(κs)·(a × d), its place
/// p + (sin(κs)·d + (1 − cos(κs))·(a × d)) ÷ κ. Nothing here keeps it out of the skin.
struct Follicles {
    std::vector<glm::vec3> positionsMm;
    std::vector<glm::vec3> normals;
    std::vector<glm::vec3> directions;  ///< unit, in which the hair leaves the skin
    std::vector<float> diametersUm;
    std::vector<float> melanin;          ///< 1 = pigmented, 0 = grey
    std::vector<float> reachMm;          ///< the longest it grows: a few mm where it is miniaturised
    std::vector<float> curvaturesPerMm;  ///< above 0 mostly towards the skin, below 0 away from it
    std::vector<glm::vec3> curlAxes;     ///< unit, at right angles to directions
    std::vector<std::uint8_t> growing;   ///< 1, or 0 while it rests (telogen)
    std::vector<std::uint32_t> units;    ///< number of the follicular unit
    [[nodiscard]] std::size_t size() const { return positionsMm.size(); }
};

/// Visits every array.
template <typename Fields, typename Visit>
void eachField(Fields& follicles, Visit&& visit) {
    visit(follicles.positionsMm);
    visit(follicles.normals);
    visit(follicles.directions);
    visit(follicles.diametersUm);
    visit(follicles.melanin);
    visit(follicles.reachMm);
    visit(follicles.curvaturesPerMm);
    visit(follicles.curlAxes);
    visit(follicles.growing);
    visit(follicles.units);
}

/// Drops the hairs for which `isKept` is false; the others keep their order.
void keepFollicles(Follicles& follicles, const std::function<bool(std::size_t)>& isKept);
void append(Follicles& follicles, const Follicles& more);

/// Grows follicular units where hair is left (`vertexHairShare`, 0 to 1, of full hair at each vertex) by the
/// design's density and its gradient over the scalp, and splits them into hairs. Depends on its arguments
/// alone.
Result<Follicles> growFollicles(const Head& head, std::span<const float> vertexHairShare,
                                const HairDesign& hair, std::uint64_t seed);

}  // namespace stubble
