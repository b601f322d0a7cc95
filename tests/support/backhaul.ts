import type { BackhaulFlow, BackhaulInput, BackhaulLink } from '../../src/engines/backhaul/input.ts'

export const aLink = (id: string, from: string, to: string, more: Partial<BackhaulLink> = {}): BackhaulLink => ({
  id,
  from,
  to,
  capacityBps: 10e6,
  delayS: 0.001,
  channels: 1,
  shared: false,
  ...more,
})

export const aFlow = (id: string, from: string, to: string, ...demandBps: number[]): BackhaulFlow => ({
  id,
  from,
  to,
  demandBps,
  weight: 1,
})

export const aBackhaul = (
  links: readonly BackhaulLink[],
  flows: readonly BackhaulFlow[],
  more: Partial<BackhaulInput> = {},
): BackhaulInput => ({ links, flows, trunks: [], packetBits: 8000, packetCv2: 1, ...more })
