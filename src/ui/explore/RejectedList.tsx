import { Button } from 'react-aria-components/Button'
import { VERDICT_WORDS } from '../../model/trust.ts'
import { formatAge, formatHash } from '../format.ts'
import { useWallClock } from '../inspect/useWallClock.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './explore.module.css'

const LISTED = 6

/** Messages that did not stand up, newest first, each with the reason in plain words. */
export function RejectedList() {
  const rejected = useSlice('readings', (s) => s.rejected)
  const devices = useSlice('readings', (s) => s.devices)
  const recorded = useSlice('readings', (s) => s.status?.recordedAt != null)
  const { stores, actions } = useTwin()
  const wallMs = useWallClock()
  return (
    <section className={styles.section}>
      <h2>Rejected</h2>
      <ul className={styles.rejected}>
        {rejected.slice(0, LISTED).map((frame) => (
          <li key={frame.key}>
            <Button
              className={styles.rejectedRow!}
              isDisabled={frame.device < 0}
              onPress={() => {
                actions.visit({ kind: 'device', index: frame.device })
                stores.selection.getState().select({ kind: 'device', index: frame.device }, frame.key)
              }}
            >
              <strong>{VERDICT_WORDS[frame.verdict].title}</strong>
              <small>
                {devices[frame.device]?.title ?? formatHash(frame.claimedDevice)}
                {!recorded && ` · ${formatAge(wallMs - frame.toMs)} ago`}
              </small>
            </Button>
          </li>
        ))}
      </ul>
      {rejected.length > LISTED && (
        <p className={styles.tagline}>{rejected.length} in all. None of them colours the scene.</p>
      )}
    </section>
  )
}
