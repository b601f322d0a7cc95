import { createKeyHeap } from '../../base/keyHeap.ts'
import { log } from '../../base/math/log.ts'
import { createRandom, type Random } from '../../base/random.ts'
import type { Steps } from '../../base/steps.ts'
import { createCalendar } from './calendar.ts'
import { createDuty } from './duty.ts'
import { type Fleet, settleFleet } from './fleet.ts'
import { checkLorawan, type LorawanAir, type LorawanInput, PERIOD_JITTER } from './input.ts'
import { FACTORS, isolationOf, survives } from './isolation.ts'
import { CROWDED, createMeeting, createPool, disturb, LOCKED, takeSlot, UNHEARD } from './packets.ts'
import { type LorawanResult, summarise } from './summary.ts'
import { createTally, type Tally } from './tally.ts'

/** Progress is told this often. */
const TELLS = 200

/** Time to the next uplink of a device. */
function gapS(periodS: number, traffic: LorawanInput['traffic'], random: Random): number {
  if (traffic === 'poisson') return -periodS * log(1 - random.next())
  return periodS * (1 + PERIOD_JITTER * (2 * random.next() - 1))
}

/**
 * Uplinks of a fleet, event by event: channel by chance among those the duty cycle leaves, collisions by energy over each
 * spreading factor, as many packets at once as a gateway has demodulators. Downlinks and retransmissions are not modelled.
 *
 * Shapes   n devices, links from each to the gateways in its reach, struct of arrays
 * Throws   NETWORK_INVALID as {@link checkLorawan} and {@link settleFleet}
 * Cost     O(packets x (packets on the channel x links + log packets on the air))
 * Source   interference after ns-3 lorawan, model/lora-interference-helper.cc; demodulators: Semtech SX1301, 8 paths
 */
export function* simulateLorawan(input: LorawanInput): Steps<LorawanResult> {
  const air = checkLorawan(input)
  const fleet = settleFleet(input, air)
  const tally = createTally(input.devices.count, input.gateways.length, air.channelsHz.length)
  const run = createUplinks(input, air, fleet, tally)
  for (let k = 1; k <= TELLS; k++) {
    run(k < TELLS ? (input.durationS * k) / TELLS : Infinity)
    yield k / TELLS
  }
  return summarise(input, air, fleet, tally)
}

/** The run of all uplinks; each call goes on until a time is reached, the last to the end of what is on the air. */
function createUplinks(input: LorawanInput, air: LorawanAir, fleet: Fleet, tally: Tally): (untilS: number) => void {
  const { devices, durationS, traffic, demodulators } = input
  const { count, periodS, linkStart, linkGateway } = devices
  const { airS, factor, linkMw } = fleet
  const channels = air.channelsHz.length
  const random = createRandom(`lorawan/${input.seed}`)
  const duty = createDuty(air, count)
  const need = isolationOf(input.collisions)
  const busy = new Int32Array(input.gateways.length)
  const onAir: number[][] = Array.from({ length: channels }, () => [])
  let links = 0
  let expected = 0
  for (let i = 0; i < count; i++) {
    links = Math.max(links, linkStart[i + 1] - linkStart[i])
    expected += durationS / periodS[i]
  }
  const pool = createPool(links)
  const meeting = createMeeting(input.gateways.length)
  const ends = createKeyHeap()
  const calendar = createCalendar(count, durationS, expected)
  for (let i = 0; i < count; i++) {
    calendar.add(i, traffic === 'poisson' ? gapS(periodS[i], traffic, random) : periodS[i] * random.next())
  }

  /** Judges a packet that has ended, at each of its gateways. */
  const finish = (slot: number): void => {
    const list = onAir[pool.channel[slot]]
    const last = list.pop()!
    if (last !== slot) {
      list[pool.place[slot]] = last
      pool.place[last] = pool.place[slot]
    }
    const factor = pool.factor[slot]
    const lengthS = pool.endS[slot] - pool.startS[slot]
    const from = slot * pool.links
    const to = from + pool.width[slot]
    let why = 0
    let decoded = false
    for (let at = from; at < to; at++) {
      const gateway = pool.gateway[at]
      const fate = pool.fate[at]
      if (fate === UNHEARD) continue
      why = Math.max(why, fate === CROWDED ? 1 : 2)
      if (fate === CROWDED) {
        tally.crowded[gateway]++
        continue
      }
      busy[gateway]--
      if (survives(need, factor, pool.mw[at] * lengthS, pool.energy, at * FACTORS)) {
        decoded = true
        tally.decoded[gateway]++
      } else tally.collided[gateway]++
    }
    if (decoded) tally.delivered[pool.device[slot]]++
    else tally.lost[why]++
    pool.free.push(slot)
  }

  /** Sends what a device has to send, or has it wait when the law holds it back. */
  const send = (device: number, t: number): void => {
    const channel = duty.choose(device, t, random.next())
    if (channel < 0) {
      tally.heldBack[device]++
      calendar.add(device, duty.soonest(device))
      return
    }
    const slot = takeSlot(pool)
    const length = airS[device]
    const sf = factor[device]
    const first = linkStart[device]
    const width = linkStart[device + 1] - first
    const base = slot * pool.links
    pool.device[slot] = device
    pool.channel[slot] = channel
    pool.factor[slot] = sf
    pool.width[slot] = width
    pool.startS[slot] = t
    pool.endS[slot] = t + length
    for (let k = 0; k < width; k++) {
      const gateway = linkGateway[first + k]
      pool.gateway[base + k] = gateway
      const mw = linkMw[first + k]
      pool.mw[base + k] = Math.abs(mw)
      if (mw < 0) {
        pool.fate[base + k] = UNHEARD
        continue
      }
      tally.airS[(gateway * channels + channel) * FACTORS + sf] += length
      if (busy[gateway] < demodulators) {
        busy[gateway]++
        pool.fate[base + k] = LOCKED
        tally.peakBusy[gateway] = Math.max(tally.peakBusy[gateway], busy[gateway])
      } else pool.fate[base + k] = CROWDED
    }
    const list = onAir[channel]
    disturb(pool, slot, list, meeting)
    pool.place[slot] = list.length
    list.push(slot)
    ends.add(slot, t + length)
    tally.sent[device]++
    duty.send(device, channel, t, length)
    calendar.add(device, t + Math.max(length, gapS(periodS[device], traffic, random)))
  }

  let t = 0
  return (untilS) => {
    while (t < untilS) {
      const device = calendar.next()
      t = device < 0 ? Infinity : calendar.timeS[device]
      while (ends.size() > 0 && ends.leastKey() <= t) finish(ends.take())
      if (device >= 0) send(device, t)
    }
  }
}
