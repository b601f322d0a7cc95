import { Flag } from 'lucide-react'
import { useState } from 'react'
import { SHOWN_VERDICTS, type Verdict } from '../../model/trust.ts'
import { Button } from '../controls/Button.tsx'
import { useSlice, useTwin } from '../twin.ts'
import styles from './learn.module.css'

/** Why a wrongly flagged device is not the liar, in the learner's own terms. */
function hintFor(verdict: Verdict | undefined): string {
  if (verdict === 'BAD_SIGNATURE')
    return 'This one told the truth: its message was changed after it was signed. The sensor is the victim.'
  if (verdict === 'REVOKED')
    return 'This key was withdrawn, so nobody listens to it. That says nothing about the air it measures.'
  if (verdict === 'DUPLICATE')
    return 'Somebody repeated an old message of this device. The device itself did nothing wrong.'
  return 'Signature, sequence and value of this one all fit. Look for a value that cannot be.'
}

/** The accusation: right only for the device whose signed values physics does not allow. */
export function FlagSensor({ index }: { readonly index: number }) {
  const selected = useSlice('selection', (s) => (s.selected?.kind === 'device' ? s.selected.index : null))
  const title = useSlice('readings', (s) => (selected === null ? null : (s.devices[selected]?.title ?? null)))
  const { lesson, readings } = useTwin().stores
  const [hint, setHint] = useState<string | null>(null)
  const flag = () => {
    if (selected === null) return
    const verdict = readings.getState().buffers.frame[selected]?.verdict
    if (verdict === 'IMPLAUSIBLE') {
      setHint(null)
      lesson.getState().solve(index)
    } else setHint(hintFor(verdict && SHOWN_VERDICTS.includes(verdict) ? undefined : verdict))
  }
  return (
    <div className={styles.flag}>
      <Button isDisabled={selected === null} onPress={flag}>
        <Flag size={16} aria-hidden="true" /> {title ? `Flag “${title}”` : 'Open a device first'}
      </Button>
      <p role="status">{hint}</p>
    </div>
  )
}
