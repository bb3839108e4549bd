#include "engine/perception/depth_change.h"

#include <algorithm>
#include <cmath>

namespace stubble {

Result<AngleChange> changeWithAngle(std::span<const AngleMeasure> measures) {
    double meanAngle = 0, meanValue = 0;
    for (std::size_t i = 0; i < measures.size(); ++i) {
        if (!std::isfinite(measures[i].degrees) || !std::isfinite(measures[i].value))
            return fail(ExitCode::badInput,
                        "change with angle: measure {} is {} at {}°, expected finite values", i,
                        measures[i].value, measures[i].degrees);
        meanAngle += measures[i].degrees / double(measures.size());
        meanValue += measures[i].value / double(measures.size());
    }
    double across = 0, along = 0;
    for (const AngleMeasure& m : measures) {
        along += (m.degrees - meanAngle) * (m.degrees - meanAngle);
        across += (m.degrees - meanAngle) * (m.value - meanValue);
    }
    if (!(along > 0))
        return fail(ExitCode::badInput, "change with angle: {} measures at one angle, expected two angles",
                    measures.size());
    const auto [low, high] =
        std::minmax_element(measures.begin(), measures.end(),
                            [](const AngleMeasure& a, const AngleMeasure& b) { return a.value < b.value; });
    return AngleChange{across / along, high->value - low->value, low->degrees, high->degrees};
}

Result<ReliefFigure> reliefFigure(std::span<const CoveredCell> cells) {
    if (cells.empty()) return fail(ExitCode::badInput, "relief: no cells, expected at least one");
    ReliefFigure figure;
    double squares = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const auto [coverage, height] = cells[i];
        if (!(coverage >= 0 && coverage <= 1))
            return fail(ExitCode::badInput, "relief: cell {} has a coverage of {}, expected 0 to 1", i,
                        coverage);
        if (!(height >= 0) || !std::isfinite(height))
            return fail(ExitCode::badInput, "relief: cell {} has a height of {} mm, expected 0 or more", i,
                        height);
        figure.coverage += coverage;
        figure.meanMm += coverage * height;
        squares += coverage * height * height;
    }
    figure.meanMm = figure.coverage > 0 ? figure.meanMm / figure.coverage : 0;
    figure.coverage /= double(cells.size());
    figure.rmsMm = std::sqrt(squares / double(cells.size()));
    return figure;
}

}  // namespace stubble
