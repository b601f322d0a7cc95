import type { WebGLRenderer } from 'three'
import type { PictureContext } from '../../scenes/openContext.ts'
import { openRenderer, presize } from '../../scenes/openRenderer.ts'
import type { Tier } from '../stores/view.ts'

/** What this browser draws with. */
export interface Graphics {
  readonly renderer: WebGLRenderer | null // null without WebGL 2
  /** How much to draw at first. */
  readonly tier: Tier
}

/** Renderers that draw on the processor: SwiftShader (Chromium), llvmpipe and softpipe (Mesa), WARP (Windows). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i
const PHONE_PX = 760

/** Makes what draws the picture on its context, and looks once at what that is. */
export function openGraphics(picture: PictureContext | null): Graphics {
  if (!picture) return { renderer: null, tier: 'low' }
  try {
    const renderer = openRenderer(picture)
    const weak = SOFTWARE.test(picture.name) || Math.min(innerWidth, innerHeight) < PHONE_PX
    const tier = weak ? 'medium' : 'high'
    presize(renderer, tier, innerWidth, innerHeight)
    return { renderer, tier }
  } catch {
    return { renderer: null, tier: 'low' }
  }
}
