#pragma once
// Which shaders and tables pictures are made with.

#include <string>

#include "engine/core/result.h"

namespace stubble {

/// ContentHash::hex of all files of the data folder that pictures depend on: shaders, tables of optics,
/// built-in heads, the stamp. Their names count, the folder's place does not. Fails with badInput.
Result<std::string> pictureDataHash();

}  // namespace stubble
