#include "engine/gpu/context.h"

#include <gtest/gtest.h>

namespace stubble {
namespace {

TEST(SoftwareRenderer, IsToldByItsName) {
    for (const char* name :
         {"llvmpipe (LLVM 15.0.6, 256 bits)", "softpipe", "zink (llvmpipe (LLVM 17.0.6, 256 bits))",
          "ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)",
          "D3D12 (Microsoft Basic Render Driver)"})
        EXPECT_TRUE(isSoftwareRenderer(name)) << name;
    for (const char* name : {"NVIDIA H100 80GB HBM3/PCIe/SSE2", "Mesa Intel(R) UHD Graphics 620 (KBL GT2)",
                             "AMD Radeon RX 6600 (radeonsi, navi23, LLVM 15.0.6, DRM 3.49)", ""})
        EXPECT_FALSE(isSoftwareRenderer(name)) << name;
}

TEST(CurrentContext, IsRefusedWithoutFunctions) {
    const auto device = useCurrentContext([](const char*) -> void (*)() { return nullptr; }, "a window");
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().code, ExitCode::noOpenGl);
    EXPECT_EQ(device.error().message, "a window: loading the OpenGL functions failed");
}

}  // namespace
}  // namespace stubble
