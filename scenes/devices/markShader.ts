/** Marks keep their size on screen between two bounds, so that they neither vanish nor cover what they stand on. */
export const markVertex = /* glsl */ `
attribute vec3 place;   // foot of the mark in the scene
attribute vec4 look;    // kind, origin (0 real, 1 replayed, 2 simulated), proof level, rejected
attribute vec3 live;    // glow 0..1 or -1, pulse 0..1, focus 0..1
uniform vec2 uViewport;
uniform float uPixelRatio;
uniform float uStem;
varying vec2 vAt;
varying vec4 vLook;
varying vec3 vLive;

void main() {
  vAt = position.xy;
  vLook = look;
  vLive = live;
  float distance = length(cameraPosition - place);
  float stem = clamp(distance * 0.018, 7.0, 60.0) * uStem;
  vec4 at = projectionMatrix * viewMatrix * vec4(place + vec3(0.0, stem, 0.0), 1.0);
  float px = clamp(14500.0 / distance, 5.5, 21.0) * (1.0 + 0.35 * live.z + 0.12 * live.y) * uPixelRatio;
  at.xy += position.xy * px * 2.0 / uViewport * at.w;
  gl_Position = at;
}
`

export const markFragment = /* glsl */ `
uniform sampler2D uGlyphs;
uniform float uKinds;
uniform vec3 uOrigin[3];
uniform float uOpacity;
varying vec2 vAt;
varying vec4 vLook;
varying vec3 vLive;

const float PI = 3.14159265;

void main() {
  float r = length(vAt);
  if (r > 1.0) discard;
  float edge = fwidth(r) * 1.2;
  float rejected = vLook.w;
  int origin = int(vLook.y + 0.5);
  vec3 own = origin == 0 ? uOrigin[0] : origin == 1 ? uOrigin[1] : uOrigin[2];

  // body: the origin's colour; a simulated one is stippled; an unproven one is thin and grey
  float body = 1.0 - smoothstep(0.66 - edge, 0.66 + edge, r);
  vec3 fill = own;
  if (origin == 2) {
    vec2 dot = fract(vAt * 5.0) - 0.5;
    fill = mix(own, own * 1.25 + 0.05, (1.0 - smoothstep(0.14, 0.24, length(dot))) * smoothstep(0.3, 0.5, r));
  }
  float unproven = 1.0 - step(1.5, vLook.z);
  fill = mix(fill, vec3(0.34, 0.35, 0.38), max(rejected, unproven * 0.7));
  vec2 cell = vec2((vLook.x + clamp(vAt.x * 0.94 + 0.5, 0.0, 1.0)) / uKinds, clamp(vAt.y * 0.94 + 0.5, 0.0, 1.0));
  float glyph = texture2D(uGlyphs, cell).a * step(abs(vAt.x), 0.55) * step(abs(vAt.y), 0.55);
  fill = mix(fill, vec3(0.02, 0.022, 0.035), glyph * 0.9);

  // ring: five segments from the top, clockwise, filled as far as the proof goes; a rejected one is red and cut open
  float band = smoothstep(0.76 - edge, 0.76 + edge, r) * (1.0 - smoothstep(0.95 - edge, 0.95 + edge, r));
  float turn = fract(atan(vAt.x, vAt.y) / (2.0 * PI) + 1.0);
  float segment = floor(turn * 5.0);
  float gap = step(0.08, fract(turn * 5.0)) * step(fract(turn * 5.0), 0.92);
  float filled = step(segment + 0.5, vLook.z);
  vec3 ringColour = mix(vec3(0.93, 0.92, 0.89), vec3(1.0, 0.1, 0.085), rejected);
  float ring = mix(gap * mix(0.28, 1.0, filled), step(0.14, turn), rejected) * band;

  float backing = 1.0 - smoothstep(0.98 - edge, 0.98, r);
  vec3 colour = mix(vec3(0.03, 0.032, 0.042), fill, body);
  colour = mix(colour, ringColour, ring);
  colour += own * max(vLive.x, 0.0) * 0.28 * body * (1.0 - rejected);
  colour += vec3(1.0) * vLive.y * 0.22 * ring;
  gl_FragColor = vec4(colour, backing * uOpacity * mix(1.0, 0.82, unproven));
  #include <colorspace_fragment>
}
`

/** Stems: from the foot to the mark, as tall as the mark floats. */
export const stemVertex = /* glsl */ `
attribute vec3 place;
attribute vec4 look;
attribute vec3 live;
uniform float uStem;
varying float vUp;
varying vec4 vLook;
varying float vGlow;

void main() {
  float distance = length(cameraPosition - place);
  float stem = clamp(distance * 0.018, 7.0, 60.0) * uStem;
  vUp = position.y;
  vLook = look;
  vGlow = live.x;
  vec3 at = place + vec3(0.0, position.y * stem, 0.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(at, 1.0);
}
`

export const stemFragment = /* glsl */ `
uniform vec3 uOrigin[3];
uniform float uOpacity;
varying float vUp;
varying vec4 vLook;
varying float vGlow;

void main() {
  int origin = int(vLook.y + 0.5);
  vec3 own = origin == 0 ? uOrigin[0] : origin == 1 ? uOrigin[1] : uOrigin[2];
  own = mix(own, vec3(0.4), vLook.w);
  gl_FragColor = vec4(own, (0.25 + 0.55 * vUp) * uOpacity);
  #include <colorspace_fragment>
}
`
