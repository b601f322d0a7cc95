import { shortNumber } from '../base/shortNumber.ts'
import { type Draw, defineNetwork, fact, paidInUsd, type Site, UPTIME } from './network.ts'
import { DAYS_PER_MONTH, HOURS_PER_MONTH } from './rules/calendar.ts'
import { assumed } from './rules/deviceCosts.ts'

const PAIRPOINT = 'chainlinktoday.com and busenq.com on Vodafone’s Pairpoint'
const one = (): number => 1
/** The same figure as in the grid simulation, where the computers run all day. */
export const EDGE_OVERHEAD = fact(
  1.4,
  '×',
  'assumed: cooling and supply of a small cabinet',
  '2024-01-01',
  'assumption',
)

const works = (site: Site, draw: Draw): number => draw[UPTIME]! * (1 - site.curtailedShare)
/** No site serves more people than it is the best server of: where others reach the same streets, demand is split. */
const served = (site: Site, d: Draw): number => Math.min(d.subscribers!, site.peopleReached)
const gb = (site: Site, d: Draw): number => served(site, d) * d['gb-per-subscriber']! * works(site, d)
const edgeKwh = (site: Site, d: Draw): number =>
  site.params.edgeKw! * d['edge-utilisation']! * works(site, d) * HOURS_PER_MONTH
const paid = (site: Site, d: Draw): number => gb(site, d) * d['usd-per-gb']! + edgeKwh(site, d) * d['usd-per-edge-kwh']!

/** Mobile sites whose owners share what traffic and edge computing bring in. */
export const telecomTower = defineNetwork({
  id: 'telecom-tower',
  title: 'Telecom tower',
  what: 'A mobile site carries traffic and runs computers near its users; investors get a share of what both bring in.',
  story: {
    node: 'A mobile site with its antennas, and a cabinet for computers close to its users.',
    proves: 'Traffic counters of the operator, brought on chain by an oracle where such towers have been tokenised.',
    pays: 'Operators for traffic, customers of edge computing for hours; investors get a share.',
    burns: 'Nothing is published.',
    risks: {
      regulation:
        'Spectrum is licensed, towers need permits and limits of radiation hold. Tokenised shares can count as securities.',
      privacy: 'Who was connected where and when is protected by law, and must stay with the operator.',
      scaling: 'The site’s power and backhaul bound what it can carry. Edge demand is unproven.',
      concentration: 'One operator is tenant, customer and source of the figures at once.',
    },
  },
  parts: {
    settlement: {
      title: 'Chainlink Runtime Environment announced; no chain of record is public',
      source: PAIRPOINT,
      asOf: '2025-11-01',
    },
    identity: { title: 'SIM-based device identity', source: PAIRPOINT, asOf: '2025-11-01' },
    proof: { title: 'Usage data through an oracle', source: PAIRPOINT, asOf: '2025-11-01' },
    compute: { title: 'Computers at the tower', source: PAIRPOINT, asOf: '2025-11-01' },
    dataAvailability: { title: 'Operator’s server', source: PAIRPOINT, asOf: '2025-11-01' },
    governance: { title: 'Operator', source: PAIRPOINT, asOf: '2025-11-01' },
  },
  token: null,
  eras: [
    {
      id: 'telecom-tower@2025',
      title: 'Revenue share; no reward formula is public',
      from: '2025-11-01',
      to: null,
      status: 'active',
      rules: [
        {
          id: 'site-power',
          title: 'Draw of a typical site',
          fact: fact(4000, 'W', 'datacenterdynamics.com', '2024-01-01', 'press'),
        },
        { id: 'overhead', title: 'Power around edge computers', fact: EDGE_OVERHEAD },
        {
          id: 'sites',
          title: 'Macro sites of Vantage Towers',
          fact: fact(83_000, 'sites', 'datacenterdynamics.com', '2024-01-01', 'press'),
        },
      ],
      earn: {
        tower: {
          drivers: [
            {
              id: 'subscribers',
              title: 'Subscribers that the site serves',
              fact: fact(1000, 'people', '800 to 1,200 a site, blog.wirelessmoves.com', '2024-01-01', 'press'),
              p10: 400,
              p90: 1800,
              shape: 'log',
              most: 1e5,
              wouldBe: (value, median) =>
                `it served ${shortNumber(value)} subscribers instead of ${shortNumber(median)}`,
            },
            {
              id: 'gb-per-subscriber',
              title: 'Traffic of a subscriber',
              fact: fact(15, 'GB/month', 'assumed', '2026-11-01', 'assumption'),
              p10: 6,
              p90: 35,
              shape: 'log',
              most: 1000,
            },
            {
              id: 'usd-per-gb',
              title: 'Paid to the site per gigabyte',
              fact: fact(0.15, 'USD/GB', 'assumed wholesale price', '2026-11-01', 'assumption'),
              p10: 0.05,
              p90: 0.4,
              shape: 'log',
              most: 20,
              wouldBe: (value, median) =>
                `a gigabyte brought ${shortNumber(value)} USD instead of ${shortNumber(median)}`,
            },
            {
              id: 'edge-utilisation',
              title: 'Share of the time the computers have work',
              fact: fact(0.2, 'share', 'assumed', '2026-11-01', 'assumption'),
              p10: 0.02,
              p90: 0.6,
              shape: 'share',
              most: 1,
            },
            {
              id: 'usd-per-edge-kwh',
              title: 'Paid for computing, by the energy of the computers',
              fact: fact(
                0.8,
                'USD/kWh',
                'assumed: a card of 450 W rented at 0.35 USD an hour (RNP-021)',
                '2026-11-01',
                'assumption',
              ),
              p10: 0.3,
              p90: 2,
              shape: 'log',
              most: 50,
            },
            {
              id: 'investor-share',
              title: 'Owner’s share of it',
              fact: fact(0.5, 'share', 'assumed; no agreement is public', '2026-11-01', 'assumption'),
              p10: 0.25,
              p90: 0.8,
              shape: 'share',
              most: 1,
            },
          ],
          run: (site) =>
            paidInUsd(
              (d) => paid(site, d) * d['investor-share']!,
              (d) => edgeKwh(site, d) * EDGE_OVERHEAD.value,
              (d) => [
                {
                  title: 'People it serves best',
                  value: site.peopleReached,
                  unit: 'people',
                  from: ['site.peopleReached'],
                },
                {
                  title: 'Subscribers served',
                  value: served(site, d),
                  unit: 'people',
                  from: ['subscribers', 'uptime'],
                },
                { title: 'Traffic', value: gb(site, d) / DAYS_PER_MONTH, unit: 'GB/d', from: ['gb-per-subscriber'] },
                {
                  title: 'Paid for traffic',
                  value: gb(site, d) * d['usd-per-gb']!,
                  unit: 'USD/month',
                  from: ['usd-per-gb'],
                },
                {
                  title: 'Paid for computing',
                  value: edgeKwh(site, d) * d['usd-per-edge-kwh']!,
                  unit: 'USD/month',
                  from: ['usd-per-edge-kwh', 'edge-utilisation', 'param.edgeKw'],
                },
                { title: 'Owner’s share', value: d['investor-share']!, unit: 'share', from: ['investor-share'] },
                {
                  title: 'Held back by the grid',
                  value: site.curtailedShare,
                  unit: 'share',
                  from: ['site.curtailedShare'],
                },
              ],
              { unit: 'GB', perMonth: (d) => gb(site, d) },
            ),
        },
      },
    },
  ],
  nodeTypes: [
    {
      kind: 'tower',
      title: 'Macro site with edge computers',
      capex: [
        assumed('radio', 'Mast, radios, batteries', 90_000, 'USD'),
        assumed(
          'edge',
          'Edge computers',
          12_000,
          'USD/kW',
          (params) => Math.max(0.1, params.edgeKw!),
          'assumed, at least a controller of 100 W',
        ),
      ],
      install: [assumed('site', 'Foundation, permits, grid and fibre', 40_000, 'USD')],
      opexYear: [
        assumed('rent', 'Land or roof', 6000, 'USD/a'),
        assumed('line', 'Fibre', 3600, 'USD/a'),
        assumed('service', 'Maintenance', 4000, 'USD/a'),
      ],
      power: {
        id: 'power',
        title: 'Draw of the radios',
        fact: fact(4000, 'W', 'typical site, 2.5 to 10 kW, datacenterdynamics.com', '2024-01-01', 'press'),
        per: one,
      },
      life: fact(12, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'No reward formula for tokenised towers is public; the site is modelled as an asset that shares revenue, with generic figures.',
    'Spectrum is licensed: only an operator may transmit from such a site.',
    'Traffic records show who was where; operators are bound to secrecy by law.',
  ],
})
