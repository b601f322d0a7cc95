import { ACESFilmicToneMapping, SRGBColorSpace, WebGLRenderer } from 'three'
import type { Tier } from '../src/stores/view.ts'
import type { PictureContext } from './openContext.ts'

/** Least and most pixels of the picture for one of the page. */
export const PIXEL_RATIOS = {
  low: [0.75, 1],
  medium: [1, 1.5],
  high: [1, 2],
} as const satisfies Record<Tier, readonly [number, number]>

/** What draws the picture on a context that is already there. */
export function openRenderer({ canvas, context }: PictureContext): WebGLRenderer {
  const renderer = new WebGLRenderer({ canvas, context })
  renderer.toneMapping = ACESFilmicToneMapping
  renderer.outputColorSpace = SRGBColorSpace
  return renderer
}

/** Gives the picture the size it will have, so that it is not asked for anew in the midst of painting. */
export function presize(renderer: WebGLRenderer, tier: Tier, width: number, height: number): void {
  const [low, high] = PIXEL_RATIOS[tier]
  renderer.setPixelRatio(Math.min(Math.max(low, devicePixelRatio), high))
  renderer.setSize(width, height)
}
