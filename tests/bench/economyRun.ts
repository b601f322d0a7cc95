import type { NodeOutcome } from '../../src/model/economics.ts'
import { hashOf } from '../../src/model/hash.ts'
import { networks } from '../../src/networks/index.ts'
import { defaultEra } from '../../src/networks/network.ts'
import { AS_IT_IS, openEconomy } from '../../src/networks/rules/economyStep.ts'
import type { NodeQuestion } from '../../src/plan/nodeOutcome.ts'
import { jsonSafe } from '../../src/plan/report.ts'
import type { EconomistPool } from '../../workers/econ.pool.ts'

/** One kind of node: how long a slider waits for its distribution, and what came of it. */
export interface SlideTimes {
  readonly node: string
  readonly months: number
  readonly coldMs: number // the first time, with numbers of chance to be drawn
  readonly slideMs: readonly number[]
  readonly digest: string // of the last outcome, every figure and bin
}

const DRAWS = 10_000
const TERMS = { draws: DRAWS, seed: 1, discountRate: 0.1 }

const questionOf = (network: string, kind: NodeQuestion['asset']['kind'], factor: number): NodeQuestion => ({
  asset: { id: 'node', kind, latDeg: 51.13, lonDeg: 71.43, network, params: {} },
  era: null,
  site: {},
  startDay: 20788,
  energyPriceUsd: 0.05,
  tokenPriceScale: 1,
  changes: [{ driver: 'cost-factor', value: factor, p10: factor * 0.8, p90: factor * 1.3, reason: 'the slider' }],
})

const digestOf = (outcome: NodeOutcome): string =>
  hashOf(jsonSafe({ ...outcome, npvUsd: { ...outcome.npvUsd, counts: [...outcome.npvUsd.counts] } }))

/** Moves one slider of every kind of node, one position after the other. */
export async function slideAll(pool: EconomistPool, rounds: number): Promise<SlideTimes[]> {
  const times: SlideTimes[] = []
  for (const network of networks) {
    for (const { kind, life } of network.nodeTypes) {
      if (!defaultEra(network).earn[kind]) continue
      const ask = async (factor: number): Promise<[ms: number, outcome: NodeOutcome]> => {
        const from = performance.now()
        const outcome = await pool.outcome({ question: questionOf(network.id, kind, factor), ...TERMS })
        return [performance.now() - from, outcome]
      }
      const [coldMs] = await ask(1)
      const slideMs: number[] = []
      let digest = ''
      for (let i = 1; i <= rounds; i++) {
        const [ms, outcome] = await ask(1 + i / 100)
        slideMs.push(ms)
        digest = digestOf(outcome)
      }
      times.push({ node: `${network.id}, ${kind}`, months: life.value * 12, coldMs, slideMs, digest })
    }
  }
  return times
}

/** Ten thousand five-year lives in one worker, chance and all. */
export async function fiveYears(pool: EconomistPool, rounds: number): Promise<Record<string, number[]>> {
  const found: Record<string, number[]> = {}
  for (const [network, kind] of [
    ['helium-mobile', 'wifi-cell'],
    ['filecoin', 'storage-rack'],
  ] as const) {
    const all: number[] = []
    for (let i = 0; i < rounds; i++) {
      const from = performance.now()
      const question = questionOf(network, kind, 1)
      await pool.first.draw({ question, seed: 100 + i, from: 0, to: DRAWS, discountRate: 0.1 })
      all.push(performance.now() - from)
    }
    found[`${network}, ${kind}`] = all
  }
  return found
}

/** 1,430 days of Filecoin's economy in attoFIL. */
export function filecoinPaths(rounds: number): { ms: number[]; issued: string } {
  const economy = networks.find(({ id }) => id === 'filecoin')!.eras[0]!.economy!
  const ms: number[] = []
  let issued = 0n
  for (let i = 0; i < rounds; i++) {
    const from = performance.now()
    const next = openEconomy(economy, AS_IT_IS, () => 80_500_000n)
    issued = 0n
    for (let day = 0; day < 1430; day++) issued += next().issued
    ms.push(performance.now() - from)
  }
  return { ms, issued: String(issued) }
}
