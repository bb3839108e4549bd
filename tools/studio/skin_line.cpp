#include "tools/studio/skin_line.h"

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
    std::vector<SkinPlace> line;
    for (const glm::vec3 place : layTapeMm(guides, fromMm, toMm))
        line.push_back({guides.chart().chartFromMm(place), place});
    return line;
}

float lengthMm(std::span<const SkinPlace> line) {
    float sum = 0;
    for (std::size_t i = 1; i < line.size(); ++i)
        sum += glm::distance(line[i - 1].positionMm, line[i].positionMm);
    return sum;
}

}  // namespace stubble
