import { TwinError } from '../../base/errors.ts'

/** One stretch of backhaul between two nodes. */
export interface BackhaulLink {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly capacityBps: number // each way; of both ways together when shared
  readonly delayS: number // propagation and forwarding, without queueing
  readonly channels: number // packets sent at once, each at capacity / channels
  readonly shared: boolean // both ways share one medium, as half-duplex radio does
}

export interface BackhaulFlow {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly demandBps: readonly number[] // by hour; one number means the same all day
  readonly weight: number // of its share where links are short
}

/** Circuits for calls, dimensioned by Erlang. */
export interface Trunk {
  readonly id: string
  readonly offeredErlang: number
  readonly circuits: number
}

export interface BackhaulInput {
  readonly links: readonly BackhaulLink[]
  readonly flows: readonly BackhaulFlow[]
  readonly trunks: readonly Trunk[]
  readonly packetBits: number // mean
  readonly packetCv2: number // squared coefficient of variation of packet lengths: 0 all alike, 1 exponential
}

const MAX_LINKS = 100_000

function refuse(message: string, details: Record<string, string | number> = {}): never {
  throw new TwinError('NETWORK_INVALID', message, details)
}

function unique(what: string, ids: readonly { readonly id: string }[]): void {
  const seen = new Set<string>()
  for (const { id } of ids) {
    if (seen.has(id)) refuse(`Two ${what} have the id "${id}", expected different ones.`, { id })
    seen.add(id)
  }
}

/**
 * Checks an input as a whole.
 *
 * Returns  the number of hours that demands are given for, 1 or more
 * Throws   NETWORK_INVALID, naming the element, what was got and what is expected
 */
export function checkBackhaul({ links, flows, trunks, packetBits, packetCv2 }: BackhaulInput): number {
  if (links.length === 0) refuse('There is no link, expected one or more.')
  if (links.length > MAX_LINKS) refuse(`There are ${links.length} links, expected at most ${MAX_LINKS}.`)
  unique('links', links)
  unique('flows', flows)
  unique('trunks', trunks)
  if (!(packetBits > 0 && packetBits <= 1e9)) refuse(`Packets have ${packetBits} bits, expected above 0 to 1e9.`)
  if (!(packetCv2 >= 0 && packetCv2 <= 10)) refuse(`The variation of packets is ${packetCv2}, expected 0 to 10.`)
  const nodes = new Set<string>()
  for (const { id, from, to, capacityBps, delayS, channels } of links) {
    if (from === to) refuse(`Link ${id} leads from "${from}" to itself.`, { id })
    if (!(capacityBps > 0 && capacityBps <= 1e15))
      refuse(`Link ${id} has a capacity of ${capacityBps} bit/s, expected above 0 to 1e15.`, { id })
    if (!(delayS >= 0 && delayS <= 10)) refuse(`Link ${id} has a delay of ${delayS} s, expected 0 to 10 s.`, { id })
    if (!(Number.isInteger(channels) && channels >= 1 && channels <= 1024))
      refuse(`Link ${id} has ${channels} channels, expected a whole number from 1 to 1024.`, { id })
    nodes.add(from).add(to)
  }
  const hours = Math.max(1, ...flows.map(({ demandBps }) => demandBps.length))
  for (const { id, from, to, demandBps, weight } of flows) {
    if (from === to) refuse(`Flow ${id} leads from "${from}" to itself.`, { id })
    for (const node of [from, to])
      if (!nodes.has(node)) refuse(`Flow ${id} names the node "${node}", which no link reaches.`, { id })
    if (!(weight > 0 && weight < Infinity)) refuse(`Flow ${id} has the weight ${weight}, expected above 0.`, { id })
    if (demandBps.length !== 1 && demandBps.length !== hours)
      refuse(`Flow ${id} has ${demandBps.length} demands, expected 1 or ${hours}.`, { id })
    for (const demand of demandBps)
      if (!(demand >= 0 && demand <= 1e15)) refuse(`Flow ${id} demands ${demand} bit/s, expected 0 to 1e15.`, { id })
  }
  for (const { id, offeredErlang, circuits } of trunks) {
    if (!(offeredErlang >= 0 && offeredErlang <= 1e6))
      refuse(`Trunk ${id} is offered ${offeredErlang} E, expected 0 to 1e6.`, { id })
    if (!(Number.isInteger(circuits) && circuits >= 1 && circuits <= 1e6))
      refuse(`Trunk ${id} has ${circuits} circuits, expected a whole number from 1 to 1e6.`, { id })
  }
  return hours
}
