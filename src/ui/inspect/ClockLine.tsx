import { useEffect, useState } from 'react'
import { type ClockOffset, learnClockOffset } from '../../model/clockOffset.ts'
import { useTwin } from '../twin.ts'
import styles from './inspect.module.css'

const seconds = (ms: number): string => `${Math.round(Math.abs(ms) / 1000)} s`

/** What this page learnt of a device's clock. It is said and left as it is: no reading's time is ever moved. */
export function ClockLine({ device, frameKey }: { readonly device: number; readonly frameKey: string | undefined }) {
  const { actions } = useTwin()
  const [offset, setOffset] = useState<ClockOffset | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message of the device is the reason to ask again
  useEffect(() => {
    let current = true
    actions.framesOf(device).then(
      (frames) => current && setOffset(learnClockOffset(frames)),
      () => current && setOffset(null),
    )
    return () => {
      current = false
    }
  }, [device, frameKey, actions])
  if (!offset) return null
  const { medianMs, spreadMs, messages } = offset
  const side = medianMs < 0 ? 'ahead of the blocks that anchor it' : 'before the block that anchors it'
  return (
    <p className={styles.note}>
      Clock: its last {messages} messages end {seconds(medianMs)} {side}, give or take {seconds(spreadMs / 2)}. Times
      are shown as the device wrote them.
    </p>
  )
}
