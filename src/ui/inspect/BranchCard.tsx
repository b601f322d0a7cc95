import { useEffect, useState } from 'react'
import { BRANCH_KINDS, type BranchDay } from '../../model/grid.ts'
import { dayStep, shownMs } from '../../stores/clock.ts'
import { DayPlot } from '../charts/DayPlot.tsx'
import { formatNumber, formatUnit } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice } from '../twin.ts'
import styles from './inspect.module.css'

const WORDS = { line: 'Line', transformer: 'Transformer', switch: 'Switch' } as const

/** A line or transformer: how full it is now and over the day, which way the power flows, the voltage at both ends. */
export function BranchCard({ index }: { readonly index: number }) {
  const map = useSlice('grid', (s) => s.map)
  const run = useSlice('grid', (s) => s.run)
  const branchDay = useSlice('grid', (s) => s.branchDay)
  const steps = run.result?.day.steps ?? 96
  const step = useSlice('clock', (s) => dayStep(shownMs(s), s.utcOffsetH, steps))
  const [flow, setFlow] = useState<BranchDay | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision means new flows behind the same index
  useEffect(() => {
    let current = true
    setFlow(null)
    branchDay(index).then(
      (day) => current && setFlow(day),
      () => {}, // the card says below that there is nothing to show
    )
    return () => {
      current = false
    }
  }, [index, branchDay, run.revision])

  if (!map || !run.result) return <p className={styles.note}>Run the day to see its load.</p>
  const { day } = run.result
  const n = map.busCount
  const kind = BRANCH_KINDS[map.branchKind[index]!]!
  const loading = day.loading[step * map.branchCount + index]!
  const [from, to] = [map.branchFrom[index]!, map.branchTo[index]!]
  const rating = map.branchRating[index]!

  return (
    <>
      <div className={styles.lead}>
        <QuantityText size="large" quantity={{ value: loading, unit: 'share', tag: 'modelled', source: map.source }} />
        <p className={styles.note}>of the thermal limit at the shown time</p>
      </div>
      {flow && (
        <DayPlot
          values={flow.loading}
          limit={1}
          at={step}
          label={`${WORDS[kind]} loading over the day, share of the limit`}
        />
      )}
      <dl className={styles.facts}>
        <dt>Type</dt>
        <dd>{map.types[map.branchType[index]!]}</dd>
        <dt>Limit</dt>
        <dd>{formatUnit(rating, kind === 'transformer' ? 'VA' : 'A')}</dd>
        {flow && (
          <>
            <dt>Power</dt>
            <dd>
              {formatUnit(Math.abs(flow.pW[step]!), 'W')} {flow.pW[step]! >= 0 ? 'away from' : 'back to'} the substation
            </dd>
            <dt>Reactive</dt>
            <dd>{formatUnit(flow.qVar[step]!, 'var')}</dd>
            <dt>Current</dt>
            <dd>{formatUnit(flow.iA[step]!, 'A')}</dd>
          </>
        )}
        <dt>Voltage</dt>
        <dd>
          {formatNumber(day.vPu[step * n + from]!)} → {formatNumber(day.vPu[step * n + to]!)} pu
        </dd>
      </dl>
      <p className={styles.note}>
        This grid is synthesised from real substations along the streets; it is a model, not the utility’s plan.
      </p>
    </>
  )
}
