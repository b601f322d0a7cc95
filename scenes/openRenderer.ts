import { ACESFilmicToneMapping, SRGBColorSpace, WebGLRenderer } from 'three'
import type { Tier } from '../src/stores/view.ts'

/** Least and most pixels of the picture for one of the page. */
export const PIXEL_RATIOS = {
  low: [0.75, 1],
  medium: [1, 1.5],
  high: [1, 2],
} as const satisfies Record<Tier, readonly [number, number]>

export interface OpenedRenderer {
  readonly renderer: WebGLRenderer
  /** What draws, as far as the browser tells. */
  readonly name: string
}

/**
 * The picture's canvas and what draws on it, or null without WebGL 2. To be called before anything else is painted:
 * whoever asks a graphics process something waits for all it was told before.
 */
export function openRenderer(): OpenedRenderer | null {
  const context = document
    .createElement('canvas')
    .getContext('webgl2', { alpha: false, antialias: true, powerPreference: 'high-performance' })
  if (!context) return null
  const named = context.getExtension('WEBGL_debug_renderer_info')
  const told = named ? context.getParameter(named.UNMASKED_RENDERER_WEBGL) : ''
  const renderer = new WebGLRenderer({ canvas: context.canvas as HTMLCanvasElement, context })
  renderer.toneMapping = ACESFilmicToneMapping
  renderer.outputColorSpace = SRGBColorSpace
  return { renderer, name: `${context.getParameter(context.RENDERER)} ${told}` }
}

/** Gives the picture the size it will have, so that it is not asked for anew in the midst of painting. */
export function presize(renderer: WebGLRenderer, tier: Tier, width: number, height: number): void {
  const [low, high] = PIXEL_RATIOS[tier]
  renderer.setPixelRatio(Math.min(Math.max(low, devicePixelRatio), high))
  renderer.setSize(width, height)
}
