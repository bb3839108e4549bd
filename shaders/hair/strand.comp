// Hairs above the skin as threads of their own width, one invocation a hair: coverage is exact below a pixel, sums do not
// depend on order. A hair is dense where it covers a pixel; hairs over one another hide as if they lay at random, the
// chance of a gap being the product of theirs.
#include "common/frame.glsl"
#include "hair/fibre.glsl"
#include "shared/strand.h"

layout(local_size_x = 64) in;
layout(std430, binding = 1) readonly buffer Strands { Strand strands[]; };
layout(std430, binding = 5) buffer HairSums { int hairSums[]; };  // STUBBLE_HAIR_WORDS a pixel
layout(binding = 2) uniform sampler2D depthMmMap;
layout(binding = 3) uniform sampler2DArray shadowMap;
layout(location = 0) uniform uint strandCount;

const float kReach = 3.0;          // standard deviations of the filter beyond which a hair is not looked for
const float kLeastCoverage = 1.0 / 1024.0;
const float kStraightPixels = 2.5; // a piece shorter than this need not bend

// Normal distribution, to 1.5e-4 (Bowling et al., "A logistic approximation to the cumulative normal distribution", 2009).
float normalShare(float x) { return 1.0 / (1.0 + exp(-x * (1.5976 + 0.07056 * x * x))); }

// Share of a lamp that its own shadow map lets through; the head's, not the hairs'.
float litBy(int light, vec3 positionMm) {
    vec3 place = (frame.lights[light].shadowFromWorld * vec4(positionMm, 1.0)).xyz;
    return place.z <= texelFetch(shadowMap, ivec3(place.xy * float(textureSize(shadowMap, 0).x), light), 0).r ? 1.0 : 0.0;
}

// Layers of hair on the way out along a direction from a height above the skin, as canopyOpticalDepth
// (engine/hair/canopy.h).
float layersTowards(Strand strand, vec3 towards, float heightMm) {
    vec3 hair = strand.direction.xyz, normal = strand.normal.xyz;
    float rise = max(dot(hair, normal), 0.05);
    float leftMm = max(strand.absorption.w - heightMm / rise, 0.0);
    return strand.direction.w * leftMm * length(cross(hair, towards)) / max(dot(towards, normal), 0.08);
}

// As skyTransmittance (engine/hair/canopy.h), less the hairs' sections.
float skyLeft(Strand strand, float heightMm) {
    float rise = clamp(dot(strand.direction.xyz, strand.normal.xyz), 0.05, 1.0);
    float layers = strand.direction.w * max(strand.absorption.w - heightMm / rise, 0.0);
    return exp(-0.5 * kPi * layers * pow(1.0 + 2.4 * layers, -(0.165 + 0.235 * rise * rise)));
}

// Radiance of a hair at a place.
vec3 radianceAt(Strand strand, vec3 positionMm, vec3 tangent, float heightMm, vec4 lit) {
    vec3 view = normalize(frame.eyeMm.xyz - positionMm), normal = strand.normal.xyz;
    FibreLook look = fibreLook(dot(tangent, view), strand.absorption.rgb);
    vec3 albedo = fibreAlbedo(look), forward = fibreForwardShare(look);
    vec3 skinIrradiance = ambientFrom(normal) * skyLeft(strand, 0.0), radiance = vec3(0.0);
    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        vec3 irradiance = frame.lights[i].irradiance.rgb * lit[i];
        float radius = frame.lights[i].towards.w;
        FibreLight light = fibreLight(look, dot(tangent, towards), dot(view, towards), 0.25 * radius * radius);
        float layers = layersTowards(strand, towards, heightMm);
        radiance += kPi * irradiance * ((light.reflected + light.tinted) * exp(-layers)) +
                    0.25 * irradiance * albedo * multipleScattering(layers, forward);
        skinIrradiance += irradiance * max(dot(normal, towards), 0.0) * exp(-layersTowards(strand, towards, 0.0));
    }
    // Half of what surrounds a hair is sky, half skin.
    return radiance + 0.5 * albedo * (ambientFrom(normal) * skyLeft(strand, heightMm) + frame.skinAlbedo.rgb * skinIrradiance);
}

struct Piece {
    vec2 from, to, along;      // pixels; unit
    float lengthPixels;
    vec2 joinFrom, joinTo;     // across them the neighbours' pixels begin; 0 at the hair's ends
    float widthFrom, widthTo;  // pixels
    float depthFrom, depthTo;  // mm
    vec3 colourFrom, colourTo;
};

void cover(Piece piece, float sigma, float toleranceMm) {
    float widest = 0.5 * max(piece.widthFrom, piece.widthTo), reach = kReach * sigma + widest;
    bool steep = abs(piece.along.y) > abs(piece.along.x);
    // Columns run along the hair, rows across it.
    vec2 a = steep ? piece.from.yx : piece.from, b = steep ? piece.to.yx : piece.to, along = steep ? piece.along.yx : piece.along;
    ivec2 size = steep ? frame.size.yx : frame.size.xy;
    float slope = along.y / along.x, acrossReach = reach / abs(along.x);
    int first = max(int(floor(min(a.x, b.x) - reach)), 0), last = min(int(floor(max(a.x, b.x) + reach)), size.x - 1);
    float inverse = 1.0 / sigma;
    bool starts = piece.joinFrom == vec2(0.0), ends = piece.joinTo == vec2(0.0);
    for (int column = first; column <= last; ++column) {
        float middle = a.y + (float(column) + 0.5 - a.x) * slope;
        int low = max(int(ceil(middle - acrossReach - 0.5)), 0), high = min(int(floor(middle + acrossReach - 0.5)), size.y - 1);
        for (int row = low; row <= high; ++row) {
            ivec2 pixel = steep ? ivec2(row, column) : ivec2(column, row);
            vec2 at = vec2(pixel) + 0.5, fromStart = at - piece.from;
            if (!starts && dot(fromStart, piece.joinFrom) < 0.0) continue;
            if (!ends && dot(at - piece.to, piece.joinTo) >= 0.0) continue;
            float t = dot(fromStart, piece.along), aside = fromStart.y * piece.along.x - fromStart.x * piece.along.y;
            float share = clamp(t / piece.lengthPixels, 0.0, 1.0);
            float halfWidth = 0.5 * mix(piece.widthFrom, piece.widthTo, share);
            float coverage = normalShare((halfWidth - aside) * inverse) - normalShare((-halfWidth - aside) * inverse);
            coverage *= starts && ends ? normalShare(t * inverse) - normalShare((t - piece.lengthPixels) * inverse)
                      : starts ? normalShare(t * inverse)
                      : ends ? normalShare((piece.lengthPixels - t) * inverse) : 1.0;
            if (coverage < kLeastCoverage) continue;
            float skinMm = texelFetch(depthMmMap, pixel, 0).r;
            if (skinMm > 0.0 && mix(piece.depthFrom, piece.depthTo, share) > skinMm + toleranceMm) continue;
            float depth = min(-log(max(1.0 - coverage, 1e-6)), STUBBLE_HAIR_MOST_DEPTH);
            vec3 colour = depth * mix(piece.colourFrom, piece.colourTo, share);
            int i = (pixel.y * frame.size.x + pixel.x) * STUBBLE_HAIR_WORDS;
            ivec2 difference = ivec2(floor((colour.rb - colour.g) * STUBBLE_HAIR_DIFFERENCE_SCALE + 0.5));
            atomicAdd(hairSums[i], int(floor(depth * STUBBLE_HAIR_DEPTH_SCALE + 0.5)));
            atomicAdd(hairSums[i + 1], int(floor(colour.g * STUBBLE_HAIR_GREEN_SCALE + 0.5)));
            atomicAdd(hairSums[i + 2], difference.x * 65536 + difference.y);
        }
    }
}

void main() {
    uint index = gl_GlobalInvocationID.x;
    if (index >= strandCount) return;
    Strand strand = strands[index];
    const int kLast = STUBBLE_STRAND_POINTS - 1;

    // A hair that stands on skin which turns away is hidden but for what rises over the head's rim.
    vec3 rootFromEye = strand.points[0].xyz - frame.eyeMm.xyz;
    float distanceMm = length(rootFromEye), facing = -dot(strand.normal.xyz, rootFromEye) / distanceMm;
    const float kSkullRadiusMm = 70.0;
    if (facing < -0.03 - sqrt(2.0 * strand.normal.w / kSkullRadiusMm)) return;

    float focal = frame.eyeMm.w;
    vec2 pixels[STUBBLE_STRAND_POINTS];
    float depths[STUBBLE_STRAND_POINTS];
    for (int k = 0; k <= kLast; ++k) {
        vec3 fromEye = strand.points[k].xyz - frame.eyeMm.xyz;
        depths[k] = dot(fromEye, frame.viewForward.xyz);
        if (depths[k] < 1.0) return;
        pixels[k] = vec2(dot(fromEye, frame.viewRight.xyz), dot(fromEye, frame.viewUp.xyz)) * (focal / depths[k]) +
                    vec2(frame.viewRight.w, frame.viewUp.w);
    }
    vec2 low = min(pixels[0], pixels[kLast]), high = max(pixels[0], pixels[kLast]);
    for (int k = 1; k < kLast; ++k) low = min(low, pixels[k]), high = max(high, pixels[k]);
    float pixelMm = depths[0] / focal, margin = 2.0 + strand.points[0].w / pixelMm;
    if (any(lessThan(high, vec2(-margin))) || any(greaterThan(low, vec2(frame.size.xy) + margin))) return;

    // Fewer pieces where the picture is too coarse to show a bend.
    float pathPixels = 0.0;
    for (int k = 1; k <= kLast; ++k) pathPixels += distance(pixels[k], pixels[k - 1]);
    int stride = pathPixels < kStraightPixels ? 4 : pathPixels < 2.0 * kStraightPixels ? 2 : 1;

    vec4 lit = vec4(0.0);
    vec3 liftedMm = strand.points[0].xyz + 1.5 * strand.normal.xyz;
    for (int i = 0; i < frame.size.z; ++i) lit[i] = litBy(i, liftedMm);

    float sigma = sqrt(frame.viewForward.w), toleranceMm = 0.35 + 1.5 * pixelMm / max(facing, 0.15);
    bool shadeEach = stride == 1 && pathPixels > 12.0;
    vec3 colour = vec3(0.0);
    if (!shadeEach) {
        vec3 middle = strand.points[kLast / 2].xyz;
        colour = radianceAt(strand, middle, normalize(strand.points[kLast].xyz - strand.points[0].xyz),
                            max(dot(middle - strand.points[0].xyz, strand.normal.xyz), 0.0), lit);
    }
    vec2 joinFrom = vec2(0.0);
    for (int k = 0; k < kLast; k += stride) {
        int next = k + stride;
        Piece piece;
        piece.from = pixels[k], piece.to = pixels[next];
        vec2 step = piece.to - piece.from;
        float stepPixels = length(step);
        piece.along = stepPixels > 1e-3 ? step / stepPixels : vec2(1.0, 0.0);
        piece.widthFrom = strand.points[k].w * focal / depths[k], piece.widthTo = strand.points[next].w * focal / depths[next];
        vec3 tangent = normalize(strand.points[next].xyz - strand.points[k].xyz);
        if (next == kLast) {
            // Cut square, the end shows its section: so much more length for a hair that points at the eye.
            float endPixels = 0.25 * kPi * piece.widthTo * abs(dot(tangent, rootFromEye)) / distanceMm;
            stepPixels += endPixels;
            piece.to += piece.along * endPixels;
        }
        piece.lengthPixels = max(stepPixels, 1e-4);
        piece.depthFrom = depths[k], piece.depthTo = depths[next];
        piece.joinFrom = joinFrom;
        piece.joinTo = vec2(0.0);
        if (next < kLast) {
            vec2 onwards = pixels[next + stride] - pixels[next];
            float onwardsPixels = length(onwards);
            vec2 join = piece.along + (onwardsPixels > 1e-3 ? onwards / onwardsPixels : piece.along);
            piece.joinTo = dot(join, join) > 1e-6 ? join : piece.along;
        }
        joinFrom = piece.joinTo;
        if (shadeEach) {
            float heightMm = max(dot(strand.points[k].xyz - strand.points[0].xyz, strand.normal.xyz), 0.0);
            if (k == 0) colour = radianceAt(strand, strand.points[k].xyz, tangent, heightMm, lit);
            piece.colourFrom = colour;
            heightMm = max(dot(strand.points[next].xyz - strand.points[0].xyz, strand.normal.xyz), 0.0);
            colour = radianceAt(strand, strand.points[next].xyz, tangent, heightMm, lit);
            piece.colourTo = colour;
        } else {
            piece.colourFrom = piece.colourTo = colour;
        }
        cover(piece, sigma, toleranceMm);
    }
}
