import { existsSync } from 'node:fs'
import { TwinError } from '../../base/errors.ts'
import { tagOfFact } from '../../base/quantity.ts'
import { finish } from '../../base/steps.ts'
import { joinDraws } from '../../engines/economics/drawTable.ts'
import { economics } from '../../engines/economics/index.ts'
import { runSensitivity } from '../../engines/economics/sensitivity.ts'
import { summariseDraws } from '../../engines/economics/summary.ts'
import type { Asset } from '../../model/asset.ts'
import { type EconomySpec, plainSpec, readEconomySpec } from '../../model/economySpec.ts'
import { hashOf } from '../../model/hash.ts'
import { networkById, networks } from '../../networks/index.ts'
import { dayOf } from '../../networks/rules/calendar.ts'
import { reportAsset } from '../../plan/assetReport.ts'
import { DISCLAIMERS } from '../../plan/disclaimers.ts'
import type { PlanJob } from '../../plan/jobs.ts'
import { type NodeRequest, planNode } from '../../plan/plannedNode.ts'
import { jsonSafe } from '../../plan/report.ts'
import { typicalSite } from '../../plan/typicalSite.ts'
import { defineCommand } from '../command.ts'
import { createNodePool, ownThread } from '../nodePool.ts'
import { jsonText, numberOption, onlyPositional } from '../options.ts'
import { readText } from '../readInput.ts'

const START = '2026-12-01'
const CHUNK = 2500

/** A spec by its file, or the plain node of a network by its id. */
function specOf(given: string): EconomySpec {
  const network = existsSync(given) ? undefined : networkById.get(given)
  const kind = network?.nodeTypes[0]?.kind
  if (network && kind) return plainSpec(network.id, kind)
  if (!existsSync(given)) {
    const known = networks.map(({ id }) => id).join(', ')
    throw new TwinError('BAD_USAGE', `"${given}" is neither a file nor a network; networks are: ${known}.`, { given })
  }
  return readEconomySpec(readText(given))
}

function requestOf(spec: EconomySpec): NodeRequest {
  const { network, kind, era, params = {}, site, startsOn = START, price, correlations, changes } = spec
  const asset: Asset = { id: 'node', kind, latDeg: 51.13, lonDeg: 71.43, network, params }
  const known = Object.fromEntries(Object.entries(site ?? {}).filter(([, value]) => value !== undefined))
  return {
    asset,
    ...(era === undefined ? {} : { era }),
    site: typicalSite(asset, dayOf(startsOn), known),
    energyPriceUsd: spec.energyPriceUsd ?? 0.05,
    tokenPriceScale: spec.tokenPriceScale ?? 1,
    ...(price ? { price } : {}),
    ...(correlations ? { correlations } : {}),
    ...(changes ? { changes } : {}),
  }
}

const say = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(4))) : 'none')

export const economyRun = defineCommand({
  name: 'economy run',
  usage: 'SPEC [--draws N] [--seed S]',
  summary: 'earnings distributions of one node',
  options: {
    draws: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string' },
    sensitivity: { type: 'boolean' },
  },
  help: [
    '  --draws N       1 to 1,000,000, default 10000',
    '  --seed S        seed of chance, default 1',
    '  --workers N     threads, 1 to 64, default 1; the answer is the same for any number',
    '  --sensitivity   which drivers decide, by Sobol indices',
    'SPEC is the id of a network, or a file such as',
    '  {"format":"veracity-economy","version":1,"network":"filecoin","kind":"storage-rack","params":{"rawTib":512},',
    '   "energyPriceUsd":0.06,"discountRate":0.12,"price":{"kind":"gbm","volatilityPerYear":0.9,"driftPerYear":0},',
    '   "correlations":[{"a":"token-price","b":"deal-share","rho":0.3}],',
    '   "changes":[{"driver":"uptime","value":0.99,"p10":0.97,"p90":0.995,"reason":"own measurements"}]}',
  ].join('\n'),
  async run(args, io) {
    const spec = specOf(onlyPositional(args, 'a spec file or the id of a network'))
    const draws = numberOption(args, 'draws', 10_000, { min: 1, max: 1_000_000 })
    const seed = numberOption(args, 'seed', 1, { min: 0, max: 4_294_967_295 })
    const workers = numberOption(args, 'workers', 1, { min: 1, max: 64 })
    const discountRate = spec.discountRate ?? 0.1
    const request = requestOf(spec)
    const node = planNode(request)
    // refuses what cannot be drawn before any thread is started
    finish(economics.run({ node: node.cash, draws: 1, seed, discountRate }))

    const jobs = Array.from({ length: Math.ceil(draws / CHUNK) }, (_, i): PlanJob => {
      const [from, to] = [i * CHUNK, Math.min(draws, (i + 1) * CHUNK)]
      return { engine: 'economics', request, seed, from, to, discountRate }
    })
    let done = 0
    const onDone = () => io.err(`${++done} of ${jobs.length} parts done`)
    const pool = workers === 1 ? ownThread(null, onDone) : createNodePool(workers, null, onDone)
    try {
      const answers = (await pool.execute(jobs)).map((answer) => {
        if (answer.engine === 'economics') return answer.draws
        throw new TwinError('WORKER_DIED', 'An economics job was answered by another engine.')
      })
      const result = summariseDraws(node.cash, joinDraws(answers), seed, discountRate)
      const report = reportAsset(node, result)
      const sensitivity = args.values.sensitivity ? finish(runSensitivity(node.cash, { discountRate, seed })) : null
      const terms = node.run.terms(Object.fromEntries(node.drivers.map(({ id, fact }) => [id, fact.value])))
      const content = {
        spec,
        site: request.site,
        era: node.era.id,
        status: node.era.status,
        result,
        sensitivity,
        terms,
      }
      const resultHash = hashOf(jsonSafe(content))
      if (args.values.json) {
        const facts = report.facts.map(({ title, fact }) => ({ title, ...fact, tag: tagOfFact(fact) }))
        const engine = { id: economics.id, version: economics.version }
        io.out(jsonText({ ...content, kpis: report.kpis, facts, engine, resultHash, disclaimers: DISCLAIMERS }))
      } else {
        io.out(`${node.network.title}, ${node.type.title}, ${node.era.id} (${node.era.status})`)
        for (const { title, quantity } of report.kpis) {
          const { value, unit, band } = quantity
          const range = band ? `  (P10 ${say(band.p10)}, P90 ${say(band.p90)})` : ''
          io.out(`  ${title}: ${say(value)} ${unit}${range}`)
        }
        if (result.irr.kind !== 'one') io.out(`  Rates of return: ${result.irr.kind}`)
        for (const { title, first, total } of sensitivity ?? [])
          io.out(`  ${title}: ${say(first.value)} alone, ${say(total.value)} with others`)
        if (report.breakEven) io.out(report.breakEven)
        io.out(`Result ${resultHash}\n${DISCLAIMERS.join('\n')}`)
      }
      return 0
    } finally {
      await pool.close()
    }
  },
})
