import { cos } from '../../base/math/trig.ts'
import type { DeviceEntry, Directory } from '../directory.ts'

const METRES_PER_DEGREE = 111_320 // of latitude, within 0.6 % everywhere
const CELL_M = 3000 // no rule looks farther

/** Which devices of the same kind stand around one. Places count only when the directory proves them. */
export interface Nearby {
  /** Indices of the others within a radius of at most 3 km. The relation is symmetric. */
  within(device: DeviceEntry, radiusM: number): readonly number[]
}

interface Place {
  readonly index: number
  readonly xM: number
  readonly yM: number
}

export function createNearby(directory: Directory): Nearby {
  let placed = -1 // revision of the directory the table below was made from
  let table = new Map<string, Place[]>()
  let found = new Map<string, readonly number[]>()

  const placeOf = ({ index, document }: DeviceEntry): Place | null => {
    if (!document) return null
    const { latDeg, lonDeg } = document
    if (latDeg === null || lonDeg === null) return null // listed by a directory that knows no places
    const shrink = cos((Math.round(latDeg) * Math.PI) / 180) // the same for a whole city
    return { index, xM: lonDeg * METRES_PER_DEGREE * shrink, yM: latDeg * METRES_PER_DEGREE }
  }
  const cellOf = (kind: number, xM: number, yM: number): string =>
    `${kind} ${Math.floor(xM / CELL_M)} ${Math.floor(yM / CELL_M)}`
  const refresh = (): void => {
    if (directory.revision === placed) return
    placed = directory.revision
    table = new Map()
    found = new Map()
    for (let i = 0; i < directory.size; i++) {
      const entry = directory.at(i)!
      const place = placeOf(entry)
      if (!place) continue
      const cell = cellOf(entry.registration?.kind ?? -1, place.xM, place.yM)
      const list = table.get(cell)
      if (list) list.push(place)
      else table.set(cell, [place])
    }
  }

  return {
    within(device, radiusM) {
      refresh()
      const key = `${device.index} ${radiusM}`
      const known = found.get(key)
      if (known) return known
      const here = placeOf(device)
      const around: number[] = []
      for (let dx = -1; here && dx <= 1; dx++) {
        for (let dy = -1; dy <= 1; dy++) {
          const cell = cellOf(device.registration?.kind ?? -1, here.xM + dx * CELL_M, here.yM + dy * CELL_M)
          for (const { index, xM, yM } of table.get(cell) ?? []) {
            const apart = (xM - here.xM) ** 2 + (yM - here.yM) ** 2
            if (index !== device.index && apart <= radiusM * radiusM) around.push(index)
          }
        }
      }
      found.set(key, around)
      return around
    },
  }
}
