// The light of a hair: engine/optics/fibre_lobes.cpp, which says more, computes the same. Needs kPi
// (common/frame.glsl).

const float kFibreIndex = 1.55;
// Of the paths R, TT, TRT and the rest.
const vec4 kFibreVarianceRad2 = vec4(0.017135, 0.0042837, 0.068539, 0.068539);
const vec4 kFibreCosShift = vec4(0.994522, 0.998630, 0.987688, 1.0);
const vec4 kFibreSinShift = vec4(-0.104528, 0.052336, 0.156434, 0.0);
const vec3 kFibreOffset2 = vec3(0.088090, 0.478753, 0.939756);
const vec3 kFibreRayShare = vec3(0.47885, 0.41570, 0.10545);
const float kFibreBluntWidth2 = 0.00468, kFibreBluntFresnel2 = 0.01245;

struct FibreLook {
    vec4 sinTilted, cosTilted;
    float sinView, cosView;
    float reflected;
    vec3 through, inner, rest;
    float throughPower, innerPower;
};

struct FibreLight {
    float reflected;
    vec3 tinted;
};

vec3 fibreFresnel(vec3 cosine) {
    vec3 g = sqrt(kFibreIndex * kFibreIndex - 1.0 + cosine * cosine);
    vec3 a = (g - cosine) / (g + cosine), b = (cosine * (g + cosine) - 1.0) / (cosine * (g - cosine) + 1.0);
    return 0.5 * a * a * (1.0 + b * b);
}

// Once a hair and view.
FibreLook fibreLook(float tangentDotView, vec3 absorptionPerDiameter) {
    FibreLook look;
    float s = clamp(tangentDotView, -1.0, 1.0), c = sqrt(1.0 - s * s);
    look.sinView = s;
    look.cosView = c;
    look.sinTilted = s * kFibreCosShift - c * kFibreSinShift;
    look.cosTilted = abs(c * kFibreCosShift + s * kFibreSinShift);
    look.throughPower = 1.4593 + c * (0.1228 + c * 3.6782);
    look.innerPower = 1.0 / (0.7001 + c * (-0.5140 + c * (-3.1410 + c * (5.0297 - c * 2.0246))));

    vec3 reflected = fibreFresnel(c * sqrt(1.0 - kFibreOffset2));
    float cosInside2 = 1.0 - s * s / (kFibreIndex * kFibreIndex);
    vec3 chord = sqrt((1.0 - kFibreOffset2 * (c * c / (kFibreIndex * kFibreIndex * cosInside2))) / cosInside2);
    look.reflected = dot(kFibreRayShare, reflected);
    look.through = look.inner = look.rest = vec3(0.0);
    for (int i = 0; i < 3; ++i) {
        float f = reflected[i];
        vec3 kept = exp(-absorptionPerDiameter * chord[i]);
        vec3 through = kFibreRayShare[i] * (1.0 - f) * (1.0 - f) * kept, inner = through * f * kept;
        look.through += through;
        look.inner += inner;
        look.rest += inner * f * kept / max(1.0 - f * kept, vec3(1e-6));
    }
    return look;
}

// Radiance per irradiance on a plane that faces the lamp, 1/sr; once a lamp.
FibreLight fibreLight(FibreLook look, float tangentDotLight, float lightDotView, float varianceRad2) {
    float s = clamp(tangentDotLight, -1.0, 1.0), c = sqrt(1.0 - s * s);
    float cosAzimuth = clamp((lightDotView - s * look.sinView) / max(c * look.cosView, 1e-4), -1.0, 1.0);
    float cosHalf2 = 0.5 + 0.5 * cosAzimuth, sinHalf2 = 0.5 - 0.5 * cosAzimuth;

    vec4 variance = kFibreVarianceRad2 + varianceRad2;
    vec4 product = c * look.cosTilted, x = product / variance;
    vec4 bessel = sqrt((1.0 + x * (0.62 + 0.77 * x)) / (1.0 + x * (2.62 + x * (2.6861 + 4.8381 * x))));
    vec4 around = vec4(0.0, look.throughPower * log(max(sinHalf2, 1e-7)), look.innerPower * log(max(cosHalf2, 1e-7)), 0.0);
    vec4 lobe = bessel * exp((product - s * look.sinTilted - 1.0) / variance + around) / variance;

    return FibreLight(lobe.x * 0.25 * sqrt(cosHalf2 + kFibreBluntWidth2) *
                          fibreFresnel(vec3(look.cosView * sqrt(cosHalf2 + kFibreBluntFresnel2))).x,
                      look.through * (lobe.y * 0.282095 * sqrt(look.throughPower + 0.25)) +
                          look.inner * (lobe.z * 0.282095 * sqrt(look.innerPower + 0.25)) + look.rest * (lobe.w * 0.5 / kPi));
}

// Share of an even surrounding that the hair gives back.
vec3 fibreAlbedo(FibreLook look) { return look.reflected + look.through + look.inner + look.rest; }

// Share of a ray's light that goes on forwards; `look` at the light's inclination.
vec3 fibreForwardShare(FibreLook look) {
    return look.through * (1.0 - 0.42 * exp(-0.85 * look.throughPower)) + 0.5 * (look.reflected + look.rest);
}

// Share of a lamp's light that comes through hairs of an optical depth, not between them (Zinke et al. 2008, forward).
vec3 multipleScattering(float opticalDepth, vec3 forwardShare) {
    return exp(-opticalDepth * (1.0 - forwardShare)) - exp(-opticalDepth);
}
