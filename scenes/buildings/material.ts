import { type DataTexture, MeshDepthMaterial, MeshLambertMaterial, RGBADepthPacking } from 'three'
import { BUILDING_VERTEX_GLSL } from '../../src/mesh/buildings/vertex.ts'
import { TABLE_WIDTH } from '../paint/buildingTables.ts'

/** Uniforms that change while the city stands: shared by the material of every chunk. */
export interface BuildingUniforms {
  readonly uAbout: { value: DataTexture } // rgb: own colour, a: use
  readonly uState: { value: DataTexture } // rgb: data colour, a: how much of it
  readonly uNight: { value: number } // 0 day … 1 night
  readonly uHour: { value: number } // city clock, for windows
  readonly uSelected: { value: number } // building index, -1 none
  readonly uHovered: { value: number }
  readonly uDim: { value: number } // 0 … 1: how far everything else steps back
  readonly uGrow: { value: number } // 0 … 1 while the city rises
}

export function createBuildingUniforms(about: DataTexture, state: DataTexture): BuildingUniforms {
  return {
    uAbout: { value: about },
    uState: { value: state },
    uNight: { value: 0 },
    uHour: { value: 12 },
    uSelected: { value: -1 },
    uHovered: { value: -1 },
    uDim: { value: 0 },
    uGrow: { value: 1 },
  }
}

/** Places come packed; the mesh carries the chunk's scale, which normals must not see. */
const UNPACK = /* glsl */ `
attribute vec4 packed;
${BUILDING_VERTEX_GLSL}
`

const VERTEX_HEAD = /* glsl */ `
${UNPACK}
attribute float feature;
uniform sampler2D uAbout;
uniform sampler2D uState;
uniform float uSelected;
uniform float uHovered;
uniform float uGrow;
flat varying vec3 vOwn;
flat varying vec4 vData;
flat varying float vUse;
flat varying float vFocus;
flat varying float vFeature;
varying vec3 vModel;
flat varying vec3 vFace;
flat varying float vSurface;
`

const VERTEX_NORMAL = /* glsl */ `
vec3 objectNormal = normal * vec3(length(modelMatrix[0].xyz), 1.0, length(modelMatrix[2].xyz));
`

const VERTEX_BODY = /* glsl */ `
vec3 transformed = unpackBuilding(packed, 1.0);
{
  int index = int(feature);
  ivec2 cell = ivec2(index % ${TABLE_WIDTH}, index / ${TABLE_WIDTH});
  vec4 about = texelFetch(uAbout, cell, 0);
  vOwn = about.rgb;
  vUse = about.a * 255.0;
  vData = texelFetch(uState, cell, 0);
  vFocus = feature == uSelected ? 1.0 : feature == uHovered ? 0.5 : 0.0;
  vFeature = feature;
  transformed.y *= uGrow;
  vModel = (modelMatrix * vec4(transformed, 1.0)).xyz;
  vFace = normal;
  vSurface = surfaceOf(packed);
}
`

const FRAGMENT_HEAD = /* glsl */ `
uniform float uNight;
uniform float uHour;
uniform float uDim;
flat varying vec3 vOwn;
flat varying vec4 vData;
flat varying float vUse;
flat varying float vFocus;
flat varying float vFeature;
varying vec3 vModel;
flat varying vec3 vFace;
flat varying float vSurface;

float hash(vec3 p) {
  p = fract(p * 0.1031);
  p += dot(p, p.yzx + 33.33);
  return fract((p.x + p.y) * p.z);
}

/** Share of windows lit at this hour: homes in the evening, offices in the day, shops until late. */
float litShare(float use, float hour) {
  float evening = smoothstep(16.5, 19.5, hour) * (1.0 - smoothstep(22.0, 24.5, hour)) + smoothstep(6.0, 7.5, hour) * (1.0 - smoothstep(8.5, 10.0, hour)) * 0.5;
  float work = smoothstep(7.0, 9.0, hour) * (1.0 - smoothstep(18.0, 21.0, hour));
  if (use < 2.5 && use > 0.5) return 0.09 + 0.46 * evening;
  if (use < 4.5 && use > 2.5) return 0.1 + 0.45 * work + 0.2 * evening;
  return 0.09 + 0.34 * evening;
}
`

const FRAGMENT_COLOUR = /* glsl */ `
{
  vec3 paint = mix(vOwn, vOwn * vec3(0.2, 0.215, 0.26), uNight);
  // contact darkening at the foot and a little light towards the top: reads as ambient occlusion, costs nothing
  float wall = 1.0 - step(1.5, vSurface);
  float up = mix(1.0, 0.62 + 0.38 * smoothstep(0.0, 22.0, vModel.y), wall);
  paint *= mix(1.0, 0.55, step(2.5, vSurface));
  paint *= up;
  // storeys as faint courses, only near enough to be seen as such
  float far = smoothstep(380.0, 1500.0, length(cameraPosition - vModel));
  if (wall > 0.5) {
    float course = smoothstep(0.42, 0.5, abs(fract(vModel.y / 3.2) - 0.5));
    paint *= 1.0 - 0.055 * course * (1.0 - far);
  }
  paint = mix(paint, vData.rgb, vData.a);
  paint = mix(paint, vec3(0.86, 0.88, 1.0), vFocus * 0.55);
  paint *= 1.0 - 0.2 * uDim * (1.0 - step(0.9, vFocus));
  diffuseColor.rgb = paint;
}
`

const FRAGMENT_GLOW = /* glsl */ `
if (uNight > 0.02 && vSurface < 1.5) {
  // windows on a grid along the wall; the same ones every night
  vec2 along = normalize(vec2(-vFace.z, vFace.x) + 1e-5);
  float u = dot(vModel.xz, along) / 3.8;
  float v = vModel.y / 3.6;
  vec2 cell = floor(vec2(u, v));
  vec2 inside = fract(vec2(u, v));
  float chance = hash(vec3(cell, vFeature * 0.37));
  float lit = step(chance, litShare(vUse, uHour));
  float near = 1.0 - smoothstep(500.0, 1900.0, length(cameraPosition - vModel));
  float frame = step(0.24, inside.x) * step(inside.x, 0.78) * step(0.28, inside.y) * step(inside.y, 0.8);
  float glow = mix(0.3 * litShare(vUse, uHour), frame * lit, near) * step(2.0, vModel.y);
  vec3 warm = mix(vec3(1.0, 0.66, 0.33), vec3(0.86, 0.9, 1.0), step(0.72, hash(vec3(cell.y, vFeature, 3.0))));
  totalEmissiveRadiance += warm * glow * 0.55 * uNight * (1.0 - vData.a) * (0.5 + 0.7 * chance);
}
totalEmissiveRadiance += vData.rgb * vData.a * mix(0.55, 0.32, uNight);
totalEmissiveRadiance += vec3(0.62, 0.66, 1.0) * vFocus * 0.1;
`

/** Matte paint that takes its colours from two small tables, one texel a building. */
export function createBuildingMaterial(uniforms: BuildingUniforms): MeshLambertMaterial {
  const material = new MeshLambertMaterial({ color: 0xffffff })
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms)
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${VERTEX_HEAD}`)
      .replace('#include <beginnormal_vertex>', VERTEX_NORMAL)
      .replace('#include <begin_vertex>', VERTEX_BODY)
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', `#include <common>\n${FRAGMENT_HEAD}`)
      .replace('#include <color_fragment>', `#include <color_fragment>\n${FRAGMENT_COLOUR}`)
      .replace('#include <emissivemap_fragment>', `#include <emissivemap_fragment>\n${FRAGMENT_GLOW}`)
  }
  material.customProgramCacheKey = () => 'veracity-buildings'
  return material
}

/** The same places for the shadow map. */
export function createBuildingDepthMaterial(): MeshDepthMaterial {
  const material = new MeshDepthMaterial({ depthPacking: RGBADepthPacking })
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\n${UNPACK}`)
      .replace('#include <begin_vertex>', 'vec3 transformed = unpackBuilding(packed, 1.0);')
  }
  material.customProgramCacheKey = () => 'veracity-buildings-depth'
  return material
}
