import { explainError } from '../../base/errors.ts'
import { Button } from '../controls/Button.tsx'
import { Progress } from '../controls/Progress.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { Mark } from './Mark.tsx'
import styles from './status.module.css'

/** What is in the picture before the city is: progress, or what went wrong and what still works. */
export function CityStatus() {
  const status = useSlice('city', (s) => s.status)
  const progress = useSlice('city', (s) => s.progress)
  const words = useSlice('city', (s) => s.words)
  const error = useSlice('city', (s) => s.error)
  const drawn = useSlice('city', (s) => s.chunks.length > 0)
  const webgl = useSlice('view', (s) => s.webgl)
  const { left, right } = useSlice('view', (s) => s.insets)
  const { stores } = useTwin()
  const free = { left, right } // between the panels, where it can be read

  if (status === 'loading' && !drawn) {
    return (
      <div className={styles.welcome} style={free} role="status">
        <Mark size={56} />
        <p className={styles.name}>Veracity</p>
        <Progress words={words} fraction={progress} />
      </div>
    )
  }
  // a part of a city is not one: what came before it failed stays in the picture behind the words
  if (status === 'failed' && error) {
    return (
      <div className={styles.welcome} style={free} role="alert">
        <Mark size={56} />
        <p>{explainError(error)}</p>
        <Button look="primary" onPress={() => void stores.city.getState().reload()}>
          Try again
        </Button>
      </div>
    )
  }
  if (!webgl) {
    return (
      <div className={styles.welcome} style={free} role="alert">
        <Mark size={56} />
        <p>
          This browser draws no 3D: it has no WebGL2, or it is switched off. Devices, proofs and plans work in the
          panels.
        </p>
      </div>
    )
  }
  return null
}
