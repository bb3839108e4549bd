#include "tools/mesh_reader/peek.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

#include "engine/core/json.h"

namespace stubble {
namespace {

constexpr std::size_t kMaxPlyHeaderBytes = 64 << 10;

/// The text from the start up to and including "end_header", or empty.
std::string plyHeader(std::ifstream& file) {
    std::string text(kMaxPlyHeaderBytes, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    const std::size_t end = text.find("end_header");
    return end == std::string::npos ? std::string() : text.substr(0, end);
}

Peek peekAtPly(std::ifstream& file) {
    Peek peek;
    const std::string header = plyHeader(file);
    if (header.substr(0, 3) != "ply") {
        peek.refusal = "is not a PLY file: no header from \"ply\" to \"end_header\"";
        return peek;
    }
    std::istringstream lines(header);
    std::string line;
    bool hasFaces = false, hasHarmonics = false, hasRotation = false, hasScale = false;
    while (std::getline(lines, line)) {
        std::istringstream words(line);
        std::string first, second, third;
        words >> first >> second >> third;
        if (first == "element" && (second == "face" || second == "tristrips")) {
            hasFaces = true;
            std::uint64_t count = 0;
            if (second == "face" && std::istringstream(third) >> count) peek.triangles = count;
        }
        if (first == "property") {
            hasHarmonics |= third == "f_dc_0";
            hasRotation |= third == "rot_0";
            hasScale |= third == "scale_0";
        }
    }
    if (hasHarmonics && hasRotation && hasScale)
        peek.refusal =
            "is a Gaussian-splat PLY: it holds blobs of colour and no surface; export a triangle mesh "
            "instead";
    else if (!hasFaces || peek.triangles == 0)
        peek.refusal = "is a point cloud: the PLY header has no faces; export a triangle mesh instead";
    return peek;
}

Peek peekAtStl(std::ifstream& file, std::uint64_t fileBytes) {
    Peek peek;
    std::array<char, 84> head{};
    file.read(head.data(), head.size());
    std::uint32_t count = 0;
    std::memcpy(&count, head.data() + 80, sizeof count);
    const std::uint64_t binaryBytes = 84 + 50 * std::uint64_t{count};
    const bool saysSolid = std::string_view(head.data(), 5) == "solid";
    if (file.gcount() == 84 && fileBytes == binaryBytes) {
        peek.triangles = count;
    } else if (!saysSolid) {
        if (file.gcount() < 84)
            peek.refusal =
                fmt::format("is not an STL file: {} bytes, a binary STL has at least 84", fileBytes);
        else if (fileBytes < binaryBytes)
            peek.refusal = fmt::format(
                "is cut short: the STL header says {} triangles, which need {} bytes, the file has {}", count,
                binaryBytes, fileBytes);
        else
            peek.triangles = count;  // some programs append data of their own
    }
    return peek;
}

/// Counts lines that open with "f " as a lower bound of the triangles.
Peek peekAtObj(std::ifstream& file) {
    Peek peek;
    std::vector<char> block(1 << 20);
    std::uint64_t faces = 0;
    char last = '\n', lastButOne = '\n';
    while (file) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        const auto got = static_cast<std::size_t>(file.gcount());
        for (std::size_t i = 0; i < got; ++i) {
            if (last == 'f' && lastButOne == '\n' && (block[i] == ' ' || block[i] == '\t')) ++faces;
            lastButOne = last;
            last = block[i];
        }
    }
    peek.triangles = faces;
    return peek;
}

/// Triangles of all triangle primitives, from the accessor counts.
std::optional<std::uint64_t> gltfTriangles(const std::string& text) {
    const auto json = parseJson(text, "");
    if (!json) return std::nullopt;
    const auto count = [&](const Json& index) -> std::uint64_t {
        const auto accessors = json->find("accessors");
        if (accessors == json->end() || !accessors->is_array() || !index.is_number_unsigned()) return 0;
        const auto at = index.get<std::uint64_t>();
        if (at >= accessors->size() || !(*accessors)[at].is_object()) return 0;
        const auto found = (*accessors)[at].find("count");
        return found != (*accessors)[at].end() && found->is_number_unsigned() ? found->get<std::uint64_t>()
                                                                              : 0;
    };
    std::uint64_t triangles = 0;
    if (!json->is_object() || !json->contains("meshes") || !(*json)["meshes"].is_array()) return std::nullopt;
    for (const Json& mesh : (*json)["meshes"]) {
        if (!mesh.is_object() || !mesh.contains("primitives") || !mesh["primitives"].is_array()) continue;
        for (const Json& primitive : mesh["primitives"]) {
            if (!primitive.is_object() || primitive.value("mode", Json(4)) != Json(4)) continue;
            if (primitive.contains("indices"))
                triangles += count(primitive["indices"]) / 3;
            else if (primitive.contains("attributes") && primitive["attributes"].is_object())
                triangles += count(primitive["attributes"].value("POSITION", Json())) / 3;
        }
    }
    return triangles;
}

Peek peekAtGlb(std::ifstream& file, std::uint64_t fileBytes) {
    Peek peek;
    std::array<std::uint32_t, 5> head{};  // magic, version, length, length of the first chunk, its type
    file.read(reinterpret_cast<char*>(head.data()), sizeof head);
    if (file.gcount() < static_cast<std::streamsize>(sizeof head) || head[0] != 0x46546c67) {
        peek.refusal = "is not a GLB file: it does not open with \"glTF\" and a header of 20 bytes";
    } else if (head[1] != 2) {
        peek.refusal = fmt::format("is GLB version {}, expected 2", head[1]);
    } else if (head[2] > fileBytes) {
        peek.refusal =
            fmt::format("is cut short: the GLB header says {} bytes, the file has {}", head[2], fileBytes);
    } else if (head[3] > fileBytes - sizeof head) {
        peek.refusal =
            fmt::format("is damaged: its first chunk says {} bytes, the file has {}", head[3], fileBytes);
    } else if (head[3] <= kMaxJsonBytes) {
        std::string text(head[3], '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        peek.triangles = gltfTriangles(text);
    }
    return peek;
}

}  // namespace

Peek peekAtFile(const std::string& path, const std::string& extension) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    const auto fileBytes = static_cast<std::uint64_t>(std::max<std::streamoff>(0, file.tellg()));
    file.seekg(0);
    if (extension == ".ply") return peekAtPly(file);
    if (extension == ".stl") return peekAtStl(file, fileBytes);
    if (extension == ".obj") return peekAtObj(file);
    if (extension == ".glb") return peekAtGlb(file, fileBytes);
    if (extension == ".gltf" && fileBytes <= kMaxJsonBytes) {
        std::string text(fileBytes, '\0');
        file.read(text.data(), static_cast<std::streamsize>(text.size()));
        return {std::nullopt, gltfTriangles(text)};
    }
    return {};
}

}  // namespace stubble
