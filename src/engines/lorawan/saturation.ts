import { erlangB } from '../../base/math/erlang.ts'
import { alohaLoadAtLoss } from './aloha.ts'
import type { Fleet } from './fleet.ts'
import type { LorawanAir, LorawanInput } from './input.ts'
import { FACTORS } from './isolation.ts'

/** A limit a growing fleet runs into. */
export interface Saturation {
  readonly limit: 'collisions' | 'demodulators' | 'duty cycle'
  readonly gateway: string // '' for the duty cycle, which binds each device
  readonly spreadingFactor: number // 0 when it concerns all
  readonly load: number // today: packets at once
  readonly factor: number // times as many devices until a tenth is lost; for the duty cycle, as many packets a device
}

/** A limit counts as reached when this share of packets is lost to it. */
export const SATURATED = 0.1

/** Load at which Erlang's formula loses a tenth, by halving. */
function demodulatorLoad(servers: number): number {
  let [low, high] = [0, 2 * servers + 2]
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (erlangB(middle, servers) > SATURATED) high = middle
    else low = middle
  }
  return low
}

/**
 * What saturates first as devices grow in number where they are, in closed form: collisions of a spreading factor at a
 * gateway by pure ALOHA (capture only helps), demodulators by Erlang B, and the duty cycle of the busiest device.
 *
 * Returns  limits with a load, soonest first; equal ones in the order of gateways
 * Cost     O(links)
 */
export function saturationsOf(input: LorawanInput, air: LorawanAir, fleet: Fleet): Saturation[] {
  const { devices, gateways, demodulators } = input
  const { count, periodS, linkStart, linkGateway } = devices
  const load = new Float64Array(gateways.length * FACTORS)
  const bands = [...new Set(air.channelBand)]
  const allowed = bands.reduce((total, band) => total + air.region.subBands[band].dutyCycle, 0)
  let busiest = 0
  for (let i = 0; i < count; i++) {
    const erlang = fleet.airS[i] / periodS[i]
    busiest = Math.max(busiest, erlang)
    for (let k = linkStart[i]; k < linkStart[i + 1]; k++) {
      if (fleet.linkMw[k] > 0) load[linkGateway[k] * FACTORS + fleet.factor[i]] += erlang
    }
  }
  const collisionLoad = alohaLoadAtLoss(SATURATED) * air.channelsHz.length
  const demodLoad = demodulatorLoad(demodulators)
  const found: Saturation[] = []
  for (const [g, gateway] of gateways.entries()) {
    let all = 0
    for (let factor = 0; factor < FACTORS; factor++) {
      const here = load[g * FACTORS + factor]
      all += here
      if (here > 0)
        found.push({
          limit: 'collisions',
          gateway,
          spreadingFactor: factor + 7,
          load: here,
          factor: collisionLoad / here,
        })
    }
    if (all > 0) found.push({ limit: 'demodulators', gateway, spreadingFactor: 0, load: all, factor: demodLoad / all })
  }
  if (busiest > 0 && allowed < 1) {
    found.push({ limit: 'duty cycle', gateway: '', spreadingFactor: 0, load: busiest, factor: allowed / busiest })
  }
  return found.sort((a, b) => a.factor - b.factor)
}
