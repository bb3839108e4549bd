#pragma once
// Mesh files made on the spot.

#include <cstdint>
#include <cstring>
#include <glm/glm.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "engine/geometry/polygon_mesh.h"

namespace stubble {

inline std::string objText(const PolygonMesh& mesh) {
    std::ostringstream out;
    out.precision(9);
    for (std::size_t v = 0; v < mesh.positions.size(); ++v) {
        const glm::vec3 p = mesh.positions[v];
        out << "v " << p.x << ' ' << p.y << ' ' << p.z;
        if (!mesh.colours.empty())
            out << ' ' << mesh.colours[v].x << ' ' << mesh.colours[v].y << ' ' << mesh.colours[v].z;
        out << '\n';
    }
    std::size_t start = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        out << 'f';
        for (std::uint32_t k = 0; k < size; ++k) out << ' ' << mesh.indices[start + k] + 1;
        out << '\n';
        start += size;
    }
    return out.str();
}

inline std::string plyText(const PolygonMesh& mesh) {
    std::ostringstream out;
    out.precision(9);
    out << "ply\nformat ascii 1.0\nelement vertex " << mesh.positions.size()
        << "\nproperty float x\nproperty float y\nproperty float z\nelement face " << mesh.faceCount()
        << "\nproperty list uchar int vertex_indices\nend_header\n";
    for (const glm::vec3& p : mesh.positions) out << p.x << ' ' << p.y << ' ' << p.z << '\n';
    std::size_t start = 0;
    for (const std::uint32_t size : mesh.faceSizes) {
        out << size;
        for (std::uint32_t k = 0; k < size; ++k) out << ' ' << mesh.indices[start + k];
        out << '\n';
        start += size;
    }
    return out.str();
}

inline void appendBytes(std::string& to, const void* data, std::size_t bytes) {
    to.append(static_cast<const char*>(data), bytes);
}

inline std::string stlBytes(const TriMesh& mesh) {
    std::string out(80, ' ');
    const auto count = static_cast<std::uint32_t>(mesh.triangles.size());
    appendBytes(out, &count, 4);
    for (const glm::uvec3& t : mesh.triangles) {
        const float normal[3] = {0, 0, 0};
        appendBytes(out, normal, 12);
        for (int k = 0; k < 3; ++k) appendBytes(out, &mesh.positionsMm[t[k]], 12);
        appendBytes(out, "\0\0", 2);
    }
    return out;
}

/// A GLB of one triangle (0,0,0) (1,0,0) (0,1,0) under nested nodes: scaled by 2, then moved by (10, 20, 30),
/// and once more as it is.
inline std::string glbBytes() {
    std::string json = R"({"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0,2]}],
"nodes":[{"translation":[10,20,30],"children":[1]},{"scale":[2,2,2],"mesh":0},{"mesh":0}],
"meshes":[{"primitives":[{"attributes":{"POSITION":0},"indices":1}]}],
"buffers":[{"byteLength":44}],
"bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":36},{"buffer":0,"byteOffset":36,"byteLength":6}],
"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]},
{"bufferView":1,"componentType":5123,"count":3,"type":"SCALAR"}]})";
    while (json.size() % 4 != 0) json += ' ';
    std::string binary;
    const float positions[9] = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    const std::uint16_t indices[4] = {0, 1, 2, 0};
    appendBytes(binary, positions, sizeof positions);
    appendBytes(binary, indices, sizeof indices);
    std::string out = "glTF";
    const auto word = [&](std::size_t value) {
        const auto v = static_cast<std::uint32_t>(value);
        appendBytes(out, &v, 4);
    };
    word(2), word(12 + 8 + json.size() + 8 + binary.size());
    word(json.size()), word(0x4e4f534a), out += json;
    word(binary.size()), word(0x004e4942), out += binary;
    return out;
}

/// A closed cube of quads that look outwards.
inline PolygonMesh cube(float side) {
    PolygonMesh mesh;
    for (int i = 0; i < 8; ++i)
        mesh.positions.emplace_back(i & 1 ? side : 0.0f, i & 2 ? side : 0.0f, i & 4 ? side : 0.0f);
    mesh.faceSizes.assign(6, 4);
    mesh.indices = {0, 2, 3, 1, 4, 5, 7, 6, 0, 1, 5, 4, 2, 6, 7, 3, 0, 4, 6, 2, 1, 3, 7, 5};
    return mesh;
}

}  // namespace stubble
