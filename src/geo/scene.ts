import type { Brand } from '../base/brand.ts'

/**
 * A point as the renderer sees it: x east, y up, z south, in metres. Only here do the two frames meet:
 * local (x east, y north, height) becomes scene (x, height, -y).
 */
export type ScenePoint = Brand<readonly [x: number, y: number, z: number], 'ScenePoint'>

export const toScene = (xM: number, yM: number, heightM: number): ScenePoint =>
  [xM, heightM, -yM] as const as ScenePoint
