#pragma once
// A head on a turntable as one HTML page that needs nothing else.

#include <string>
#include <vector>

#include "engine/jobs/turntable.h"

namespace stubble {

/// A frame as the page holds it: JPEG.
Result<std::string> pageFrame(const ImageRgb8& frame);

/// The page of assets/pages/turntable.html with the job's frames in it, to be turned by mouse, finger and
/// keys. `software` as "stubble 1.2.3". Fails (badInput) where the template is missing.
Result<std::string> turntablePage(const TurntableJob& job, const std::vector<std::string>& frames,
                                  const std::string& software);

}  // namespace stubble
