import { exp } from '../../../src/base/math/exp.ts'
import { HOUR_MS, localTime } from './calendar.ts'
import { hashNormal, hashUnit } from './noise.ts'
import { type Readout, reading } from './reading.ts'

export type ChargerClass = 'ac' | 'dc'

export interface ChargerSite {
  readonly kind: ChargerClass
  readonly connectors: number
  readonly busyness: number // chance that a connector is asked for in the busiest hours
}

/** A session on one connector, from plug to unplug. */
export interface Session {
  readonly startMs: number
  readonly endMs: number
  readonly powerW: number // until the knee
  readonly capacityWh: number
  readonly startCharge: number // 0 .. 1
}

const KNEE = 0.8 // state of charge at which constant power ends; acnportal's Linear2Stage (BSD-3) uses the same
const FULL_SHARE = 0.03 // of the starting power: below it the car calls itself full

// what the car takes, W; assumptions, typical of on-board chargers and of mid-power DC
const AC_W = [3_700, 7_400, 11_000, 22_000] as const
const DC_W = [40_000, 60_000, 90_000, 120_000] as const

/** Chance of an arrival by the hour, relative to the busiest. Assumption: two waves, after work and before lunch; quiet at night. */
const ARRIVALS = [
  0.12, 0.08, 0.06, 0.05, 0.06, 0.12, 0.25, 0.5, 0.75, 0.8, 0.78, 0.75, 0.8, 0.78, 0.7, 0.7, 0.78, 0.92, 1, 0.95, 0.8,
  0.58, 0.38, 0.22,
] as const

/** Power a session draws at a moment, W: constant, then falling exponentially from the knee on, as a linear taper over charge does. */
export function sessionPowerW(session: Session, timeMs: number): number {
  if (timeMs < session.startMs || timeMs >= session.endMs) return 0
  const hours = (timeMs - session.startMs) / HOUR_MS
  const kneeHours = (Math.max(0, KNEE - session.startCharge) * session.capacityWh) / session.powerW
  if (hours <= kneeHours) return session.powerW
  const share = exp((-(hours - kneeHours) * session.powerW) / ((1 - KNEE) * session.capacityWh))
  return share < FULL_SHARE ? 0 : session.powerW * share
}

/** The session of a connector in one of its time windows, or null. A window holds at most one, so none overlap. */
export function sessionIn(
  site: ChargerSite,
  seed: number,
  connector: number,
  window: number,
  utcOffsetH: number,
): Session | null {
  const windowMs = windowOf(site.kind)
  const key = window * 16 + connector
  const { hour, dayType } = localTime((window + 0.25) * windowMs, utcOffsetH)
  const weekend = dayType === 0 ? 1 : 0.8
  if (hashUnit(seed, 41, key) >= site.busyness * weekend * ARRIVALS[Math.floor(hour)]!) return null
  const startMs = window * windowMs + Math.floor(0.4 * windowMs * hashUnit(seed, 42, key))
  const classes = site.kind === 'ac' ? AC_W : DC_W
  const stayMs = windowMs * 0.55 * exp(0.35 * hashNormal(seed, 43, key))
  return {
    startMs,
    endMs: Math.min((window + 1) * windowMs, startMs + Math.floor(Math.max(0.15 * windowMs, stayMs))),
    powerW: classes[Math.floor(classes.length * hashUnit(seed, 44, key))]!,
    capacityWh: 40_000 + 45_000 * hashUnit(seed, 45, key),
    startCharge: 0.15 + 0.6 * hashUnit(seed, 46, key),
  }
}

/** How long a connector is given to one car: an afternoon at a slow one, a meal at a fast one. */
export const windowOf = (kind: ChargerClass): number => (kind === 'ac' ? 4 : 1) * HOUR_MS

/**
 * A public charging place: sessions in progress and the power they draw together.
 *
 * Source   charge curve: acnportal Linear2Stage, in continuous time; energy a session near the 14.7 kWh mean of ACN-Data.
 */
export function createEvCharger(site: ChargerSite, seed: number, utcOffsetH: number): Readout {
  return (timeMs) => {
    const window = Math.floor(timeMs / windowOf(site.kind))
    let powerW = 0
    let sessions = 0
    for (let connector = 0; connector < site.connectors; connector++) {
      const session = sessionIn(site, seed, connector, window, utcOffsetH)
      if (!session || timeMs < session.startMs || timeMs >= session.endMs) continue
      sessions++
      powerW += sessionPowerW(session, timeMs)
    }
    return [reading(5, powerW), reading(6, sessions)]
  }
}
