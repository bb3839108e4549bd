#pragma once
// Read by C++ and GLSL: how many records a work group of a splatting program draws.

#define STUBBLE_SPLAT_GROUP 64
