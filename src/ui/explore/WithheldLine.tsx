import { formatDateTime } from '../format.ts'
import { useSlice } from '../twin.ts'
import styles from './explore.module.css'

/** Messages that owners keep back by their own wish: said plainly, and no accusation. */
export function WithheldLine() {
  const withheld = useSlice('readings', (s) => s.withheld)
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  if (withheld.length === 0) return null
  const nextMs = Math.min(...withheld.map((row) => row.withheldUntilMs ?? Infinity))
  return (
    <p className={styles.tagline}>
      {withheld.length === 1 ? '1 batch is' : `${withheld.length} batches are`} withheld by the owners of the devices,
      anchored all the same; the next is published {formatDateTime(nextMs, utcOffsetH)}.
    </p>
  )
}
