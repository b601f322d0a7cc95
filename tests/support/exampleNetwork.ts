import { defineNetwork, fact, NO_EXTRAS, TOKEN_PRICE, UPTIME } from '../../src/networks/network.ts'
import { DAYS_PER_MONTH } from '../../src/networks/rules/calendar.ts'
import { assumed } from '../../src/networks/rules/deviceCosts.ts'
import { allocateProRata, toUnits } from '../../src/networks/rules/proRata.ts'
import { tokenPrice } from '../../src/networks/rules/tokenPrice.ts'

const WHITE_PAPER = 'example.org, white paper of a network that does not exist'
const POOL_PER_DAY = fact(1000, 'RAIN/d', WHITE_PAPER, '2026-01-01', 'doc')
const price = tokenPrice('RAIN', fact(0.5, 'USD', 'assumed: there is no such token', '2026-01-01', 'assumption'))

/** Gateways that carry weather stations; a daily pool is shared by the stations they hear. */
export const exampleNetwork = defineNetwork({
  id: 'example-rain',
  title: 'Example: Rain',
  what: 'A gateway hears weather stations; a pool of tokens is shared every day by how many it hears.',
  story: {
    node: 'A gateway on a roof that hears weather stations.',
    proves: 'Reports that the stations signed.',
    pays: 'Nobody yet: a daily pool is all there is.',
    burns: 'A hundred RAIN a day, in this example.',
    risks: {
      regulation: 'Radio rules of the country.',
      privacy: 'Weather is nobody’s secret.',
      scaling: 'The pool stays the same however many hear.',
      concentration: 'One paper says it all.',
    },
  },
  parts: {
    settlement: { title: 'none, an example', source: WHITE_PAPER, asOf: '2026-01-01' },
    identity: { title: 'Key of the gateway', source: WHITE_PAPER, asOf: '2026-01-01' },
    proof: { title: 'Signed reports of stations', source: WHITE_PAPER, asOf: '2026-01-01' },
    compute: { title: 'none', source: WHITE_PAPER, asOf: '2026-01-01' },
    dataAvailability: { title: 'none', source: WHITE_PAPER, asOf: '2026-01-01' },
    governance: { title: 'none', source: WHITE_PAPER, asOf: '2026-01-01' },
  },
  token: { symbol: 'RAIN', baseUnit: 'drops', decimals: 6, price, cap: null },
  eras: [
    {
      id: 'example-rain@2026',
      title: 'A daily pool by stations heard',
      from: '2026-01-01',
      to: null,
      status: 'active',
      rules: [{ id: 'pool', title: 'Pool of a day', fact: POOL_PER_DAY }],
      earn: {
        'lorawan-gateway': {
          drivers: [
            price,
            {
              id: 'stations-per-km2',
              title: 'Stations to the square kilometre',
              fact: fact(2, '1/km²', 'assumed', '2026-01-01', 'assumption'),
              p10: 0.2,
              p90: 10,
              shape: 'log',
              most: 1e6,
              wouldBe: (value, median) => `it heard ${value.toFixed(1)} stations to the km² instead of ${median}`,
            },
          ],
          run: (site) => {
            const heard = (d: Readonly<Record<string, number>>): number =>
              site.coveredKm2 * d['stations-per-km2']! * d[UPTIME]!
            const all = 50_000
            const tokens = (d: Readonly<Record<string, number>>): number =>
              (POOL_PER_DAY.value * DAYS_PER_MONTH * heard(d)) / Math.max(all, heard(d))
            return {
              ...NO_EXTRAS,
              tokens,
              work: { unit: 'station-month', perMonth: heard },
              // the same month in whole drops, rounded down as the network would
              settle: (d) => {
                const mine = toUnits(heard(d), 9)
                const pool = toUnits(POOL_PER_DAY.value * DAYS_PER_MONTH, 6)
                const rest = toUnits(Math.max(all, heard(d)), 9) - mine
                const { paid, unallocated } = allocateProRata(pool, [mine, rest])
                return { tokens: paid[0]!, unallocated, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }
              },
              terms: (d) => [
                {
                  title: 'Stations heard',
                  value: heard(d),
                  unit: '',
                  from: ['site.coveredKm2', 'stations-per-km2', UPTIME],
                },
                { title: 'A month', value: tokens(d), unit: 'RAIN', from: ['pool'] },
              ],
            }
          },
        },
      },
      emission: {
        title: 'RAIN of the daily pool',
        source: WHITE_PAPER,
        epochS: 86_400,
        anchor: '2026-01-01T00:00:00Z',
        at: () => 1000n * 1_000_000n,
      },
      economy: {
        title: 'RAIN by days',
        source: WHITE_PAPER,
        epochS: 86_400,
        start: '2026-01-01T00:00:00Z',
        fromFund: false,
        supply: 10_000_000n * 1_000_000n,
        pools: [{ id: 'gateways', title: 'Gateways', to: 'nodes' }],
        remint: null,
        facts: [],
        open: ({ demandScale }) => ({
          streams: () => [{ amount: 1000n * 1_000_000n, millionths: [1_000_000n] }],
          burn: () => toUnits(100 * demandScale, 6),
          locked: () => 0n,
        }),
      },
    },
  ],
  nodeTypes: [
    {
      kind: 'lorawan-gateway',
      title: 'Gateway',
      capex: [assumed('gateway', 'Gateway', 250, 'USD')],
      install: [assumed('mount', 'Mast', 80, 'USD')],
      opexYear: [assumed('line', 'Internet line', 36, 'USD/a')],
      power: {
        id: 'power',
        title: 'Draw',
        fact: fact(5, 'W', 'assumed', '2026-01-01', 'assumption'),
        per: () => 1,
      },
      life: fact(6, 'a', 'assumed', '2026-01-01', 'assumption'),
    },
  ],
  caveats: ['This network does not exist; it shows how one is written down.'],
})
