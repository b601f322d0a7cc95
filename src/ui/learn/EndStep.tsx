import { Download } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { saveText } from '../saveText.ts'
import { useSlice } from '../twin.ts'
import styles from './learn.module.css'
import { LESSON_STEPS } from './lessonSteps.ts'

/** What was predicted and done, to keep: a file that stays with the learner and names nobody. */
export function EndStep() {
  const answers = useSlice('lesson', (s) => s.answers)
  const solved = useSlice('lesson', (s) => s.solved)
  const rows = LESSON_STEPS.flatMap((step, i) => {
    if (step.kind === 'predict') return [{ title: step.question, result: answers[i] ?? 'no bet' }]
    if (step.kind === 'act') return [{ title: step.title, result: solved[i] ? 'done' : 'open' }]
    return []
  })
  const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
  return (
    <>
      <dl className={styles.summary}>
        {rows.map(({ title, result }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{result}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button
          onPress={() =>
            saveText(
              'lesson-answers.csv',
              'text/csv',
              ['task,result', ...rows.map((r) => `${cell(r.title)},${cell(r.result)}`)].join('\n'),
            )
          }
        >
          <Download size={16} aria-hidden="true" /> Keep my answers
        </Button>
      </div>
    </>
  )
}
