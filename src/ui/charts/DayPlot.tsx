import styles from './charts.module.css'

export interface DayPlotProps {
  readonly values: ArrayLike<number>
  readonly limit?: number
  readonly at: number // step that is shown
  readonly label: string
}

const W = 320
const H = 96

/** A modelled day as a dashed line over its soft band, with the limit and the shown step. */
export function DayPlot({ values, limit, at, label }: DayPlotProps) {
  const numbers = Array.from(values).filter(Number.isFinite)
  if (numbers.length === 0) return <p>No step of this day converged.</p>
  const low = Math.min(0, ...numbers)
  const high = Math.max(limit ?? -Infinity, ...numbers) * 1.05 || 1
  const x = (i: number) => (i / Math.max(values.length - 1, 1)) * W
  const y = (v: number) => H - 8 - ((v - low) / (high - low)) * (H - 16)
  let line = ''
  let pen = false
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!
    if (!Number.isFinite(v)) {
      pen = false
      continue
    }
    line += `${pen ? 'L' : 'M'}${x(i).toFixed(1)} ${y(v).toFixed(1)}`
    pen = true
  }
  return (
    <svg className={styles.dayPlot} viewBox={`0 0 ${W} ${H}`} preserveAspectRatio="none" role="img" aria-label={label}>
      <title>{label}</title>
      <path d={`${line}L${W} ${y(0)}L0 ${y(0)}Z`} fill="var(--modelled)" opacity="0.16" />
      <path
        d={line}
        fill="none"
        stroke="var(--modelled)"
        strokeWidth="1.5"
        strokeDasharray="5 3"
        vectorEffect="non-scaling-stroke"
      />
      {limit !== undefined && (
        <path d={`M0 ${y(limit)}H${W}`} stroke="var(--assumed)" strokeWidth="1" vectorEffect="non-scaling-stroke" />
      )}
      <path
        d={`M${x(at)} 4V${H - 4}`}
        stroke="var(--text)"
        strokeWidth="1"
        opacity="0.7"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}
