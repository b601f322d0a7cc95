import type { Band } from '../../base/quantity.ts'
import type { Histogram } from '../../model/economics.ts'
import { formatUnit } from '../format.ts'
import styles from './networks.module.css'

const W = 560
const H = 150
const FLOOR = H - 22

/** Net present value over all draws: bars, P10 to P90 shaded, and the line between loss and gain. */
export function NpvHistogram({
  npv,
  band,
  draws,
}: {
  readonly npv: Histogram
  readonly band: Band
  readonly draws: number
}) {
  const { from, to, counts } = npv
  const low = Math.min(from, 0)
  const high = Math.max(to, 0)
  const x = (value: number): number => ((value - low) / (high - low || 1)) * W
  const most = counts.reduce((best, count) => Math.max(best, count), 1)
  const width = x(from + (to - from) / counts.length) - x(from)
  const words = `Net present value of ${draws} draws: P10 ${formatUnit(band.p10, 'USD')}, P50 ${formatUnit(band.p50, 'USD')}, P90 ${formatUnit(band.p90, 'USD')}`
  const label = (value: number): { x: number; anchor: 'start' | 'middle' | 'end' } => {
    const at = x(value)
    return { x: at, anchor: at < 40 ? 'start' : at > W - 40 ? 'end' : 'middle' }
  }
  return (
    <svg className={styles.histogram} viewBox={`0 0 ${W} ${H}`} role="img" aria-label={words}>
      <title>{words}</title>
      <rect
        x={x(band.p10)}
        y="0"
        width={Math.max(1, x(band.p90) - x(band.p10))}
        height={FLOOR}
        className={styles.within}
      />
      {[...counts].map((count, i) => {
        const value = from + ((to - from) * i) / counts.length
        const height = (count / most) * (FLOOR - 8)
        return (
          <rect
            key={value}
            x={x(value) + 0.5}
            y={FLOOR - height}
            width={Math.max(0.5, width - 1)}
            height={height}
            className={value < 0 ? styles.loss : styles.gain}
          />
        )
      })}
      <path d={`M${x(band.p50)} 0V${FLOOR}`} className={styles.median} />
      <path d={`M${x(0)} 0V${FLOOR + 5}`} className={styles.zero} />
      <text x={label(0).x} y={H - 5} textAnchor={label(0).anchor} className={styles.tick}>
        breaks even
      </text>
      {Math.abs(x(band.p50) - x(0)) > 110 && (
        <text x={label(band.p50).x} y={H - 5} textAnchor={label(band.p50).anchor} className={styles.tick}>
          P50
        </text>
      )}
    </svg>
  )
}
