#include "engine/render/strand_records.h"

#include <array>
#include <bit>
#include <glm/gtc/packing.hpp>

#include "engine/core/parallel.h"
#include "engine/hair/hair_cover.h"
#include "engine/render/cell_order.h"
#include "engine/render/packing.h"

namespace stubble {
namespace {

static_assert(kStrandPoints == STUBBLE_STRAND_POINTS);

shared::Strand record(const Strands& strands, std::size_t i, const HairCover& cover,
                      const HairMelanin& hair) {
    shared::Strand out{};
    const float diameterMm = strands.diametersUm[i] * 1e-3f;
    const std::array<glm::vec3, kStrandPoints>& points = strands.pointsMm[i];
    const float lengthMm = strands.lengthsMm[i];
    const auto bits = [](float value) { return std::bit_cast<std::uint32_t>(value); };
    out.root = {bits(points[0].x), bits(points[0].y), bits(points[0].z), octahedral(strands.normals[i])};
    const glm::vec3 around = cover.layersPerMm > 0 ? cover.direction : strands.normals[i];
    out.shape = {glm::packHalf2x16({lengthMm, cover.lengthMm}),
                 glm::packHalf2x16({diameterMm, diameterMm * strands.tipShares[i]}), octahedral(around),
                 bits(cover.layersPerMm)};
    const double share = double(strands.melanin[i]);
    const HairMelanin melanin{share * hair.eumelanin, share * hair.pheomelanin};
    const glm::vec3 absorption = glm::vec3(hairAbsorptionPerMm(melanin)) * diameterMm;
    const auto words = [&](glm::vec3 a, glm::vec3 b) {
        const glm::vec3 p = (a - points[0]) / lengthMm, q = (b - points[0]) / lengthMm;
        return glm::uvec3(glm::packSnorm2x16({p.x, p.y}), glm::packSnorm2x16({p.z, q.x}),
                          glm::packSnorm2x16({q.y, q.z}));
    };
    out.lower = {words(points[1], points[2]), glm::packHalf2x16({absorption.r, absorption.g})};
    out.upper = {words(points[3], points[4]), glm::packHalf2x16({absorption.b, 0})};
    return out;
}

std::vector<shared::Strand> records(const Strands& strands, std::span<const HairCover> covers,
                                    const HairMelanin& hair) {
    std::vector<glm::vec3> roots(strands.size());
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = strands.pointsMm[i][0];
    // Below a micrometre there is nothing to see, and points may coincide.
    constexpr float kLeastMm = 1e-3f;
    std::vector<std::uint32_t> order = cellOrder(roots);
    std::erase_if(order, [&](std::uint32_t i) { return strands.lengthsMm[i] < kLeastMm; });
    std::vector<shared::Strand> out(order.size());
    parallelFor(out.size(), [&](std::size_t place) {
        const std::size_t i = order[place];
        out[place] = record(strands, i, covers.empty() ? HairCover{} : covers[i], hair);
    });
    return out;
}

}  // namespace

glm::vec3 rootMm(const shared::Strand& strand) {
    return {std::bit_cast<float>(strand.root.x), std::bit_cast<float>(strand.root.y),
            std::bit_cast<float>(strand.root.z)};
}

glm::vec3 rootNormal(const shared::Strand& strand) {
    return fromOctahedral(strand.root.w);
}

float lengthMm(const shared::Strand& strand) {
    return glm::unpackHalf2x16(strand.shape.x).x;
}

float diameterMm(const shared::Strand& strand) {
    return glm::unpackHalf2x16(strand.shape.y).x;
}

std::vector<shared::Strand> scalpStrandRecords(const Strands& strands, const HairMelanin& hair) {
    return fibreRecords(strands, strands, hair);
}

std::vector<shared::Strand> fibreRecords(const Strands& fibres, const Strands& hairs,
                                         const HairMelanin& hair) {
    std::vector<glm::vec3> roots(fibres.size());
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = fibres.pointsMm[i][0];
    return records(fibres, hairCoverAt(roots, fibres.normals, hairs), hair);
}

std::vector<shared::Strand> browRecords(const Brows& brows, const HairMelanin& hair) {
    return records(strandsOf(brows), {}, hair);
}

}  // namespace stubble
