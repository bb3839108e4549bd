#include "engine/jobs/turntable_page.h"

#include "engine/core/file.h"
#include "engine/core/html_text.h"
#include "engine/core/jpeg_file.h"
#include "engine/scene/design_json.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxTemplateBytes = 1u << 20;
/// A ninth of PNG's size; stubble keeps its grain, and the backdrop shows no blocks (docs/turntable.md).
constexpr int kJpegQuality = 88;

}  // namespace

Result<std::string> pageFrame(const ImageRgb8& frame) {
    return jpegBytes(frame, kJpegQuality);
}

Result<std::string> turntablePage(const TurntableJob& job, const std::vector<std::string>& frames,
                                  const std::string& software) {
    STUBBLE_TRY(const auto data, dataDir());
    STUBBLE_TRY(std::string page, readTextFile(data / "assets/pages/turntable.html", kMaxTemplateBytes));
    std::string pictures;
    for (std::size_t i = 0; i < frames.size(); ++i)
        pictures += fmt::format(
            "<img{} width=\"{}\" height=\"{}\" alt=\"\" decoding=\"sync\" "
            "draggable=\"false\" src=\"data:image/jpeg;base64,{}\">\n",
            i == 0 ? " class=\"shown\"" : "", job.width, job.height, base64(frames[i]));
    // "<" could end the script element that the design stands in.
    std::string design = formatDesign(job.design);
    for (auto at = design.find('<'); at != std::string::npos; at = design.find('<', at))
        design.replace(at, 1, "\\u003c");
    fillIn(page, "title", htmlEscaped(job.design.name.empty() ? "Turntable" : job.design.name));
    fillIn(page, "view", htmlEscaped(viewOf(job)));
    fillIn(page, "software", htmlEscaped(software));
    fillIn(page, "width", std::to_string(job.width));
    fillIn(page, "height", std::to_string(job.height));
    fillIn(page, "last", fmt::format("{:.4g}", 360 - 360.0 / job.frames));
    fillIn(page, "design", design);
    fillIn(page, "frames", pictures);
    return page;
}

}  // namespace stubble
