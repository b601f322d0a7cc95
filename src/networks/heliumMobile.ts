import { shortNumber } from '../base/shortNumber.ts'
import {
  type Draw,
  defineNetwork,
  type EarnModel,
  type Era,
  fact,
  NO_EXTRAS,
  type Site,
  TOKEN_PRICE,
  UPTIME,
} from './network.ts'
import { DAYS_PER_MONTH, dayOfMonth } from './rules/calendar.ts'
import { assumed } from './rules/deviceCosts.ts'
import { type Band, backstop, dcToBones, HIP149, HIP150, hip150On, steadyPoolUsd } from './rules/heliumBackstop.ts'
import { hntEmission } from './rules/heliumEmission.ts'
import { HEXES_PER_KM2, OUTDOOR_WIFI_POINTS, rankMultiplier } from './rules/hexScaling.ts'
import { DC_DOCS, heliumParts, hnt, hntPerDay, SOURCE_149 } from './rules/hnt.ts'
import { hntEconomy } from './rules/hntEconomy.ts'
import { allocateProRata, toUnits } from './rules/proRata.ts'

const SOURCE_150 = 'HIP-150, Mobile Deployer Prioritization'
const DC_PER_GB = 10_000
const PAYER_USD_PER_GB = fact(
  0.1,
  'USD/GB',
  `${SOURCE_149}: payer rate set by Nova Labs, about 0.10`,
  '2026-06-02',
  'doc',
)
const NETWORK_GB_PER_DAY = fact(97_000, 'GB/d', `${SOURCE_149}: rewardable in April 2026`, '2026-04-30', 'doc')
const MOBILE_SHARE = fact(0.89, 'share', `${SOURCE_149}: 30-epoch mean of delegated veHNT`, '2026-06-02', 'doc')
const CONNECTED_SHARE = 0.05
const GB_PER_USER_DAY = 0.03
/** What the medians give a place a day. */
const typicalGb = (site: Site): number => site.peopleReached * CONNECTED_SHARE * GB_PER_USER_DAY
const U32_MAX = 4_294_967_295n

/** Paid by the gigabyte that carriers' subscribers use, within a band around what the carrier pays. */
const perGigabyte = (bandOn: (day: number) => Band): EarnModel => ({
  drivers: [
    hnt.price,
    {
      id: 'connected-share',
      title: 'Share of the people in reach whose phone uses the cell on a day',
      fact: fact(
        CONNECTED_SHARE,
        'share',
        'assumed, so that a cell reaching 1,000 people sees the median of 50 subscribers a day of HIP-145',
        '2025-05-01',
        'assumption',
      ),
      p10: 0.005,
      p90: 0.25,
      shape: 'share',
      most: 1,
    },
    {
      id: 'gb-per-user-day',
      title: 'Gigabytes a connected phone uses there per day',
      fact: fact(
        GB_PER_USER_DAY,
        'GB/d',
        '40 TB a day over 30,000 hotspots (HIP-147) and 50 subscribers each (HIP-145), divided by us',
        '2025-08-20',
        'doc',
      ),
      p10: 0.008,
      p90: 0.15,
      shape: 'log',
      most: 1000,
    },
    {
      id: 'site-demand',
      title: 'This site against the typical one',
      fact: fact(
        1,
        '×',
        'heavy tail: bottom fifth of hotspots sees 5 subscribers or fewer (HIP-145)',
        '2025-05-01',
        'doc',
      ),
      p10: 0.15,
      p90: 6,
      shape: 'log',
      most: 1e6,
      wouldBe: (value, median, site) =>
        `the site carried ${shortNumber(value * typicalGb(site))} GB a day instead of ${shortNumber(median * typicalGb(site))}`,
    },
  ],
  run: (site, months) => {
    const days = Array.from({ length: months }, (_, month) => dayOfMonth(site.startDay, month))
    const bands = days.map(bandOn)
    const emission = Float64Array.from(days, (day) => Number(hntEmission(day)) / 1e8)
    const burnUsd = NETWORK_GB_PER_DAY.value * PAYER_USD_PER_GB.value
    const gbPerDay = (d: Draw): number =>
      site.peopleReached * d['connected-share']! * d['gb-per-user-day']! * d['site-demand']! * d[UPTIME]!
    const usdPerGb = (d: Draw, month: number): number =>
      steadyPoolUsd(emission[month]!, burnUsd, d[TOKEN_PRICE]!, MOBILE_SHARE.value, bands[month]!) /
      NETWORK_GB_PER_DAY.value
    const gb = (d: Draw): number => gbPerDay(d) * DAYS_PER_MONTH
    return {
      ...NO_EXTRAS,
      work: { unit: 'GB', perMonth: gb },
      tokens: (d, month) => (gb(d) * usdPerGb(d, month)) / d[TOKEN_PRICE]!,
      settle: (d, month) => {
        const priceE8 = toUnits(d[TOKEN_PRICE]!, 8)
        const dcBurned = BigInt(NETWORK_GB_PER_DAY.value * DC_PER_GB)
        const { pool } = backstop(
          {
            emission: hntEmission(days[month]!),
            smoothedBurn: dcToBones(dcBurned, priceE8),
            dcBurned,
            mobileShare: (U32_MAX * BigInt(Math.round(MOBILE_SHARE.value * 10_000))) / 10_000n,
            priceE8,
          },
          bands[month]!,
        )
        const monthPool = (pool * 36_525n) / 1200n
        const total = (dcBurned * 36_525n) / 1200n
        const mine = BigInt(Math.floor(gb(d) * DC_PER_GB))
        const rest = mine > total ? 0n : total - mine
        const { paid, unallocated } = allocateProRata(monthPool, [mine, rest])
        return { tokens: paid[0]!, unallocated, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }
      },
      terms: (d) => [
        { title: 'People it serves best', value: site.peopleReached, unit: 'people', from: ['site.peopleReached'] },
        {
          title: 'Traffic',
          value: gbPerDay(d),
          unit: 'GB/d',
          from: ['connected-share', 'gb-per-user-day', 'site-demand', 'uptime'],
        },
        {
          title: 'Paid per gigabyte',
          value: usdPerGb(d, 0),
          unit: 'USD/GB',
          from: ['payer-rate', 'network-gb', 'mobile-share', 'token-price'],
        },
        { title: 'A month', value: gb(d) * usdPerGb(d, 0), unit: 'USD' },
      ],
    }
  },
})

const common: Era['rules'] = [
  { id: 'payer-rate', title: 'What the carrier pays', fact: PAYER_USD_PER_GB },
  { id: 'network-gb', title: 'Traffic of the whole network', fact: NETWORK_GB_PER_DAY },
  { id: 'mobile-share', title: 'Mobile’s share of the emission', fact: MOBILE_SHARE },
]
const percent = (id: string, title: string, band: bigint, source: string, asOf: string): Era['rules'][number] => ({
  id,
  title,
  fact: fact(Number(band), '%', source, asOf, 'doc'),
})

const ORACLE = 'helium/oracles, coverage_point_calculator'

/** The years in which cells were paid for the hexes they covered, by signal and rank. Nobody is paid so any more. */
const proofOfCoverage: EarnModel = {
  drivers: [
    hnt.price,
    {
      id: 'poc-share',
      title: 'Share of Mobile’s emission that went to coverage',
      fact: fact(0.2, 'share', 'assumed; it fell with each vote before HIP-149 ended it', '2026-06-02', 'assumption'),
      p10: 0.08,
      p90: 0.4,
      shape: 'share',
      most: 1,
      wouldBe: (value, median) =>
        `coverage got ${shortNumber(100 * value)} % of Mobile’s emission instead of ${shortNumber(100 * median)} %`,
    },
    {
      id: 'network-points',
      title: 'Coverage points of all cells',
      fact: fact(6e7, 'points', 'assumed: 30,000 hotspots (HIP-147) of 2,000 points', '2025-08-20', 'assumption'),
      p10: 2e7,
      p90: 2e8,
      shape: 'log',
      most: 1e12,
    },
    {
      id: 'rank-share',
      title: 'Kept of its points where other cells reach the same hexes',
      fact: fact(0.6, 'share', 'assumed mix of ranks 1, 2, 3 and none: 1, 1/2, 1/4 and 0', '2025-08-20', 'assumption'),
      p10: 0.2,
      p90: 0.95,
      shape: 'share',
      most: 1,
      wouldBe: (value, median) =>
        `it kept ${shortNumber(100 * value)} % of its points instead of ${shortNumber(100 * median)} %`,
    },
  ],
  run: (site, months) => {
    const days = Array.from({ length: months }, (_, month) => dayOfMonth(site.startDay, month))
    const emission = Float64Array.from(days, (day) => Number(hntEmission(day)) / 1e8)
    const points = (d: Draw): number =>
      site.coveredKm2 * HEXES_PER_KM2 * OUTDOOR_WIFI_POINTS.medium * d['rank-share']! * d[UPTIME]!
    const tokens = (d: Draw, month: number): number =>
      (emission[month]! * MOBILE_SHARE.value * d['poc-share']! * DAYS_PER_MONTH * points(d)) /
      Math.max(d['network-points']!, points(d))
    return {
      ...NO_EXTRAS,
      tokens,
      settle: (d, month) => ({
        tokens: toUnits(tokens(d, month), 8),
        unallocated: 0n,
        usd: 0,
        tokenPriceUsd: d[TOKEN_PRICE]!,
      }),
      terms: (d) => [
        {
          title: 'Hexes it covers best',
          value: site.coveredKm2 * HEXES_PER_KM2,
          unit: 'hexes',
          from: ['site.coveredKm2'],
        },
        { title: 'Points', value: points(d), unit: 'points', from: ['points-high', 'points-medium', 'rank-share'] },
        {
          title: 'In the first month',
          value: tokens(d, 0),
          unit: 'HNT',
          from: ['poc-share', 'network-points', 'mobile-share'],
        },
      ],
    }
  },
}

/** Wi-Fi cells that carry phone data for carriers. */
export const heliumMobile = defineNetwork({
  id: 'helium-mobile',
  title: 'Helium Mobile',
  what: 'A Wi-Fi cell carries the data of carriers’ subscribers and is paid for each gigabyte.',
  story: {
    node: 'A Wi-Fi access point outdoors or in a shop that takes phone traffic off a mobile operator’s own masts.',
    proves:
      'That a subscriber’s phone really used it: the operator confirms the session and its bytes. Coverage alone was paid until July 2026.',
    pays: 'Mobile operators, by the gigabyte their subscribers use here.',
    burns:
      'HNT is destroyed for the data credits behind every gigabyte. If the token gets too dear or too cheap, a band pulls the pay back to what operators spend.',
    risks: {
      regulation:
        'Offering internet to the public can need a registration, and somebody has to answer for misuse of the line.',
      privacy:
        'The operator learns which subscriber was here and when. The traffic itself runs encrypted through the hotspot.',
      scaling:
        'Income follows people, not hotspots. A second cell over the same street shares its phones instead of doubling them.',
      concentration: 'One service provider brings nearly all paying traffic. If it leaves, so does the income.',
    },
  },
  parts: heliumParts('Data sessions confirmed by the carrier', 'Mobile packet verifier, off chain'),
  token: hnt,
  eras: [
    {
      id: 'helium-mobile@hip150',
      title: 'Floor at 80 % for a year (HIP-150, approved)',
      from: '2026-08-31',
      to: null,
      status: 'approved',
      rules: [
        ...common,
        percent('floor', 'Least, of what the carrier pays', HIP150.floorPercent, SOURCE_150, '2026-08-18'),
        percent('cap', 'Most, of what the carrier pays', HIP150.capPercent, SOURCE_150, '2026-08-18'),
        percent('bucket', 'Deployers’ share of Mobile’s emission', HIP150.bucketPercent, SOURCE_150, '2026-08-18'),
      ],
      earn: { 'wifi-cell': perGigabyte(hip150On) },
      emission: hntPerDay,
      economy: hntEconomy,
    },
    {
      id: 'helium-mobile@hip149',
      title: 'Pay per gigabyte (HIP-149)',
      from: '2026-07-06',
      to: null,
      status: 'active',
      rules: [
        ...common,
        percent('floor', 'Least, of what the carrier pays', HIP149.floorPercent, SOURCE_149, '2026-06-02'),
        percent('cap', 'Most, of what the carrier pays', HIP149.capPercent, SOURCE_149, '2026-06-02'),
        percent('bucket', 'Deployers’ share of Mobile’s emission', HIP149.bucketPercent, SOURCE_149, '2026-06-02'),
      ],
      earn: { 'wifi-cell': perGigabyte(() => HIP149) },
      emission: hntPerDay,
      economy: hntEconomy,
    },
    {
      id: 'helium-mobile@poc',
      title: 'Proof-of-Coverage (history)',
      from: '2025-01-29',
      to: '2026-07-06',
      status: 'historic',
      rules: [
        { id: 'mobile-share', title: 'Mobile’s share of the emission', fact: MOBILE_SHARE },
        {
          id: 'points-high',
          title: 'Points of a hex with a strong signal',
          fact: fact(OUTDOOR_WIFI_POINTS.high, 'points', ORACLE, '2025-08-20', 'doc'),
        },
        {
          id: 'points-medium',
          title: 'Points of a hex with a fair signal',
          fact: fact(OUTDOOR_WIFI_POINTS.medium, 'points', ORACLE, '2025-08-20', 'doc'),
        },
        {
          id: 'rank-2',
          title: 'What the second best cell of a hex got',
          fact: fact(rankMultiplier(2), '×', `${ORACLE}; HIP-105`, '2025-08-20', 'doc'),
        },
        {
          id: 'rank-3',
          title: 'What the third best got',
          fact: fact(rankMultiplier(3), '×', `${ORACLE}; HIP-105`, '2025-08-20', 'doc'),
        },
      ],
      earn: { 'wifi-cell': proofOfCoverage },
    },
  ],
  nodeTypes: [
    {
      kind: 'wifi-cell',
      title: 'Outdoor Wi-Fi hotspot',
      capex: [
        {
          id: 'hotspot',
          title: 'Outdoor hotspot',
          fact: fact(499, 'USD', 'price of the outdoor hotspot, mindshot', '2026-01-01', 'press'),
          per: () => 1,
        },
      ],
      install: [
        {
          id: 'onboard',
          title: 'Onboarding of an outdoor hotspot',
          fact: fact(30, 'USD', DC_DOCS, '2026-07-01', 'doc'),
          per: () => 1,
        },
        assumed('mount', 'Mounting, cable, power', 150, 'USD'),
      ],
      opexYear: [assumed('backhaul', 'Internet line', 120, 'USD/a')],
      power: {
        id: 'power',
        title: 'Draw',
        fact: fact(18, 'W', 'Wi-Fi access point, 10 to 25 W, recalled', '2026-11-01', 'memory'),
        per: () => 1,
      },
      life: fact(5, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'No carrier in Kazakhstan is known to buy offload from this network: the figures say what a site like this would earn if one did.',
    'Whether HIP-150 (approved, program released on 2026-08-31) is already in force on chain was not checked; HIP-149 is the default.',
    'The carrier sees who connects; subscribers’ traffic is encrypted to the carrier.',
  ],
})
