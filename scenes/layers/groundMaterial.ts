import type { ShaderMaterial } from 'three'
import { AREA_KINDS, ROAD_CLASSES } from '../../src/model/city.ts'
import type { PaperLight } from '../paper/light.ts'
import { createPaperMaterial } from '../paper/material.ts'

/** Room for the kinds of any sheet, so that one program paints them all. */
const MOST_KINDS = Math.max(AREA_KINDS.length, ROAD_CLASSES.length)

const SHEET = {
  vertexHead: `attribute float kind;\nuniform vec3 uKinds[${MOST_KINDS}];\nflat varying vec3 vKind;`,
  place: `
  at = vec3(position.x, 0.0, position.y);
  facing = vec3(0.0, 1.0, 0.0);
  vKind = uKinds[int(kind + 0.5)];
`,
  fragmentHead: 'flat varying vec3 vKind;',
  paint: 'paint = vKind;',
}

/** Flat paint by kind, one colour each in `colours`, which is kept and may be changed. No depth: sheets lie on sheets. */
export function createGroundMaterial(light: PaperLight): { material: ShaderMaterial; colours: Float32Array } {
  const colours = new Float32Array(3 * MOST_KINDS)
  const uniforms = { uKinds: { value: colours } }
  return { material: createPaperMaterial(SHEET, light, { uniforms, isShaded: true, depthWrite: false }), colours }
}
