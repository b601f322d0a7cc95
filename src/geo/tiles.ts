import { atan } from '../base/math/arc.ts'
import { exp } from '../base/math/exp.ts'
import { log } from '../base/math/log.ts'
import { cos, tan } from '../base/math/trig.ts'

const RAD = Math.PI / 180

/** How many tiles lie side by side at a zoom level. */
const across = (zoom: number): number => 1 << zoom

/**
 * Web Mercator tile coordinates (fractions inside a tile allowed) to degrees and back.
 *
 * Source   EPSG:3857; tile numbering as in the OpenStreetMap wiki, "Slippy map tilenames".
 */
export const tileToLonDeg = (x: number, zoom: number): number => (x / across(zoom)) * 360 - 180

export function tileToLatDeg(y: number, zoom: number): number {
  const n = Math.PI * (1 - (2 * y) / across(zoom))
  return (2 * atan(exp(n)) - Math.PI / 2) / RAD
}

export const lonDegToTile = (lonDeg: number, zoom: number): number => ((lonDeg + 180) / 360) * across(zoom)

export function latDegToTile(latDeg: number, zoom: number): number {
  const rad = latDeg * RAD
  return ((1 - log(tan(rad) + 1 / cos(rad)) / Math.PI) / 2) * across(zoom)
}
