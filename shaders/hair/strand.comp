// Hairs above the skin as threads of their own width, one invocation a hair: coverage is exact below a pixel, sums do not
// depend on order. A hair is dense where it covers a pixel; hairs over one another hide as if they lay at random, the
// chance of a gap being the product of theirs.
#include "common/frame.glsl"
#include "common/packing.glsl"
#include "common/splat_groups.glsl"
#include "hair/fibre.glsl"
#include "shared/strand.h"

layout(std430, binding = 1) readonly buffer Strands { Strand strands[]; };
layout(std430, binding = 5) buffer HairSums { int hairSums[]; };  // STUBBLE_HAIR_WORDS a pixel
layout(binding = 2) uniform sampler2D depthMmMap;
layout(binding = 3) uniform sampler2DArray shadowMap;
layout(location = 1) uniform float leastFacing;  // cosine between the skin's normal and the sight: below it the longest hair is hidden

const float kReach = 3.0;          // standard deviations of the filter beyond which a hair is not looked for
const float kLeastCoverage = 1.0 / 16384.0;
const float kStraightPixels = 2.5; // a piece shorter than this need not bend
const float kThinPixels = 0.6;     // width below which a hair's edges cannot be told apart

// Normal distribution, to 1.5e-4 (Bowling et al., "A logistic approximation to the cumulative normal distribution", 2009).
float normalShare(float x) { return 1.0 / (1.0 + exp(-x * (1.5976 + 0.07056 * x * x))); }

// Share of a lamp that its own shadow map lets through; the head's, not the hairs'.
float litBy(int light, vec3 positionMm) {
    vec3 place = (frame.lights[light].shadowFromWorld * vec4(positionMm, 1.0)).xyz;
    return place.z <= texelFetch(shadowMap, ivec3(place.xy * float(textureSize(shadowMap, 0).x), light), 0).r ? 1.0 : 0.0;
}

struct Hair {
    vec3 rootMm, normal;  // unit, of the skin
    float lengthMm, aroundMm;
    vec2 diametersMm;     // root, tip
    vec3 around;          // mean direction of the hairs around, unit
    float layersPerMm;
    vec3 absorption;
    vec3 points[STUBBLE_STRAND_POINTS - 1];  // less the root, mm
};

void readPoints(uvec3 words, float lengthMm, out vec3 a, out vec3 b) {
    vec2 x = unpackSnorm2x16(words.x), y = unpackSnorm2x16(words.y), z = unpackSnorm2x16(words.z);
    a = vec3(x, y.x) * lengthMm, b = vec3(y.y, z) * lengthMm;
}

// The rest of a hair whose root and normal are there.
void readHair(Strand strand, inout Hair hair) {
    vec2 lengths = unpackHalf2x16(strand.shape.x), redGreen = unpackHalf2x16(strand.lower.w);
    hair.lengthMm = lengths.x, hair.aroundMm = lengths.y;
    hair.diametersMm = unpackHalf2x16(strand.shape.y);
    hair.around = normalOf(strand.shape.z);
    hair.layersPerMm = uintBitsToFloat(strand.shape.w);
    hair.absorption = vec3(redGreen, unpackHalf2x16(strand.upper.w).x);
    readPoints(strand.lower.xyz, hair.lengthMm, hair.points[0], hair.points[1]);
    readPoints(strand.upper.xyz, hair.lengthMm, hair.points[2], hair.points[3]);
}

// Without an index that is only known at run time: that would put the points into memory.
vec3 pointOf(Hair hair, int k) {
    vec3 point = k == 1 ? hair.points[0] : k == 2 ? hair.points[1] : k == 3 ? hair.points[2] : k == 4 ? hair.points[3] : vec3(0.0);
    return hair.rootMm + point;
}

// Layers of hair on the way out along a direction from a height above the skin, as canopyOpticalDepth
// (engine/hair/canopy.h).
float layersTowards(Hair hair, vec3 towards, float heightMm) {
    float rise = max(dot(hair.around, hair.normal), 0.05);
    float leftMm = max(hair.aroundMm - heightMm / rise, 0.0);
    return hair.layersPerMm * leftMm * length(cross(hair.around, towards)) / max(dot(towards, hair.normal), 0.08);
}

// As skyTransmittance (engine/hair/canopy.h), less the hairs' sections.
float skyLeft(Hair hair, float heightMm) {
    float rise = clamp(dot(hair.around, hair.normal), 0.05, 1.0);
    float layers = hair.layersPerMm * max(hair.aroundMm - heightMm / rise, 0.0);
    return exp(-0.5 * kPi * layers * pow(1.0 + 2.4 * layers, -(0.165 + 0.235 * rise * rise)));
}

// Radiance of a hair at a place.
vec3 radianceAt(Hair hair, vec3 positionMm, vec3 tangent, float heightMm, vec4 lit) {
    vec3 view = normalize(frame.eyeMm.xyz - positionMm), normal = hair.normal;
    FibreLook look = fibreLook(dot(tangent, view), hair.absorption);
    vec3 albedo = fibreAlbedo(look), forward = fibreForwardShare(look);
    vec3 skinIrradiance = ambientFrom(normal) * skyLeft(hair, 0.0), radiance = vec3(0.0);
    for (int i = 0; i < frame.size.z; ++i) {
        vec3 towards = frame.lights[i].towards.xyz;
        vec3 irradiance = frame.lights[i].irradiance.rgb * lit[i];
        float radius = frame.lights[i].towards.w;
        FibreLight light = fibreLight(look, dot(tangent, towards), dot(view, towards), 0.25 * radius * radius);
        float layers = layersTowards(hair, towards, heightMm);
        radiance += kPi * irradiance * ((light.reflected + light.tinted) * exp(-layers)) +
                    0.25 * irradiance * albedo * multipleScattering(layers, forward);
        skinIrradiance += irradiance * max(dot(normal, towards), 0.0) * exp(-layersTowards(hair, towards, 0.0));
    }
    // Half of what surrounds a hair is sky, half skin.
    return radiance + 0.5 * albedo * (ambientFrom(normal) * skyLeft(hair, heightMm) + frame.skinAlbedo.rgb * skinIrradiance);
}

struct Piece {
    vec2 from, to, along;      // pixels; unit
    float lengthPixels;
    bool starts, ends;         // the hair
    vec2 joinFrom, joinTo;     // unless it does: across these the neighbours' pixels begin
    float widthFrom, widthTo;  // pixels
    float depthFrom, depthTo;  // mm
    vec3 colourFrom, colourTo;
};

// Columns run along a piece, rows across it.
struct Walk {
    bool steep;
    ivec2 low, high;  // of the pixels that are summed, first and last
    vec2 from, to;
    float slope, across;  // rows a column; pixels of distance from the piece's axis a row
};

Walk walkAlong(Piece piece) {
    Walk walk;
    walk.steep = abs(piece.along.y) > abs(piece.along.x);
    ivec2 low = frame.tile.xy + frame.box.xy, high = low + frame.box.zw - 1;
    walk.low = walk.steep ? low.yx : low, walk.high = walk.steep ? high.yx : high;
    walk.from = walk.steep ? piece.from.yx : piece.from, walk.to = walk.steep ? piece.to.yx : piece.to;
    vec2 along = walk.steep ? piece.along.yx : piece.along;
    walk.slope = along.y / along.x, walk.across = abs(along.x);
    return walk;
}

void add(ivec2 picturePixel, float coverage, float hairMm, vec3 colour) {
    ivec2 pixel = picturePixel - frame.tile.xy;
    float skinMm = texelFetch(depthMmMap, pixel, 0).r;
    if (coverage < kLeastCoverage || (skinMm > 0.0 && hairMm > skinMm)) return;
    float depth = min(-log(max(1.0 - coverage, 1e-6)), STUBBLE_HAIR_MOST_DEPTH);
    ivec4 amount = ivec4(floor(vec4(1.0, min(colour, STUBBLE_HAIR_MOST_RADIANCE)) * (depth * STUBBLE_HAIR_SCALE) + 0.5));
    int i = sumIndex(pixel) * STUBBLE_HAIR_WORDS;
    for (int k = 0; k < STUBBLE_HAIR_WORDS; ++k) atomicAdd(hairSums[i + k], amount[k]);
}

float endsAt(Piece piece, float t, float inverseSigma) {
    float since = normalShare(t * inverseSigma), until = normalShare((piece.lengthPixels - t) * inverseSigma);
    // Over a piece as short as a pixel both ends are blurred together.
    return piece.starts && piece.ends ? since + until - 1.0 : piece.starts ? since : piece.ends ? until : 1.0;
}

// A hair much thinner than the filter: across it a Gaussian with the variances of both. Its ends, and where one piece
// hands over to the next, are found once a column.
void coverThin(Piece piece, float sigma, float toleranceMm) {
    Walk walk = walkAlong(piece);
    float width = 0.5 * (piece.widthFrom + piece.widthTo), spread = sqrt(sigma * sigma + width * width / 12.0);
    const float kThinReach = 2.6, kThinKept = 0.99068;  // standard deviations; share of a Gaussian within them
    float peak = float(dispatched.z) * width / (sqrt(2.0 * kPi) * spread * kThinKept), fall = -0.5 * 1.442695 / (spread * spread);
    float reachRows = kThinReach * spread / walk.across;
    bool forwards = walk.to.x >= walk.from.x;
    float low = min(walk.from.x, walk.to.x), high = max(walk.from.x, walk.to.x);
    // A column belongs to the piece that its middle lies in.
    bool openLow = forwards ? piece.starts : piece.ends, openHigh = forwards ? piece.ends : piece.starts;
    int first = int(openLow ? floor(low - kThinReach * sigma) : ceil(low - 0.5)),
        last = int(openHigh ? floor(high + kThinReach * sigma) : ceil(high - 0.5) - 1.0);
    first = max(first, walk.low.x), last = min(last, walk.high.x);
    float inverseAlong = (forwards ? 1.0 : -1.0) / walk.across;
    for (int column = first; column <= last; ++column) {
        float step = float(column) + 0.5 - walk.from.x, t = step * inverseAlong, middle = walk.from.y + step * walk.slope;
        float share = clamp(t / piece.lengthPixels, 0.0, 1.0), most = peak * endsAt(piece, t, 1.0 / sigma);
        float hairMm = mix(piece.depthFrom, piece.depthTo, share) - toleranceMm;
        vec3 colour = mix(piece.colourFrom, piece.colourTo, share);
        int lowRow = max(int(ceil(middle - reachRows - 0.5)), walk.low.y), highRow = min(int(floor(middle + reachRows - 0.5)), walk.high.y);
        for (int row = lowRow; row <= highRow; ++row) {
            float aside = (float(row) + 0.5 - middle) * walk.across;
            add(walk.steep ? ivec2(row, column) : ivec2(column, row), most * exp2(fall * aside * aside), hairMm, colour);
        }
    }
}

// A hair as wide as it is: a band with soft edges.
void coverWide(Piece piece, float sigma, float toleranceMm) {
    Walk walk = walkAlong(piece);
    float reach = kReach * sigma + 0.5 * max(piece.widthFrom, piece.widthTo), reachRows = reach / walk.across;
    int first = max(int(floor(min(walk.from.x, walk.to.x) - reach)), walk.low.x),
        last = min(int(floor(max(walk.from.x, walk.to.x) + reach)), walk.high.x);
    float inverse = 1.0 / sigma;
    for (int column = first; column <= last; ++column) {
        float middle = walk.from.y + (float(column) + 0.5 - walk.from.x) * walk.slope;
        int lowRow = max(int(ceil(middle - reachRows - 0.5)), walk.low.y), highRow = min(int(floor(middle + reachRows - 0.5)), walk.high.y);
        for (int row = lowRow; row <= highRow; ++row) {
            ivec2 pixel = walk.steep ? ivec2(row, column) : ivec2(column, row);
            vec2 at = vec2(pixel) + 0.5, fromStart = at - piece.from;
            if (!piece.starts && dot(fromStart, piece.joinFrom) < 0.0) continue;
            if (!piece.ends && dot(at - piece.to, piece.joinTo) >= 0.0) continue;
            float t = dot(fromStart, piece.along), aside = fromStart.y * piece.along.x - fromStart.x * piece.along.y;
            float share = clamp(t / piece.lengthPixels, 0.0, 1.0), halfWidth = 0.5 * mix(piece.widthFrom, piece.widthTo, share);
            float coverage = (normalShare((halfWidth - aside) * inverse) - normalShare((-halfWidth - aside) * inverse)) *
                             endsAt(piece, t, inverse) * float(dispatched.z);
            add(pixel, min(coverage, 1.0), mix(piece.depthFrom, piece.depthTo, share) - toleranceMm,
                mix(piece.colourFrom, piece.colourTo, share));
        }
    }
}

// Place in the picture, pixels; z: depth along the view axis, mm.
vec3 project(vec3 positionMm) {
    vec3 fromEye = positionMm - frame.eyeMm.xyz;
    float depthMm = dot(fromEye, frame.viewForward.xyz);
    return vec3(vec2(dot(fromEye, frame.viewRight.xyz), dot(fromEye, frame.viewUp.xyz)) * (frame.eyeMm.w / depthMm) +
                    vec2(frame.viewRight.w, frame.viewUp.w), depthMm);
}

void main() {
    uint index;
    if (!findRecord(index)) return;
    const int kLast = STUBBLE_STRAND_POINTS - 1;
    Hair hair;
    uvec4 root = strands[index].root;
    hair.rootMm = uintBitsToFloat(root.xyz);
    hair.normal = normalOf(root.w);

    // A hair that stands on skin which turns away is hidden but for what rises over the head's rim.
    vec3 rootFromEye = hair.rootMm - frame.eyeMm.xyz;
    float distanceMm = length(rootFromEye), facing = -dot(hair.normal, rootFromEye) / distanceMm;
    if (facing < leastFacing) return;

    readHair(strands[index], hair);
    float focal = frame.eyeMm.w;
    vec3 start = project(hair.rootMm), tip = project(pointOf(hair, kLast)), middle = project(pointOf(hair, kLast / 2));
    float nearestMm = min(start.z, min(middle.z, tip.z)), pixelMm = start.z / focal;
    if (nearestMm < 1.0 + hair.lengthMm) return;
    vec2 margin = vec2(3.0 + (hair.diametersMm.x + 0.25 * hair.lengthMm) / pixelMm);
    vec2 low = vec2(frame.tile.xy + frame.box.xy), high = low + vec2(frame.box.zw);
    if (any(lessThan(max(start.xy, max(middle.xy, tip.xy)), low - margin)) ||
        any(greaterThan(min(start.xy, min(middle.xy, tip.xy)), high + margin)))
        return;

    // Fewer pieces where the picture is too coarse to show a bend.
    float pathPixels = distance(start.xy, middle.xy) + distance(middle.xy, tip.xy);
    int stride = pathPixels < kStraightPixels ? 4 : pathPixels < 2.0 * kStraightPixels ? 2 : 1;

    vec4 lit = vec4(0.0);
    vec3 liftedMm = hair.rootMm + 1.5 * hair.normal;
    for (int i = 0; i < frame.size.z; ++i) lit[i] = litBy(i, liftedMm);

    float sigma = sqrt(frame.viewForward.w), toleranceMm = 0.35 + 1.5 * pixelMm / max(facing, 0.15);
    bool shadeEach = pathPixels > 12.0, thin = hair.diametersMm.x < kThinPixels * pixelMm;
    vec3 halfway = pointOf(hair, kLast / 2);
    vec3 colour = radianceAt(hair, shadeEach ? hair.rootMm : halfway, normalize(shadeEach ? hair.points[0] : hair.points[kLast - 1]),
                             shadeEach ? 0.0 : max(dot(halfway - hair.rootMm, hair.normal), 0.0), lit);
    vec2 joinFrom = vec2(0.0);
    vec3 fromMm = hair.rootMm;
    for (int k = 0; k < kLast; k += stride) {
        int next = k + stride;
        vec3 toMm = pointOf(hair, next);
        vec3 end = project(toMm);
        Piece piece;
        piece.from = start.xy, piece.to = end.xy;
        piece.starts = k == 0, piece.ends = next == kLast;
        vec2 step = piece.to - piece.from;
        float stepPixels = length(step);
        piece.along = stepPixels > 1e-3 ? step / stepPixels : vec2(1.0, 0.0);
        vec2 widths = mix(hair.diametersMm.xx, hair.diametersMm.yy, vec2(k, next) / float(kLast));
        piece.widthFrom = widths.x * focal / start.z, piece.widthTo = widths.y * focal / end.z;
        vec3 tangent = normalize(toMm - fromMm);
        // Skin and clipper cut a hair along one plane: half of each section, an ellipse, adds to what its axis spans
        // (the ends' part in engine/hair/canopy.h). So much more length, for hairs that point at the eye as well.
        float section = 0.125 * kPi * max(facing, 0.0) / max(abs(dot(tangent, hair.normal)), 0.2);
        if (piece.starts) {
            piece.from -= piece.along * (section * piece.widthFrom);
            stepPixels += section * piece.widthFrom;
        }
        if (piece.ends) {
            piece.to += piece.along * (section * piece.widthTo);
            stepPixels += section * piece.widthTo;
        }
        piece.lengthPixels = max(stepPixels, 1e-4);
        piece.depthFrom = start.z, piece.depthTo = end.z;
        piece.joinFrom = joinFrom, piece.joinTo = piece.along;
        if (!piece.ends) {
            vec2 onwards = project(pointOf(hair, next + stride)).xy - end.xy;
            float onwardsPixels = length(onwards);
            if (onwardsPixels > 1e-3) piece.joinTo += onwards / onwardsPixels;
        }
        joinFrom = piece.joinTo;
        piece.colourFrom = colour;
        if (shadeEach)
            colour = radianceAt(hair, toMm, tangent, max(dot(toMm - hair.rootMm, hair.normal), 0.0), lit);
        piece.colourTo = colour;
        if (thin) coverThin(piece, sigma, toleranceMm);
        else coverWide(piece, sigma, toleranceMm);
        start = end, fromMm = toMm;
    }
}
