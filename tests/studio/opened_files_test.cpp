#include "tools/studio/opened_files.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(OpenedFiles, EndingsInAnyCaseSayWhatAFileIs) {
    for (const char* head : {"a.glb", "b.GLTF", "/c d/e.Obj", "f.ply", "g.STL", "h.dae", "scan.v2.zae"})
        EXPECT_EQ(kindOf(head), FileKind::head) << head;
    EXPECT_EQ(kindOf("client.json"), FileKind::design);
    EXPECT_EQ(kindOf("CLIENT.JSON"), FileKind::design);
    for (const char* other : {"photo.jpg", "glb", ".glb", "a.glb.zip", "", "folder/"})
        EXPECT_EQ(kindOf(other), FileKind::other) << other;
    EXPECT_TRUE(isHeadFile("a.glb"));
    EXPECT_FALSE(isHeadFile("a.json"));
}

}  // namespace
}  // namespace stubble
