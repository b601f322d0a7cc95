import { finish } from '../../base/steps.ts'
import type { Site } from '../../networks/network.ts'
import { dayOf } from '../../networks/rules/calendar.ts'
import { DISCLAIMERS } from '../../plan/disclaimers.ts'
import { rankNodes } from '../../plan/rankNodes.ts'
import { type CliArgs, defineCommand } from '../command.ts'
import { jsonText, numberOption } from '../options.ts'

const START = '2026-12-01'

/** What the options say of the place. */
function siteOf(args: CliArgs): Partial<Site> {
  const known = (name: string, max: number): number | undefined =>
    args.values[name] === undefined ? undefined : numberOption(args, name, 0, { min: 0, max, whole: false })
  const [peopleReached, coveredKm2] = [known('people', 1e7), known('km2', 1e5)]
  return {
    ...(peopleReached === undefined ? {} : { peopleReached }),
    ...(coveredKm2 === undefined ? {} : { coveredKm2 }),
  }
}

const say = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : 'never')

export const economyRank = defineCommand({
  name: 'economy rank',
  usage: '--budget USD [--roof]',
  summary: 'this place, this budget: which network',
  options: {
    budget: { type: 'string' },
    roof: { type: 'boolean' },
    people: { type: 'string' },
    km2: { type: 'string' },
    'energy-price': { type: 'string' },
    'discount-rate': { type: 'string' },
    draws: { type: 'string' },
    seed: { type: 'string' },
  },
  help: [
    '  --budget USD         what may be laid out for one node, default 10000',
    '  --roof               only what may stand on or in a building',
    '  --people N           residents it would serve best, default 500, assumed',
    '  --km2 N              area it would serve best, default 10, assumed',
    '  --energy-price USD   per kWh, default 0.05',
    '  --discount-rate R    a year, default 0.1',
    '  --draws N            a node, default 2000',
    '  --seed S             seed of chance, default 1',
    'By net present value per dollar laid out; what the budget does not allow comes last.',
  ].join('\n'),
  async run(args, io) {
    const question = {
      budgetUsd: numberOption(args, 'budget', 10_000, { min: 0.01, max: 1e12, whole: false }),
      onRoof: args.values.roof === true,
      site: siteOf(args),
      startDay: dayOf(START),
      energyPriceUsd: numberOption(args, 'energy-price', 0.05, { min: 0.001, max: 10, whole: false }),
      discountRate: numberOption(args, 'discount-rate', 0.1, { min: -0.5, max: 5, whole: false }),
      draws: numberOption(args, 'draws', 2000, { min: 1, max: 1_000_000 }),
      seed: numberOption(args, 'seed', 1, { min: 0, max: 4_294_967_295 }),
    }
    const ranked = finish(rankNodes(question))
    if (args.values.json) {
      io.out(jsonText({ question, ranked, disclaimers: DISCLAIMERS }))
      return 0
    }
    for (const { network, kind, era, outlayUsd, affordable, result } of ranked) {
      const { npvUsd, simplePayback, breakEven } = result
      const chance = Math.round(100 * simplePayback.probability)
      io.out(
        `${affordable ? '' : '(beyond the budget) '}${network}, ${kind}, ${era}: ${say(outlayUsd)} USD to build; value ${say(npvUsd.p50)} USD (P10 ${say(npvUsd.p10)}, P90 ${say(npvUsd.p90)}); pays back in ${chance} of 100 draws`,
      )
      if (breakEven) io.out(`  ${breakEven}`)
    }
    io.out(DISCLAIMERS.join('\n'))
    return 0
  },
})
