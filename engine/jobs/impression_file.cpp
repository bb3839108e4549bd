#include "engine/jobs/impression_file.h"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <bit>
#include <iterator>
#include <nlohmann/json.hpp>

#include "engine/scalp/zones.h"

namespace stubble {
namespace {

static_assert(std::endian::native == std::endian::little, "the PLY is written as the machine holds it");

template <typename T>
void append(std::string& bytes, const T& value) {
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

std::string_view zoneNameOf(const Impressions& impressions, std::size_t i) {
    return zoneName(static_cast<Zone>(impressions.zones[i]));
}

}  // namespace

std::string formatImpressionsCsv(const Impressions& impressions) {
    std::string text = "x_mm,y_mm,z_mm,nx,ny,nz,diameter_mm,depth_mm,load_percent,session,zone\n";
    for (std::size_t i = 0; i < impressions.size(); ++i) {
        const glm::vec3 p = impressions.positionsMm[i], n = impressions.normals[i];
        fmt::format_to(std::back_inserter(text), FMT_COMPILE("{},{},{},{},{},{},{},{},{},{},{}\n"), p.x, p.y,
                       p.z, n.x, n.y, n.z, impressions.diametersMm[i], impressions.depthsMm[i],
                       impressions.loads[i], impressions.sessions[i] + 1, zoneNameOf(impressions, i));
    }
    return text;
}

std::string formatImpressionsPly(const Impressions& impressions) {
    std::string bytes =
        "ply\nformat binary_little_endian 1.0\n"
        "comment millimetres; x to the head's left, y up, z to the face\n";
    for (int zone = 0; zone < kZoneCount; ++zone)
        bytes += fmt::format("comment zone {} {}\n", zone, zoneName(static_cast<Zone>(zone)));
    bytes += fmt::format("element vertex {}\n", impressions.size());
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

std::string formatImpressionsJson(const Impressions& impressions, std::string_view headName) {
    const auto quoted = [](std::string_view text) {
        return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    };
    std::string text = fmt::format(
        "{{\n\"stubble\": \"impressions\",\n\"version\": 1,\n\"head\": {},\n"
        "\"units\": {{\"length\": \"mm\", \"load\": \"pigment volume, percent\"}},\n"
        "\"axes\": \"x to the head's left, y up, z to the face\",\n\"count\": {},\n\"dots\": [",
        quoted(headName), impressions.size());
    for (std::size_t i = 0; i < impressions.size(); ++i) {
        const glm::vec3 p = impressions.positionsMm[i], n = impressions.normals[i];
        fmt::format_to(std::back_inserter(text),
                       FMT_COMPILE("{}\n{{\"x_mm\":{},\"y_mm\":{},\"z_mm\":{},\"nx\":{},\"ny\":{},\"nz\":{},"
                                   "\"diameter_mm\":{},\"depth_mm\":{},\"load_percent\":{},\"session\":{},"
                                   "\"zone\":\"{}\"}}"),
                       i == 0 ? "" : ",", p.x, p.y, p.z, n.x, n.y, n.z, impressions.diametersMm[i],
                       impressions.depthsMm[i], impressions.loads[i], impressions.sessions[i] + 1,
                       zoneNameOf(impressions, i));
    }
    return text + (impressions.size() == 0 ? "]\n}\n" : "\n]\n}\n");
}

}  // namespace stubble
