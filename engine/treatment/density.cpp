#include "engine/treatment/density.h"

#include <algorithm>
#include <cmath>

#include "engine/core/parallel.h"

namespace stubble {
namespace {

/// Below this there is too little of the skull to say how much hair a place has lost.
constexpr float kLeastMask = 0.02f;

float smoothStep(float low, float high, float x) {
    if (!(high > low)) return x >= low ? 1.0f : 0.0f;
    const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
    return t * t * (3 - 2 * t);
}

/// Vertices sorted into cubes, for sums over neighbourhoods.
class VertexGrid {
  public:
    VertexGrid(const std::vector<glm::vec3>& positionsMm, std::vector<std::uint32_t> vertices, float cellMm)
        : cellMm_(cellMm) {
        glm::vec3 high(-1e9f);
        low_ = glm::vec3(1e9f);
        for (const std::uint32_t v : vertices)
            low_ = glm::min(low_, positionsMm[v]), high = glm::max(high, positionsMm[v]);
        if (vertices.empty()) low_ = high = glm::vec3(0);
        size_ = glm::ivec3(glm::floor((high - low_) / cellMm)) + 1;
        starts_.assign(static_cast<std::size_t>(size_.x) * size_.y * size_.z + 1, 0);
        for (const std::uint32_t v : vertices) ++starts_[indexOf(cellOf(positionsMm[v])) + 1];
        for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
        members_.resize(vertices.size());
        std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
        for (const std::uint32_t v : vertices) members_[next[indexOf(cellOf(positionsMm[v]))]++] = v;
    }

    template <typename Visit>
    void visitNear(glm::vec3 positionMm, const Visit& visit) const {
        const glm::ivec3 centre = cellOf(positionMm);
        const glm::ivec3 from = glm::max(centre - 1, glm::ivec3(0)), to = glm::min(centre + 1, size_ - 1);
        for (int z = from.z; z <= to.z; ++z)
            for (int y = from.y; y <= to.y; ++y) {
                const std::size_t first = indexOf({from.x, y, z}), last = indexOf({to.x, y, z}) + 1;
                for (std::uint32_t k = starts_[first]; k < starts_[last]; ++k) visit(members_[k]);
            }
    }

  private:
    [[nodiscard]] glm::ivec3 cellOf(glm::vec3 p) const {
        return glm::ivec3(glm::floor((p - low_) / cellMm_));
    }
    [[nodiscard]] std::size_t indexOf(glm::ivec3 c) const {
        return (static_cast<std::size_t>(c.z) * size_.y + c.y) * size_.x + c.x;
    }

    float cellMm_;
    glm::vec3 low_{0};
    glm::ivec3 size_{1};
    std::vector<std::uint32_t> starts_, members_;
};

std::vector<float> vertexAreasMm2(const TriMesh& mesh) {
    std::vector<double> areas(mesh.positionsMm.size(), 0);
    for (std::uint32_t i = 0; i < mesh.triangles.size(); ++i)
        for (int k = 0; k < 3; ++k) areas[mesh.triangles[i][k]] += triangleAreaMm2(mesh, i) / 3;
    return {areas.begin(), areas.end()};
}

/// Share of hair that is missing where the skull is, smoothed over blendMm: a bald border becomes a ramp of
/// that width, the same to both sides.
std::vector<float> missingHair(const Head& head, std::span<const float> hairShare, float blendMm) {
    const auto& positions = head.mesh.positionsMm;
    const std::vector<float>& mask = head.craniumMask;
    std::vector<std::uint32_t> skull;
    for (std::uint32_t i = 0; i < mask.size(); ++i)
        if (mask[i] > kLeastMask) skull.push_back(i);
    std::vector<float> missing(mask.size(), 0.0f);
    const float radius = 0.5f * blendMm;
    const auto missingAt = [&](std::uint32_t i) {
        return 1 - std::clamp(hairShare[i] / mask[i], 0.0f, 1.0f);
    };
    if (!(radius > 0)) {
        for (const std::uint32_t i : skull) missing[i] = missingAt(i);
        return missing;
    }
    const std::vector<float> areas = vertexAreasMm2(head.mesh);
    const VertexGrid grid(positions, skull, std::max(radius, 2.0f));
    parallelFor(skull.size(), [&](std::size_t k) {
        const std::uint32_t i = skull[k];
        double sum = 0, weights = 0;
        grid.visitNear(positions[i], [&](std::uint32_t other) {
            const glm::vec3 away = positions[other] - positions[i];
            const float inside = 1 - glm::dot(away, away) / (radius * radius);
            if (inside <= 0 && other != i) return;
            const double weight = double(areas[other]) * mask[other] * inside * inside;
            weights += weight;
            sum += weight * missingAt(other);
        });
        missing[i] = weights > 0 ? static_cast<float>(sum / weights) : missingAt(i);
    });
    return missing;
}

}  // namespace

float hairlineShare(float signedDistanceMm, float featherMm, const SmpDesign& smp) {
    if (signedDistanceMm < 0) return 0;
    const float edge = smoothStep(0, featherMm, signedDistanceMm);
    return edge * glm::mix(smp.frontDensity, 1.0f, smoothStep(0, smp.gradientMm, signedDistanceMm));
}

Result<std::vector<float>> treatmentDensity(const Head& head, const HairlineField& hairline,
                                            std::span<const float> hairShare, const SmpDesign& smp) {
    const std::size_t count = head.mesh.positionsMm.size();
    if (hairline.signedDistanceMm.size() != count || hairShare.size() != count ||
        head.craniumMask.size() != count)
        return fail(
            ExitCode::badInput,
            "treatment density: {} hairline distances, {} hair shares and {} mask values for {} vertices",
            hairline.signedDistanceMm.size(), hairShare.size(), head.craniumMask.size(), count);
    std::vector<float> density(count, 0.0f);
    if (!smp.enabled) return density;
    const std::vector<float> missing = missingHair(head, hairShare, smp.blendMm);
    for (std::size_t i = 0; i < count; ++i)
        density[i] = smp.densityPerCm2 * head.craniumMask[i] * missing[i] *
                     hairlineShare(hairline.signedDistanceMm[i], hairline.featherMm, smp);
    return density;
}

}  // namespace stubble
