// Binary little endian PLY.
// Format: Greg Turk, "The PLY Polygon File Format", 1994.
#include "ply.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace stubble::bake {

void writePly(const std::string& path, const Mesh& mesh, const std::vector<glm::dvec3>& normals,
              const std::vector<glm::dvec3>& tints) {
    static_assert(std::endian::native == std::endian::little,
                  "the writer copies the machine's own byte order");
    std::string out =
        "ply\nformat binary_little_endian 1.0\ncomment mannequin head of Stubble, made by bake_head\nelement "
        "vertex " +
        std::to_string(mesh.positions.size()) +
        "\nproperty float x\nproperty float y\nproperty float z\nproperty float nx\nproperty float "
        "ny\nproperty float nz\n"
        "property uchar red\nproperty uchar green\nproperty uchar blue\nelement face " +
        std::to_string(mesh.triangles.size()) + "\nproperty list uchar int vertex_indices\nend_header\n";
    auto put = [&out](const void* data, size_t bytes) { out.append(static_cast<const char*>(data), bytes); };
    for (size_t i = 0; i < mesh.positions.size(); ++i) {
        for (int k = 0; k < 3; ++k) {
            // Tenths of a micron: hides the last bits in which compilers may differ.
            const float v = static_cast<float>(std::round(mesh.positions[i][k] * 1e4) / 1e4);
            put(&v, sizeof v);
        }
        for (int k = 0; k < 3; ++k) {
            const float v = static_cast<float>(std::round(normals[i][k] * 1e5) / 1e5);
            put(&v, sizeof v);
        }
        for (int k = 0; k < 3; ++k) {
            const auto v = static_cast<unsigned char>(std::clamp(std::lround(tints[i][k] * 204.0), 0L, 255L));
            put(&v, 1);
        }
    }
    for (const Triangle& t : mesh.triangles) {
        const unsigned char n = 3;
        put(&n, 1);
        for (const int v : t) {
            const auto i = static_cast<int32_t>(v);
            put(&i, sizeof i);
        }
    }
    std::ofstream file(path, std::ios::binary);
    file.write(out.data(), static_cast<std::streamsize>(out.size()));
    if (!file) throw std::runtime_error("cannot write " + path);
}

}  // namespace stubble::bake
