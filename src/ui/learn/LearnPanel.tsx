import { RotateCcw } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { ActStep } from './ActStep.tsx'
import { EndStep } from './EndStep.tsx'
import styles from './learn.module.css'
import { LESSON_STEPS } from './lessonSteps.ts'
import { PredictStep } from './PredictStep.tsx'
import { TamperSwitch } from './TamperSwitch.tsx'

/** The lesson: one task after the other, and the teaching switch of the live gateway when there is one. */
export function LearnPanel() {
  const at = useSlice('lesson', (s) => Math.min(Math.max(s.step, 0), LESSON_STEPS.length - 1))
  const solved = useSlice('lesson', (s) => s.solved[at] ?? false)
  const answered = useSlice('lesson', (s) => s.answers[at] !== null)
  const hasLive = useSlice('feeds', (s) => s.hasLive)
  const { stores, actions } = useTwin()
  const step = LESSON_STEPS[at]!
  const lesson = stores.lesson.getState()
  const done = step.kind === 'predict' ? answered : step.kind === 'act' ? solved : false

  return (
    <div className={styles.lesson}>
      <p className={styles.count}>
        Task {at + 1} of {LESSON_STEPS.length}
      </p>
      <div className={styles.text}>
        <h2>{step.title}</h2>
        <p>{step.text}</p>
      </div>
      {step.kind === 'predict' && <PredictStep index={at} step={step} />}
      {step.kind === 'act' && <ActStep index={at} step={step} />}
      {step.kind === 'end' && <EndStep />}
      <div className={styles.controls}>
        <Button isDisabled={at === 0} onPress={() => lesson.go(at - 1)}>
          Back
        </Button>
        {step.kind !== 'end' && (
          <Button look="primary" isDisabled={!done} onPress={() => lesson.go(at + 1)}>
            Next
          </Button>
        )}
        <Button look="plain" onPress={() => actions.startLesson()}>
          <RotateCcw size={16} aria-hidden="true" /> Reset all
        </Button>
      </div>
      {hasLive && <TamperSwitch />}
    </div>
  )
}
