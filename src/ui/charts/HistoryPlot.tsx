import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Tag } from '../../base/honesty.ts'
import { formatClock, formatNumber } from '../format.ts'
import styles from './charts.module.css'

export interface HistoryPlotProps {
  readonly timeMs: Float64Array
  readonly value: Float64Array
  readonly unit: string
  readonly title: string
  readonly tag: Tag
  readonly simulated: boolean
  readonly fromMs: number
  readonly toMs: number
  readonly utcOffsetH: number
  readonly markMs?: number
}

const STROKE: Readonly<Record<Tag, string>> = { measured: '#5ee0c0', modelled: '#8f7bff', assumed: '#d9bf8c' }
const DASH: Readonly<Record<Tag, number[]>> = { measured: [], modelled: [5, 4], assumed: [1, 3] }

/** A span longer than this between two samples is drawn as missing, not bridged. */
const GAP_MS = 45 * 60_000

/** Breaks the line where samples are missing. */
function withGaps(timeMs: Float64Array, value: Float64Array): [number[], (number | null)[]] {
  const x: number[] = []
  const y: (number | null)[] = []
  for (let i = 0; i < timeMs.length; i++) {
    if (i > 0 && timeMs[i]! - timeMs[i - 1]! > GAP_MS) {
      x.push((timeMs[i]! + timeMs[i - 1]!) / 2000)
      y.push(null)
    }
    x.push(timeMs[i]! / 1000)
    y.push(value[i]!)
  }
  return [x, y]
}

/** One series over a day, with a table of the same numbers for those who cannot see it. */
export function HistoryPlot({
  timeMs,
  value,
  unit,
  title,
  tag,
  simulated,
  fromMs,
  toMs,
  utcOffsetH,
  markMs,
}: HistoryPlotProps) {
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(null)
  const mark = useRef(markMs)
  mark.current = markMs

  useEffect(() => {
    const element = host.current
    if (!element) return
    const axis = {
      stroke: '#8d8b85',
      font: '11px "Inter Variable", sans-serif',
      grid: { stroke: 'rgb(236 235 230 / 7%)', width: 1 },
      ticks: { show: false },
    }
    const chart = new uPlot(
      {
        width: element.clientWidth,
        height: 148,
        padding: [8, 18, 0, 0],
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: { x: { time: false } },
        series: [
          {},
          {
            stroke: simulated ? '#94a5ff' : STROKE[tag],
            width: simulated ? 1.25 : 2,
            dash: simulated ? [] : DASH[tag],
            points: { show: false },
            fill: simulated ? 'rgb(148 165 255 / 10%)' : 'rgb(94 224 192 / 10%)',
          },
        ],
        axes: [
          {
            ...axis,
            size: 22,
            values: (_, ticks) => ticks.map((t) => formatClock(t * 1000, utcOffsetH)),
            incrs: [3600, 3 * 3600, 6 * 3600],
            space: 48,
          },
          { ...axis, size: 46, values: (_, ticks) => ticks.map((v) => formatNumber(v)) },
        ],
        hooks: {
          draw: [
            (u) => {
              if (mark.current === undefined) return
              const x = u.valToPos(mark.current / 1000, 'x', true)
              u.ctx.save()
              u.ctx.strokeStyle = 'rgb(236 235 230 / 60%)'
              u.ctx.lineWidth = devicePixelRatio
              u.ctx.beginPath()
              u.ctx.moveTo(x, u.bbox.top)
              u.ctx.lineTo(x, u.bbox.top + u.bbox.height)
              u.ctx.stroke()
              u.ctx.restore()
            },
          ],
        },
      },
      [[], []],
      element,
    )
    plot.current = chart
    const resize = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: 148 }))
    resize.observe(element)
    return () => {
      resize.disconnect()
      chart.destroy()
      plot.current = null
    }
  }, [tag, simulated, utcOffsetH])

  useEffect(() => {
    const [x, y] = withGaps(timeMs, value)
    plot.current?.setData([x, y], false)
    plot.current?.setScale('x', { min: fromMs / 1000, max: toMs / 1000 })
  }, [timeMs, value, fromMs, toMs])

  const every = Math.max(1, Math.floor(timeMs.length / 12))
  return (
    <figure className={styles.figure}>
      <figcaption>
        {title}
        {unit && <span>{unit}</span>}
      </figcaption>
      <div ref={host} className={styles.plot} aria-hidden="true" />
      <table className="visually-hidden">
        <caption>{`${title}, last 24 hours`}</caption>
        <tbody>
          {[...timeMs].map((t, i) =>
            i % every === 0 ? (
              <tr key={t}>
                <th scope="row">{formatClock(t, utcOffsetH)}</th>
                <td>{`${formatNumber(value[i]!)} ${unit}`}</td>
              </tr>
            ) : null,
          )}
        </tbody>
      </table>
    </figure>
  )
}
