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
    Density(const nlohmann::json& r, const HeadField& field, double factor)
        : base_(r.at("base")), line_(r.at("line")), factor_(factor), field_(field) {
        for (const auto& z : r.at("zones"))
            zones_.push_back({readVec3(z.at("at")), readVec3(z.at("radii")), z.at("size").get<double>()});
    }
    double operator()(const glm::dvec3& p) const {
        double s = base_ + 2.2 * smoothStep(-60.0, -100.0, p.y - 0.25 * p.z);
        const glm::dvec3 h(std::abs(p.x), p.y, p.z);
        for (const Zone& z : zones_)
            s = std::min(s, z.size + 0.15 * std::max(ellipsoid(h - z.at, z.radii), 0.0));
        if (h.z > 55.0) {
            // Lash lines and the parting of the lips are the sharpest strokes of the face.
            const Eyes& e = field_.eyes();
            const Mouth& m = field_.mouth();
            auto stroke = [&](double y, double end) {
                const double out = std::max({std::abs(h.y - y) - 1.3, h.x - end, 0.0});
                s = std::min(s, line_ + 0.14 * out);
            };
            if (h.x > e.innerX() - 3.0) stroke(e.marginY(h.x) - 0.2, e.outerX() + 2.0);
            stroke(m.partingY(h.x), m.cornerX() + 1.5);
        }
        return s * factor_;
    }

  private:
    struct Zone {
        glm::dvec3 at, radii;
        double size;
    };
    double base_, line_, factor_;
    const HeadField& field_;
    std::vector<Zone> zones_;
};

void report(const char* name, double asked, double got) {
    std::printf("  %-16s asked %7.2f  measured %7.2f  (%+.2f %%)\n", name, asked, got,
                100.0 * (got / asked - 1.0));
}

void bake(const std::string& recipePath, const std::string& outPath, const std::string& marksPath,
          double coarsen) {
    std::ifstream in(recipePath);
    if (!in) throw std::runtime_error("cannot read " + recipePath);
    const nlohmann::json r = nlohmann::json::parse(in);

    HeadField field(r);
    const HeadMeasures asked = readMeasures(r.at("asked"));
    fitCranium(field, asked);
    const Landmarks marks = findLandmarks(field, r.at("landmarks"));

    const Density density(r.at("density"), field, coarsen);
    Mesh mesh = polygonise(field, {{-125, -215, -135}, {125, 145, 135}}, 1.1);
    mesh = remesh(
        mesh, field, [&](const glm::dvec3& p) { return density(p); }, coarsen > 1.0 ? 4 : 7);

    std::vector<glm::dvec3> normals = vertexNormals(mesh), tints(mesh.positions.size());
    const Tint tint(r.at("tint"));
    parallelFor(static_cast<int>(mesh.positions.size()), [&](int i) {
        const auto k = static_cast<size_t>(i);
        // Differences over a good part of an edge: detail finer than the mesh would only glitter.
        const glm::dvec3& p = mesh.positions[k];
        const glm::dvec3 n = glm::normalize(field.gradient(p, 0.3 * density(p)));
        // In the ears' narrowest crevices the mesh bridges walls that the field keeps apart.
        if (glm::dot(n, normals[k]) > 0.7) normals[k] = n;
        tints[k] = tint.at(field, p);
    });
    for (glm::dvec3& p : mesh.positions) p -= marks.shift;

    const HeadMeasures got = measureMesh(mesh, field, marks);
    report("head length", asked.length, got.length);
    report("head breadth", asked.breadth, got.breadth);
    report("circumference", asked.circumference, got.circumference);
    report("bitragion arc", asked.bitragionArc, got.bitragionArc);
    report("face height", r.at("asked").at("faceHeight"),
           glm::distance(marks.at("nasion"), marks.at("menton")));
    report("bitragion width", asked.bitragionBreadth, got.bitragionBreadth);
    const MeshReport check = inspect(mesh);
    std::printf(
        "  %zu vertices, %zu triangles, %d component(s), %d boundary, %d non-manifold edges, %d bad fans, "
        "%d handles, %d degenerate, smallest angle %.1f deg, volume %.0f cm3\n",
        mesh.positions.size(), mesh.triangles.size(), check.components, check.boundaryEdges,
        check.nonManifoldEdges, check.nonManifoldVertices, check.handles, check.degenerate, check.minAngleDeg,
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
