#include "engine/render/strand_records.h"

#include "engine/core/parallel.h"
#include "engine/hair/hair_cover.h"
#include "engine/render/cell_order.h"

namespace stubble {
namespace {

static_assert(kStrandPoints == STUBBLE_STRAND_POINTS);

shared::Strand record(const Strands& strands, std::size_t i, const HairCover& cover,
                      const HairMelanin& hair) {
    shared::Strand out{};
    const float diameterMm = strands.diametersUm[i] * 1e-3f;
    for (std::size_t k = 0; k < kStrandPoints; ++k) {
        const float t = static_cast<float>(k) / (kStrandPoints - 1);
        out.points[k] = {strands.pointsMm[i][k], diameterMm * glm::mix(1.0f, strands.tipShares[i], t)};
    }
    out.normal = {strands.normals[i], strands.lengthsMm[i]};
    out.direction = {cover.direction, cover.layersPerMm};
    const double share = double(strands.melanin[i]);
    const HairMelanin melanin{share * hair.eumelanin, share * hair.pheomelanin};
    out.absorption = {glm::vec3(hairAbsorptionPerMm(melanin)) * diameterMm, cover.lengthMm};
    return out;
}

std::vector<shared::Strand> records(const Strands& strands, std::span<const HairCover> covers,
                                    const HairMelanin& hair) {
    std::vector<glm::vec3> roots(strands.size());
    for (std::size_t i = 0; i < roots.size(); ++i) roots[i] = strands.pointsMm[i][0];
    const std::vector<std::uint32_t> order = cellOrder(roots);
    std::vector<shared::Strand> out(order.size());
    parallelFor(out.size(), [&](std::size_t place) {
        const std::size_t i = order[place];
        out[place] = record(strands, i, covers.empty() ? HairCover{} : covers[i], hair);
    });
    // Below a micrometre there is nothing to see, and points may coincide.
    constexpr float kLeastMm = 1e-3f;
    std::erase_if(out, [](const shared::Strand& strand) { return strand.normal.w < kLeastMm; });
    return out;
}

}  // namespace

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
