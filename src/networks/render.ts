import { shortNumber } from '../base/shortNumber.ts'
import {
  type Draw,
  type Driver,
  defineNetwork,
  type EarnModel,
  type Era,
  fact,
  NO_EXTRAS,
  type NodeRun,
  type Site,
  TOKEN_PRICE,
  UPTIME,
} from './network.ts'
import { DAYS_PER_MONTH } from './rules/calendar.ts'
import { assumed } from './rules/deviceCosts.ts'
import { GPU_OVERHEAD, gpuWorkKwh, IDLE_SHARE } from './rules/gpuPower.ts'
import { toUnits } from './rules/proRata.ts'
import { renderEconomy } from './rules/renderEconomy.ts'
import {
  availabilityRender,
  CARD_MULTIPLIERS,
  jobRender,
  manyNodesFactor,
  SALAD,
  saladSettlement,
  TIER_OBH_PER_EUR,
  WEEK_H,
} from './rules/renderPay.ts'
import { AVAILABILITY_POOL, CARD_SCORE, JOB_POOL, renderingSubnet, WEEKLY_BURN } from './rules/renderSubnet.ts'
import { tokenPrice } from './rules/tokenPrice.ts'

const RNP = 'rendernetwork/RNPs'
const price = tokenPrice(
  'RENDER',
  fact(1.62, 'USD', 'research.synthosresearch.com/crypto/RENDER', '2026-07-04', 'press'),
)
const MULTIPLIER = fact(CARD_MULTIPLIERS['RTX 4090'], '×', `${RNP}, RNP-021: RTX 4090 class`, '2025-09-01', 'doc')
const RENDER_UNIT = 100_000_000n

function renderNode(site: Site): NodeRun {
  const { gpus, gpuW } = site.params
  const weeks = DAYS_PER_MONTH / 7
  const workH = (d: Draw): number => WEEK_H * d.utilisation! * d[UPTIME]! * (1 - site.curtailedShare)
  const weekly = (d: Draw): number =>
    gpus! * (availabilityRender(d[UPTIME]! * (1 - site.curtailedShare)) + jobRender(MULTIPLIER.value, workH(d)))
  const tokens = (d: Draw): number => weekly(d) * weeks
  return {
    tokens,
    usd: () => 0,
    settle: (d) => ({ tokens: toUnits(tokens(d), 8), unallocated: 0n, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }),
    workKwh: (d) => gpuWorkKwh(gpus!, gpuW!, workH(d) * weeks),
    feeTokens: () => 0,
    collateralTokens: () => 0,
    work: { unit: 'GPU-hour', perMonth: (d) => gpus! * workH(d) * weeks },
    terms: (d) => [
      { title: 'GPUs', value: gpus!, unit: '', from: ['param.gpus'] },
      { title: 'Hours with work', value: workH(d), unit: 'h/week per GPU', from: ['utilisation', 'uptime'] },
      {
        title: 'For work',
        value: gpus! * jobRender(MULTIPLIER.value, workH(d)),
        unit: 'RENDER/week',
        from: ['week-job', 'multiplier'],
      },
      {
        title: 'For being available',
        value: gpus! * availabilityRender(d[UPTIME]!),
        unit: 'RENDER/week',
        from: ['availability'],
      },
    ],
  }
}

const utilisation: Driver = {
  id: 'utilisation',
  title: 'Share of the time with work',
  fact: fact(0.12, 'share', 'assumed; no figure per node is public', '2026-11-01', 'assumption'),
  p10: 0.01,
  p90: 0.5,
  shape: 'share',
  most: 1,
  wouldBe: (value, median) =>
    `it had work ${shortNumber(100 * value)} % of the time instead of ${shortNumber(100 * median)} %`,
}

/** The Salad subnet pays a part of what the customer paid, in RENDER at the day's price. */
const salad: EarnModel = {
  drivers: [
    price,
    utilisation,
    {
      id: 'usd-per-gpu-hour',
      title: 'What a customer pays for an hour of a card',
      fact: fact(
        0.2,
        'USD/h',
        'assumed: below the 0.35 USD of the compute subnet (RNP-021)',
        '2026-11-01',
        'assumption',
      ),
      p10: 0.08,
      p90: 0.35,
      shape: 'log',
      most: 20,
      wouldBe: (value, median) => `an hour sold at ${shortNumber(value)} USD instead of ${shortNumber(median)}`,
    },
  ],
  run: (site) => {
    const { gpus, gpuW } = site.params
    const hours = (d: Draw): number =>
      gpus! * 24 * DAYS_PER_MONTH * d.utilisation! * d[UPTIME]! * (1 - site.curtailedShare)
    const paidUsd = (d: Draw): number => hours(d) * d['usd-per-gpu-hour']!
    const tokens = (d: Draw): number => saladSettlement(paidUsd(d), d[TOKEN_PRICE]!, d[TOKEN_PRICE]!).rewarded
    return {
      ...NO_EXTRAS,
      work: { unit: 'GPU-hour', perMonth: hours },
      tokens,
      settle: (d) => ({ tokens: toUnits(tokens(d), 8), unallocated: 0n, usd: 0, tokenPriceUsd: d[TOKEN_PRICE]! }),
      workKwh: (d) => gpuWorkKwh(1, gpuW!, hours(d)),
      terms: (d) => [
        { title: 'Hours sold', value: hours(d), unit: 'h/month', from: ['utilisation', 'uptime'] },
        { title: 'Paid by customers', value: paidUsd(d), unit: 'USD/month', from: ['usd-per-gpu-hour'] },
        { title: 'To the node', value: SALAD.containers.paid, unit: 'share', from: ['paid'] },
      ],
    }
  },
}

const rendering: Era['rules'] = [
  {
    id: 'job-pool',
    title: 'Weekly pool for rendering work',
    fact: fact(JOB_POOL, 'RENDER/week', `${RNP}, RNP-022`, '2025-12-20', 'doc'),
  },
  {
    id: 'availability-pool',
    title: 'Weekly pool for being available',
    fact: fact(AVAILABILITY_POOL, 'RENDER/week', `${RNP}, RNP-022`, '2025-12-20', 'doc'),
  },
  {
    id: 'fourth-node',
    title: 'What a fourth node of one wallet counts',
    fact: fact(manyNodesFactor(4), '×', `${RNP}, RNP-015`, '2024-05-06', 'doc'),
  },
  { id: 'card-score', title: 'Speed of a card', fact: CARD_SCORE },
  { id: 'weekly-burn', title: 'Burnt in a week', fact: WEEKLY_BURN },
  {
    id: 'burnt',
    title: 'Burnt of what customers pay',
    fact: fact(0.95, 'share', `${RNP}, RNP-006`, '2023-11-02', 'doc'),
  },
  {
    id: 'tier-priority',
    title: 'Work for a euro, priority tier',
    fact: fact(TIER_OBH_PER_EUR.priority, 'OBh/EUR', 'know.rendernetwork.com, recalled', '2025-01-01', 'memory'),
  },
  {
    id: 'tier-economy',
    title: 'Work for a euro, economy tier',
    fact: fact(TIER_OBH_PER_EUR.economy, 'OBh/EUR', 'know.rendernetwork.com, recalled', '2025-01-01', 'memory'),
  },
]

/** Racks of GPUs that render and compute. */
export const render = defineNetwork({
  id: 'render',
  title: 'Render compute',
  what: 'A rack of GPUs takes jobs; it is paid for hours of work and a little for being available.',
  story: {
    node: 'A rack of graphics cards that renders pictures or runs models for others.',
    proves: 'The result itself: automatic checks and the customer’s acceptance, and a reputation that grows with it.',
    pays: 'Artists and companies, in dollars turned into RENDER. Nodes are paid from weekly pools by the work they did and for being ready.',
    burns: 'Nearly all RENDER spent on jobs is destroyed, and a schedule issues new tokens to nodes.',
    risks: {
      regulation:
        'Export rules can cover strong cards; a loud rack with kilowatts of heat is a matter for the landlord.',
      privacy:
        'Scenes and models of customers pass through strangers’ machines; contracts and isolation protect them, not mathematics.',
      scaling: 'Pools are fixed, so each newcomer takes a slice from all. Cards age within a few years.',
      concentration: 'A foundation admits nodes and issues the pools; much of the demand comes through one renderer.',
    },
  },
  parts: {
    settlement: { title: 'Solana', source: RNP, asOf: '2026-07-01' },
    identity: { title: 'Node operator account', source: 'know.rendernetwork.com', asOf: '2026-07-01' },
    proof: {
      title: 'Proof of render: the customer’s and an automatic check',
      source: 'know.rendernetwork.com',
      asOf: '2026-07-01',
    },
    compute: { title: 'The GPUs themselves', source: 'know.rendernetwork.com', asOf: '2026-07-01' },
    dataAvailability: { title: 'Network’s own storage', source: 'know.rendernetwork.com', asOf: '2026-07-01' },
    governance: { title: 'Render Network Proposals', source: RNP, asOf: '2026-07-01' },
  },
  token: {
    symbol: 'RENDER',
    baseUnit: '10⁻⁸ RENDER',
    decimals: 8,
    price,
    cap: {
      id: 'render-cap',
      title: 'Most that can ever exist',
      fact: fact(644_245_094, 'RENDER', `${RNP}, RNP-001 (sum by us)`, '2026-07-01', 'doc'),
    },
  },
  eras: [
    {
      id: 'render@rnp023',
      title: 'Salad subnet: a part of what customers pay (RNP-023, approved)',
      from: '2026-03-26',
      to: null,
      status: 'approved',
      rules: [
        {
          id: 'burnt',
          title: 'Burnt of container revenue',
          fact: fact(SALAD.containers.burnt, 'share', `${RNP}, RNP-023`, '2026-03-26', 'doc'),
        },
        {
          id: 'paid',
          title: 'To nodes, of container revenue',
          fact: fact(SALAD.containers.paid, 'share', `${RNP}, RNP-023`, '2026-03-26', 'doc'),
        },
        {
          id: 'burnt-gateway',
          title: 'Burnt of gateway revenue',
          fact: fact(SALAD.gateway.burnt, 'share', `${RNP}, RNP-023`, '2026-03-26', 'doc'),
        },
        {
          id: 'paid-gateway',
          title: 'To nodes, of gateway revenue',
          fact: fact(SALAD.gateway.paid, 'share', `${RNP}, RNP-023`, '2026-03-26', 'doc'),
        },
      ],
      earn: { 'gpu-rack': salad },
    },
    {
      id: 'render@rnp021',
      title: 'Compute subnet (RNP-019 to RNP-021)',
      from: '2025-12-20',
      to: null,
      status: 'active',
      rules: [
        {
          id: 'week-job',
          title: 'RENDER for a full week of work',
          fact: fact(25, 'RENDER', `${RNP}, RNP-021`, '2025-09-01', 'doc'),
        },
        {
          id: 'availability',
          title: 'RENDER a week for being available',
          fact: fact(2, 'RENDER', `${RNP}, RNP-021`, '2025-09-01', 'doc'),
        },
        { id: 'multiplier', title: 'Multiplier of the card', fact: MULTIPLIER },
        {
          id: 'pool',
          title: 'Weekly pool for jobs and availability',
          fact: fact(17_800, 'RENDER', `${RNP}, RNP-022`, '2025-12-20', 'doc'),
        },
        { id: 'idle', title: 'Idle draw', fact: IDLE_SHARE },
        { id: 'overhead', title: 'Power around the cards', fact: GPU_OVERHEAD },
      ],
      earn: {
        'gpu-rack': {
          drivers: [price, utilisation],
          run: renderNode,
        },
      },
      emission: {
        title: 'RENDER per weekly epoch to nodes: 15,000 for jobs and 2,800 for availability',
        source: `${RNP}, RNP-022`,
        epochS: 604_800,
        anchor: '2025-12-20T00:00:00Z',
        at: () => 17_800n * RENDER_UNIT,
      },
      economy: renderEconomy,
    },
    {
      id: 'render@rnp022',
      title: 'Rendering subnet: two weekly pools (RNP-022)',
      from: '2025-12-20',
      to: null,
      status: 'active',
      rules: rendering,
      earn: { 'gpu-rack': renderingSubnet(price, false) },
    },
    {
      id: 'render@rnp020',
      title: 'Pool moved by quarter after burns (RNP-020, vote lost)',
      from: '2025-10-28',
      to: null,
      status: 'closed',
      rules: rendering,
      earn: { 'gpu-rack': renderingSubnet(price, true) },
    },
  ],
  nodeTypes: [
    {
      kind: 'gpu-rack',
      title: 'GPU rack',
      capex: [
        {
          id: 'gpu',
          title: 'Card of the RTX 4090 class',
          fact: fact(1800, 'USD', 'street price, recalled', '2026-11-01', 'memory'),
          per: (params) => params.gpus!,
        },
        assumed('host', 'Its share of a server', 450, 'USD', (params) => params.gpus!, 'assumed'),
      ],
      install: [assumed('rack', 'Rack, power, cooling', 150, 'USD', (params) => params.gpus!, 'assumed per card')],
      opexYear: [
        assumed('line', 'Internet line', 600, 'USD/a'),
        assumed('repair', 'Repairs', 60, 'USD/a', (params) => params.gpus!, 'assumed per card'),
      ],
      power: {
        id: 'idle',
        title: 'Draw without work',
        fact: fact(
          0.15,
          'share of full draw',
          'idle draw of a card against its full draw, assumed',
          '2026-11-01',
          'assumption',
        ),
        per: (params) => params.gpus! * params.gpuW! * GPU_OVERHEAD.value,
      },
      life: fact(4, 'a', 'assumed', '2026-11-01', 'assumption'),
    },
  ],
  caveats: [
    'Nodes are admitted by the network; a rack may wait for jobs.',
    'The first 100 USD earned are held back as a stake.',
    'Emission to nodes shrinks by proposal from year to year; what is paid follows the pool in force.',
  ],
})
