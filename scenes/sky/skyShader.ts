export const skyVertex = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`

/** A backdrop, not an atmosphere: paper below, a soft horizon, a darker zenith, a little warmth around the sun. */
export const skyFragment = /* glsl */ `
uniform vec3 uZenith;
uniform vec3 uHorizon;
uniform vec3 uPaper;
uniform vec3 uSun;
uniform vec3 uGlow;
varying vec3 vDirection;

float grain(vec2 p) {
  return fract(sin(dot(p, vec2(12.9898, 78.233))) * 43758.5453);
}

void main() {
  vec3 d = normalize(vDirection);
  float up = max(d.y, 0.0);
  vec3 sky = mix(uHorizon, uZenith, 1.0 - pow(1.0 - up, 3.2));
  float towards = max(dot(d, uSun), 0.0);
  sky += uGlow * (pow(towards, 6.0) + 1.6 * pow(towards, 90.0));
  vec3 below = mix(uHorizon, uPaper, 0.45);
  vec3 colour = mix(sky, below, smoothstep(0.004, -0.02, d.y));
  // half a step of dither keeps the wide gradients from banding
  colour += (grain(gl_FragCoord.xy) - 0.5) / 300.0;
  gl_FragColor = vec4(colour, 1.0);
  #include <colorspace_fragment>
}
`
