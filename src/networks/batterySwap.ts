import { shortNumber } from '../base/shortNumber.ts'
import { type Draw, defineNetwork, fact, paidInUsd, type Site, UPTIME } from './network.ts'
import {
  CALENDAR_LOSS,
  CYCLE_LIFE,
  firstLifeMonths,
  LEAVES_AT,
  PACK_KWH,
  PACK_USD_PER_KWH,
  type PackAccount,
  packAccount,
  replacementUsd,
  SECOND_LIFE_USD_PER_KWH,
  setsReplaced,
} from './rules/batteryPack.ts'
import { DAYS_PER_MONTH } from './rules/calendar.ts'
import { VAT } from './rules/charging.ts'
import { assumed } from './rules/deviceCosts.ts'

const U_POWER = 'batteryindustry.net and PRNewswire on U Power’s stations'
/** The same figures as in the grid simulation. */
export const SWAP_EFFICIENCY = fact(
  0.98,
  'share',
  'NIO power swap station 3.0, charging modules',
  '2024-12-31',
  'press',
)
export const SWAP_KWH = fact(35, 'kWh', 'assumed: energy put back into a returned pack', '2024-01-01', 'assumption')
const MIN_PER_SWAP = fact(4.67, 'min', 'NIO power swap station 3.0, ABI Research', '2024-12-31', 'press')

/** Swaps a day that the station can do at most: its robot, its bays, its batteries. */
function most(site: Site, draw: Draw): number {
  const { packs, chargerKw } = site.params
  const chargeH = draw['kwh-per-swap']! / (chargerKw! * SWAP_EFFICIENCY.value)
  return Math.min((24 * 60) / MIN_PER_SWAP.value, (24 * packs!) / chargeH)
}
/** Swaps a day that the grid is loaded with. */
const modelled = (site: Site): number => (site.drawnKwhPerDay * SWAP_EFFICIENCY.value) / SWAP_KWH.value
const swaps = (site: Site, draw: Draw): number =>
  Math.min(modelled(site) * draw.demand!, most(site, draw)) * draw[UPTIME]! * (1 - site.curtailedShare)
/** Full cycles a day of each battery. */
const cycles = (site: Site, draw: Draw): number =>
  (swaps(site, draw) * draw['kwh-per-swap']!) / PACK_KWH.value / site.params.packs!
const kwh = (site: Site, draw: Draw): number => swaps(site, draw) * draw['kwh-per-swap']! * DAYS_PER_MONTH
const usd = (site: Site, draw: Draw): number =>
  ((kwh(site, draw) * draw['price-per-kwh']!) / (1 + VAT.value)) * draw['owner-share']!

/** Batteries that leave the cars in a month, whole sets at a time: bought anew, the old ones sold for storage. */
const wear = (site: Site, draw: Draw, month: number): number => {
  const before = month > 0 ? setsReplaced(cycles(site, draw), month - 1) : 0
  return (setsReplaced(cycles(site, draw), month) - before) * site.params.packs! * replacementUsd()
}
const accountAfterYear = (site: Site, draw: Draw): PackAccount =>
  packAccount(12, {
    swapsPerDay: swaps(site, draw) / site.params.packs!,
    kwhPerSwap: draw['kwh-per-swap']!,
    chargeH: draw['kwh-per-swap']! / (site.params.chargerKw! * SWAP_EFFICIENCY.value),
    usdPerSwap: usd(site, draw) / Math.max(1e-9, swaps(site, draw) * DAYS_PER_MONTH),
  })

/** Stations that exchange batteries. */
export const batterySwap = defineNetwork({
  id: 'battery-swap',
  title: 'Battery swap',
  what: 'A station exchanges a battery in minutes and charges the empty one; drivers pay by the energy.',
  story: {
    node: 'A kiosk or hall in which a robot exchanges a car’s empty battery for a full one within minutes, and charges the empties.',
    proves: 'The station records each exchange and each battery’s charge and health.',
    pays: 'Drivers, taxi fleets above all, by the energy they take with them.',
    burns: 'Nothing is published. The station is modelled as a share of revenue.',
    risks: {
      regulation:
        'Stored lithium batteries need fire protection and a permit; the connection is that of a small factory.',
      privacy: 'Exchanges reveal the movements of cars and drivers to the operator.',
      scaling:
        'Only cars built for this very battery can use it. Charging bays and the feeder bound how many swaps a day are possible.',
      concentration: 'One manufacturer decides on the battery, the cars and the share.',
    },
  },
  parts: {
    settlement: { title: 'none published', source: U_POWER, asOf: '2025-06-24' },
    identity: {
      title: 'Station account; batteries as devices of their own are announced',
      source: U_POWER,
      asOf: '2025-06-24',
    },
    proof: { title: 'Station telemetry', source: U_POWER, asOf: '2025-06-24' },
    compute: { title: 'Operator', source: U_POWER, asOf: '2025-06-24' },
    dataAvailability: { title: 'Operator’s server', source: U_POWER, asOf: '2025-06-24' },
    governance: { title: 'Operator', source: U_POWER, asOf: '2025-06-24' },
  },
  token: null,
  eras: [
    {
      id: 'battery-swap@2025',
      title: 'Revenue share; no token rule is public',
      from: '2025-06-24',
      to: null,
      status: 'active',
      rules: [
        { id: 'swap-time', title: 'Time of a swap', fact: MIN_PER_SWAP },
        { id: 'efficiency', title: 'Grid to battery', fact: SWAP_EFFICIENCY },
        {
          id: 'compact',
          title: 'Swaps a day of a compact station with 8 batteries',
          fact: fact(50, '1/d', U_POWER, '2025-06-24', 'press'),
        },
        { id: 'pack', title: 'Capacity of a battery', fact: PACK_KWH },
        { id: 'cycle-life', title: 'Cycles of its first life', fact: CYCLE_LIFE },
        { id: 'calendar', title: 'Capacity lost by age', fact: CALENDAR_LOSS },
        { id: 'leaves-at', title: 'Health at which it leaves the cars', fact: LEAVES_AT },
        { id: 'second-life', title: 'What a used battery brings', fact: SECOND_LIFE_USD_PER_KWH },
        { id: 'vat', title: 'Value-added tax in the price', fact: VAT },
      ],
      earn: {
        'swap-station': {
          drivers: [
            {
              id: 'demand',
              title: 'Cars that come, against the day the grid is loaded with',
              fact: fact(
                0.12,
                '×',
                'assumed: the grid is tried with a busy station; NIO’s network did 29 swaps per station and day in 2024, with a fleet',
                '2024-12-31',
                'assumption',
              ),
              p10: 0.02,
              p90: 0.4,
              shape: 'log',
              most: 20,
              wouldBe: (value, median, site) =>
                `${shortNumber(value * modelled(site))} cars came a day instead of ${shortNumber(median * modelled(site))}`,
            },
            {
              id: 'kwh-per-swap',
              title: 'Energy of a swap',
              fact: SWAP_KWH,
              p10: 25,
              p90: 50,
              shape: 'log',
              most: 120,
            },
            {
              id: 'price-per-kwh',
              title: 'Price of a swapped kilowatt-hour, tax included',
              fact: fact(0.26, 'USD/kWh', 'assumed: fast charging and a third more', '2026-11-01', 'assumption'),
              p10: 0.18,
              p90: 0.4,
              shape: 'log',
              most: 3,
              wouldBe: (value, median) =>
                `a swapped kilowatt-hour sold at ${shortNumber(value)} USD instead of ${shortNumber(median)}`,
            },
            {
              id: 'owner-share',
              title: 'Owner’s share of it',
              fact: fact(0.8, 'share', 'assumed; no agreement is public', '2026-11-01', 'assumption'),
              p10: 0.65,
              p90: 0.92,
              shape: 'share',
              most: 1,
            },
          ],
          run: (site) => ({
            ...paidInUsd(
              (d) => usd(site, d),
              (d) => kwh(site, d) / SWAP_EFFICIENCY.value,
              (d) => [
                {
                  title: 'Swaps a day it could do',
                  value: most(site, d),
                  unit: '1/d',
                  from: ['swap-time', 'param.packs', 'param.chargerKw'],
                },
                {
                  title: 'Swaps a day',
                  value: swaps(site, d),
                  unit: '1/d',
                  from: ['demand', 'uptime', 'site.drawnKwhPerDay', 'site.curtailedShare'],
                },
                { title: 'Energy handed over', value: kwh(site, d), unit: 'kWh/month', from: ['kwh-per-swap'] },
                {
                  title: 'Earned by each battery in its first year',
                  value: accountAfterYear(site, d).earnedUsd,
                  unit: 'USD',
                  from: ['price-per-kwh', 'owner-share'],
                },
                {
                  title: 'Its health after that year',
                  value: accountAfterYear(site, d).health,
                  unit: 'share',
                  from: ['cycle-life', 'calendar'],
                },
                {
                  title: 'Months until it leaves the cars',
                  value: firstLifeMonths(cycles(site, d)),
                  unit: 'months',
                  from: ['leaves-at', 'pack'],
                },
                {
                  title: 'To the owner',
                  value: usd(site, d),
                  unit: 'USD/month',
                  from: ['price-per-kwh', 'owner-share', 'vat'],
                },
              ],
              { unit: 'swap', perMonth: (d) => swaps(site, d) * DAYS_PER_MONTH },
            ),
            wearUsd: (d, month) => wear(site, d, month),
          }),
        },
      },
    },
  ],
  nodeTypes: [
    {
      kind: 'swap-station',
      title: 'Automatic swap station',
      capex: [
        {
          id: 'station',
          title: 'Station without batteries',
          fact: fact(
            200_000,
            'USD',
            'about 2 million RMB with 13 batteries, forum figure; batteries taken off',
            '2024-12-31',
            'press',
          ),
          per: () => 1,
        },
        {
          id: 'pack',
          title: 'Battery of 60 kWh',
          fact: fact(
            PACK_KWH.value * PACK_USD_PER_KWH.value,
            'USD',
            `60 kWh at ${PACK_USD_PER_KWH.value} USD/kWh: ${PACK_USD_PER_KWH.source}`,
            '2024-12-31',
            'memory',
          ),
          per: (params) => params.packs!,
        },
      ],
      install: [assumed('site', 'Site and grid connection', 40_000, 'USD')],
      opexYear: [assumed('rent', 'Land, service, attendance', 12_000, 'USD/a')],
      power: {
        id: 'standby',
        title: 'Standby draw',
        fact: fact(2000, 'W', 'cooling and control, assumed', '2026-11-01', 'assumption'),
        per: () => 1,
      },
      life: fact(10, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'No token rule of a swap network is public; the station is modelled as an asset that shares revenue.',
    'Demand needs cars built for that very battery. Where none drive, nothing is earned.',
    'Batteries wear out by cycles and age and are then sold for storage; a single battery that fails early is left out.',
  ],
})
