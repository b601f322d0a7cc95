import type { Band } from '../base/quantity.ts'
import type { CoverageSummary } from '../model/coverage.ts'
import type { EconomicsResult } from '../model/economics.ts'
import type { GridSummary } from '../model/grid.ts'
import { hashOf } from '../model/hash.ts'
import { type AssetReport, compareKpis, type Kpi, type KpiDelta, type PlanReport } from '../model/plan.ts'
import type { Provenance } from '../model/provenance.ts'
import { diffStates, type Edit, type ScenarioState } from '../model/scenario.ts'
import { quantity } from './quantityOf.ts'

/** Everything that was computed of a plan. */
export interface PlanFindings {
  readonly scenarioHash: string
  readonly assets: readonly AssetReport[]
  readonly results: readonly EconomicsResult[] // one for each asset
  readonly coverage: readonly CoverageSummary[]
  readonly grid: { readonly before: GridSummary; readonly after: GridSummary } | null
  readonly provenance: Provenance
}

/**
 * Bands of several assets as one. Their quantiles are added: as if all did badly together, or all well,
 * which is what shared prices and a shared city make of them. The band is never narrower than the truth.
 */
export function addBands(bands: readonly Band[]): Band {
  const sum = (key: 'p10' | 'p50' | 'p90'): number => bands.reduce((total, band) => total + band[key], 0)
  const widest = bands.reduce<Band | undefined>(
    (best, b) => (!best || b.p90 - b.p10 > best.p90 - best.p10 ? b : best),
    undefined,
  )
  const decidedBy = widest?.decidedBy
  return { p10: sum('p10'), p50: sum('p50'), p90: sum('p90'), ...(decidedBy === undefined ? {} : { decidedBy }) }
}

const MODEL_TITLES: Readonly<Record<string, string>> = {
  bullington: 'LoRaWAN',
  umi: 'Wi-Fi / 5G',
  uma: 'Telecom tower',
}

function coverageKpis(coverage: readonly CoverageSummary[]): Kpi[] {
  return coverage.flatMap((c) => {
    const title = MODEL_TITLES[c.model] ?? c.model
    const source = `radio engine; ${c.model}`
    const decidedBy = 'shadowing and model error'
    const area = { p10: c.coveredKm2P10, p50: c.coveredKm2, p90: c.coveredKm2P90, decidedBy }
    const people = { p10: c.peopleCoveredP10, p50: c.peopleCovered, p90: c.peopleCoveredP90, decidedBy }
    return [
      {
        id: `coverage.${c.model}.area`,
        title: `${title} coverage`,
        better: 'higher' as const,
        quantity: quantity(c.coveredKm2, 'km²', source, 'modelled', area),
      },
      {
        id: `coverage.${c.model}.people`,
        title: `People with ${title} signal`,
        better: 'higher' as const,
        quantity: quantity(c.peopleCovered, 'people', `${source}; people from floor area`, 'modelled', people),
      },
    ]
  })
}

function gridKpis(grid: PlanFindings['grid']): Kpi[] {
  if (!grid) return []
  const source = 'grid engine; synthesised grid'
  const one = (id: string, title: string, better: Kpi['better'], value: number, unit: string): Kpi => ({
    id: `grid.${id}`,
    title,
    better,
    quantity: quantity(value, unit, source),
  })
  const { before, after } = grid
  return [
    one(
      'loading-before',
      'Highest loading of a line or transformer, without the plan',
      'neither',
      before.highestLoading,
      'share',
    ),
    one('highest-loading', 'Highest loading of a line or transformer', 'lower', after.highestLoading, 'share'),
    one('voltage-before', 'Lowest voltage at a customer, without the plan', 'neither', before.lowestVPu, 'pu'),
    one('lowest-voltage', 'Lowest voltage at a customer', 'higher', after.lowestVPu, 'pu'),
    one('overloaded', 'Lines and transformers above their limit', 'lower', after.overloadedBranches, ''),
  ]
}

/** Figures of the whole plan. Nothing placed, nothing to build. */
function planKpis(findings: PlanFindings, assets: readonly AssetReport[]): Kpi[] {
  const { results, coverage, grid } = findings
  const source = 'economics engine; bands added as if all went well or badly together'
  const band = (
    id: string,
    title: string,
    unit: string,
    better: Kpi['better'],
    of: (r: EconomicsResult) => Band,
  ): Kpi => {
    const total = addBands(results.map(of))
    return { id, title, better, quantity: quantity(total.p50, unit, source, 'modelled', total) }
  }
  const powerW = assets.reduce((sum, { kpis }) => sum + (kpis.find(({ id }) => id === 'power')?.quantity.value ?? 0), 0)
  const outlay = addBands(results.map((r) => r.outlayUsd))
  const net = addBands(results.map((r) => r.netPerMonthUsd))
  const months = net.p50 > 0 ? outlay.p50 / net.p50 : NaN
  return [
    band('plan.outlay', 'To build everything', 'USD', 'lower', (r) => r.outlayUsd),
    {
      id: 'plan.power',
      title: 'Mean power drawn',
      better: 'lower',
      quantity: quantity(powerW, 'W', 'economics engine'),
    },
    ...coverageKpis(coverage),
    ...gridKpis(grid),
    band('plan.gross', 'Earned a month', 'USD/month', 'higher', (r) => r.grossPerMonthUsd),
    band('plan.net', 'Left a month', 'USD/month', 'higher', (r) => r.netPerMonthUsd),
    band('plan.npv', 'Net present value', 'USD', 'higher', (r) => r.npvUsd),
    {
      id: 'plan.payback',
      title: 'Pays back after, at the medians',
      better: 'lower',
      quantity: quantity(results.length === 0 ? NaN : months, 'months', source),
    },
  ]
}

/** Puts the report of a plan together. */
export function composeReport(findings: PlanFindings): PlanReport {
  const { assets } = findings
  return {
    scenarioHash: findings.scenarioHash,
    kpis: planKpis(findings, assets),
    assets,
    provenance: findings.provenance,
  }
}

/** Not-a-number has no place in JSON: what is not known is null there. */
export function jsonSafe(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (Array.isArray(value)) return value.map(jsonSafe)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, jsonSafe(member)]))
}

/** Hash of a report's content: the same on any day, for any number of workers. */
export function reportHash({ provenance, ...content }: PlanReport): string {
  const { createdAt: _, ...origin } = provenance
  return hashOf(jsonSafe({ ...content, provenance: origin }))
}

export interface PlanComparison {
  readonly kpis: readonly KpiDelta[]
  readonly edits: readonly Edit[] // what leads from the first to the second
}

/** Two plans beside each other: figures, and what was placed or set differently. */
export const comparePlans = (
  a: { readonly report: PlanReport; readonly state: ScenarioState },
  b: { readonly report: PlanReport; readonly state: ScenarioState },
): PlanComparison => ({ kpis: compareKpis(a.report.kpis, b.report.kpis), edits: diffStates(a.state, b.state) })
