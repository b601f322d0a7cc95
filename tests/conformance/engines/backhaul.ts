import { aBackhaul, aFlow, aLink } from '../../support/backhaul.ts'

const links = [aLink('ab', 'a', 'b'), aLink('bc', 'b', 'c'), aLink('ac', 'a', 'c', { delayS: 0.01 })]
const flows = [aFlow('x', 'a', 'c', 4e6, 9e6), aFlow('y', 'b', 'c', 8e6)]
const trunks = [{ id: 't', offeredErlang: 20, circuits: 30 }]

export const sample = () => aBackhaul(links, flows, { trunks })

export const broken = [
  { title: 'no link', input: () => aBackhaul([], []) },
  { title: 'two links of one id', input: () => aBackhaul([...links, links[0]!], flows) },
  { title: 'a link to itself', input: () => aBackhaul([aLink('aa', 'a', 'a')], []) },
  { title: 'a link of no capacity', input: () => aBackhaul([aLink('ab', 'a', 'b', { capacityBps: 0 })], []) },
  { title: 'a delay that is no number', input: () => aBackhaul([aLink('ab', 'a', 'b', { delayS: NaN })], []) },
  { title: 'half a channel', input: () => aBackhaul([aLink('ab', 'a', 'b', { channels: 0.5 })], []) },
  { title: 'a flow from nowhere', input: () => aBackhaul(links, [aFlow('x', 'z', 'a', 1)]) },
  { title: 'a flow to itself', input: () => aBackhaul(links, [aFlow('x', 'a', 'a', 1)]) },
  { title: 'a negative demand', input: () => aBackhaul(links, [aFlow('x', 'a', 'b', -1)]) },
  {
    title: 'hours that do not fit',
    input: () => aBackhaul(links, [aFlow('x', 'a', 'b', 1, 2), aFlow('y', 'a', 'b', 1, 2, 3)]),
  },
  { title: 'a weight of 0', input: () => aBackhaul(links, [{ ...flows[0]!, weight: 0 }]) },
  { title: 'packets of no length', input: () => aBackhaul(links, flows, { packetBits: 0 }) },
  { title: 'packets of no measure', input: () => aBackhaul(links, flows, { packetCv2: -1 }) },
  {
    title: 'a trunk of no circuits',
    input: () => aBackhaul(links, flows, { trunks: [{ ...trunks[0]!, circuits: 0 }] }),
  },
]
