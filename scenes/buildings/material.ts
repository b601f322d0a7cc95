import { type DataTexture, MeshDepthMaterial, RGBADepthPacking, type ShaderMaterial } from 'three'
import { BUILDING_VERTEX_GLSL } from '../../src/mesh/buildings/vertex.ts'
import { TABLE_WIDTH } from '../paint/buildingTables.ts'
import type { PaperLight } from '../paper/light.ts'
import { createPaperMaterial } from '../paper/material.ts'

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

/** What is the same for a whole face is decided at its corners; windows need to know where on the wall they are. */
const VARYINGS = /* glsl */ `
flat varying vec3 vPaint;   // own colour, for light to fall on
flat varying vec3 vOver;    // what data and focus lay over it
flat varying vec3 vGlow;    // light of data and focus
flat varying float vWall;
varying float vHeight;
#ifdef WINDOWS
varying vec2 vAlong;        // metres along the wall, and up
flat varying vec3 vHouse;   // use, building, how much of the window light is left
#endif
`

const HEAD = /* glsl */ `
${UNPACK}
attribute float feature;
uniform sampler2D uAbout;
uniform sampler2D uState;
uniform float uSelected;
uniform float uHovered;
uniform float uGrow;
uniform float uNight;
uniform float uDim;
${VARYINGS}
`

const PLACE = /* glsl */ `
  at = unpackBuilding(packed, 1.0);
  at.y *= uGrow;
  facing = normal; // the mesh only stretches what it packs, and normals are of the city
  int index = int(feature);
  ivec2 cell = ivec2(index % ${TABLE_WIDTH}, index / ${TABLE_WIDTH});
  vec4 about = texelFetch(uAbout, cell, 0);
  vec4 data = texelFetch(uState, cell, 0);
  float focus = feature == uSelected ? 1.0 : feature == uHovered ? 0.5 : 0.0;
  float surface = surfaceOf(packed);
  float back = 1.0 - 0.2 * uDim * (1.0 - step(0.9, focus));
  float own = (1.0 - data.a) * (1.0 - focus * 0.55) * back;
  vPaint = mix(about.rgb, about.rgb * vec3(0.2, 0.215, 0.26), uNight) * mix(1.0, 0.55, step(2.5, surface)) * own;
  vOver = mix(data.rgb * data.a, vec3(0.86, 0.88, 1.0), focus * 0.55) * back;
  vGlow = data.rgb * data.a * mix(0.55, 0.32, uNight) + vec3(0.62, 0.66, 1.0) * focus * 0.1;
  vWall = 1.0 - step(1.5, surface);
  vHeight = at.y;
  #ifdef WINDOWS
    vec2 wall = normalize(vec2(-normal.z, normal.x) + 1e-5);
    vAlong = vec2(dot((modelMatrix * vec4(at, 1.0)).xz, wall), at.y);
    vHouse = vec3(about.a * 255.0, feature, uNight * (1.0 - data.a) * vWall);
  #endif
`

const WINDOWS_HEAD = /* glsl */ `
#ifdef WINDOWS
uniform float uHour;
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

/** Windows on a grid along the wall; the same ones every night. */
vec3 windows(vec2 along, float awayM) {
  vec2 grid = along / vec2(3.8, 3.6);
  vec2 cell = floor(grid);
  vec2 inside = fract(grid);
  float chance = hash(vec3(cell, vHouse.y * 0.37));
  float share = litShare(vHouse.x, uHour);
  float lit = step(chance, share);
  float near = 1.0 - smoothstep(500.0, 1900.0, awayM);
  float frame = step(0.24, inside.x) * step(inside.x, 0.78) * step(0.28, inside.y) * step(inside.y, 0.8);
  float bright = mix(0.3 * share, frame * lit, near) * step(2.0, along.y);
  vec3 warm = mix(vec3(1.0, 0.66, 0.33), vec3(0.86, 0.9, 1.0), step(0.72, hash(vec3(cell.y, vHouse.y, 3.0))));
  return warm * bright * 0.55 * vHouse.z * (0.5 + 0.7 * chance);
}
#endif
`

const PAINT = /* glsl */ `
  // contact darkening at the foot and a little light towards the top: reads as ambient occlusion, costs nothing
  float worn = 0.62 + 0.38 * smoothstep(0.0, 22.0, vHeight);
  // storeys as faint courses, only near enough to be seen as such
  float course = smoothstep(0.42, 0.5, abs(fract(vHeight / 3.2) - 0.5));
  worn *= 1.0 - 0.055 * course * (1.0 - smoothstep(380.0, 1500.0, vFogDepth));
  paint = vPaint * mix(1.0, worn, vWall) + vOver;
  glow = vGlow;
  #ifdef WINDOWS
    glow += windows(vAlong, vFogDepth);
  #endif
`

/** Matte paint that takes its colours from two small tables, one texel a building. */
export function createBuildingMaterial(light: PaperLight, uniforms: BuildingUniforms): ShaderMaterial {
  const shader = { vertexHead: HEAD, place: PLACE, fragmentHead: `${VARYINGS}${WINDOWS_HEAD}`, paint: PAINT }
  return createPaperMaterial(shader, light, { uniforms: { ...uniforms }, isShaded: true })
}

export const hasWindows = ({ defines }: ShaderMaterial): boolean => 'WINDOWS' in defines

/** Whether windows may be lit. They are a program of their own: by day nobody pays for them. */
export function showWindows(material: ShaderMaterial, shown: boolean): void {
  if (hasWindows(material) === shown) return
  if (shown) material.defines.WINDOWS = ''
  else delete material.defines.WINDOWS
  material.needsUpdate = true
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
