import { useEffect, useState } from 'react'
import type { Kpi } from '../../model/plan.ts'
import { CopyText } from '../controls/CopyText.tsx'
import { KpiTerms } from '../honesty/KpiTerms.tsx'
import { useActions, useSlice } from '../twin.ts'
import styles from './demo.module.css'

/** The figures of the demo and their fingerprint: equal numbers give an equal line. */
export function Board() {
  const actions = useActions()
  const settled = useSlice('plan', (s) => s.run.revision)
  const backlog = useSlice('readings', (s) => s.status?.backlogFrames ?? 1)
  const day = useSlice('grid', (s) => s.run.revision)
  const [board, setBoard] = useState<{ kpis: readonly Kpi[]; hash: string } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the board is read again whenever one of its sources has settled
  useEffect(() => setBoard(actions.demoBoard()), [actions, settled, backlog, day])
  if (!board) return <p className={styles.note}>Adding up …</p>
  return (
    <div className={styles.board}>
      <dl>
        <KpiTerms kpis={board.kpis} />
      </dl>
      <p className={styles.note}>
        Fingerprint <CopyText text={board.hash} what="fingerprint" />
      </p>
    </div>
  )
}
