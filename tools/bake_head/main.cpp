// bake_head: sculpts the mannequin head from its recipe and writes mesh and landmarks.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "anthropometry.h"
#include "json_util.h"
#include "landmarks.h"
#include "ply.h"
#include "polygonise.h"
#include "remesh.h"
#include "tint.h"

namespace stubble::bake {
namespace {

// Fine where features are small, coarse where the surface is plain, with a gentle grade between.
class Density {
  public:
    Density(const nlohmann::json& r, double factor) : base_(r.at("base")), factor_(factor) {
        for (const auto& z : r.at("zones"))
            zones_.push_back({readVec3(z.at("at")), readVec3(z.at("radii")), z.at("size").get<double>()});
    }
    double operator()(const glm::dvec3& p) const {
        double s = base_ + 1.6 * smoothStep(-70.0, -110.0, p.y - 0.25 * p.z);
        const glm::dvec3 h(std::abs(p.x), p.y, p.z);
        for (const Zone& z : zones_) s = std::min(s, z.size + 0.12 * std::max(ellipsoid(h - z.at, z.radii), 0.0));
        return s * factor_;
    }

  private:
    struct Zone {
        glm::dvec3 at, radii;
        double size;
    };
    double base_, factor_;
    std::vector<Zone> zones_;
};

void report(const char* name, double asked, double got) {
    std::printf("  %-16s asked %7.2f  measured %7.2f  (%+.2f %%)\n", name, asked, got, 100.0 * (got / asked - 1.0));
}

void bake(const std::string& recipePath, const std::string& outPath, const std::string& marksPath, double coarsen) {
    std::ifstream in(recipePath);
    if (!in) throw std::runtime_error("cannot read " + recipePath);
    const nlohmann::json r = nlohmann::json::parse(in);

    HeadField field(r);
    const HeadMeasures asked = readMeasures(r.at("asked"));
    fitCranium(field, asked);
    const Landmarks marks = findLandmarks(field, r.at("landmarks"));

    const Density density(r.at("density"), coarsen);
    Mesh mesh = polygonise(field, {{-125, -215, -135}, {125, 145, 135}}, 1.5);
    mesh = remesh(mesh, field, [&](const glm::dvec3& p) { return density(p); }, coarsen > 1.0 ? 4 : 7);

    std::vector<glm::dvec3> normals(mesh.positions.size()), tints(mesh.positions.size());
    const Tint tint(r.at("tint"));
    parallelFor(static_cast<int>(mesh.positions.size()), [&](int i) {
        const auto k = static_cast<size_t>(i);
        normals[k] = glm::normalize(field.gradient(mesh.positions[k], 0.15));
        tints[k] = tint.at(field, mesh.positions[k]);
    });
    for (glm::dvec3& p : mesh.positions) p -= marks.shift;

    const HeadMeasures got = measureMesh(mesh, field, marks);
    report("head length", asked.length, got.length);
    report("head breadth", asked.breadth, got.breadth);
    report("circumference", asked.circumference, got.circumference);
    report("bitragion arc", asked.bitragionArc, got.bitragionArc);
    report("face height", r.at("asked").at("faceHeight"), glm::distance(marks.at("nasion"), marks.at("menton")));
    report("bitragion width", r.at("asked").at("bitragionBreadth"),
           glm::distance(marks.at("tragusLeft"), marks.at("tragusRight")));
    const MeshReport check = inspect(mesh);
    std::printf("  %zu vertices, %zu triangles, %d component(s), %d boundary, %d non-manifold edges, %d bad fans, "
                "%d degenerate, smallest angle %.1f deg, volume %.0f cm3\n",
                mesh.positions.size(), mesh.triangles.size(), check.components, check.boundaryEdges,
                check.nonManifoldEdges, check.nonManifoldVertices, check.degenerate, check.minAngleDeg,
                check.volumeMm3 / 1000.0);
    writePly(outPath, mesh, normals, tints);
    if (!marksPath.empty()) writeLandmarks(marks, marksPath);
    if (!check.clean() && coarsen <= 1.0) throw std::runtime_error("the mesh is not a clean manifold");
}

}  // namespace
}  // namespace stubble::bake

int main(int argc, char** argv) {
    CLI::App app("Sculpts the mannequin head from its recipe");
    std::string recipe, out, marks;
    double coarsen = 1.0;
    app.add_option("recipe", recipe, "recipe (JSON)")->required()->check(CLI::ExistingFile);
    app.add_option("-o,--output", out, "mesh to write (PLY)")->required();
    app.add_option("--landmarks", marks, "landmarks to write (JSON)");
    app.add_option("--coarsen", coarsen, "edge length factor, for quick looks")->check(CLI::Range(1.0, 8.0));
    CLI11_PARSE(app, argc, argv);
    try {
        stubble::bake::bake(recipe, out, marks, coarsen);
    } catch (const std::exception& e) {
        std::fprintf(stderr, "bake_head: %s\n", e.what());
        return 1;
    }
    return 0;
}
