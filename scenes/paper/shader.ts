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
  #include <colorspace_fragment>
  #include <fog_fragment>
}
`
