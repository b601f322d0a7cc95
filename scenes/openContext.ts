/** What the picture is drawn with, before any program of the page is there. */
export interface PictureContext {
  readonly context: WebGL2RenderingContext
  readonly canvas: HTMLCanvasElement
  /** What draws, as far as the browser tells. */
  readonly name: string
}

/**
 * The picture's canvas and context, or null without WebGL 2. To be called as early as can be, and before anything is
 * painted: whoever asks a graphics process something waits until it is up, and for all it was told before.
 */
export function openContext(): PictureContext | null {
  try {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('webgl2', { alpha: false, antialias: true, powerPreference: 'high-performance' })
    if (!context) return null
    const named = context.getExtension('WEBGL_debug_renderer_info')
    const told = named ? context.getParameter(named.UNMASKED_RENDERER_WEBGL) : ''
    return { context, canvas, name: `${context.getParameter(context.RENDERER)} ${told}` }
  } catch {
    return null
  }
}
