import { formatAge, formatNumber } from '../format.ts'
import { useWallClock } from '../inspect/useWallClock.ts'
import { useSlice } from '../twin.ts'
import styles from './explore.module.css'

/** Where the readings come from, how fresh the chain is, and how many were checked here. */
export function SourceLine() {
  const status = useSlice('readings', (s) => s.status)
  const error = useSlice('feeds', (s) => s.error)
  const wallMs = useWallClock()
  if (error) {
    return (
      <p className={styles.source} data-state="bad" role="status">
        <span className={styles.dot} />
        {error.message}
      </p>
    )
  }
  if (!status) {
    return (
      <p className={styles.source} data-state="waiting" role="status">
        <span className={styles.dot} />
        Looking for readings …
      </p>
    )
  }
  const dead = status.rpc === 'unreachable' || status.rpc === 'wrong-chain' || status.gateway === 'unreachable'
  const trouble = dead || status.rpc === 'stale'
  const recording = status.recordedAt ? 'recorded' : 'waiting' // on its way, or not to be had
  const state = status.source === 'recorded' ? recording : trouble ? 'bad' : 'live'
  return (
    <div className={styles.source} data-state={state} role="status">
      <span className={styles.dot} />
      <div>
        <p>{status.sourceWords}</p>
        <p className={styles.sourceFacts}>
          {formatNumber(status.frames, true)} messages checked here, {formatNumber(status.readings, true)} readings
          {status.backlogFrames > 0 && `, ${formatNumber(status.backlogFrames, true)} to go`}
          {!status.recordedAt &&
            status.headBlock > 0 &&
            ` · block ${formatNumber(status.headBlock, true)}, ${formatAge(wallMs - status.headTimeMs)} old`}
        </p>
      </div>
    </div>
  )
}
