// Hairs that rise over the head's rim; adds one sub-frame to the sum.
#include "common/frame.glsl"
#include "hair/sums.glsl"

layout(location = 0) out vec4 outSum;

void main() {
    vec4 hair = hairAt(sumIndex(ivec2(gl_FragCoord.xy)));
    outSum = vec4(hair.rgb, hair.w);
}
