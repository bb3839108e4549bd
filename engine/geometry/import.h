#pragma once
// Meshes from files (GLB, glTF, OBJ, PLY, STL, DAE, ZAE): read in a child process with limits, checked, put
// into millimetres, Y up, face towards +Z, cleaned, and refined where they are too coarse.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/core/result.h"
#include "engine/geometry/mesh.h"
#include "engine/geometry/polygon_mesh.h"

namespace stubble {

/// A direction along an axis of the file.
enum class AxisDirection { plusX, minusX, plusY, minusY, plusZ, minusZ };
/// "+X", …
std::string_view axisDirectionName(AxisDirection direction);
/// "+X", "x", "-z": any case, the plus may be left out.
std::optional<AxisDirection> axisDirectionFromName(std::string_view name);
glm::vec3 vectorOf(AxisDirection direction);

/// Keeps what lies on one side of a plane across an axis, in the file's own units.
struct CropPlane {
    int axis = 0;  ///< 0 x, 1 y, 2 z
    bool above = true;
    float value = 0;
};
/// "y>1.36,x>-0.13,x<0.13". Fails (usage) with the part that was not understood.
Result<std::vector<CropPlane>> parseCrop(std::string_view text);

enum class ImportPurpose {
    head,    ///< guess units and axes, keep the head alone, refine a coarse cage
    anyMesh  ///< take the mesh as it is: 1 unit = 1 mm and Y up unless given, every part kept, no refinement
};

struct ImportOptions {
    ImportPurpose purpose = ImportPurpose::head;
    std::optional<float> mmPerUnit;         ///< > 0; guessed when not given
    std::optional<AxisDirection> up, face;  ///< guessed when not given; must not be parallel
    std::vector<CropPlane> crop;            ///< a face stays when all its vertices lie inside
    std::size_t maxFileBytes = std::size_t{1} << 30;
    std::size_t maxTriangles = 5'000'000;
    std::size_t maxMemoryBytes = std::size_t{6} << 30;  ///< address space of the reading process
    double maxSeconds = 120;              ///< wall clock and processor time of the reading process
    std::filesystem::path readerProgram;  ///< empty: stubble-mesh-reader beside the program
    std::function<bool()> stop;           ///< true, from then on: do not read on (ExitCode::tryAgain)
};

/// What an import found, guessed and changed.
struct ImportReport {
    float mmPerUnit = 1;
    bool unitsGuessed = false;
    /// False when no usual unit gives a head's size: the mesh was then scaled to an average head.
    bool unitsPlausible = true;
    AxisDirection up = AxisDirection::plusY, face = AxisDirection::plusZ;
    bool axesGuessed = false;
    float headBreadthMm = 0;           ///< widest place of the skull, ears left out where they can be told
    std::size_t trianglesInFile = 0;   ///< polygons counted as size − 2
    std::size_t triangles = 0;         ///< of the result
    std::size_t weldedVertices = 0;    ///< merged with another at the same place; parsers leave many
    std::size_t badFacesDropped = 0;   ///< degenerate or twice there
    std::size_t partsDropped = 0;      ///< loose pieces that are small or inside
    std::size_t nonManifoldEdges = 0;  ///< with more than two faces; tolerated
    std::size_t openRims = 0;          ///< closed loops of edges with one face
    bool turnedInsideOut = false;      ///< faces looked inwards
    bool croppedBelowHead = false;     ///< a body was cut off some way under the head
    int subdivisionLevels = 0;         ///< Catmull–Clark or Loop steps
    std::size_t longEdgesSplit = 0;    ///< after subdivision
    bool decimated = false;
    /// The same as sentences for a person, one a line.
    [[nodiscard]] std::string text() const;
};

struct ImportedMesh {
    TriMesh mesh;
    ImportReport report;
    glm::mat4 mmFromFile{1};  ///< the file's coordinates into the mesh's frame
};

/// Reads and prepares a mesh. Bad or hostile files give one message (badInput); a missing reader program is
/// ExitCode::io. Deterministic.
Result<ImportedMesh> importMesh(const std::filesystem::path& path, const ImportOptions& options = {});

/// The first step alone: the polygons of the file with all its transforms applied, checked and finite.
Result<PolygonMesh> readPolygons(const std::filesystem::path& path, const ImportOptions& options = {});

}  // namespace stubble
