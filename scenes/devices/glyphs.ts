import { CanvasTexture, LinearFilter, LinearMipmapLinearFilter } from 'three'
import type { DeviceKind } from '../../src/model/device.ts'

/** One drawing per device kind on a 24-unit square, in the order of the atlas. */
const GLYPHS: Readonly<Record<DeviceKind, string>> = {
  'smart-meter': 'M12 14 15.5 8.500M5.200 18a9 9 0 1 1 13.600 0',
  'pv-inverter':
    'M12 8a4 4 0 1 1 0 8 4 4 0 1 1 0-8M12 3v1.500M12 19.500V21M3 12h1.500M19.500 12H21M5.600 5.600l1.100 1.100M17.300 17.300l1.100 1.100M5.600 18.400l1.100-1.100M17.300 6.700l1.100-1.100',
  'ev-charger': 'M13.500 3 6 13.500h5L10.500 21 18 10.500h-5Z',
  'swap-station': 'M4 10.500V9a3 3 0 0 1 3-3h12M16 3l3 3-3 3M20 13.500V15a3 3 0 0 1-3 3H5M8 21l-3-3 3-3',
  'lora-gateway': 'M12 11v10M9 21h6M8.500 12.500a5 5 0 1 1 7 0M5.600 15.400a9 9 0 1 1 12.800 0',
  'air-quality': 'M3 9h11a3 3 0 1 0-3-3M3 13h15a3 3 0 1 1-3 3M3 17h7',
}

const CELL = 64

/** The glyphs side by side in one texture, white on clear. */
export function createGlyphAtlas(kinds: readonly DeviceKind[]): CanvasTexture {
  const canvas = document.createElement('canvas')
  canvas.width = CELL * kinds.length
  canvas.height = CELL
  // drawn by the processor: another context of the graphics one would wait for the whole city
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (pen) {
    pen.strokeStyle = '#fff'
    pen.lineWidth = 2
    pen.lineCap = 'round'
    pen.lineJoin = 'round'
    for (const [i, kind] of kinds.entries()) {
      pen.setTransform(CELL / 24, 0, 0, CELL / 24, i * CELL, 0)
      pen.stroke(new Path2D(GLYPHS[kind]))
    }
  }
  const texture = new CanvasTexture(canvas)
  texture.minFilter = LinearMipmapLinearFilter
  texture.magFilter = LinearFilter
  return texture
}
