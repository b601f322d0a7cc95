import { FACTORS } from './isolation.ts'

/** Why a packet did not arrive, in the order a gateway meets the reasons. */
export const LOSSES = ['too weak', 'no demodulator', 'collision'] as const

/** Fate of a packet at one gateway. */
export const UNHEARD = 0
export const LOCKED = 1
export const CROWDED = 2

/**
 * Packets on the air, and what each of their gateways receives meanwhile. A packet carries a copy of its device's links, so
 * that what is read again and again lies close together. Slots are reused; the pool grows.
 */
export interface PacketPool {
  device: Int32Array // [slots]
  channel: Int32Array
  factor: Int32Array
  width: Int32Array // links of its device
  startS: Float64Array
  endS: Float64Array
  place: Int32Array // index within its channel's list
  gateway: Int32Array // [slots, links] rising
  mw: Float64Array // [slots, links] received power
  fate: Uint8Array // [slots, links]
  energy: Float64Array // [slots, links, FACTORS] interfering energy in mW s
  readonly links: number // most links of a device
  readonly free: number[]
  used: number
}

export const createPool = (links: number): PacketPool => ({
  device: new Int32Array(0),
  channel: new Int32Array(0),
  factor: new Int32Array(0),
  width: new Int32Array(0),
  startS: new Float64Array(0),
  endS: new Float64Array(0),
  place: new Int32Array(0),
  gateway: new Int32Array(0),
  mw: new Float64Array(0),
  fate: new Uint8Array(0),
  energy: new Float64Array(0),
  links: Math.max(1, links),
  free: [],
  used: 0,
})

const widened = <T extends Int32Array | Float64Array | Uint8Array>(column: T, wider: T): T => {
  wider.set(column)
  return wider
}

/** A free slot; doubles the pool when there is none. */
export function takeSlot(pool: PacketPool): number {
  const slot = pool.free.pop()
  if (slot !== undefined) return slot
  const n = pool.device.length
  if (pool.used === n) {
    const m = Math.max(64, 2 * n)
    pool.device = widened(pool.device, new Int32Array(m))
    pool.channel = widened(pool.channel, new Int32Array(m))
    pool.factor = widened(pool.factor, new Int32Array(m))
    pool.width = widened(pool.width, new Int32Array(m))
    pool.startS = widened(pool.startS, new Float64Array(m))
    pool.endS = widened(pool.endS, new Float64Array(m))
    pool.place = widened(pool.place, new Int32Array(m))
    pool.gateway = widened(pool.gateway, new Int32Array(m * pool.links))
    pool.mw = widened(pool.mw, new Float64Array(m * pool.links))
    pool.fate = widened(pool.fate, new Uint8Array(m * pool.links))
    pool.energy = widened(pool.energy, new Float64Array(m * pool.links * FACTORS))
  }
  return pool.used++
}

/** Scratch of {@link disturb}: one row a gateway, so that two packets meet without searching for gateways they share. */
export interface Meeting {
  readonly mw: Float64Array // [gateways] of the packet that begins; 0 where it is not received
  readonly harm: Float64Array // [gateways, FACTORS] what it suffers
}

export const createMeeting = (gateways: number): Meeting => ({
  mw: new Float64Array(gateways),
  harm: new Float64Array(gateways * FACTORS),
})

/**
 * Lets a packet that begins and those on the air on its channel disturb each other, at every gateway that receives both.
 * How long they overlap is known already, since both ends are.
 *
 * Writes   the interfering energy of all of them
 * Cost     O(links of all packets on the channel)
 */
export function disturb(pool: PacketPool, slot: number, onAir: readonly number[], { mw, harm }: Meeting): void {
  const { energy, gateway, links } = pool
  const power = pool.mw
  const startS = pool.startS[slot]
  const endS = pool.endS[slot]
  const factor = pool.factor[slot]
  const from = slot * links
  const to = from + pool.width[slot]
  for (let i = from; i < to; i++) {
    const g = gateway[i]
    mw[g] = power[i]
    for (let f = 0; f < FACTORS; f++) harm[g * FACTORS + f] = 0
  }
  for (let k = 0; k < onAir.length; k++) {
    const other = onAir[k]
    const overlapS = Math.min(endS, pool.endS[other]) - startS
    const ofOther = pool.factor[other]
    const end = other * links + pool.width[other]
    for (let j = other * links; j < end; j++) {
      const g = gateway[j]
      energy[j * FACTORS + factor] += mw[g] * overlapS
      harm[g * FACTORS + ofOther] += power[j] * overlapS
    }
  }
  for (let i = from; i < to; i++) {
    const g = gateway[i]
    mw[g] = 0
    for (let f = 0; f < FACTORS; f++) energy[i * FACTORS + f] = harm[g * FACTORS + f]
  }
}
