#include "tools/stubble/gl_options.h"

namespace stubble {

void addGlOptions(CLI::App& command, ContextOptions& options) {
    command.add_option(
        "--egl-device", options.eglDevice,
        "Number of the graphics device, as `stubble info` lists them; else the first that works");
    command.add_flag("--require-gpu", options.requireGpu,
                     "Refuse to render on the processor: exit code 69 without a graphics card");
}

}  // namespace stubble
