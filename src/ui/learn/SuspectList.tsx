import { Button } from 'react-aria-components/Button'
import { isRejected } from '../../stores/readings.ts'
import { ProofRing } from '../honesty/ProofRing.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './learn.module.css'

/** The devices of the lesson as a list: the same choice as in the scene, for keyboard and screen reader. It tells nothing the scene does not. */
export function SuspectList() {
  const devices = useSlice('readings', (s) => s.devices)
  const buffers = useSlice('readings', (s) => s.buffers)
  const selected = useSlice('selection', (s) => (s.selected?.kind === 'device' ? s.selected.index : -1))
  useSlice('readings', (s) => s.revision)
  const { actions } = useTwin()
  return (
    <ul className={styles.suspects} aria-label="Devices in this lesson">
      {devices.map((device, index) => {
        return (
          <li key={device.address}>
            <Button
              className={styles.suspect!}
              aria-pressed={selected === index}
              onPress={() => actions.visit({ kind: 'device', index })}
            >
              <ProofRing
                level={Math.min(buffers.level[index] ?? 0, 5) as 0 | 1 | 2 | 3 | 4 | 5}
                rejected={isRejected(buffers.frame[index])}
                size={18}
              />
              {device.title}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
