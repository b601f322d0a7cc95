import { explainError } from '../../base/errors.ts'
import type { CalibrationReport } from '../../model/load.ts'
import { dayStep, shownMs } from '../../stores/clock.ts'
import { DayPlot } from '../charts/DayPlot.tsx'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { formatNumber, formatUnit } from '../format.ts'
import { QuantityText } from '../honesty/QuantityText.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './plan.module.css'

const hour = (step: number, steps: number): string => {
  const minutes = (step / steps) * 1440
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(Math.round(minutes % 60)).padStart(2, '0')}`
}

/** How far the modelled loads were bent to meet the published figures, and which figures those are. */
function CalibrationNote({ report }: { readonly report: CalibrationReport }) {
  return (
    <details className={styles.sources}>
      <summary>
        {report.calibrated
          ? `Loads × ${formatNumber(report.factor)}: from ${formatUnit(report.rawPeakW, 'W')} bottom-up to a winter peak of ${formatUnit(report.peakW, 'W')}`
          : 'Loads are not calibrated: nothing is published for this city'}
      </summary>
      <ul>
        {report.facts.map(({ title, fact }) => (
          <li key={title}>
            <strong>{title}</strong>: {formatNumber(fact.value, fact.value > 1000)} {fact.unit} — {fact.source},{' '}
            {fact.asOf} ({fact.grade})
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The modelled grid over a day: run it, stop it, find its worst hour. */
export function GridSection() {
  const { opening, run, calibration, error, map } = useTwinGrid()
  const step = useSlice('clock', (s) => dayStep(shownMs(s), s.utcOffsetH, run.result?.day.steps ?? 96))
  const { actions } = useTwin()
  const busy = opening !== null || run.status === 'running'
  const result = run.result

  return (
    <section className={styles.section}>
      <h2>Grid over a day</h2>
      {opening !== null && (
        <Progress words="Laying the grid along the streets" fraction={opening} onCancel={() => actions.cancelDay()} />
      )}
      {run.status === 'running' && (
        <Progress words="96 power flows of 15 minutes" fraction={run.progress} onCancel={() => actions.cancelDay()} />
      )}
      {error && <p role="alert">{explainError(error)}</p>}
      {run.status === 'failed' && <p role="alert">{explainError(run.error)}</p>}
      {!busy && !result && <Button onPress={() => void actions.runDay()}>Run the day</Button>}
      {result && map && (
        <>
          <DayPlot values={result.day.loadW} at={step} label="City load over the day in watts" />
          <dl className={styles.kpis}>
            <div>
              <dt>Peak load</dt>
              <dd>
                <QuantityText
                  quantity={{ value: result.summary.peakLoadW, unit: 'W', tag: 'modelled', source: map.source }}
                />{' '}
                at {hour(result.summary.peakStep, result.day.steps)}
              </dd>
            </div>
            <div>
              <dt>Fullest element</dt>
              <dd>
                <QuantityText
                  quantity={{
                    value: result.summary.highestLoading,
                    unit: 'share',
                    tag: 'modelled',
                    source: map.source,
                  }}
                />{' '}
                at {hour(result.summary.highestStep, result.day.steps)}
              </dd>
            </div>
            <div>
              <dt>Lowest voltage</dt>
              <dd>
                <QuantityText
                  quantity={{ value: result.summary.lowestVPu, unit: 'pu', tag: 'modelled', source: map.source }}
                />{' '}
                at {hour(result.summary.lowestStep, result.day.steps)}
              </dd>
            </div>
            <div>
              <dt>Losses</dt>
              <dd>
                <QuantityText
                  quantity={{ value: result.summary.lossKwh * 1000, unit: 'Wh', tag: 'modelled', source: map.source }}
                />
              </dd>
            </div>
            <div>
              <dt>Over their limit</dt>
              <dd>
                {formatNumber(result.summary.overloadedBranches, true)} lines,{' '}
                {formatNumber(result.summary.lowVoltageBuses, true)} connections outside {result.summary.limitLowPu}–
                {result.summary.limitHighPu} pu
              </dd>
            </div>
          </dl>
          {result.summary.unconvergedSteps > 0 && (
            <p role="alert">
              {result.summary.unconvergedSteps} of {result.day.steps} steps found no solution; their values are left
              empty.
            </p>
          )}
          {result.notes.map((note) => (
            <p key={note} className={styles.small}>
              {note}
            </p>
          ))}
          <div className={styles.row}>
            <Button onPress={() => actions.showWorstHour()}>Show the worst hour</Button>
            <Button look="plain" isDisabled={busy} onPress={() => void actions.runDay()}>
              Run again
            </Button>
          </div>
        </>
      )}
      {calibration && <CalibrationNote report={calibration} />}
    </section>
  )
}

function useTwinGrid() {
  return {
    opening: useSlice('grid', (s) => s.opening),
    run: useSlice('grid', (s) => s.run),
    calibration: useSlice('grid', (s) => s.calibration),
    error: useSlice('grid', (s) => s.error),
    map: useSlice('grid', (s) => s.map),
  }
}
