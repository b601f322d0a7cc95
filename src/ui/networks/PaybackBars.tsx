import { formatNumber } from '../format.ts'
import styles from './networks.module.css'

/** Chance that the node has paid back by the end of each year. */
export function PaybackBars({ paidBackBy }: { readonly paidBackBy: readonly number[] }) {
  const percent = (share: number): string => `${formatNumber(100 * share)} %`
  const words = paidBackBy.map((share, year) => `year ${year + 1}: ${percent(share)}`).join(', ')
  const every = Math.max(1, Math.ceil(paidBackBy.length / 10))
  return (
    <figure className={styles.payback}>
      <figcaption>Chance to have paid back by the end of a year</figcaption>
      <div role="img" aria-label={words} style={{ gridTemplateColumns: `repeat(${paidBackBy.length}, 1fr)` }}>
        {paidBackBy.map((share, year) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: years are their index
          <span key={year}>
            <i style={{ height: `${Math.max(1, 100 * share)}%` }} />
            <small>{year % every === 0 || year === paidBackBy.length - 1 ? year + 1 : ''}</small>
          </span>
        ))}
      </div>
    </figure>
  )
}
