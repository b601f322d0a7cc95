import { type OpenedRenderer, openRenderer, presize } from '../../scenes/openRenderer.ts'
import type { Tier } from '../stores/view.ts'

/** What this browser draws with. */
export interface Graphics {
  readonly renderer: OpenedRenderer['renderer'] | null // null without WebGL 2
  /** How much to draw at first. */
  readonly tier: Tier
}

/** Renderers that draw on the processor: SwiftShader (Chromium), llvmpipe and softpipe (Mesa), WARP (Windows). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i
const PHONE_PX = 760

/** Opens what draws the picture, and looks once at what it is. */
export function openGraphics(): Graphics {
  try {
    const opened = openRenderer()
    if (!opened) return { renderer: null, tier: 'low' }
    const weak = SOFTWARE.test(opened.name) || Math.min(innerWidth, innerHeight) < PHONE_PX
    const tier = weak ? 'medium' : 'high'
    presize(opened.renderer, tier, innerWidth, innerHeight)
    return { renderer: opened.renderer, tier }
  } catch {
    return { renderer: null, tier: 'low' }
  }
}
