import { formatNumber } from '../format.ts'
import styles from './networks.module.css'
import { formatTokens } from './words.ts'

/** One series over the years; NaN where there is none. */
export interface MacroSeries {
  readonly words: string
  readonly values: readonly number[]
  readonly look: 'now' | 'tried' | 'second' | 'mark'
}

export interface MacroChartProps {
  readonly title: string
  readonly unit: string
  readonly years: readonly string[] // ISO date on which each ends
  readonly series: readonly MacroSeries[]
  readonly changes: readonly { readonly at: number; readonly title: string }[] // rule set that begins within a year
}

const W = 340
const H = 132
const LEFT = 52
const BOTTOM = 20
const TOP = 10

/** Where the axis begins and ends: at zero, unless all lies in a narrow band far from it. */
function frameOf(least: number, most: number): [low: number, high: number] {
  if (least > 0 && most / least < 1.05) return [least * 0.9, most * 1.1]
  if (least > 0 && most / least < 1.6) return [least - (most - least) * 0.2, most + (most - least) * 0.1]
  const low = Math.min(0, least)
  return [low, most === low ? low + 1 : most + (most - low) * 0.06]
}

/** A small chart of a token over years, with the dates at which the rules change marked on it, and the same as a table. */
export function MacroChart({ title, unit, years, series, changes }: MacroChartProps) {
  const shown = series.filter(({ values }) => values.some(Number.isFinite))
  if (shown.length === 0) return null
  const all = shown.flatMap(({ values }) => values.filter(Number.isFinite))
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const [low, high] = frameOf(least, most)
  const x = (i: number): number => LEFT + (i / Math.max(1, years.length - 1)) * (W - LEFT - 8)
  const y = (value: number): number => H - BOTTOM - ((value - low) / (high - low)) * (H - BOTTOM - TOP)
  const path = (values: readonly number[]): string =>
    values
      .map((value, i) =>
        Number.isFinite(value)
          ? `${i > 0 && Number.isFinite(values[i - 1]) ? 'L' : 'M'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`
          : '',
      )
      .join('')
  const write = (value: number): string =>
    unit === '1/a' ? `${formatNumber(value * 100)} %` : unit === 'USD' ? `$${formatNumber(value)}` : formatTokens(value)
  const words = `${title}: ${shown.map((one) => `${one.words} from ${write(one.values.find(Number.isFinite) ?? NaN)} to ${write(one.values.findLast(Number.isFinite) ?? NaN)}`).join('; ')}`
  return (
    <figure className={styles.macro}>
      <figcaption>
        <strong>{title}</strong>
        <span>{unit === '1/a' ? 'a year' : unit}</span>
      </figcaption>
      <svg viewBox={`0 0 ${W} ${H}`} role="img" aria-label={words}>
        <title>{words}</title>
        {[low, (low + high) / 2, high].map((value, i) => (
          <g key={value}>
            <path d={`M${LEFT} ${y(value)}H${W - 8}`} className={styles.grid} />
            <text x={LEFT - 6} y={y(value) + (i === 0 ? 0 : 4)} textAnchor="end" className={styles.tick}>
              {write(value)}
            </text>
          </g>
        ))}
        {changes.map(({ at, title: rule }) => (
          <path key={rule} d={`M${x(at)} ${TOP}V${H - BOTTOM}`} className={styles.eraMark}>
            <title>{rule}</title>
          </path>
        ))}
        {years.map((iso, i) =>
          i === 0 || i === years.length - 1 || i === Math.floor((years.length - 1) / 2) ? (
            <text
              key={iso}
              x={x(i)}
              y={H - 5}
              textAnchor={i === 0 ? 'start' : i === years.length - 1 ? 'end' : 'middle'}
              className={styles.tick}
            >
              {iso.slice(0, 4)}
            </text>
          ) : null,
        )}
        {shown.map(({ words: of, values, look }) => (
          <path key={of} d={path(values)} className={styles.line} data-look={look} />
        ))}
      </svg>
      <ul className={styles.keys}>
        {shown.map(({ words: of, values, look }) => (
          <li key={of}>
            <i data-look={look} />
            {of} <strong>{write(values.findLast(Number.isFinite) ?? NaN)}</strong>
          </li>
        ))}
      </ul>
    </figure>
  )
}
