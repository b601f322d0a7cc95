import { createRandom } from '../../src/base/random.ts'
import { ADR, type LorawanInput } from '../../src/engines/lorawan/input.ts'

export interface FleetOptions {
  readonly devices: number
  readonly periodS?: number
  readonly payloadBytes?: number
  readonly dataRate?: number // ADR when absent
  readonly gateways?: number
  /** Loss from a device to a gateway in dB; undefined when it is out of reach. */
  readonly lossDb?: (device: number, gateway: number) => number | undefined
}

/** A fleet near its gateways: 100 dB to each unless told otherwise. */
export function aFleet(options: FleetOptions, more: Partial<LorawanInput> = {}): LorawanInput {
  const { devices: count, gateways = 1, lossDb = () => 100 } = options
  const linkStart = new Uint32Array(count + 1)
  const [reached, losses]: [number[], number[]] = [[], []]
  for (let i = 0; i < count; i++) {
    for (let g = 0; g < gateways; g++) {
      const loss = lossDb(i, g)
      if (loss === undefined) continue
      reached.push(g)
      losses.push(loss)
    }
    linkStart[i + 1] = reached.length
  }
  return {
    region: 'EU868',
    gateways: Array.from({ length: gateways }, (_, g) => `g${g}`),
    demodulators: 8,
    devices: {
      count,
      periodS: new Float64Array(count).fill(options.periodS ?? 900),
      payloadBytes: new Uint8Array(count).fill(options.payloadBytes ?? 20),
      dataRate: new Int8Array(count).fill(options.dataRate ?? ADR),
      linkStart,
      linkGateway: Uint16Array.from(reached),
      linkLossDb: Float32Array.from(losses),
    },
    eirpDbm: 14,
    traffic: 'poisson',
    collisions: 'capture',
    durationS: 3600,
    seed: 1,
    ...more,
  }
}

/** Devices over a square town with gateways in it: log-distance loss of the ns-3 fit with 7 dB of shadowing. */
export function aTownFleet(devices: number, gateways: number, more: Partial<LorawanInput> = {}, sizeM = 4000) {
  const random = createRandom(`town ${devices} ${gateways}`)
  const [dx, dy, gx, gy] = [devices, devices, gateways, gateways].map((n) =>
    Float64Array.from({ length: n }, () => sizeM * random.next()),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array]
  return aFleet(
    {
      devices,
      gateways,
      lossDb: (i, g) => {
        const d = Math.max(20, Math.hypot(dx[i]! - gx[g]!, dy[i]! - gy[g]!))
        const loss = 7.7 + 37.6 * Math.log10(d) + 7 * random.normal()
        return loss < 152 ? loss : undefined
      },
    },
    more,
  )
}
