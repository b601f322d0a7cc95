import type { Fleet } from './fleet.ts'
import type { LorawanAir, LorawanInput } from './input.ts'
import { FACTORS } from './isolation.ts'
import type { LOSSES } from './packets.ts'
import { type Saturation, saturationsOf } from './saturation.ts'
import type { Tally } from './tally.ts'

export interface LorawanGateway {
  readonly id: string
  readonly decoded: number
  readonly crowded: number // heard with all demodulators busy
  readonly collided: number
  readonly peakBusy: number
  readonly airtime: number // heard time on air in Erlang: mean number of packets at once
  readonly busiestChannel: number // share of the time its busiest channel is in use, overlaps counted twice
}

export interface LorawanResult {
  readonly region: string
  readonly devices: number
  readonly sent: number
  readonly delivered: number
  readonly deliveryRatio: number // NaN when nothing was sent
  readonly deliveryP10: number // of devices that sent; P10 is the worst tenth
  readonly deliveryP50: number
  readonly deliveryP90: number
  readonly perDevice: Float32Array // [devices] delivery ratio; NaN when it sent nothing
  readonly dataRate: Int8Array // [devices] settled
  readonly eirpDbm: Float32Array // [devices] settled
  readonly heldBack: number // times the duty cycle made a device wait
  readonly losses: Readonly<Record<(typeof LOSSES)[number], number>>
  readonly gateways: readonly LorawanGateway[]
  readonly saturations: readonly Saturation[] // soonest first
}

const sum = (column: Iterable<number>): number => {
  let total = 0
  for (const x of column) total += x
  return total
}

/** Value below which a share of a sorted column lies; NaN when it is empty. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted.length === 0 ? NaN : sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]

/** Figures of a run from its counts. */
export function summarise(input: LorawanInput, air: LorawanAir, fleet: Fleet, tally: Tally): LorawanResult {
  const { count } = input.devices
  const channels = air.channelsHz.length
  const perDevice = Float32Array.from({ length: count }, (_, i) => tally.delivered[i] / tally.sent[i])
  const sorted = Float64Array.from(perDevice)
    .filter((ratio) => !Number.isNaN(ratio))
    .sort()
  const sent = sum(tally.sent)
  const delivered = sum(tally.delivered)
  const gateways = input.gateways.map((id, g): LorawanGateway => {
    let airtime = 0
    let busiestChannel = 0
    for (let c = 0; c < channels; c++) {
      const from = (g * channels + c) * FACTORS
      const share = sum(tally.airS.subarray(from, from + FACTORS)) / input.durationS
      airtime += share
      busiestChannel = Math.max(busiestChannel, share)
    }
    const { decoded, crowded, collided, peakBusy } = tally
    return {
      id,
      decoded: decoded[g],
      crowded: crowded[g],
      collided: collided[g],
      peakBusy: peakBusy[g],
      airtime,
      busiestChannel,
    }
  })
  return {
    region: air.region.id,
    devices: count,
    sent,
    delivered,
    deliveryRatio: delivered / sent,
    deliveryP10: quantile(sorted, 0.1),
    deliveryP50: quantile(sorted, 0.5),
    deliveryP90: quantile(sorted, 0.9),
    perDevice,
    dataRate: fleet.dataRate,
    eirpDbm: fleet.eirpDbm,
    heldBack: sum(tally.heldBack),
    losses: { 'too weak': tally.lost[0], 'no demodulator': tally.lost[1], collision: tally.lost[2] },
    gateways,
    saturations: saturationsOf(input, air, fleet),
  }
}
