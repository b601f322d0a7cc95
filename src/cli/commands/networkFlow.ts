import { z } from 'zod'
import { finish } from '../../base/steps.ts'
import { backhaul } from '../../engines/backhaul/index.ts'
import type { BackhaulInput } from '../../engines/backhaul/input.ts'
import { sayBackhaul } from '../../engines/backhaul/sentence.ts'
import { defineCommand } from '../command.ts'
import { jsonText, onlyPositional } from '../options.ts'
import { readJson, shaped } from '../readJson.ts'
import { tellTenths } from '../tenths.ts'

const link = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  capacityMbps: z.number(),
  delayMs: z.number().default(0),
  channels: z.number().default(1),
  shared: z.boolean().default(false),
})
const flow = z.strictObject({
  id: z.string(),
  from: z.string(),
  to: z.string(),
  demandMbps: z.union([z.number(), z.array(z.number()).min(1)]),
  weight: z.number().default(1),
})
const trunk = z.strictObject({ id: z.string(), offeredErlang: z.number(), circuits: z.number() })
const file = z.strictObject({
  format: z.literal('veracity-backhaul'),
  version: z.literal(1),
  packetBytes: z.number().default(700),
  packetCv2: z.number().default(1),
  links: z.array(link),
  flows: z.array(flow),
  trunks: z.array(trunk).default([]),
})

function readBackhaul(path: string): BackhaulInput {
  const { links, flows, trunks, packetBytes, packetCv2 } = shaped(file, readJson(path), path)
  return {
    links: links.map(({ capacityMbps, delayMs, ...rest }) => ({
      ...rest,
      capacityBps: capacityMbps * 1e6,
      delayS: delayMs / 1000,
    })),
    flows: flows.map(({ demandMbps, ...rest }) => ({
      ...rest,
      demandBps: (typeof demandMbps === 'number' ? [demandMbps] : demandMbps).map((mbps) => mbps * 1e6),
    })),
    trunks,
    packetBits: 8 * packetBytes,
    packetCv2,
  }
}

const mbps = (bps: number): string => `${(bps / 1e6).toFixed(3)} Mbit/s`
const ms = (s: number): string => (Number.isFinite(s) ? `${(1000 * s).toFixed(3)} ms` : 'without end')

export const networkFlow = defineCommand({
  name: 'network flow',
  usage: 'FILE',
  summary: 'backhaul: fair rates, utilisation, delay, failures',
  help: [
    'FILE is {"format":"veracity-backhaul","version":1,"packetBytes":700,"packetCv2":1,',
    '  "links":[{"id","from","to","capacityMbps","delayMs":0,"channels":1,"shared":false}],',
    '  "flows":[{"id","from","to","demandMbps":number or 24 numbers,"weight":1}],',
    '  "trunks":[{"id","offeredErlang","circuits"}]}; members with a value may be left out.',
    'Rates are max-min fair, routes those of least delay, queues M/G/1 or M/M/c, calls Erlang B and C.',
    'The exit code is 1 when demand is not all carried. A delay without end is null.',
  ].join('\n'),
  async run(args, io) {
    const result = finish(backhaul.run(readBackhaul(onlyPositional(args, 'a file of links and flows'))), tellTenths(io))
    const sentence = sayBackhaul(result)
    if (args.values.json) io.out(jsonText({ ...result, sentence }))
    else {
      io.out(sentence)
      for (const { id, rateBps, demandBps, bottleneck, delayP50S, delayP99S } of result.flows) {
        const held = bottleneck ? `, held back by ${bottleneck}` : ''
        const delay = `P50 ${ms(delayP50S)}, P99 ${ms(delayP99S)}`
        io.out(`flow ${id}: ${mbps(rateBps)} of ${mbps(demandBps)}${held}; ${delay}`)
      }
      for (const { id, utilisation } of result.links) io.out(`link ${id}: ${(100 * utilisation).toFixed(1)} %`)
      for (const { id, blocked, waits } of result.trunks)
        io.out(`trunk ${id}: ${(100 * blocked).toFixed(3)} % lost, or ${(100 * waits).toFixed(3)} % wait`)
    }
    return result.carriedBps < result.offeredBps * (1 - 1e-9) ? 1 : 0
  },
})
