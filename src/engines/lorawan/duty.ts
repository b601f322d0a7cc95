import type { LorawanAir } from './input.ts'

/** When each device may send again in each sub-band: after T seconds on air it keeps silent T / duty - T. */
export interface Duty {
  /** A channel at random among those whose sub-band is free for the device; -1 when none is. */
  choose(device: number, t: number, chance: number): number
  /** When the first sub-band is free again. */
  soonest(device: number): number
  send(device: number, channel: number, startS: number, airS: number): void
}

/** Creates the record of a fleet that has sent nothing yet. */
export function createDuty({ region, channelBand }: LorawanAir, devices: number): Duty {
  const used = [...new Set(channelBand)].sort((a, b) => a - b)
  const bands = used.length
  const channels = used.map((band) => Int32Array.from([...channelBand.keys()].filter((c) => channelBand[c] === band)))
  const bandOf = Int32Array.from(channelBand, (band) => used.indexOf(band))
  const dutyOf = Float64Array.from(used, (band) => region.subBands[band].dutyCycle)
  const freeS = new Float64Array(devices * bands)
  return {
    choose(device, t, chance) {
      const at = device * bands
      let open = 0
      for (let b = 0; b < bands; b++) if (freeS[at + b] <= t) open += channels[b].length
      if (open === 0) return -1
      let left = Math.min(Math.floor(chance * open), open - 1)
      for (let b = 0; b < bands; b++) {
        if (freeS[at + b] > t) continue
        if (left < channels[b].length) return channels[b][left]
        left -= channels[b].length
      }
      return -1
    },
    soonest(device) {
      let soonest = Infinity
      for (let b = 0; b < bands; b++) soonest = Math.min(soonest, freeS[device * bands + b])
      return soonest
    },
    send(device, channel, startS, airS) {
      const b = bandOf[channel]
      freeS[device * bands + b] = startS + airS / dutyOf[b]
    },
  }
}
