#pragma once
// Shader programs from the files under shaders/, with #include.

#include <initializer_list>
#include <string>
#include <string_view>

#include "engine/core/result.h"
#include "engine/gpu/objects.h"

namespace stubble {

/// Compiles and links files named relative to shaders/ ("skin/resolve.frag"); the ending tells the stage
/// (.vert, .frag, .comp). `#include "file"` is relative to shaders/ too; each file is read once a program.
/// `defines` is put after #version. Fails (badInput) with the compiler's log, file names restored.
Result<GlProgram> loadProgram(std::initializer_list<std::string_view> files, std::string_view defines = "");

}  // namespace stubble
