#include "tools/studio/skin_line.h"

#include <algorithm>
#include <cmath>

namespace stubble {
namespace {

constexpr float kStepMm = 2;

}  // namespace

std::vector<SkinPlace> layLine(const SkullGuides& guides, std::span<const glm::vec2> chartLine) {
    std::vector<SkinPlace> line;
    for (const glm::vec3 place : guides.tracer().trace(chartLine, false, kStepMm))
        line.push_back({guides.chart().chartFromMm(place), place});
    return line;
}

std::vector<SkinPlace> layTape(const SkullGuides& guides, glm::vec3 fromMm, glm::vec3 toMm) {
    const glm::vec3 centre = guides.chart().centreMm(), a = fromMm - centre, b = toMm - centre;
    const int steps = std::max(1, static_cast<int>(std::ceil(glm::distance(fromMm, toMm) / kStepMm)));
    std::vector<SkinPlace> line;
    for (int i = 0; i <= steps; ++i) {
        const float share = static_cast<float>(i) / static_cast<float>(steps);
        const auto hit = guides.tracer().hitFrom(centre, glm::mix(a, b, share));
        if (hit) line.push_back({guides.chart().chartFromMm(hit->positionMm), hit->positionMm});
    }
    return line;
}

float lengthMm(std::span<const SkinPlace> line) {
    float sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += glm::distance(line[i - 1].positionMm, line[i].positionMm);
    return sum;
}

}  // namespace stubble
