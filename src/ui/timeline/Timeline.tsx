import { Pause, Play } from 'lucide-react'
import { Label } from 'react-aria-components/Label'
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider'
import { FUTURE_MS, PAST_MS, shownMs } from '../../stores/clock.ts'
import { Button } from '../controls/Button.tsx'
import { formatClock, formatDateTime } from '../format.ts'
import { useSlice, useTwin } from '../twin.ts'
import styles from './timeline.module.css'

const STEP_MS = 5 * 60_000
const SPAN_MS = PAST_MS + FUTURE_MS
const percent = (offsetMs: number): string => `${((offsetMs + PAST_MS) / SPAN_MS) * 100}%`

/** Hour marks every six hours of the city's clock, inside the reach of the timeline. */
function hourMarks(nowMs: number, utcOffsetH: number): { offsetMs: number; words: string }[] {
  const quarterMs = 6 * 3600_000
  const first = Math.ceil((nowMs - PAST_MS + utcOffsetH * 3600_000) / quarterMs) * quarterMs - utcOffsetH * 3600_000
  const marks = []
  for (let t = first; t <= nowMs + FUTURE_MS; t += quarterMs)
    marks.push({ offsetMs: t - nowMs, words: formatClock(t, utcOffsetH) })
  return marks
}

/** The clock of the page: a proven past, one visible now, a modelled future. */
export function Timeline() {
  const nowMs = useSlice('clock', (s) => Math.floor(s.nowMs / STEP_MS) * STEP_MS)
  const offsetMs = useSlice('clock', (s) => Math.round(s.offsetMs / 60_000) * 60_000)
  const playing = useSlice('clock', (s) => s.playing)
  const utcOffsetH = useSlice('clock', (s) => s.utcOffsetH)
  const shown = useSlice('clock', (s) => Math.floor(shownMs(s) / 60_000) * 60_000)
  const rejected = useSlice('readings', (s) => s.rejected)
  const recordedAt = useSlice('readings', (s) => s.status?.recordedAt ?? null)
  const clock = useTwin().stores.clock.getState()
  const era = offsetMs === 0 ? (recordedAt ? 'recorded' : 'live') : offsetMs < 0 ? 'past' : 'modelled'
  const text = formatDateTime(shown, utcOffsetH)

  return (
    <section className={styles.timeline} aria-label="Time">
      <Button
        look="icon"
        aria-label={playing ? 'Pause' : 'Play the day'}
        onPress={() => (playing ? clock.pause() : clock.play())}
      >
        {playing ? <Pause size={20} /> : <Play size={20} />}
      </Button>
      <p className={styles.when}>
        <strong>{text}</strong>
        <span data-era={era}>{era}</span>
      </p>
      <Slider
        className={styles.slider!}
        value={offsetMs / STEP_MS}
        minValue={-PAST_MS / STEP_MS}
        maxValue={FUTURE_MS / STEP_MS}
        step={1}
        onChange={(value) => clock.scrub(value * STEP_MS)}
      >
        <Label className="visually-hidden">Shown time</Label>
        <SliderTrack className={styles.track!}>
          <span className={styles.past} />
          <span className={styles.future} />
          {hourMarks(nowMs, utcOffsetH).map(({ offsetMs: at, words }) => (
            <span key={at} className={styles.hour} style={{ left: percent(at) }}>
              {words}
            </span>
          ))}
          {rejected.slice(0, 60).map((frame) => (
            <span
              key={frame.key}
              className={styles.event}
              style={{ left: percent(Math.min(Math.max(frame.toMs - nowMs, -PAST_MS), 0)) }}
            />
          ))}
          <span className={styles.now} style={{ left: percent(0) }} />
          <SliderThumb className={styles.thumb!} aria-valuetext={text} />
        </SliderTrack>
      </Slider>
      <Button look="plain" isDisabled={offsetMs === 0} onPress={() => clock.toNow()}>
        Now
      </Button>
    </section>
  )
}
