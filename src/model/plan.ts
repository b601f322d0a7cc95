import type { Fact, Quantity } from '../base/quantity.ts'
import type { Provenance } from './provenance.ts'

/** One figure of a plan, as panels, comparisons and exports show it. */
export interface Kpi {
  readonly id: string // 'grid.highest-loading'
  readonly title: string
  readonly quantity: Quantity
  readonly better: 'higher' | 'lower' | 'neither'
}

/** What one placed asset costs, does and earns. */
export interface AssetReport {
  readonly assetId: string
  readonly network: string
  readonly era: string // which dated rule set was applied
  readonly kpis: readonly Kpi[]
  readonly breakEven: string | null // what would have to be true, when it does not pay back
  readonly facts: readonly { readonly title: string; readonly fact: Fact }[]
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
