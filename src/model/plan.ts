import type { Fact, Quantity } from '../base/quantity.ts'
import type { Provenance } from './provenance.ts'

/** One figure of a plan, as panels, comparisons and exports show it. */
export interface Kpi {
  readonly id: string // 'grid.highest-loading'
  readonly title: string
  readonly quantity: Quantity
  readonly better: 'higher' | 'lower' | 'neither'
}

/** One step of why an asset earns what it earns. */
export interface ReportTerm {
  readonly title: string
  readonly value: number
  readonly unit: string
  readonly from: readonly string[] // ids of the facts it rests on; `site.…`: a figure that another engine found of the place
}

/** A fact that enters a report. */
export interface ReportFact {
  readonly id: string
  readonly title: string
  readonly fact: Fact
}

/** A figure that the plan changed, with what it was. */
export interface ReportChange {
  readonly fact: string // its id among the facts
  readonly title: string
  readonly unit: string
  readonly was: number
  readonly is: number
  readonly reason: string
}

/** What the grid takes from an asset because something above it is full. */
export interface HeldBack {
  readonly share: number // of its energy, 0 … 1
  readonly lostUsdPerMonth: number // of its income at the medians, in the middle of its life
  readonly reason: string
}

/** What the other engines found of the place of an asset. */
export interface ReportSite {
  readonly peopleReached: number
  readonly coveredKm2: number
  readonly curtailedShare: number
  readonly pvKwhPerKwp: number
  readonly drawnKwhPerDay: number
}

/** What one placed asset costs, does and earns. */
export interface AssetReport {
  readonly assetId: string
  readonly network: string
  readonly era: string // which dated rule set was applied
  readonly kpis: readonly Kpi[]
  readonly breakEven: string | null // what would have to be true, when it does not pay back
  readonly facts: readonly ReportFact[]
  readonly terms: readonly ReportTerm[] // of a month at the medians: what the network pays, then what is left of it
  readonly changes: readonly ReportChange[]
  readonly heldBack: HeldBack | null // null: the grid carries it
  readonly site: ReportSite
}

export interface PlanReport {
  readonly scenarioHash: string
  readonly kpis: readonly Kpi[] // of the whole plan
  readonly assets: readonly AssetReport[]
  readonly provenance: Provenance
}

/** Change of a figure between two plans, for the comparison table. */
export interface KpiDelta {
  readonly id: string
  readonly title: string
  readonly a: Quantity | null
  readonly b: Quantity | null
  readonly delta: number // b - a; NaN when one is missing
  readonly verdict: 'better' | 'worse' | 'same' | 'unclear'
}

export function compareKpis(a: readonly Kpi[], b: readonly Kpi[]): KpiDelta[] {
  const ids = [...new Set([...a, ...b].map(({ id }) => id))]
  return ids.map((id) => {
    const left = a.find((k) => k.id === id)
    const right = b.find((k) => k.id === id)
    const delta = left && right ? right.quantity.value - left.quantity.value : NaN
    const better = (left ?? right)!.better
    const verdict =
      Number.isNaN(delta) || better === 'neither'
        ? 'unclear'
        : delta === 0
          ? 'same'
          : delta > 0 === (better === 'higher')
            ? 'better'
            : 'worse'
    return { id, title: (left ?? right)!.title, a: left?.quantity ?? null, b: right?.quantity ?? null, delta, verdict }
  })
}
