#include "engine/scalp/flat_skin.h"

namespace stubble {

Head flatSkin(float widthMm) {
    Head head;
    TriMesh& mesh = head.mesh;
    constexpr unsigned kCells = 24;
    for (unsigned y = 0; y <= kCells; ++y)
        for (unsigned x = 0; x <= kCells; ++x) {
            mesh.positionsMm.emplace_back((float(x) / kCells - 0.5f) * widthMm,
                                          (float(y) / kCells - 0.5f) * widthMm, 0.0f);
            mesh.normals.emplace_back(0, 0, 1);
        }
    for (unsigned y = 0; y < kCells; ++y)
        for (unsigned x = 0; x < kCells; ++x) {
            const unsigned i = y * (kCells + 1) + x;
            mesh.triangles.emplace_back(i, i + 1, i + kCells + 2);
            mesh.triangles.emplace_back(i, i + kCells + 2, i + kCells + 1);
        }
    head.scalpMask.assign(mesh.positionsMm.size(), 1.0f);
    return head;
}

}  // namespace stubble
