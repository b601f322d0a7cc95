import type { AssetReport } from '../../model/plan.ts'
import { formatUnit } from '../format.ts'
import styles from './plan.module.css'

/** Figures of networks that this plan changed, with what they were and why: part of the result. */
export function ChangedFigures({ assets }: { readonly assets: readonly AssetReport[] }) {
  const all = new Map(
    assets.flatMap(({ network, changes }) => changes.map((change) => [`${network}.${change.fact}`, change] as const)),
  )
  if (all.size === 0) return null
  return (
    <section aria-label="Changed figures">
      <h3>Rests on changed figures</h3>
      <ul className={styles.diff}>
        {[...all].map(([key, { title, unit, was, is, reason }]) => (
          <li key={key}>
            {title}: {formatUnit(was, unit)} → {formatUnit(is, unit)}, {reason}
          </li>
        ))}
      </ul>
    </section>
  )
}
