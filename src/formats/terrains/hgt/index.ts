import { TwinError } from '../../../base/errors.ts'
import { defineTerrainFormat } from '../terrainFormat.ts'

const NAME = /([NS])(\d{1,2})([EW])(\d{1,3})[^/\\]*\.hgt$/i
const VOID = -32768
const METRES_PER_DEG = 111_320

/** Points on a side: 3 and 1 arc-seconds apart over a degree, both edges included. */
const SIDES = [1201, 3601]
const sideOf = (bytes: Uint8Array): number | undefined => SIDES.find((side) => 2 * side * side === bytes.length)

/** Tiles of the Shuttle Radar Topography Mission: heights in whole metres, big-endian, from the north-west corner. */
export const hgt = defineTerrainFormat({
  id: 'hgt',
  title: 'SRTM tile',
  extensions: ['.hgt'],
  sniff: (bytes, name) => NAME.test(name) && bytes.length > 0,
  read(bytes, name) {
    const match = NAME.exec(name)
    const side = sideOf(bytes)
    if (!match) {
      const why = `The tile "${name}" does not say where it lies: expected a name like N43E007.hgt.`
      throw new TwinError('FORMAT_BROKEN', why, { file: name })
    }
    const south = (match[1]!.toUpperCase() === 'S' ? -1 : 1) * Number(match[2])
    const west = (match[3]!.toUpperCase() === 'W' ? -1 : 1) * Number(match[4])
    if (side === undefined || !(Math.abs(south) <= 90 && Math.abs(west) <= 180)) {
      const wanted = SIDES.map((n) => 2 * n * n).join(' or ')
      const why = `The tile "${name}" is broken: it has ${bytes.length} bytes, expected ${wanted}.`
      throw new TwinError('FORMAT_BROKEN', why, { file: name })
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    const heightM = new Float32Array(side * side)
    for (let k = 0; k < heightM.length; k++) {
      const value = view.getInt16(2 * k)
      heightM[k] = value === VOID ? NaN : value
    }
    const steps = side - 1
    return {
      columns: side,
      rows: side,
      heightM,
      boundsDeg: [west, south, west + 1, south + 1],
      stepM: METRES_PER_DEG / steps,
      place(latDeg, lonDeg, out) {
        out[0] = (lonDeg - west) * steps
        out[1] = (south + 1 - latDeg) * steps
      },
    }
  },
})
