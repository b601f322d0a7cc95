import type { Kpi } from '../../model/plan.ts'
import { QuantityText } from './QuantityText.tsx'

/** Figures by name, as the terms of a `dl`. */
export const KpiTerms = ({ kpis }: { readonly kpis: readonly Kpi[] }) =>
  kpis.map(({ id, title, quantity }) => (
    <div key={id}>
      <dt>{title}</dt>
      <dd>
        <QuantityText id={id} quantity={quantity} />
      </dd>
    </div>
  ))
