#include "engine/jobs/impression_file.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <bit>
#include <iterator>

namespace stubble {
namespace {

static_assert(std::endian::native == std::endian::little, "the PLY is written as the machine holds it");

template <typename T>
void append(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

}  // namespace

std::string formatImpressionsCsv(const Impressions& impressions) {
    std::string text = "x_mm,y_mm,z_mm,nx,ny,nz,diameter_mm,depth_mm,load_percent,session,zone\n";
    for (std::size_t i = 0; i < impressions.size(); ++i) {
        const glm::vec3 p = impressions.positionsMm[i], n = impressions.normals[i];
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("{},{},{},{},{},{},{},{},{},{},{}\n"), p.x, p.y,
                       p.z, n.x, n.y, n.z, impressions.diametersMm[i], impressions.depthsMm[i],
                       impressions.loads[i], impressions.sessions[i] + 1, impressions.zones[i]);
    }
    return text;
}

std::string formatImpressionsPly(const Impressions& impressions) {
    std::string bytes = fmt::format(
        "ply\nformat binary_little_endian 1.0\ncomment millimetres; x to the head's left, y up, z to the "
        "face\n"
        "element vertex {}\n",
        impressions.size());
    for (const char* name : {"x", "y", "z", "nx", "ny", "nz", "diameter_mm", "depth_mm", "load_percent"})
        bytes += fmt::format("property float {}\n", name);
    bytes += "property uchar session\nproperty uchar zone\nend_header\n";
    for (std::size_t i = 0; i < impressions.size(); ++i) {
        append(bytes, impressions.positionsMm[i]);
        append(bytes, impressions.normals[i]);
        append(bytes, impressions.diametersMm[i]);
        append(bytes, impressions.depthsMm[i]);
        append(bytes, impressions.loads[i]);
        append(bytes, static_cast<std::uint8_t>(impressions.sessions[i] + 1));
        append(bytes, impressions.zones[i]);
    }
    return bytes;
}

}  // namespace stubble
