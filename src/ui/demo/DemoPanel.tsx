import { ChevronLeft, ChevronRight, Pause, Play, RotateCcw } from 'lucide-react'
import { Button } from '../controls/Button.tsx'
import { useSlice, useTwin } from '../twin.ts'
import { Board } from './Board.tsx'
import styles from './demo.module.css'
import { DEMO_STEPS } from './demoSteps.ts'

/** The guided minute: plays by itself, can be held, stepped and left at any time. */
export function DemoPanel() {
  const step = useSlice('demo', (s) => s.step)
  const playing = useSlice('demo', (s) => s.playing)
  const share = useSlice('demo', (s) => Math.min(s.elapsedS / (DEMO_STEPS[s.step]?.durationS ?? 1), 1))
  const { stores, actions } = useTwin()
  const demo = stores.demo.getState()
  const current = DEMO_STEPS[Math.min(Math.max(step, 0), DEMO_STEPS.length - 1)]!
  const last = DEMO_STEPS.length - 1

  return (
    <div className={styles.demo}>
      <ol className={styles.dots} aria-label="Stations">
        {DEMO_STEPS.map(({ id, title }, i) => (
          <li key={id} aria-current={i === step ? 'step' : undefined}>
            <span className="visually-hidden">{title}</span>
            <span style={{ width: `${i < step ? 100 : i === step ? share * 100 : 0}%` }} />
          </li>
        ))}
      </ol>
      <div className={styles.text} aria-live="polite">
        <h2>{current.title}</h2>
        <p>{current.text}</p>
      </div>
      {step >= last && <Board />}
      <div className={styles.controls}>
        <Button look="icon" aria-label="Back" isDisabled={step <= 0} onPress={() => demo.go(step - 1)}>
          <ChevronLeft size={20} />
        </Button>
        <Button
          look="icon"
          aria-label={playing ? 'Hold' : 'Go on'}
          onPress={() => (playing ? demo.pause() : demo.resume())}
        >
          {playing ? <Pause size={20} /> : <Play size={20} />}
        </Button>
        <Button look="icon" aria-label="Next" isDisabled={step >= last} onPress={() => demo.go(step + 1)}>
          <ChevronRight size={20} />
        </Button>
        <Button look="plain" onPress={() => actions.startDemo()}>
          <RotateCcw size={16} aria-hidden="true" /> From the start
        </Button>
      </div>
      <p className={styles.note}>Runs on a recording, with no network. Devices are simulated. Not investment advice.</p>
    </div>
  )
}
