// The pixel that stands for a fragment of half size: another each sub-frame; where the skin ends, any of the four that
// has skin. Depth 0: none has.
ivec2 standIn(sampler2D depthMmMap, out float depthMm) {
    ivec2 pixel;
    depthMm = 0.0;
    for (int i = 0; i < 4 && depthMm == 0.0; ++i) {
        pixel = min(2 * ivec2(gl_FragCoord.xy) + quarterPixel(frame.size.w + i), frame.size.xy - 1);
        depthMm = texelFetch(depthMmMap, pixel, 0).r;
    }
    return pixel;
}
