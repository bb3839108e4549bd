layout(location = 0) in vec3 positionMm;
layout(location = 0) uniform mat4 clipFromWorld;
void main() { gl_Position = clipFromWorld * vec4(positionMm, 1.0); }
