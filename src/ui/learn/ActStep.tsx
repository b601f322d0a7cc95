import { CircleCheck } from 'lucide-react'
import { useSlice } from '../twin.ts'
import { BitFlipper } from './BitFlipper.tsx'
import { FlagSensor } from './FlagSensor.tsx'
import styles from './learn.module.css'
import type { LessonStep } from './lessonSteps.ts'
import { SuspectList } from './SuspectList.tsx'

/** A task that is solved in the twin itself; the explanation comes after the deed. */
export function ActStep({
  index,
  step,
}: {
  readonly index: number
  readonly step: Extract<LessonStep, { kind: 'act' }>
}) {
  const solved = useSlice('lesson', (s) => s.solved[index] ?? false)
  return (
    <>
      <p className={styles.task}>{step.task}</p>
      {step.id === 'flip-a-bit' ? <BitFlipper index={index} /> : <SuspectList />}
      {step.id === 'find-liar' && <FlagSensor index={index} />}
      <div role="status" aria-live="polite">
        {solved && (
          <div className={styles.reveal}>
            <p>
              <CircleCheck size={18} aria-hidden="true" /> Found.
            </p>
            <p>{step.reveal}</p>
          </div>
        )}
      </div>
    </>
  )
}
