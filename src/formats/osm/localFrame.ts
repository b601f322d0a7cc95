import { createEnu } from '../../geo/enu.ts'
import type { Region, Ring } from '../../geo/polygon/ring.ts'
import { withoutRepeats } from '../../geo/polygon/ring.ts'
import type { Lattice } from './feature.ts'

/**
 * Steps per metre. Places are kept to 1/128 m (8 mm): finer than the sources' own grids of 6 to 11 mm can tell apart,
 * exact as 32-bit floats out to 131 km, and shared corners of neighbours stay one and the same number.
 */
export const STEPS_PER_M = 128

/** How far from the origin a flat frame is of use; features beyond are left out. */
export const REACH_M = 100_000

/** Turns lattice coordinates into whole steps east and north of the origin. */
export interface LocalFrame {
  toSteps(ring: Ring): Ring
  regionToSteps(region: Region): Region | null
}

export function createLocalFrame(lattice: Lattice, originLatDeg: number, originLonDeg: number): LocalFrame {
  const enu = createEnu(originLatDeg, originLonDeg)
  const out = new Float64Array(2)
  const toSteps = (ring: Ring): Ring => {
    const steps = new Float64Array(ring.length)
    for (let i = 0; i < ring.length; i += 2) {
      lattice.toGeo(ring[i]!, ring[i + 1]!, out)
      enu.toLocal(out[0]!, out[1]!, out)
      steps[i] = Math.round(out[0]! * STEPS_PER_M)
      steps[i + 1] = Math.round(out[1]! * STEPS_PER_M)
    }
    return steps
  }
  return {
    toSteps,
    regionToSteps({ outer, holes }) {
      const ring = withoutRepeats(toSteps(outer))
      if (ring.length < 6) return null
      return { outer: ring, holes: holes.map((hole) => withoutRepeats(toSteps(hole))).filter((h) => h.length >= 6) }
    },
  }
}
