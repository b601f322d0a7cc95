import type { TornadoBar } from '../../model/economics.ts'
import { formatUnit } from '../format.ts'
import styles from './networks.module.css'

const BARS = 7

/** What one driver alone does to the net present value between its P10 and its P90, the widest first. */
export function TornadoChart({ bars }: { readonly bars: readonly TornadoBar[] }) {
  const shown = bars.slice(0, BARS).filter(({ atP10Usd, atP90Usd }) => atP10Usd !== atP90Usd)
  if (shown.length === 0) return null
  const edges = shown.flatMap(({ atP10Usd, atP90Usd }) => [atP10Usd, atP90Usd])
  const low = Math.min(...edges)
  const high = Math.max(...edges)
  const at = (usd: number): number => ((usd - low) / (high - low || 1)) * 100
  return (
    <ol className={styles.tornado}>
      {shown.map(({ driver, title, atP10Usd, atP90Usd }) => {
        const [left, right] = [Math.min(atP10Usd, atP90Usd), Math.max(atP10Usd, atP90Usd)]
        return (
          <li key={driver}>
            <span>{title}</span>
            <span className={styles.bar} aria-hidden="true">
              <i
                data-rises={atP90Usd > atP10Usd || undefined}
                style={{ left: `${at(left)}%`, width: `${Math.max(0.5, at(right) - at(left))}%` }}
              />
            </span>
            <small>
              {formatUnit(atP10Usd, 'USD')} at its P10, {formatUnit(atP90Usd, 'USD')} at its P90
            </small>
          </li>
        )
      })}
    </ol>
  )
}
