import { log } from '../../../src/base/math/log.ts'
import { createRandom } from '../../../src/base/random.ts'
import { DAY_MS, HOUR_MS } from './calendar.ts'
import { type Session, sessionPowerW } from './evCharger.ts'
import { type Readout, reading } from './reading.ts'

export interface SwapSite {
  readonly packs: number // charging slots, one pack each
  readonly arrivalsPerDay: number
}

/** One day of a station, replayed: when packs charged, when cars were there. */
export interface SwapDay {
  readonly charges: readonly Session[]
  readonly visits: readonly { readonly arriveMs: number; readonly leaveMs: number }[]
  readonly turnedAway: number
}

const OPEN_H = 4 // the station's day begins at four, with every pack charged
const LAST_SWAP_H = 22 // after that hour of operation the station only charges: service break before the next day
const SWAP_MS = 3 * 60_000 // 2 to 5 min are published for stations of this kind; facts: energy, section 4
const QUEUE = 4 // cars that will wait
const PACK_WH = 50_000 // assumption: a compact car's pack
const CHARGE_W = 40_000 // per slot, 0.8 C; assumption: twelve of them stay under a 500 kW connection
const CHARGER_EFFICIENCY = 0.98 // published for NIO's third generation

// of the busiest hour, from four in the morning; assumption: taxis change shift at noon and in the evening
const HOURLY = [
  0.2, 0.3, 0.5, 0.7, 0.85, 0.8, 0.75, 0.8, 0.95, 0.95, 0.85, 0.8, 0.85, 0.95, 1, 1, 0.9, 0.75, 0.6, 0.5, 0.35, 0.25, 0,
  0,
] as const
const HOURLY_SUM = HOURLY.reduce<number>((sum, share) => sum + share, 0)

/** Time from its state of charge until a pack's power has tapered away, ms. */
function chargeMs(startCharge: number): number {
  const kneeMs = (Math.max(0, 0.8 - startCharge) * PACK_WH * HOUR_MS) / CHARGE_W
  return Math.ceil(kneeMs + ((0.2 * PACK_WH) / CHARGE_W) * -log(0.03) * HOUR_MS)
}

/**
 * Replays one day: cars come at random by the hour, wait in a short queue for the bay and for a charged pack,
 * and leave an empty one that goes on charge. Starts full at four and is full again by the next four.
 *
 * Cost     O(arrivals · packs)
 */
export function replaySwapDay(site: SwapSite, seed: number, dayStartMs: number): SwapDay {
  const random = createRandom(`swap/${seed}/${dayStartMs}`)
  const readyMs = Array.from({ length: site.packs }, () => dayStartMs)
  const charges: Session[] = []
  const visits: { arriveMs: number; leaveMs: number }[] = []
  let bayFreeMs = dayStartMs
  let turnedAway = 0
  const busiestPerMs = site.arrivalsPerDay / HOURLY_SUM / HOUR_MS
  let arriveMs = dayStartMs
  for (;;) {
    arriveMs += Math.ceil(-log(1 - random.next()) / busiestPerMs)
    const hour = Math.floor((arriveMs - dayStartMs) / HOUR_MS)
    if (hour >= LAST_SWAP_H) break
    if (random.next() >= HOURLY[hour]!) continue // thinned to the hour's rate
    const leftCharge = 0.1 + 0.3 * random.next()
    if (visits.filter((visit) => visit.leaveMs > arriveMs).length > QUEUE) {
      turnedAway++
      continue
    }
    const pack = readyMs.indexOf(Math.min(...readyMs))
    const startMs = Math.max(arriveMs, bayFreeMs, readyMs[pack]!)
    if (startMs >= dayStartMs + LAST_SWAP_H * HOUR_MS) {
      turnedAway++
      continue
    }
    const leaveMs = startMs + SWAP_MS
    bayFreeMs = leaveMs
    visits.push({ arriveMs, leaveMs })
    readyMs[pack] = leaveMs + chargeMs(leftCharge)
    charges.push({
      startMs: leaveMs,
      endMs: readyMs[pack]!,
      powerW: CHARGE_W,
      capacityWh: PACK_WH,
      startCharge: leftCharge,
    })
  }
  return { charges, visits, turnedAway }
}

/** A battery-swap station: charging power at the grid, packs ready, cars there. The last two days replayed are kept. */
export function createSwapStation(site: SwapSite, seed: number, utcOffsetH: number): Readout {
  const kept = new Map<number, SwapDay>()
  const dayAt = (startMs: number): SwapDay => {
    const known = kept.get(startMs)
    if (known) return known
    if (kept.size >= 2) kept.clear()
    const day = replaySwapDay(site, seed, startMs)
    kept.set(startMs, day)
    return day
  }
  const shiftMs = (utcOffsetH - OPEN_H) * HOUR_MS
  return (timeMs) => {
    const { charges, visits } = dayAt(Math.floor((timeMs + shiftMs) / DAY_MS) * DAY_MS - shiftMs)
    let charging = 0
    let powerW = 0
    for (const charge of charges) {
      if (timeMs < charge.startMs || timeMs >= charge.endMs) continue
      charging++
      powerW += sessionPowerW(charge, timeMs) / CHARGER_EFFICIENCY
    }
    const inside = visits.filter((visit) => timeMs >= visit.arriveMs && timeMs < visit.leaveMs).length
    return [reading(5, powerW), reading(7, site.packs - charging), reading(6, inside)]
  }
}
