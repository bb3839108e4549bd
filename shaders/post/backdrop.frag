// A studio backdrop: a soft pool of light behind the head, blended in by the share of sub-frames that left a pixel free.
#include "common/frame.glsl"

layout(location = 0) out vec4 outSum;

void main() {
    vec2 size = vec2(frame.size.xy);
    vec2 place = (gl_FragCoord.xy - size * vec2(0.5, 0.52)) / size.y;
    float away = smoothstep(0.0, 1.0, length(place * vec2(0.85, 1.0)) / 0.95);
    outSum = vec4(mix(frame.backdropCentre.rgb, frame.backdropEdge.rgb, away) / frame.groundIrradiance.w, 0.0);
}
