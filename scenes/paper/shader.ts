/**
 * Linear light to the screen's sRGB without a power: roots are cheap everywhere, a power is three tables' worth of work a
 * pixel where the processor draws. Off by a quarter of one of 255 steps at most (IEC 61966-2-1).
 */
export const ON_SCREEN = /* glsl */ `
vec3 onScreen(vec3 light) {
  vec3 s1 = sqrt(light);
  vec3 s2 = sqrt(s1);
  vec3 s3 = sqrt(s2);
  vec3 bright = 0.662002687 * s1 + 0.68412206 * s2 - 0.323583601 * s3 - 0.022541147 * light;
  return mix(bright, 12.92 * light, step(light, vec3(0.0031308)));
}
`

/** What one kind of thing adds to the paper it is made of. All GLSL. */
export interface PaperShader {
  /** Declarations before `main` of the vertex shader. */
  readonly vertexHead?: string
  /** Sets `vec3 at` (model space) and `vec3 facing` (unit, scene axes); may set varyings of its own. */
  readonly place: string
  /** Declarations before `main` of the fragment shader. */
  readonly fragmentHead?: string
  /** Sets `vec3 paint` (linear albedo) and may set `vec3 glow` (linear, light of its own). */
  readonly paint: string
}

/**
 * Matte paper under one sun and half a sky, lit a corner at a time: a flat face has one light, a crown has few faces.
 * Short on purpose. A renderer on the processor translates every program before the first picture, and that takes longer
 * than drawing it; a phone likes it no less. Light of the sun stops at the shadow map where there is one.
 */
export const paperVertex = ({ vertexHead = '', place }: PaperShader): string => /* glsl */ `
#include <common>
#include <fog_pars_vertex>
#ifdef SHADED
#include <shadowmap_pars_vertex>
#endif
uniform vec3 uTowardsSun;
varying vec2 vLight; // towards the sun, towards the sky
${vertexHead}
void main() {
  vec3 at;
  vec3 facing;
  ${place}
  vec4 worldPosition = modelMatrix * vec4(at, 1.0);
  vec4 mvPosition = modelViewMatrix * vec4(at, 1.0);
  gl_Position = projectionMatrix * mvPosition;
  vLight = vec2(max(dot(facing, uTowardsSun), 0.0), 0.5 + 0.5 * facing.y);
  #if defined(SHADED) && defined(USE_SHADOWMAP)
    vec3 off = facing * directionalLightShadows[0].shadowNormalBias;
    vDirectionalShadowCoord[0] = directionalShadowMatrix[0] * (worldPosition + vec4(off, 0.0));
  #endif
  #include <fog_vertex>
}
`

export const paperFragment = ({ fragmentHead = '', paint }: PaperShader): string => /* glsl */ `
#include <common>
#include <fog_pars_fragment>
#ifdef SHADED
#include <shadowmap_pars_fragment>
#endif
uniform vec3 uSunColour;
uniform vec3 uSkyColour;
uniform vec3 uEarthColour;
varying vec2 vLight;
${ON_SCREEN}
${fragmentHead}
void main() {
  vec3 paint;
  vec3 glow = vec3(0.0);
  ${paint}
  float sun = vLight.x;
  #if defined(SHADED) && defined(USE_SHADOWMAP)
    DirectionalLightShadow from = directionalLightShadows[0];
    sun *= getShadow(directionalShadowMap[0], from.shadowMapSize, from.shadowIntensity, from.shadowBias, from.shadowRadius, vDirectionalShadowCoord[0]);
  #endif
  gl_FragColor = vec4(paint * (mix(uEarthColour, uSkyColour, vLight.y) + uSunColour * sun) + glow, 1.0);
  #include <tonemapping_fragment>
  gl_FragColor.rgb = onScreen(gl_FragColor.rgb);
  #include <fog_fragment>
}
`
