import type { Tier } from '../stores/view.ts'

/** What this browser can draw with. */
export interface Graphics {
  readonly webgl2: boolean
  /** How much to draw at first. */
  readonly tier: Tier
}

/** Renderers that draw on the processor: SwiftShader (Chromium), llvmpipe and softpipe (Mesa), WARP (Windows). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i
const PHONE_PX = 760

/** Looks once. The probe's context is given back at once. */
export function probeGraphics(): Graphics {
  try {
    const context = document.createElement('canvas').getContext('webgl2')
    if (!context) return { webgl2: false, tier: 'low' }
    const renderer = String(context.getParameter(context.RENDERER))
    const named = context.getExtension('WEBGL_debug_renderer_info')
    const told = named ? String(context.getParameter(named.UNMASKED_RENDERER_WEBGL)) : ''
    context.getExtension('WEBGL_lose_context')?.loseContext()
    const weak = SOFTWARE.test(`${renderer} ${told}`) || Math.min(innerWidth, innerHeight) < PHONE_PX
    return { webgl2: true, tier: weak ? 'medium' : 'high' }
  } catch {
    return { webgl2: false, tier: 'low' }
  }
}
