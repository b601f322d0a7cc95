import { useSlice, useTwin } from '../twin.ts'
import styles from './learn.module.css'
import type { LessonStep } from './lessonSteps.ts'

/** A bet before the reveal. It is remembered and shown at the end, never marked. */
export function PredictStep({
  index,
  step,
}: {
  readonly index: number
  readonly step: Extract<LessonStep, { kind: 'predict' }>
}) {
  const answer = useSlice('lesson', (s) => s.answers[index])
  const { lesson } = useTwin().stores
  return (
    <fieldset className={styles.options}>
      <legend>{step.question}</legend>
      {step.options.map((option) => (
        <label key={option} data-on={answer === option || undefined}>
          <input
            type="radio"
            name={step.id}
            checked={answer === option}
            onChange={() => lesson.getState().answer(index, option)}
          />
          {option}
        </label>
      ))}
    </fieldset>
  )
}
