import { Download } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { KpiTerms } from '../honesty/KpiTerms.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { ChangedFigures } from './ChangedFigures.tsx'
import styles from './plan.module.css'

/** The figures of the whole plan, with the model and the band behind each. */
export function Results() {
  const run = useSlice('plan', (s) => s.run)
  const coverage = useSlice('coverage', (s) => s.run)
  const placed = useSlice('scenario', (s) => s.state.assets.size)
  const { actions } = useTwin()
  if (placed === 0) return null
  return (
    <section className={styles.section} aria-live="polite">
      <h2>What the plan does</h2>
      {coverage.status === 'running' && <Progress words="Radio coverage" fraction={coverage.progress} />}
      {coverage.status === 'failed' && <p role="alert">{coverage.error.message}</p>}
      {run.status === 'failed' && <p role="alert">{run.error.message}</p>}
      {run.result && (
        <>
          <dl className={styles.kpis} data-old={run.status === 'running' || undefined}>
            <KpiTerms kpis={run.result.kpis} />
          </dl>
          <ChangedFigures assets={run.result.assets} />
          <div className={styles.row}>
            <Button onPress={() => actions.exportKpis()}>
              <Download size={16} aria-hidden="true" /> CSV with sources
            </Button>
          </div>
          <p className={styles.small}>Not investment advice. Every figure names its source; ranges are P10 to P90.</p>
        </>
      )}
    </section>
  )
}
