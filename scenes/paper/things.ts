import type { Color, ShaderMaterial } from 'three'
import type { PaperLight } from './light.ts'
import { createPaperMaterial } from './material.ts'

const THING = {
  vertexHead: /* glsl */ `
uniform vec3 uColour;
flat varying vec3 vPaint;
`,
  place: /* glsl */ `
  mat3 turn = mat3(instanceMatrix);
  // a stretched thing keeps its faces upright to themselves
  facing = normalize(turn * (normal / vec3(dot(turn[0], turn[0]), dot(turn[1], turn[1]), dot(turn[2], turn[2]))));
  at = (instanceMatrix * vec4(position, 1.0)).xyz;
  vPaint = uColour * instanceColor;
`,
  fragmentHead: 'flat varying vec3 vPaint;',
  paint: 'paint = vPaint;',
}

/**
 * Things of one colour in many copies: crowns, towers, posts. One program for all of them, hence every mesh has a
 * column of instance colours. `colour` is kept, and may be changed.
 */
export const createThingMaterial = (light: PaperLight, colour: Color): ShaderMaterial =>
  createPaperMaterial(THING, light, { uniforms: { uColour: { value: colour } }, isShaded: false })
